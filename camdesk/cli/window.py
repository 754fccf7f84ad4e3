"""Open the window, where there is a screen to open it on."""

from __future__ import annotations

import os
import sys

from camdesk.base.errors import CamDeskError
from camdesk.cli.session import Session


class NoWindowError(CamDeskError):
    """There is no screen, or a system library that windows need is missing."""


def has_display() -> bool:
    """Tell whether a window could be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(session: Session) -> None:
    """Show the workspace in a window until it is closed; without one, the way to a first one."""
    if not has_display():
        raise NoWindowError(
            "There is no display to open the window on.", "The commands work without: camdesk --help"
        )
    try:
        from camdesk.gui.app import run, run_welcome
    except ImportError as error:
        raise NoWindowError(
            f"The window cannot start: {error}.",
            "On Debian or Ubuntu its system libraries come with: python3 run.py setup",
        ) from error
    from camdesk.desk.care.founding import DeskFounder

    founder = DeskFounder(session.home)
    if founder.is_needed:
        run_welcome(founder)
        return
    with session.desk() as desk:
        run(desk)
