"""What the tests of writing on a partner's page share: to be on a tab of a partner, and its sheets."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.partner.tab import Tab
from camdesk.gui.partner.work.log_sheet import LogSheet
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.widgets.form_sheet import FormSheet
from tests.gui.window_parts import partner

WAIT_MS = 30_000


def a_partner(desk: Desk) -> str:
    """Return a partner with commitments of both sides and contacts."""
    open_ones = desk.commitments()
    sides = {one.partner_id: set() for one in open_ones}  # type: dict[str, set[str]]
    for one in open_ones:
        sides[one.partner_id].add(one.side)
    return min(name for name, both in sides.items() if len(both) == 2)


def open_tab(window: MainWindow, qtbot: QtBot, partner_id: str, key: str) -> Tab:
    """Open a partner at a tab and wait until both are read."""
    page = partner(window)
    with qtbot.waitSignal(page.loaded, timeout=WAIT_MS):
        window.open_partner(partner_id)
    page.turn_to_tab(key)
    qtbot.waitUntil(lambda: key in page._read_already, timeout=WAIT_MS)
    page.focus_content()
    return page.tabs[key]


def log_sheet_of(window: MainWindow) -> LogSheet:
    found = window.findChild(LogSheet)
    assert isinstance(found, LogSheet)
    return found


def form_sheet_of(window: MainWindow) -> FormSheet:
    found = window.findChild(FormSheet)
    assert isinstance(found, FormSheet)
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found
