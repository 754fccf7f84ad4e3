"""Start the window on an open desk, and run it until it is closed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from camdesk.desk.clock import today
from camdesk.gui.context import Context
from camdesk.gui.deeds import Deeds
from camdesk.gui.faults import Faults
from camdesk.gui.guide import Guide
from camdesk.gui.jobs import Jobs
from camdesk.gui.log import Log
from camdesk.gui.room import Room
from camdesk.gui.shell.remembered import Remembered
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.single import Single
from camdesk.gui.theme.theme import Theme
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.care.founding import Founder
    from camdesk.desk.desk import Desk

_SAMPLE_KEPT = "Encrypted database · fictitious sample data"
_KEPT = "Encrypted database"


def run(desk: Desk) -> int:
    """Show the workspace in a window, or the one that shows it already; return the exit code."""
    app = application()
    single = Single(desk.workspace.home)
    if not single.is_first():
        return 0
    log, faults = Log(desk.workspace.home), Faults()
    window = make_window(desk, app)
    single.asked.connect(window.come_to_front)
    faults.happened.connect(window.tell_failure)
    faults.install()
    window.show()
    window.start()
    try:
        return app.exec()
    finally:
        single.close()
        faults.remove()
        log.close()


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


def make_window(desk: Desk, app: QApplication) -> MainWindow:
    """Put the window together without showing it."""
    remembered = Remembered(desk.workspace.home)
    jobs, guide, room = Jobs(app), Guide(), Room(desk)
    theme = Theme(app, appearance=remembered.appearance)
    context = Context(room, jobs, theme, guide, Deeds(room, guide))
    title = f"{desk.settings.our_name} · CAM Desk"
    kept = _SAMPLE_KEPT if desk.workspace.is_sample else _KEPT
    if desk.as_of != (desk.settings.fixed_day or today()):
        day = f"as on {write_day(desk.as_of)}"
        title, kept = f"{title}, {day}", f"{kept} · everything {day}, not as of today"
    return MainWindow(context, title=title, kept=kept, remembered=remembered)
