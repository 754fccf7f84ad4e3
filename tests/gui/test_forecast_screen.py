"""The forecast on a real desk: figures as the desk says them, calls typed in, deals beside the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.base.amounts import read_amount
from camdesk.base.errors import UsageError
from camdesk.desk.desk import Desk
from camdesk.gui.forecast import rows
from camdesk.gui.forecast.call_field import CallField
from camdesk.gui.forecast.screen import ForecastScreen
from camdesk.gui.forecast.table import CallTable
from camdesk.gui.forecast.widths import plan
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import GridCell

_TEN_K = 10_000 * 1_000  # a thousand, in ten-thousandths


@pytest.fixture
def screen(sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot) -> ForecastScreen:
    """Return the forecast as it is at first, whatever the test before has left."""
    sample_desk.remember_view("forecast", {})
    sample_window.go_to("forecast")
    shown = cast("ForecastScreen", sample_window.screens.get("forecast"))
    qtbot.waitUntil(lambda: bool(shown.tables.shown()), timeout=20_000)
    qtbot.waitUntil(lambda: shown.tables.accuracy.note.text() != "", timeout=20_000)
    return shown


def first(screen: ForecastScreen) -> CallTable:
    return screen.tables.shown()[0]


def type_call(table: CallTable, words: str, qtbot: QtBot) -> CallField:
    """Type a call as a person does: the first sign on the row, the rest into the field."""
    table.setFocus()
    qtbot.keyClick(table, words[0])
    qtbot.keyClicks(table.field, words[1:])
    return table.field


def called(desk: Desk, partner_id: str) -> int | None:
    made = desk.partner_forecast(partner_id).row.call
    return made.amount if made else None


def test_the_table_shows_what_the_desk_says(sample_desk: Desk, screen: ForecastScreen) -> None:
    report = sample_desk.forecast()
    expected = {row.partner.partner_id: row for row in report.rows if row.says_something}
    shown = {line.key: line for table in screen.tables.shown() for line in table.grid.rows}
    assert shown.keys() == expected.keys()
    for key, line in shown.items():
        of = expected[key].figures
        sorts = [line.cells[place].sort for place in (rows.TARGET, rows.BOOKED, rows.COMMIT, rows.BEST)]
        assert sorts == [of.target, of.booked, of.commit, of.best_case]
        assert line.cells[rows.GAP].sort == of.gap


def test_totals_of_types_and_all_stand_below(sample_desk: Desk, screen: ForecastScreen) -> None:
    report = sample_desk.forecast()
    table = screen.tables.totals.table
    titles = [line.cells[0].text for line in table.grid.rows]
    assert titles == [*(one.title for one in report.types), "All partners"]
    assert table.grid.rows[-1].cells[rows.BOOKED].sort == report.total.figures.booked
    assert "sold through distributors" in screen.tables.totals.note.text()
    assert f"{report.days_left} days left" in screen.head.quarter.accessibleName()


def test_a_typed_call_is_kept_and_the_next_partner_is_ready(
    sample_desk: Desk, screen: ForecastScreen, sample_window: MainWindow, qtbot: QtBot
) -> None:
    table = first(screen)
    table.go_to(0)
    keys = [line.key for line in table.grid.rows[:2]]
    field = type_call(table, "240k", qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert table.grid.rows[0].cells[rows.CALL].text == "€240k"  # at once
    assert table.current_key() == keys[1]
    qtbot.waitUntil(lambda: called(sample_desk, keys[0]) == 240 * _TEN_K, timeout=10_000)
    qtbot.waitUntil(sample_window.toast.undo.isVisible, timeout=10_000)
    assert "€240,000" in sample_window.toast.words
    qtbot.waitUntil(lambda: "1 this week" in screen.head.calls.accessibleName(), timeout=10_000)
    assert table.current_key() == keys[1]
    assert table.currentIndex().column() == rows.CALL


def test_a_call_is_taken_back_from_the_toast(
    sample_desk: Desk, screen: ForecastScreen, sample_window: MainWindow, qtbot: QtBot
) -> None:
    table = first(screen)
    table.go_to(0)
    key = table.grid.rows[0].key
    qtbot.keyClick(type_call(table, "99000", qtbot), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: called(sample_desk, key) == 99 * _TEN_K, timeout=10_000)
    qtbot.waitUntil(sample_window.toast.undo.isVisible, timeout=10_000)
    sample_window.toast.undo.click()
    qtbot.waitUntil(lambda: called(sample_desk, key) is None, timeout=10_000)
    qtbot.waitUntil(lambda: table.grid.rows[0].cells[rows.CALL].sort is None, timeout=10_000)


@pytest.mark.parametrize("by_field", [True, False])
def test_a_call_is_taken_away_and_undo_brings_it_back(
    sample_desk: Desk, screen: ForecastScreen, sample_window: MainWindow, qtbot: QtBot, by_field: bool
) -> None:
    table = first(screen)
    table.go_to(0)
    key = table.grid.rows[0].key
    qtbot.keyClick(type_call(table, "99000", qtbot), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: called(sample_desk, key) == 99 * _TEN_K, timeout=10_000)
    qtbot.waitUntil(lambda: "1 this week" in screen.head.calls.accessibleName(), timeout=10_000)
    table.go_to(0)
    if by_field:
        qtbot.keyClick(table, Qt.Key.Key_F2)
        qtbot.keyClick(table.field, Qt.Key.Key_Delete)
        qtbot.keyClick(table.field, Qt.Key.Key_Return)
    else:
        qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert table.grid.rows[0].cells[rows.CALL].sort is None  # at once
    qtbot.waitUntil(lambda: called(sample_desk, key) is None, timeout=10_000)
    qtbot.waitUntil(lambda: sample_window.toast.words.startswith("Removed the forecast call"), timeout=10_000)
    sample_window.toast.undo.click()
    qtbot.waitUntil(lambda: called(sample_desk, key) == 99 * _TEN_K, timeout=10_000)


def test_wrong_input_stays_with_a_sentence_beside_it(
    sample_desk: Desk, screen: ForecastScreen, qtbot: QtBot
) -> None:
    table = first(screen)
    table.go_to(1)
    key = table.grid.rows[1].key
    field = type_call(table, "12 apples", qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.is_open
    assert field.text() == "12 apples"
    assert "is not an amount in EUR" in field.complaint.text()
    assert field.complaint.isVisible()
    assert called(sample_desk, key) is None
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.is_open
    assert not field.complaint.isVisible()
    assert table.hasFocus()
    assert table.current_key() == key


def test_a_click_elsewhere_keeps_what_was_typed(
    sample_desk: Desk, screen: ForecastScreen, qtbot: QtBot
) -> None:
    table = first(screen)
    table.go_to(0)
    key = table.grid.rows[0].key
    field = type_call(table, "55k", qtbot)
    screen.head.filter_field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not field.is_open
    assert screen.head.filter_field.hasFocus()
    qtbot.waitUntil(lambda: called(sample_desk, key) == 55 * _TEN_K, timeout=10_000)


def test_calling_another_partner_keeps_what_was_typed_first(
    sample_desk: Desk, screen: ForecastScreen, qtbot: QtBot
) -> None:
    table = first(screen)
    table.go_to(0)
    keys = [line.key for line in table.grid.rows[:2]]
    type_call(table, "66k", qtbot)
    table.setFocus()
    table.go_to(1)
    assert table.field.is_open  # nothing is kept before it is meant to be
    screen.begin_call()
    assert table.field.accessibleName().endswith(table.grid.rows[1].cells[0].text)
    qtbot.waitUntil(lambda: called(sample_desk, keys[0]) == 66 * _TEN_K, timeout=10_000)
    qtbot.keyClick(table.field, Qt.Key.Key_Escape)
    assert called(sample_desk, keys[1]) is None


def test_what_is_being_typed_outlives_a_refresh(screen: ForecastScreen, qtbot: QtBot) -> None:
    table = first(screen)
    table.go_to(2)
    field = type_call(table, "77", qtbot)
    before = screen._forecast
    screen.refresh()
    qtbot.waitUntil(lambda: screen._forecast is not before, timeout=10_000)
    assert field.is_open
    assert field.text() == "77"
    assert field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_enter_opens_the_field_beside_the_name_and_f2_anywhere(screen: ForecastScreen, qtbot: QtBot) -> None:
    table = first(screen)
    table.setFocus()
    table.go_to(0, column=rows.CALL)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.field.is_open
    qtbot.keyClick(table.field, Qt.Key.Key_Escape)
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert table.field.is_open
    qtbot.keyClick(table.field, Qt.Key.Key_Escape)
    assert not table.field.is_open


def test_enter_on_the_name_shows_the_deals_behind_the_number(
    sample_desk: Desk, screen: ForecastScreen, qtbot: QtBot
) -> None:
    table = first(screen)
    place, key = next(
        (place, line.key)
        for place, line in enumerate(table.grid.rows)
        if sample_desk.partner_forecast(line.key).deals
    )
    table.setFocus()
    table.go_to(place)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    listed = screen.details.deals.table
    qtbot.waitUntil(lambda: listed.grid.rowCount() > 0, timeout=10_000)
    deals = [deal for deal in sample_desk.partner_forecast(key).deals if deal.category]
    assert [line.key for line in listed.grid.rows] == [deal.deal_id for deal in deals]
    shown = listed.grid.rows[0].cells
    assert shown[1].text == deals[0].stage
    assert shown[2].text == f"{deals[0].probability:.0f}%"
    assert shown[3].sort == deals[0].amount
    assert listed.hasFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Escape)
    assert screen.beside.isHidden()
    assert table.current_key() == key
    assert table.hasFocus()


def test_one_key_copies_the_whole_forecast(screen: ForecastScreen, qtbot: QtBot) -> None:
    table = first(screen)
    table.setFocus()
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().strip("\n").split("\n")
    shown = [line for one in screen.tables.shown() for line in one.grid.rows]
    assert lines[0].split("\t")[:3] == ["Partner", "Type", "Target"]
    assert [line.split("\t")[0] for line in lines[1:]] == [line.cells[0].text for line in shown]
    assert lines[1].split("\t")[rows.COMMIT].replace(".", "").isdigit()


def test_selected_rows_alone_are_copied(screen: ForecastScreen, qtbot: QtBot) -> None:
    table = first(screen)
    table.setFocus()
    table.select_rows([0, 2])
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().strip("\n").split("\n")
    assert [line.split("\t")[0] for line in lines[1:]] == [
        table.grid.rows[place].cells[0].text for place in (0, 2)
    ]


def test_filtering_narrows_and_says_where_nothing_is_found(screen: ForecastScreen, qtbot: QtBot) -> None:
    name = first(screen).grid.rows[0].cells[0].text
    screen.head.filter_field.setText(name.upper())
    assert [line.cells[0].text for table in screen.tables.shown() for line in table.grid.rows] == [name]
    screen.head.filter_field.setText("nobody of that name")
    assert screen._empty.isVisible()
    screen.head.filter_field.clear()
    assert screen.tables.isVisible()


def test_one_list_holds_all_and_silent_partners_come_on_demand(
    sample_desk: Desk, screen: ForecastScreen
) -> None:
    said = sum(row.says_something for row in sample_desk.forecast().rows)
    screen.turn_to_kind(by_type=False)
    assert [table.grid.rowCount() for table in screen.tables.shown()] == [said]
    screen.tables.silent.click()
    assert [table.grid.rowCount() for table in screen.tables.shown()] == [len(sample_desk.forecast().rows)]


def test_the_panel_of_earlier_calls_says_what_it_waits_for(screen: ForecastScreen) -> None:
    assert "No quarter with a call of yours has ended yet." in screen.tables.accuracy.note.text()
    assert not screen.tables.accuracy.table.isVisible()


def test_calls_of_an_ended_quarter_are_held_beside_commit(
    sample_desk: Desk, screen: ForecastScreen, qtbot: QtBot
) -> None:
    key = first(screen).grid.rows[0].key
    sample_desk.call_forecast(key, 200 * _TEN_K, day=date(2026, 9, 16))
    screen.refresh()
    panel = screen.tables.accuracy
    qtbot.waitUntil(lambda: panel.table.grid.rowCount() == 2, timeout=10_000)
    report = sample_desk.forecast_accuracy()
    assert panel.table.grid.rows[-1].cells[2].sort == report.total.mape
    panel.more.click()
    held = report.quarters[0].held[0]
    assert [cell.sort for cell in panel.calls.grid.rows[0].cells[3:6]] == [held.call, held.booked, held.error]


def test_what_changed_in_a_week_has_sign_tone_and_words(sample_desk: Desk) -> None:
    report = sample_desk.forecast()
    row = next(row for row in report.rows if row.figures.gap)
    assert row.figures.commit is not None
    assert row.figures.gap is not None
    before = replace(
        row.figures,
        commit=row.figures.commit - 12 * _TEN_K,
        gap=row.figures.gap + 12 * _TEN_K,
        best_case=None,
    )
    lost = replace(row.figures, commit=row.figures.commit + 3 * _TEN_K, gap=row.figures.gap - 3 * _TEN_K)
    better, worse = (
        rows.forecast(replace(report, rows=(replace(row, before=one),))).lines[0].cells
        for one in (before, lost)
    )
    gained, closed = better[rows.COMMIT_MOVED], better[rows.GAP_MOVED]
    assert (gained.text, gained.tone, gained.copied) == ("+€12k", Tone.GOOD, "12000.00")
    assert (closed.text, closed.tone) == ("−€12k", Tone.GOOD)
    assert gained.spoken == "up €12k in a week"
    assert (better[rows.BEST_MOVED].text, better[rows.BEST_MOVED].sort) == ("–", None)
    assert (worse[rows.COMMIT_MOVED].text, worse[rows.COMMIT_MOVED].tone) == ("−€3.0k", Tone.BAD)
    assert (worse[rows.GAP_MOVED].text, worse[rows.GAP_MOVED].tone) == ("+€3.0k", Tone.BAD)
    assert (better[rows.BOOKED_MOVED].text, better[rows.BOOKED_MOVED].tone) == ("±0", Tone.FAINT)


def test_a_call_of_an_earlier_week_is_not_as_strong_as_one_of_this_week(sample_desk: Desk) -> None:
    key = sample_desk.forecast().rows[0].partner.partner_id

    def shown() -> tuple[GridCell, GridCell]:
        lines = rows.forecast(sample_desk.forecast()).lines
        cells = next(line for line in lines if line.key == key).cells
        return cells[rows.CALL], cells[rows.LAST_CALL]

    sample_desk.call_forecast(key, 80 * _TEN_K, day=sample_desk.as_of - timedelta(days=7))
    call, last = shown()
    assert (call.text, call.strong, last.text) == ("€80k", False, "€80k")
    assert "week of 9 Nov 2026" in call.tooltip
    sample_desk.call_forecast(key, 85 * _TEN_K)
    call, last = shown()
    assert (call.text, call.strong, last.text) == ("€85k", True, "€80k")
    sample_desk.undo()
    sample_desk.undo()


def test_a_gap_says_where_best_case_does_not_reach(sample_desk: Desk) -> None:
    report = sample_desk.forecast()
    row = next(row for row in report.rows if row.figures.gap)
    far = replace(row.figures, best_case=row.figures.commit)
    near = replace(row.figures, best_case=row.figures.target)
    closed = replace(row.figures, gap=0)
    cells = [
        rows.forecast(replace(report, rows=(replace(row, figures=of),))).lines[0].cells[rows.GAP]
        for of in (far, near, closed)
    ]
    assert [cell.tone for cell in cells] == [Tone.BAD, Tone.NORMAL, Tone.GOOD]
    assert cells[0].text.startswith("▼")
    assert "even best case falls" in cells[0].spoken
    assert "best case would close it" in cells[1].tooltip
    assert cells[2].text == "none"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("240k", 240_000),
        ("240 K", 240_000),
        ("1.2m", 1_200_000),
        ("1,5 m", 1_500_000),
        ("1.2b", 1_200_000_000),
        ("2bn", 2_000_000_000),
        ("1.250,50 €", 1_250.5),
        ("€240,000", 240_000),
        ("EUR 240,000.50", 240_000.5),
        ("480000 eur", 480_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: float) -> None:
    assert read_amount(typed, "EUR") == round(amount * 10_000)


@pytest.mark.parametrize("typed", ["", "much", "$240k", "-5", "1,5,2", "1e9", "12k5", "9" * 20, "€"])
def test_what_is_no_amount_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(UsageError):
        read_amount(typed, "EUR")


@pytest.mark.parametrize("available", range(400, 2000, 100))
def test_the_call_keeps_its_column_at_every_width(available: int) -> None:
    widths = plan(available, with_type=True, empty=frozenset())
    assert len(widths) == len(rows.COLUMNS)
    assert widths[rows.PARTNER] >= 150
    assert widths[rows.CALL] > 0
    assert sum(widths) <= max(available, 400)
