"""Preparing for a meeting, and showing the screen in it: nothing of anybody else, nothing of ours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.documents.confidential import own_words, secrets_of
from camdesk.documents.leaks import Page, find_leaks
from camdesk.gui.guide import Place
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.widgets.grid_view import GridView
from tests.gui.window_parts import partner

_LONG_MS = 30_000
_CTRL = Qt.KeyboardModifier.ControlModifier
_NOTE = "They do not know that we will end the programme"


@pytest.fixture
def guest(desk: Desk) -> str:
    """Return a partner that has alerts, and a note of ours."""
    partner_id = desk.alerts(mine=False).alerts[0].partner_id
    desk.add_note(partner_id, _NOTE)
    return partner_id


@pytest.fixture
def shown_guest(window: MainWindow, guest: str, qtbot: QtBot) -> None:
    """Turn the window to the partner that is met."""
    with qtbot.waitSignal(partner(window).loaded, timeout=_LONG_MS):
        window.start(Place("partner", guest))


def meet(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(partner(window).loaded, timeout=_LONG_MS):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_M, _CTRL)


def shown(window: MainWindow) -> list[str]:
    """Return every word that can be seen, or heard by a screen reader, in the window."""
    words = [window.windowTitle()]
    for part in window.findChildren(QWidget):
        if not part.isVisible():
            continue
        words += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        if isinstance(part, (QLabel, QAbstractButton)):
            words.append(part.text())
        elif isinstance(part, QTabBar):
            words += [part.tabText(at) for at in range(part.count()) if part.isTabVisible(at)]
        elif isinstance(part, GridView):
            words += [f"{cell.text} {cell.tooltip}" for row in part.grid.rows for cell in row.cells]
    return words


@pytest.mark.usefixtures("shown_guest")
def test_every_tab_of_a_meeting_is_fit_for_the_partners_eyes(
    desk: Desk, guest: str, window: MainWindow, qtbot: QtBot
) -> None:
    meet(window, qtbot)
    page = partner(window)
    secrets = secrets_of(desk.workspace.database, guest, our_name=desk.settings.our_name)
    own = own_words(desk.workspace.database, guest)
    tabs = [at for at in range(page.tab_bar.count()) if page.tab_bar.isTabVisible(at)]
    assert len(tabs) > 3
    for at in tabs:
        page.tab_bar.setCurrentIndex(at)
        qtbot.waitUntil(page.is_complete, timeout=_LONG_MS)
        seen = "\n".join(shown(window))
        assert find_leaks([Page(page.tab.title, seen)], secrets, own=own) == ()
        assert _NOTE not in seen
        assert "Alerts" not in page.tab_bar.tabText(at)
    assert not window.navigation.isVisible()


@pytest.mark.usefixtures("shown_guest")
def test_no_way_leads_to_anybody_else_until_it_is_left(
    desk: Desk, guest: str, window: MainWindow, qtbot: QtBot
) -> None:
    meet(window, qtbot)
    other = next(one for one in desk.insight.partners() if one != guest)
    for place in (Place("portfolio"), Place("today"), Place("partner", other)):
        window.move_to(place)
        assert window.screens.shown() is partner(window)
        assert partner(window).partner_id == guest
    QTest.keyClick(window, Qt.Key.Key_K, _CTRL)
    titles = {item.title for item in window.palette_panel.listing.entries.items}
    assert not any(title.startswith("Go to") for title in titles)
    QTest.keyClicks(window.palette_panel.field, desk.insight.partners()[other].name)
    qtbot.waitUntil(lambda: bool(window.palette_panel.said))
    QTest.keyClick(window.palette_panel.field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(partner(window).loaded, timeout=_LONG_MS):
        window.top_bar.leave.click()
    assert window.navigation.isVisible()
    window.move_to(Place("portfolio"))
    assert window.screens.shown() is window.screens.get("portfolio")


@pytest.mark.usefixtures("shown_guest")
def test_it_begins_with_a_partner_only(window: MainWindow, qtbot: QtBot) -> None:
    window.move_to(Place("sources"))
    QTest.keyClick(window, Qt.Key.Key_M, _CTRL)
    assert window.toast.words == "Open the partner you meet first, then press Ctrl+M."
    assert not window.top_bar.leave.isVisible()
