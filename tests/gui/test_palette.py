"""One field for everything: what it lists, where it leads, and that the keyboard comes back."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.guide import Place
from camdesk.gui.palette.items import matching_actions
from camdesk.gui.shell.window import MainWindow
from tests.gui.window_parts import partner

Key = Qt.Key


@pytest.fixture
def window(sample_window: MainWindow) -> MainWindow:
    """Return the window on the portfolio of the sample."""
    sample_window.go_to("portfolio")
    return sample_window


def titles(window: MainWindow) -> list[str]:
    return [item.title for item in window.palette_panel.listing.entries.items]


def search(window: MainWindow, words: str) -> None:
    QTest.keyClick(window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_panel.field.hasFocus()
    QTest.keyClicks(window.palette_panel.field, words)


def test_it_opens_with_everything_that_can_be_done(window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert {"Filter the portfolio", "Go to Sources", "Undo", "Keyboard shortcuts"} <= set(titles(window))


def test_a_partner_is_found_by_the_beginning_of_its_name_and_opened(window: MainWindow, qtbot: QtBot) -> None:
    search(window, "brennh")
    qtbot.waitUntil(lambda: titles(window)[:1] == ["Brennhof Systemhaus"])
    with qtbot.waitSignal(partner(window).loaded, timeout=30_000):
        QTest.keyClick(window.palette_panel.field, Key.Key_Return)
    assert not window.palette_panel.isVisible()
    assert partner(window).isVisible()


def test_a_record_leads_to_its_part_of_the_partner_page(window: MainWindow, qtbot: QtBot) -> None:
    search(window, "brennhof")
    listing = window.palette_panel.listing
    qtbot.waitUntil(lambda: any(item.kind == "Contact" for item in listing.entries.items))
    places = [item.place for item in listing.entries.items if item.kind == "Contact"]
    assert {(place.screen, place.part) for place in places if place} == {("partner", "people")}


def test_a_command_is_done_once_the_keyboard_is_back(window: MainWindow, qtbot: QtBot) -> None:
    search(window, "keyboard sh")
    assert titles(window)[-1] == "Keyboard shortcuts"
    window.palette_panel.listing.move_to(len(titles(window)) - 1)
    QTest.keyClick(window.palette_panel.field, Key.Key_Return)
    qtbot.waitUntil(window.key_sheet.isVisible)
    QTest.keyClick(window.key_sheet.close_button, Key.Key_Escape)
    assert not window.key_sheet.isVisible()


def test_escape_gives_the_keyboard_back(window: MainWindow) -> None:
    before = QApplication.focusWidget()
    search(window, "zzz")
    QTest.keyClick(window.palette_panel.field, Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_it_closes_though_what_had_the_keyboard_has_gone(window: MainWindow) -> None:
    passing = QLineEdit(window)
    passing.show()
    passing.setFocus()
    search(window, "zzz")
    shiboken6.delete(passing)
    QTest.keyClick(window.palette_panel.field, Key.Key_Escape)
    assert not window.palette_panel.isVisible()


def test_finding_nothing_says_so(window: MainWindow, qtbot: QtBot) -> None:
    search(window, "qqqxyz")
    qtbot.waitUntil(lambda: window.palette_panel.said == "Nothing matches “qqqxyz”.")


def test_accents_make_no_difference_to_actions(window: MainWindow) -> None:
    assert [item.title for item in matching_actions(window.actions_now(), "Kéyb")] == ["Keyboard shortcuts"]


def test_a_pinned_partner_stands_below_the_navigation(
    window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    first = sample_desk.portfolio().sections[0].rows[0].partner
    window._context.deeds.do(lambda desk: desk.pin(first.partner_id))
    qtbot.waitUntil(lambda: first.name in [one.toolTip().split(":")[0] for one in window.navigation.pinned()])
    assert window.toast.words == f"Pinned {first.name}"
    window.toast.undo.click()
    qtbot.waitUntil(lambda: window.navigation.pinned() == [])


def test_a_place_that_was_left_is_one_key_away(window: MainWindow) -> None:
    window.move_to(Place("sources"))
    QTest.keyClick(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.screens.shown() is window.screens.get("portfolio")
