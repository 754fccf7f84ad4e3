"""The window as a user meets it: keyboard, find, sort, copy, partner page, figures, sync."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QProgressBar, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from camdesk.base.errors import CamDeskError
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.widgets.chart import TrendChart
from camdesk.gui.widgets.grid_view import GridView
from tests.gui.builders import FakeDesk, a_partner, a_portfolio, a_row, a_section, sample_portfolio
from tests.gui.conftest import OpenWindow
from tests.gui.window_parts import partner, portfolio, scorecard, sources

Key = Qt.Key


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(FakeDesk())


def press(
    window: MainWindow, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def resize(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    qtbot.waitUntil(
        lambda: portfolio(window).width() + window.navigation.width() == window.width() == size[0]
    )


def names(window: MainWindow) -> list[str]:
    return [row.cells[0].text for panel in portfolio(window).sections() for row in panel.table.grid.rows]


def open_first_partner(window: MainWindow, qtbot: QtBot) -> str:
    portfolio(window).focus_content()
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: partner(window).isVisible() and bool(partner(window).header.name.text()))
    return partner(window).partner_id


def clipped(window: MainWindow) -> list[str]:
    """Return the texts of visible one-line labels that are wider than their label."""
    shown = [part for part in window.findChildren(QLabel) if part.isVisible() and not part.wordWrap()]
    return [
        part.text() for part in shown if part.fontMetrics().horizontalAdvance(part.text()) > part.width() + 1
    ]


def test_every_type_has_its_own_table_and_columns(window: MainWindow) -> None:
    heads = [[column.title for column in panel.columns] for panel in portfolio(window).sections()]
    assert len(heads) == 7
    assert heads[0][:5] == ["Partner", "Tier", "Score", "8 quarters", "Revenue Q3"]
    assert len({tuple(one) for one in heads}) == 7


def test_columns_of_all_tables_line_up(window: MainWindow) -> None:
    tables = [panel.table for panel in portfolio(window).sections()]
    for column in range(4):
        assert len({table.columnWidth(column) for table in tables}) == 1
    ends = {table.columnViewportPosition(table.grid.columnCount() - 1) for table in tables}
    assert len(ends) == 1
    for table in tables:
        assert table.horizontalHeader().length() == table.viewport().width()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_no_figure_is_cut_at_the_sizes_in_use(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    resize(window, qtbot, size)
    for panel in portfolio(window).sections():
        table = panel.table
        for column in range(4, table.grid.columnCount()):
            for row in table.grid.rows:
                text = row.cells[column].text.removeprefix("▼\u2009")
                assert table.fontMetrics().horizontalAdvance(text) <= table.columnWidth(column) - 11


def test_down_goes_on_into_the_next_table_and_up_comes_back(window: MainWindow) -> None:
    first, second = (panel.table for panel in portfolio(window).sections()[:2])
    portfolio(window).focus_content()
    first.go_to(first.grid.rowCount() - 1)
    press(window, Key.Key_Down)
    assert second.hasFocus()
    assert second.currentIndex().row() == 0
    press(window, Key.Key_Up)
    assert first.hasFocus()
    assert first.currentIndex().row() == first.grid.rowCount() - 1


def test_a_click_on_a_head_sorts_and_a_second_one_turns_it_round(window: MainWindow) -> None:
    table = portfolio(window).sections()[0].table
    head = table.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(2) + 20, head.height() // 2)
    for descending in (True, False):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        scores = [row.cells[2].sort for row in table.grid.rows if row.cells[2].sort is not None]
        assert scores == sorted(scores, reverse=descending)
    assert table.grid.rows[-1].cells[2].sort is None or None not in [r.cells[2].sort for r in table.grid.rows]


def test_slash_filters_as_one_types_and_enter_opens_the_first_match(window: MainWindow, qtbot: QtBot) -> None:
    wanted = portfolio(window).sections()[3].table.grid.rows[0]
    press(window, Key.Key_Slash)
    QTest.keyClicks(QApplication.focusWidget(), wanted.cells[0].text)
    assert names(window) == [wanted.cells[0].text]
    with qtbot.waitSignal(partner(window).loaded):
        press(window, Key.Key_Return)
    assert partner(window).partner_id == wanted.key


def test_finding_nothing_says_so_and_escape_shows_all_again(window: MainWindow) -> None:
    everyone = names(window)
    portfolio(window).focus_filter()
    QTest.keyClicks(portfolio(window).filter_field, "zzz")
    assert names(window) == []
    said = [part.text() for part in portfolio(window).findChildren(QLabel) if part.isVisible()]
    assert "No partner matches “zzz”." in said
    press(window, Key.Key_Escape)
    assert names(window) == everyone


def test_one_list_holds_every_partner(window: MainWindow) -> None:
    portfolio(window).one_list.click()
    (panel,) = portfolio(window).sections()
    assert panel.table.grid.rowCount() == sum(len(one.rows) for one in sample_portfolio().sections)
    portfolio(window).by_type.click()
    assert len(portfolio(window).sections()) == 7


def test_mine_and_all_are_offered_only_where_mine_is_known(open_window: OpenWindow) -> None:
    assert portfolio(open_window(FakeDesk())).mine.isVisible()
    everyone = replace(sample_portfolio(), mine_only=False)
    assert not portfolio(open_window(FakeDesk(report=everyone))).mine.isVisible()


def test_ctrl_c_copies_the_selected_rows_with_heads(window: MainWindow) -> None:
    portfolio(window).focus_content()
    press(window, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(window, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, *lines = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[:4] == ["Partner", "Tier", "Score", "Revenue Q3"]
    assert [line.split("\t")[0] for line in lines] == names(window)[:2]


def test_enter_opens_a_partner_and_both_ways_back_lead_back(window: MainWindow, qtbot: QtBot) -> None:
    for key, modifier in (
        (Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    ):
        assert open_first_partner(window, qtbot) == portfolio(window).sections()[0].table.grid.rows[0].key
        assert partner(window).isVisible()
        press(window, key, modifier)
        assert portfolio(window).isVisible()


def test_the_scorecard_has_three_panels_with_the_same_columns(window: MainWindow, qtbot: QtBot) -> None:
    open_first_partner(window, qtbot)
    tables = [panel.table for panel in scorecard(window).panels]
    assert [table.grid.rowCount() for table in tables] == [4, 3, 2]
    assert len({tuple(table.columnWidth(column) for column in range(7)) for table in tables}) == 1


def test_enter_on_a_figure_opens_its_records_and_escape_closes_them(window: MainWindow, qtbot: QtBot) -> None:
    partner_id = open_first_partner(window, qtbot)
    press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(partner(window).figure.tables))
    (records,) = partner(window).figure.tables
    assert records.grid.rowCount() == 40
    desk = partner(window).context.desk
    assert isinstance(desk, FakeDesk)
    assert desk.opened == [(partner_id, "renewal_rate")]
    press(window, Key.Key_Escape)
    assert not partner(window).figure.isVisible()
    assert partner(window).isVisible()
    assert partner(window).summary.isVisible()


def test_a_figure_opens_from_another_tab_too(window: MainWindow, qtbot: QtBot) -> None:
    open_first_partner(window, qtbot)
    partner(window).turn_to_tab("terms")
    partner(window).open_figure("renewal_rate")
    qtbot.waitUntil(lambda: bool(partner(window).figure.tables))
    assert partner(window).tabs["terms"].isVisible()


def test_the_chart_tells_the_value_of_the_day_that_is_picked(window: MainWindow, qtbot: QtBot) -> None:
    open_first_partner(window, qtbot)
    partner(window).open_figure("renewal_rate")
    qtbot.waitUntil(lambda: bool(partner(window).figure.tables))
    chart = partner(window).figure.chart
    assert chart.picked == "30 Sep 2026: 88%"
    QTest.keyClick(chart, Key.Key_Left)
    assert chart.picked.endswith(": 92%")
    QTest.mouseMove(chart, QPoint(9, 60))
    qtbot.waitUntil(lambda: chart.picked.endswith(": 94%"))


def test_a_gap_in_the_trend_is_no_data(window: MainWindow, qtbot: QtBot) -> None:
    open_first_partner(window, qtbot)
    partner(window).open_figure("renewal_rate")
    qtbot.waitUntil(lambda: bool(partner(window).figure.tables))
    assert "no data" in partner(window).figure.chart.accessibleDescription()


def test_alerts_and_terms_stand_in_their_tabs(window: MainWindow, qtbot: QtBot) -> None:
    open_first_partner(window, qtbot)
    assert "Alerts 2" in [
        partner(window).tab_bar.tabText(at) for at in range(partner(window).tab_bar.count())
    ]
    told = {"alerts": "Next: Open one renewal deal", "terms": "Missing: technical people certified."}
    for tab, words in told.items():
        partner(window).turn_to_tab(tab)
        shown = " ".join(part.text() for part in partner(window).findChildren(QLabel) if part.isVisible())
        assert words in shown


def test_f5_syncs_and_lists_what_was_not_taken(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sources(window).context.guide.synced):
        press(window, Key.Key_F5)
    qtbot.waitUntil(lambda: not sources(window).is_syncing)
    cells = [cell.text for row in sources(window).rejected.grid.rows for cell in row.cells]
    assert cells[:5] == ["orders.csv", "17", "ordered_on", "31.02.2026", "not a day of the calendar"]
    assert "2 rows were not taken" in window.toast.words


def test_a_sync_shows_how_far_it_is_and_can_be_stopped(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakeDesk(hold_sync=threading.Event()))
    press(window, Key.Key_F5)
    qtbot.waitUntil(lambda: sources(window).progress.maximum() == 1200)
    assert (sources(window).progress.value(), sources(window).progress.isVisible()) == (300, True)
    assert not sources(window).sync_button.isEnabled()
    sources(window).stop_button.click()
    qtbot.waitUntil(lambda: not sources(window).is_syncing)
    assert window.toast.words == "Stopped. Nothing was changed."
    assert not sources(window).progress.isVisible()


def test_a_source_that_shrank_is_asked_about_before_it_counts(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakeDesk(shrunken=True))
    press(window, Key.Key_F5)
    qtbot.waitUntil(sources(window).go_on_button.isVisible)
    said = [part.text() for part in sources(window).findChildren(QLabel) if part.isVisible()]
    assert "exports brings 3 partners where there were 60." in said
    qtbot.waitUntil(lambda: not sources(window).is_syncing)
    with qtbot.waitSignal(sources(window).context.guide.synced):
        sources(window).go_on_button.click()
    assert not sources(window).go_on_button.isVisible()


def test_closing_the_window_stops_the_sync(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakeDesk(hold_sync=threading.Event()))
    press(window, Key.Key_F5)
    qtbot.waitUntil(lambda: sources(window).progress.maximum() == 1200)
    assert window.close()
    qtbot.waitUntil(lambda: not sources(window).is_syncing)


def test_a_failure_is_told_with_what_to_do_next(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakeDesk(fault=CamDeskError("The database is damaged.", "Restore a backup.")))
    qtbot.waitUntil(lambda: window.toast.words == "The database is damaged. Restore a backup.")


def test_escape_closes_a_message_before_it_goes_back(window: MainWindow, qtbot: QtBot) -> None:
    open_first_partner(window, qtbot)
    window.toast.say("The folder is gone.", stays=True)
    press(window, Key.Key_Escape)
    assert not window.toast.isVisible()
    assert partner(window).isVisible()
    press(window, Key.Key_Escape)
    assert portfolio(window).isVisible()


def test_an_empty_workspace_names_the_next_step(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakeDesk(report=a_portfolio([]), states=()))
    said = [part.text() for part in portfolio(window).findChildren(QLabel) if part.isVisible()]
    assert "No partners yet." in said
    step = next(
        one for one in portfolio(window).findChildren(QAbstractButton) if one.text() == "Go to sources"
    )
    step.click()
    assert sources(window).isVisible()
    qtbot.waitUntil(lambda: not sources(window).sync_button.isEnabled())


def test_markup_in_a_name_stays_text(open_window: OpenWindow, qtbot: QtBot) -> None:
    report = a_portfolio([a_section("alliance", [a_row(a_partner(name="<b>A & B</b>"))])])
    report = replace(report, sections=(replace(report.sections[0], columns=()),))
    window = open_window(FakeDesk(report=report))
    open_first_partner(window, qtbot)
    shown = [part for part in partner(window).findChildren(QLabel) if part.text() == "<b>A & B</b>"]
    assert shown
    assert all(part.textFormat() is Qt.TextFormat.PlainText for part in shown)


def test_every_control_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    open_first_partner(window, qtbot)
    partner(window).open_figure("renewal_rate")
    qtbot.waitUntil(lambda: bool(partner(window).figure.tables))
    kinds: tuple[Any, ...] = (QAbstractButton, QLineEdit, GridView, QTabBar, QProgressBar, TrendChart)
    controls = [part for part in window.findChildren(QWidget) if isinstance(part, kinds)]
    own = [
        part
        for part in controls
        if not part.objectName().startswith("qt_") and "ScrollBar" not in type(part).__name__
    ]
    nameless = [part for part in own if not _spoken(part)]
    assert len(own) > 20
    assert nameless == []


def _spoken(part: QWidget) -> str:
    if type(part).__name__ == "QTableCornerButton":
        return "Qt's own"
    return QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)


def test_eight_hundred_partners_filter_by_every_letter(open_window: OpenWindow) -> None:
    window = open_window(FakeDesk(report=sample_portfolio(partners=800)))
    everyone = names(window)
    assert len(everyone) >= 790
    portfolio(window).filter_field.setText("helio")
    assert names(window) == [name for name in everyone if "Helio" in name]


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_labels_are_not_clipped(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    resize(window, qtbot, size)
    open_first_partner(window, qtbot)
    for screen in ("partner", "portfolio", "sources"):
        if screen != "partner":
            window.go_to(screen)
        qtbot.waitUntil(lambda: clipped(window) == [])
