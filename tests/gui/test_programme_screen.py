"""The programme on a real desk: figures of every part as the desk says them, each with its records."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.desk.portfolio.programme_reports import MONTHS
from camdesk.gui.programme.rows import METRICS, WAYS
from camdesk.gui.programme.screen import ProgrammeScreen
from camdesk.gui.programme.widths import group_widths
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.widgets.grid_view import GridView

_FIELDS = (
    "enrolled", "active", "active_rate", "dark", "activation_rate", "retention", "active_retention",
    "contribution", "revenue_per_active_partner", "top_ten_share", "time_to_first_revenue",
)  # fmt: skip
_LONG_MS = 20_000


@pytest.fixture
def screen(sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot) -> ProgrammeScreen:
    """Return the programme as it is at first, whatever the test before has left."""
    sample_desk.remember_view("programme", {})
    sample_window.go_to("programme")
    shown = cast("ProgrammeScreen", sample_window.screens.get("programme"))
    qtbot.waitUntil(lambda: shown.groups.table.grid.rowCount() > 0, timeout=_LONG_MS)
    return shown


def opened(screen: ProgrammeScreen, qtbot: QtBot) -> list[GridView]:
    """Wait for the records of an opened figure and return their tables."""
    qtbot.waitUntil(lambda: bool(screen.figure.tables), timeout=_LONG_MS)
    return screen.figure.tables


def test_the_programme_comes_back_as_it_was_left(
    sample_desk: Desk, screen: ProgrammeScreen, qtbot: QtBot
) -> None:
    screen.turn_to_way("region")
    screen.head.everyone.click()
    left = {"by": "region", "mine": False}
    qtbot.waitUntil(lambda: sample_desk.remembered_view("programme") == left, timeout=_LONG_MS)
    again = ProgrammeScreen(screen.context)
    qtbot.addWidget(again)
    again.refresh()
    qtbot.waitUntil(lambda: again.groups.table.grid.rowCount() > 0, timeout=_LONG_MS)
    assert (again.head.chosen_way(), again.head.everyone.isChecked()) == ("region", True)
    assert again.groups.title.text() == "Productivity by region"


@pytest.mark.parametrize("way", WAYS)
def test_each_division_shows_what_the_desk_says(
    sample_desk: Desk, screen: ProgrammeScreen, qtbot: QtBot, way: str
) -> None:
    screen.head.by_way[way].click()
    qtbot.waitUntil(
        lambda: screen._programme is not None and screen._programme.report.by == way, timeout=_LONG_MS
    )
    report = sample_desk.programme(way)
    assert [line.key for line in screen.groups.table.grid.rows] == [group.key for group in report.groups]
    for line, group in zip(
        (*screen.groups.table.grid.rows, *screen.groups.whole.grid.rows),
        (*report.groups, report.whole),
        strict=True,
    ):
        assert line.cells[0].text == group.title
        assert [cell.sort for cell in line.cells[1:]] == [getattr(group.figures, name) for name in _FIELDS]
    assert screen.groups.title.text() == f"Productivity by {way}"


def test_a_figure_of_a_group_opens_exactly_its_partners(
    sample_desk: Desk, screen: ProgrammeScreen, qtbot: QtBot
) -> None:
    table = screen.groups.table
    kind = table.grid.rows[0].key
    table.setFocus()
    table.go_to(0, column=METRICS.index("active_rate"))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    listed = opened(screen, qtbot)[0]
    evidence = sample_desk.explain_programme("active_rate", by="type", group=kind)
    active = {record.record_id for record in evidence.records if record.n}
    assert {line.key for line in listed.grid.rows} == {record.record_id for record in evidence.records}
    assert {line.key for line in listed.grid.rows if line.cells[1].text == "yes"} == active
    qtbot.waitUntil(listed.hasFocus)
    qtbot.keyClick(listed, Qt.Key.Key_Escape)
    assert screen.beside.isHidden()
    assert table.hasFocus()


def test_contribution_opens_partners_that_add_up_and_their_records(
    sample_desk: Desk, screen: ProgrammeScreen, qtbot: QtBot
) -> None:
    table = screen.groups.whole
    table.setFocus()
    table.go_to(0, column=METRICS.index("contribution"))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    partners, *records = opened(screen, qtbot)
    total = sum(cast("float", line.cells[1].sort) for line in partners.grid.rows)
    assert total == sample_desk.programme().whole.figures.contribution
    assert {view.accessibleName() for view in records} >= {"Orders", "Deals"}
    assert all(view.grid.columns[0].title == "Partner" for view in records)


def test_a_listed_partner_opens_its_page(
    screen: ProgrammeScreen, sample_window: MainWindow, qtbot: QtBot
) -> None:
    screen.open_figure("dark_partners", None, "")
    listed = opened(screen, qtbot)[0]
    key = listed.grid.rows[0].key
    listed.setFocus()
    listed.go_to(0)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert sample_window._place.about == key


def test_the_activation_matrix_agrees_with_the_cohorts(sample_desk: Desk, screen: ProgrammeScreen) -> None:
    cohorts = {one.quarter: one for one in sample_desk.programme().cohorts}
    page = sample_desk.programme_page()
    assert [one.quarter for one in page.cohorts] == list(cohorts)
    assert len(page.cohorts) > 1
    for one in page.cohorts:
        of = cohorts[one.quarter]
        assert one.enrolled == of.enrolled
        assert one.known == of.enrolled - of.unknown
        known = [within.n for within in one.activated if within is not None]
        assert known == sorted(known)
        assert known[-1] <= of.in_time + of.late
        over = [within.is_over for within in one.activated if within is not None]
        assert over == sorted(over, reverse=True)


def test_the_matrix_is_walked_by_keyboard_and_opens_its_partners(
    sample_desk: Desk, screen: ProgrammeScreen, qtbot: QtBot
) -> None:
    chart = screen.activation.chart
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    first, second = screen.activation.table.grid.rows[:2]
    assert chart.picked.startswith(first.key)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.picked.startswith(second.key)
    assert "within 1 month" in chart.picked
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert "2 months" in chart.picked
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    listed = opened(screen, qtbot)[0]
    cohort = next(one for one in sample_desk.programme().cohorts if one.quarter == second.key)
    assert listed.grid.rowCount() == cohort.enrolled


def test_every_cell_of_the_matrix_says_itself_in_words_and_as_a_table(screen: ProgrammeScreen) -> None:
    chart = screen.activation.chart
    marks = chart.marks(QSizeF(chart.size()))
    quarters = screen.activation.table.grid.rowCount()
    assert len(marks) == quarters * len(MONTHS)
    assert all(mark.words and mark.figure for mark in marks)
    assert chart.accessibleDescription()
    screen.activation.as_table.click()
    assert not chart.isVisible()
    assert screen.activation.values.isVisible()
    assert screen.activation.values.grid.rowCount() == quarters
    assert len(screen.activation.values.grid.columns) == len(MONTHS) + 2


def test_the_ten_largest_and_how_much_hangs_on_them(
    sample_desk: Desk, screen: ProgrammeScreen, sample_window: MainWindow, qtbot: QtBot
) -> None:
    of = sample_desk.programme_page().concentration
    assert of.share == sample_desk.programme().whole.figures.top_ten_share
    assert "The ten largest bring 81%" in screen.largest.sentence.text()
    bars = screen.largest.chart.values().rows
    assert [line.cells[1].sort for line in bars] == sorted((one.amount for one in of.largest), reverse=True)
    screen.largest.chart.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(screen.largest.chart, Qt.Key.Key_Return)
    assert sample_window._place.about == of.largest[0].partner_id


def test_what_investments_led_to_reads_as_the_report_prints_it(
    sample_desk: Desk, screen: ProgrammeScreen, qtbot: QtBot
) -> None:
    table = screen.investments.table
    shown = {line.key: line.cells for line in table.grid.rows}
    assert shown["Campaigns begun"][5].text.startswith("n = 12: not a proof.")
    assert "not a proof" not in shown["Market fund claims paid"][5].text
    paid = next(one for one in sample_desk.programme_page().investments if one.spent)
    table.setFocus()
    table.go_to(0, column=2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened(screen, qtbot)[0].grid.rowCount() == paid.n


def test_figures_are_copied_with_their_heads(screen: ProgrammeScreen) -> None:
    screen.copy()
    lines = QApplication.clipboard().text().strip("\n").split("\n")
    assert lines[0].startswith("Group\tEnrolled\tActive")
    assert lines[-1].startswith("All partners\t41\t36")
    assert len(lines) == screen.groups.table.grid.rowCount() + 2


@pytest.mark.parametrize("available", range(400, 2000, 100))
def test_columns_of_groups_fit_their_table(available: int) -> None:
    widths = group_widths(available, empty=frozenset({4}))
    assert len(widths) == len(METRICS)
    assert widths[0] >= 150
    assert widths[4] == 0
    assert sum(widths) <= max(available, 620)
