"""From the welcome window to the window of the workspace it made, whose source is synced at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from camdesk.desk.care.founding import Founder
from camdesk.desk.desk import Desk
from camdesk.gui.jobs import Failure, Jobs
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Theme
from camdesk.gui.welcome.window import WelcomeWindow


class FirstStart(QObject):
    """Holds the two windows; `window` is there once a workspace is."""

    def __init__(
        self, founder: Founder, app: QApplication, make: Callable[[Desk, QApplication], MainWindow]
    ) -> None:
        super().__init__()
        self._app = app
        self._make = make
        self._theme = Theme(app)
        self.welcome = WelcomeWindow(founder, Jobs(app))
        self.desk: Desk | None = None
        self.window: MainWindow | None = None
        self.welcome.founded.connect(self._go_on)

    def tell_failure(self, failure: Failure) -> None:
        """Say what could not be done in the window, once there is one."""
        if self.window is not None:
            self.window.tell_failure(failure)

    def close(self) -> None:
        if self.desk is not None:
            self.desk.close()

    def _go_on(self, desk: Desk) -> None:
        self.desk = desk
        self.window = self._make(desk, self._app)
        self.window.start_with_sync()
        self.window.show()
        self.welcome.close()
