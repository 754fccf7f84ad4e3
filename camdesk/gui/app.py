"""Start the window on an open desk, and run it until it is closed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from camdesk.gui.context import Context
from camdesk.gui.faults import Faults
from camdesk.gui.jobs import Jobs
from camdesk.gui.shell.remembered import Remembered
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Theme
from camdesk.gui.verbs import DeskVerbs

if TYPE_CHECKING:
    from camdesk.desk.founding import Founder

_SAMPLE_KEPT = "Encrypted database · fictitious sample data"
_KEPT = "Encrypted database"


def run(desk: DeskVerbs) -> int:
    """Show the workspace in a window; return the exit code once the window is closed."""
    app = application()
    faults = Faults()
    window = make_window(desk, app)
    faults.happened.connect(window.tell_failure)
    faults.install()
    window.start()
    window.show()
    try:
        return app.exec()
    finally:
        faults.remove()


def run_welcome(founder: Founder) -> int:
    """Ask for a first workspace, then show it; return the exit code once everything is closed."""
    from camdesk.gui.welcome.start import FirstStart

    app = application()
    faults = Faults()
    first = FirstStart(founder, app, make_window)
    faults.happened.connect(first.tell_failure)
    faults.install()
    first.welcome.show()
    try:
        return app.exec()
    finally:
        faults.remove()
        first.close()


def application() -> QApplication:
    """Return the application, made where there is none yet."""
    app = cast("QApplication | None", QApplication.instance()) or QApplication(
        [sys.argv[0], "-style", "fusion"]  # as a style object, its class alone takes 6 ms to load
    )
    app.setApplicationName("CAM Desk")
    return app


def make_window(desk: DeskVerbs, app: QApplication) -> MainWindow:
    """Put the window together without showing it."""
    remembered = Remembered(desk.workspace.home)
    context = Context(desk, Jobs(app), Theme(app, appearance=remembered.appearance))
    title = f"{desk.settings.our_name} · CAM Desk"
    kept = _SAMPLE_KEPT if desk.workspace.is_sample else _KEPT
    return MainWindow(context, title=title, kept=kept, remembered=remembered)
