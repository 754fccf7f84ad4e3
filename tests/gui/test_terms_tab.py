"""The terms tab: what it shows side by side, and the note that one key copies."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from camdesk.gui.partner.terms import TermsTab
from camdesk.gui.shell.window import MainWindow
from camdesk.insight.rebate_steps import RebateStep
from camdesk.insight.terms import Agreement, Registration, Skills, Term, Terms
from tests.gui.builders import AS_OF, FakeDesk, a_partner_report
from tests.gui.conftest import OpenWindow
from tests.gui.window_parts import partner, terms

EUR = 10_000
TERMS = Terms(
    fund_balance=5_000 * EUR,
    registrations=(
        Registration("D-1", "Harbour rollout", "Harbour", 40_000 * EUR, AS_OF, "approved", AS_OF, 9),
        Registration("D-2", "New stores", "Stores", None, AS_OF, "pending", None, 2),
    ),
    skills=Skills((("sales", 2),), (("Safety", 0),), ()),
    rebates=(
        RebateStep("B-1", "Growth", "revenue", AS_OF, AS_OF, 100 * EUR, 10 * EUR, 60 * EUR, 0),
        RebateStep("B-2", "Growth", "revenue", AS_OF, AS_OF, None, None, None, 0),
    ),
    in_force=(Term("discount", "25 % on licences", 25.0, date(2026, 1, 1), None, None),),
    agreements=(Agreement("partner", None, date(2027, 12, 31), date(2027, 6, 30), True),),
)


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """Return the window on a partner's terms."""
    window = open_window(FakeDesk())
    with qtbot.waitSignal(partner(window).loaded):
        window.open_partner("P-001")
    partner(window).turn_to_tab("terms")
    terms(window).show_report(a_partner_report(terms=TERMS))
    return window


@pytest.fixture
def tab(window: MainWindow) -> TermsTab:
    return terms(window)


def cells(tab: TermsTab) -> set[str]:
    tables = [tab._rebates, tab._registrations, tab._people, tab._in_force, tab._agreements, tab._given]
    return {cell.text for panel in tables for row in panel.table.grid.rows for cell in row.cells}


def test_everything_agreed_is_on_the_tab(tab: TermsTab) -> None:
    shown = cells(tab)
    assert {"Harbour rollout", "9 left", "awaits our decision", "2 waiting"} <= shown
    assert {"Safety, mandatory", "nobody", "25 % on licences", "31 Dec 2027", "€5.0k", "€40"} <= shown
    assert tab._next.table.grid.rows[0].cells[-1].text == "4"
    assert tab._expiring.isHidden()  # nothing runs out: no empty table


def test_one_key_copies_the_note(window: MainWindow, tab: TermsTab) -> None:
    QGuiApplication.clipboard().clear()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_C, both)
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Helio Cloud: where you stand on")
    assert "Discount: 25 % on licences" in words
    assert "Ctrl+Shift+C" in tab.copy_button.text()


def test_panels_stand_one_below_the_other_where_there_is_no_room(
    window: MainWindow, tab: TermsTab, qtbot: QtBot
) -> None:
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: tab._given.y() == tab._tier.y())
    window.resize(900, 700)
    qtbot.waitUntil(lambda: tab._given.y() > tab._tier.y())
    assert tab._given.x() == tab._tier.x()
