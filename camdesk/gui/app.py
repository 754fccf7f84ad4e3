"""Start the window on an open desk, and run it until it is closed."""

from __future__ import annotations

import sys
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from camdesk.gui.context import Context
from camdesk.gui.faults import Faults
from camdesk.gui.jobs import Jobs
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Theme
from camdesk.gui.verbs import DeskVerbs

_SAMPLE_KEPT = "Encrypted database · fictitious sample data"
_KEPT = "Encrypted database"


def run(desk: DeskVerbs) -> int:
    """Show the workspace in a window; return the exit code once the window is closed."""
    app = application()
    faults = Faults()
    window = make_window(desk, app)
    faults.happened.connect(window.tell_failure)
    faults.install()
    window.show()
    QTimer.singleShot(0, window.start)
    try:
        return app.exec()
    finally:
        faults.remove()


def application() -> QApplication:
    """Return the application, made where there is none yet."""
    app = cast("QApplication | None", QApplication.instance()) or QApplication(sys.argv[:1])
    app.setApplicationName("CAM Desk")
    return app


def make_window(desk: DeskVerbs, app: QApplication) -> MainWindow:
    """Put the window together without showing it."""
    context = Context(desk, Jobs(app), Theme(app))
    title = f"{desk.settings.our_name} · CAM Desk"
    return MainWindow(context, title=title, kept=_SAMPLE_KEPT if desk.workspace.is_sample else _KEPT)
