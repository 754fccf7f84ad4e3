"""What stands in cells: never a zero for no data, never colour alone, numbers a spreadsheet takes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from camdesk.gui.partner.rows import group_share, score_rows, standing_words
from camdesk.gui.portfolio.summary import summary
from camdesk.gui.portfolio.widths import plan
from camdesk.gui.sources.rows import ago
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.clipboard import as_tsv
from camdesk.gui.widgets.columns import shares
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind, Meter
from camdesk.gui.widgets.record_view import number_in
from camdesk.gui.widgets.values import figure_cell, ordinal, score_cell
from camdesk.insight.results import Group, LineTarget, ProgrammeFigures, Unit
from tests.gui.builders import (
    a_line,
    a_partner_report,
    a_portfolio,
    a_scorecard,
    sample_portfolio,
)


def test_no_data_is_a_dash_that_says_so() -> None:
    cell = figure_cell(None, Unit.MONEY, currency="EUR")
    assert (cell.text, cell.sort, cell.tooltip, cell.spoken) == ("–", None, "no data", "no data")


def test_a_real_zero_is_a_zero() -> None:
    assert figure_cell(0, Unit.COUNT, currency="EUR").text == "0"


def test_money_is_short_in_the_cell_and_exact_on_hover() -> None:
    cell = figure_cell(4_123_456_700, Unit.MONEY, currency="EUR")
    assert cell.text == "€412k"
    assert "€412,345.67" in cell.tooltip


def test_below_the_floor_is_said_by_sign_weight_and_word_beside_the_colour() -> None:
    below = figure_cell(0.4, Unit.PERCENT, currency="EUR", points=49.9)
    at_floor = figure_cell(0.4, Unit.PERCENT, currency="EUR", points=50.0)
    assert below.text.startswith("▼")
    assert below.strong
    assert "below its floor" in below.spoken
    assert below.tone is Tone.BAD
    assert (at_floor.text, at_floor.strong, at_floor.tone) == ("40%", False, Tone.NORMAL)


@pytest.mark.parametrize(
    ("changes", "text", "mark"),
    [
        ({}, "60", Meter(0.6, Tone.WARN)),
        ({"provisional": True}, "60", Meter(0.6, Tone.WARN, hollow=True)),
        ({"enough_data": False}, "–", None),
        ({"onboarding": True}, "Onboarding", None),
    ],
)
def test_only_who_is_judged_is_given_a_number(
    changes: dict[str, bool], text: str, mark: Meter | None
) -> None:
    states = {"provisional": False, "enough_data": True, "onboarding": False} | changes
    cell = score_cell(60.0, coverage=0.5, **states)
    assert (cell.text, cell.mark) == (text, mark)
    assert (cell.sort is None) == (mark is None)


def test_copied_words_cannot_become_formulas_and_numbers_stay_numbers() -> None:
    columns = (Column("=Name", Kind.TEXT), Column("Change", Kind.NUMBER), Column("Line", Kind.TREND))
    rows = [
        GridRow(
            start, (GridCell(f"{start}1+1"), figure_cell(-12_500, Unit.MONEY, currency="EUR"), GridCell(""))
        )
        for start in "=+-@"
    ]
    lines = as_tsv(columns, [*rows, GridRow("t", (GridCell("a\tb"), GridCell("x", copied=""), GridCell("")))])
    assert lines.splitlines() == [
        "'=Name\tChange",
        *(f"'{start}1+1\t-1.25" for start in "=+-@"),
        "a b\t",
    ]


def columns(figures: int) -> list[str]:
    return ["partner", "tier", "score", "trend", *(f"metric:{place}" for place in range(figures)), "alerts"]


def test_columns_of_tables_with_fewer_figures_line_up_from_the_right() -> None:
    most, fewer = (plan(1190, columns=columns(figures), most=7) for figures in (7, 5))
    assert sum(most) == sum(fewer) == 1190
    assert most[:4] == fewer[:4]
    assert most[-5:] == fewer[-5:]


@pytest.mark.parametrize("available", [800, 900, 1000, 1190, 1700])
def test_columns_fill_the_table_at_every_width(available: int) -> None:
    assert sum(plan(available, columns=columns(6), most=7)) == max(available, 774)
    assert sum(shares(available, parts=(3, 7, 11))) == available


def test_the_summary_leaves_out_what_nobody_knows() -> None:
    report = sample_portfolio()
    assert summary(report).startswith("60 enrolled · 49 active · 82% active rate")
    unknown = ProgrammeFigures(3, 2, None, None, None, None, 0, None)
    assert summary(a_portfolio([], figures=unknown)) == "3 enrolled · 2 active"


def test_assumed_targets_are_marked() -> None:
    assumed, agreed = score_rows(
        [a_line("a", "A", target=LineTarget(1, True)), a_line("b", "B")],
        currency="EUR",
    )
    assert assumed.cells[2].text == "assumed 100%"
    assert agreed.cells[2].text == "92%"


@pytest.mark.parametrize(
    ("better", "tone"), [("higher", Tone.BAD), ("lower", Tone.GOOD), ("range", Tone.NORMAL)]
)
def test_a_fall_is_good_or_bad_by_what_the_line_wants(better: str, tone: Tone) -> None:
    (row,) = score_rows([a_line("a", "A", better=better)], currency="EUR")
    assert row.cells[4].text == "−3.1 pt"
    assert row.cells[4].tone is tone


def test_the_share_of_a_group_is_what_its_contributions_make() -> None:
    card = a_scorecard(
        outcome=50.0, lines=(a_line("a", "A", contribution=20.0), a_line("b", "B", contribution=10.0))
    )
    assert group_share(card, Group.OUTCOME) == pytest.approx(0.6)
    assert group_share(a_scorecard(leading=None, lines=()), Group.LEADING) is None


def test_a_provisional_score_names_what_to_connect() -> None:
    card = a_scorecard(provisional=True, connected_weight=45.0, to_connect=("usage", "people"), rank=None)
    words = " ".join(standing_words(a_partner_report(scorecard=card)))
    assert "Provisional: 45 of 100 weight is connected. Connect usage, people." in words
    assert "of 23" not in words


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (112, "112th"), (23, "23rd")]
)
def test_places_are_written_as_said(number: int, text: str) -> None:
    assert ordinal(number) == text


@pytest.mark.parametrize(
    ("text", "number"), [("€1,234.50", 1234.5), ("−12 d", -12), ("61%", 61), ("open", None)]
)
def test_written_numbers_sort_as_numbers(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (None, "never"),
        ("2026-11-23T11:59:40Z", "just now"),
        ("2026-11-23T11:15:00Z", "45 min ago"),
        ("2026-11-22T12:00:00Z", "24 h ago"),
        ("2026-11-13T12:00:00Z", "10 d ago"),
    ],
)
def test_how_long_ago_is_said_in_a_word(instant: str | None, words: str) -> None:
    assert ago(instant, now=datetime(2026, 11, 23, 12, tzinfo=UTC)) == words
