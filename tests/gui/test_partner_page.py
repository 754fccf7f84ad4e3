"""The partner page on the shipped sample: what it shows is what the desk says, and every figure opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.desk.partner.parts import PARTS
from camdesk.gui.partner.documents import DocumentsTab
from camdesk.gui.partner.news import QUARTER, NewsTab
from camdesk.gui.partner.page import PartnerPage
from camdesk.gui.partner.part_tab import PartTab
from camdesk.gui.partner.scorecard import ScorecardTab
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.today.places import place_of
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.grid_view import GridView
from camdesk.insight.results import Group
from camdesk.portfolio.entities import ENTITIES
from tests.gui.window_parts import partner

LONG_MS = 30_000


@pytest.fixture
def open_partner(sample_window: MainWindow, qtbot: QtBot) -> Callable[[str], PartnerPage]:
    """Return what opens a partner's page and waits until it is there."""

    def opened(partner_id: str) -> PartnerPage:
        page = partner(sample_window)
        with qtbot.waitSignal(page.loaded, timeout=LONG_MS):
            sample_window.open_partner(partner_id)
        return page

    return opened


def a_partner_of_each_type(desk: Desk) -> list[str]:
    """Return the partner with the most records of each type."""
    return [
        max(
            (row.partner.partner_id for row in section.rows),
            key=lambda name: sum(part.records for part in desk.partner(name).parts),
        )
        for section in desk.portfolio().sections
    ]


def part_tab(page: PartnerPage, key: str, qtbot: QtBot) -> PartTab:
    tab = cast("PartTab", page.tabs[key])
    page.turn_to_tab(key)
    qtbot.waitUntil(lambda: page.tab is tab and bool(tab.sections or tab.records), timeout=LONG_MS)
    return tab


def words(part: QWidget) -> str:
    return "\n".join(one.accessibleName() or one.text() for one in part.findChildren(QLabel))


def test_every_part_of_every_type_shows_what_the_desk_says(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot
) -> None:
    seen = set()
    for partner_id in a_partner_of_each_type(sample_desk):
        page = open_partner(partner_id)
        heads = [head.key for head in sample_desk.partner(partner_id).parts]
        shown = [
            page.tab_bar.tabData(at) for at in range(page.tab_bar.count()) if page.tab_bar.isTabVisible(at)
        ]
        assert [key for key in shown if key in {part.key for part in PARTS}] == heads
        for key in heads:
            tab, expected = part_tab(page, key, qtbot), sample_desk.partner_part(partner_id, key)
            assert [len(panel.table.grid.rows) for panel in tab.records] == [
                min(len(table.rows), 50) for table in expected.tables
            ]
            assert all(section.message in words(tab) for section in expected.sections)
            seen.add(key)
    assert seen == {part.key for part in PARTS}


def test_every_figure_of_every_part_opens_with_its_records(
    sample_desk: Desk,
) -> None:
    for partner_id in a_partner_of_each_type(sample_desk):
        for head in sample_desk.partner(partner_id).parts:
            for figure in sample_desk.partner_part(partner_id, head.key).figures:
                opened = sample_desk.open_part_figure(partner_id, head.key, figure.key)
                assert opened.title == figure.title
                assert not opened.n or opened.tables


def test_a_figure_in_a_sentence_opens_beside_it(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_partner("M-006")
    tab = part_tab(page, "recurring", qtbot)
    figure = sample_desk.partner_part("M-006", "recurring").figures[0]
    tab.sections[0].opened.emit(figure.key)
    qtbot.waitUntil(lambda: bool(page.figure.tables), timeout=LONG_MS)
    expected = sample_desk.open_part_figure("M-006", "recurring", figure.key)
    assert page.figure.isVisible()
    assert figure.title in words(page.figure)
    assert [len(one.grid.rows) for one in page.figure.tables] == [len(one.rows) for one in expected.tables]
    QTest.mouseClick(page.figure.copy_button, Qt.MouseButton.LeftButton)
    assert expected.value in QGuiApplication.clipboard().text()


def test_records_sort_by_day_and_filter_as_one_types(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot
) -> None:
    tab = part_tab(open_partner("R-001"), "deals", qtbot)
    panel = tab.records[0]
    panel.show_all()
    column = [one.title for one in panel.table.grid.columns].index("Expected close")
    panel.table.grid.sort(column)
    days = [row.cells[column].sort for row in panel.table.grid.rows if row.cells[column].sort is not None]
    assert len(days) > 50
    assert days == sorted(days)  # type: ignore[type-var] # stored days, all of them text
    customer = panel.table.grid.rows[0].cells[0].text
    QTest.keyClicks(panel.filter, customer.lower())
    assert panel.table.grid.rows
    assert {row.cells[0].text for row in panel.table.grid.rows} == {customer}


def test_a_place_stands_on_its_record(
    open_partner: Callable[[str], PartnerPage], sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_partner("R-001")
    last = sample_desk.partner_part("R-001", "deals").tables[0].record_ids[-1]
    page.context.guide.go("partner", "R-001", part="deals", record=last)
    tab = cast("PartTab", page.tabs["deals"])
    qtbot.waitUntil(lambda: bool(tab.records) and tab.records[0].table.current_key() == last, timeout=LONG_MS)


def test_the_contributions_add_up_to_the_score(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk
) -> None:
    page = open_partner("M-006")
    card = sample_desk.scorecard("M-006")
    tab = cast("ScorecardTab", page.tabs["scorecard"])
    QTest.mouseClick(tab.adds_up.toggle, Qt.MouseButton.LeftButton)
    *lines, total = tab.adds_up.sums.table.grid.rows
    assert tab.adds_up.sums.isVisible()
    added = [row.cells[3].sort for row in lines]
    assert sum(part for part in added if isinstance(part, float)) == pytest.approx(card.score)
    assert total.cells[3].text == f"{card.score:.1f}"
    judged = [line.metric for line in card.lines if line.group in (Group.OUTCOME, Group.LEADING)]
    assert [row.key for row in lines] == [
        line.metric for line in card.lines if line.metric in judged and line.contribution is not None
    ]


def test_what_moved_the_score_between_two_chosen_days(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_partner("M-006")
    first, last = sample_desk.partner("M-006").quarter_ends[0], date(2026, 5, 5)
    page.summary.first_day.choose(first)
    page.summary.last_day.choose(last)
    change = sample_desk.score_change("M-006", before=first, after=last)
    felt = [one for one in change.movements if abs(one.points) >= 0.05]
    assert felt
    qtbot.waitUntil(
        lambda: [row.cells[0].text for row in page.summary.moved.grid.rows] == [one.title for one in felt],
        timeout=LONG_MS,
    )
    assert f"{change.score_before:.1f} → {change.score_after:.1f}" in page.summary.span.text()


def test_what_changed_is_told_since_the_chosen_day(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_partner("R-004")
    page.turn_to_tab("news")
    tab = cast("NewsTab", page.tabs["news"])
    since = sample_desk.since_last_meeting("R-004")
    news = sample_desk.news(since=since, partner_id="R-004", mine=False).partners[0]
    qtbot.waitUntil(lambda: all(item.text in words(tab) for item in news.items), timeout=LONG_MS)
    QTest.mouseClick(tab.spans[QUARTER], Qt.MouseButton.LeftButton)
    more = sample_desk.news(since=date(2026, 8, 22), partner_id="R-004", mine=False).partners[0]
    assert len(more.items) > len(news.items)
    qtbot.waitUntil(lambda: all(item.text in words(tab) for item in more.items), timeout=LONG_MS)
    assert all(consequence in words(tab) for item in more.items for consequence in item.consequences)


def test_a_pinned_partner_keeps_its_star(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_partner("M-006")
    assert page.header.pin.text() == "☆"
    with qtbot.waitSignal(page.loaded, timeout=LONG_MS):
        QTest.mouseClick(page.header.pin, Qt.MouseButton.LeftButton)
    assert sample_desk.pinned() == ("M-006",)
    assert page.header.pin.text() == "★"
    with qtbot.waitSignal(page.loaded, timeout=LONG_MS):
        QTest.keyClick(page, Qt.Key.Key_P)
    assert sample_desk.pinned() == ()
    assert page.header.pin.accessibleName() == "Pin this partner"


def test_a_review_is_drafted_found_and_exported(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_partner("M-006")
    tab = cast("DocumentsTab", page.tabs["documents"])
    QTest.mouseClick(page.header.review, Qt.MouseButton.LeftButton)
    assert not page.header.review.isEnabled()
    qtbot.waitUntil(lambda: page.tab is tab and bool(tab.table.grid.rows), timeout=LONG_MS)
    drafted = sample_desk.documents("M-006")[0]
    assert tab.table.current_key() == str(drafted.document_id)
    assert page.header.review.isEnabled()
    tab.write_copy(drafted.document_id, tmp_path / "review.pdf", "pdf")
    qtbot.waitUntil(tab.pdf.isEnabled, timeout=LONG_MS)
    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF")


def test_an_alert_is_brought_into_view(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_partner("R-004")
    last = sample_desk.partner("R-004").alerts[-1]
    page.context.guide.go("partner", "R-004", part="alerts", record=str(last.id))
    message = next(one for one in page.tab.findChildren(QLabel) if one.text() == last.message)
    qtbot.waitUntil(lambda: not message.visibleRegion().isEmpty(), timeout=LONG_MS)


def test_the_parts_are_turned_through_by_keyboard(
    open_partner: Callable[[str], PartnerPage], sample_desk: Desk
) -> None:
    page = open_partner("M-006")
    control = Qt.KeyboardModifier.ControlModifier
    visible = [at for at in range(page.tab_bar.count()) if page.tab_bar.isTabVisible(at)]
    seen = []
    for _ in visible:
        seen.append(page.tab_bar.currentIndex())
        QTest.keyClick(page.window(), Qt.Key.Key_PageDown, control)
    assert seen == visible
    assert page.tab_bar.currentIndex() == visible[0]
    QTest.keyClick(page.window(), Qt.Key.Key_PageUp, control)
    assert page.tab_bar.currentIndex() == visible[-1]


def test_a_partner_that_is_not_there_shows_nobody_in_its_place(
    open_partner: Callable[[str], PartnerPage], sample_window: MainWindow, qtbot: QtBot
) -> None:
    page = open_partner("R-001")
    sample_window.open_partner("R-999")
    assert page.header.name.text() == ""
    assert not any(action.possible() for action in page.actions_here())
    note = page.findChild(EmptyNote)
    qtbot.waitUntil(lambda: note.isVisible() and note.focusWidget() is not None, timeout=LONG_MS)
    assert "R-999" in note.sentence
    assert note.action == "Go to the portfolio"
    assert not page.tab.isVisible()
    assert page.tab_bar.isHidden()
    opened = open_partner("R-002")
    assert opened.header.name.text()
    assert opened.tab.isVisible()
    assert any(action.possible() for action in opened.actions_here())


def test_no_key_is_about_the_partner_before_while_another_is_read(
    open_partner: Callable[[str], PartnerPage], sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    page = open_partner("R-001")
    pinned = sample_desk.pinned()
    with qtbot.waitSignal(page.loaded, timeout=LONG_MS):
        sample_window.open_partner("R-002")
        QTest.keyClick(QApplication.focusWidget() or sample_window, Qt.Key.Key_P)
        page.header.turn_pin()
    assert sample_desk.pinned() == pinned


def test_the_keyboard_stands_in_a_tab_once_it_is_read(
    open_partner: Callable[[str], PartnerPage], qtbot: QtBot
) -> None:
    page = open_partner("R-001")
    page.turn_to_tab("deals")
    page.focus_content()
    qtbot.waitUntil(page.is_complete, timeout=LONG_MS)
    assert isinstance(QApplication.focusWidget(), GridView)


def test_every_record_stands_in_a_part_of_the_page(open_partner: Callable[[str], PartnerPage]) -> None:
    keys = open_partner("R-001").tabs.keys()
    assert {place_of("R-001", entity, "1").part for entity in ENTITIES if entity != "partners"} <= keys


def test_the_keyboard_stays_on_the_page_when_a_meeting_begins_and_ends(
    open_partner: Callable[[str], PartnerPage], sample_window: MainWindow, qtbot: QtBot
) -> None:
    page = open_partner("R-001")
    for _ in ("begins", "ends"):
        with qtbot.waitSignal(page.loaded, timeout=LONG_MS):
            sample_window.turn_meeting()
        assert isinstance(QApplication.focusWidget(), GridView)
