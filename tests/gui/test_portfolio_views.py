"""How the portfolio is looked at, without a window: views, facets, filter, groups, columns, cards."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.desk.reports import Cell, ColumnHead
from camdesk.gui.portfolio.book import Book, make_book
from camdesk.gui.portfolio.cards import lanes
from camdesk.gui.portfolio.columns import ALL, rows_of, specs
from camdesk.gui.portfolio.entries import Extras, saying, wanted_words
from camdesk.gui.portfolio.facets import BY_KEY, FACETS, choices, passing
from camdesk.gui.portfolio.sections import lacks, sections
from camdesk.gui.portfolio.view import GROUPS, KINDS, LIST, View, read_view
from camdesk.gui.theme.tokens import Tone
from camdesk.insight.results import Band, Milestone, Unit
from tests.gui.builders import a_partner, a_portfolio, a_row, a_section, sample_portfolio

_WORDS = st.text(max_size=8)
_PEOPLE = (
    {"partner_id": "1", "name": "Hélio Gründer", "tier": "Gold", "region": "DACH", "stage": "active"},
    {"partner_id": "2", "name": "Helios", "tier": "Silver", "region": "DACH", "stage": "develop",
     "dark": True},
    {"partner_id": "3", "name": "Straßen AG", "tier": None, "region": "Nordics", "stage": "onboard"},
)  # fmt: skip


@pytest.fixture
def book() -> Book:
    partners = [a_partner(**facts) for facts in _PEOPLE]
    bands = (Band.GREEN, None, Band.RED)
    rows = [a_row(partner, band=band) for partner, band in zip(partners, bands, strict=True)]
    return make_book(a_portfolio([a_section("msp", rows)]), Extras())


def keys(entries: Any) -> list[str]:
    return [entry.key for entry in entries]


@given(
    st.builds(
        View,
        kind=st.sampled_from(KINDS),
        mine=st.booleans(),
        words=_WORDS,
        facets=st.dictionaries(
            st.sampled_from([facet.key for facet in FACETS]), st.frozensets(_WORDS, min_size=1), max_size=3
        ),
        group=st.sampled_from(GROUPS),
        columns=st.dictionaries(_WORDS, st.lists(_WORDS).map(tuple), max_size=3),
        orders=st.dictionaries(
            _WORDS, st.lists(st.tuples(_WORDS, st.booleans()), max_size=3).map(tuple), max_size=3
        ),
    )
)
def test_a_kept_view_comes_back_as_it_was(view: View) -> None:
    assert read_view(json.loads(json.dumps(view.body()))) == view


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "cube", "group": "mood", "facets": {"mood": ["x"]}, "columns": [], "orders": {"": "x"}},
        {"facets": {"tier": "Gold"}, "columns": {"": None}, "orders": {"": [["name"], 3]}},
    ],
)
def test_what_nobody_knows_of_a_kept_view_is_left_out(body: dict[str, Any]) -> None:
    assert read_view(body).body() == View(orders=read_view(body).orders).body()
    assert not any(read_view(body).orders.values())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("helio", ["1", "2"]),
        ("HÉLIO grun", ["1"]),
        ("grunder dach", ["1"]),
        ("strassen", ["3"]),
        ("class a", ["1", "2", "3"]),
        ("dark", ["2"]),
        ("  ", ["1", "2", "3"]),
        ("helio nordics", []),
    ],
)
def test_the_filter_takes_every_word_and_ignores_case_and_accents(
    book: Book, typed: str, expected: list[str]
) -> None:
    assert keys(saying(book.entries, wanted_words(typed))) == expected


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(book: Book) -> None:
    tiers = {"tier": frozenset({"Gold", ""})}
    assert keys(passing(book.entries, tiers)) == ["1", "3"]
    assert keys(passing(book.entries, {**tiers, "region": frozenset({"DACH"})})) == ["1"]
    assert keys(passing(book.entries, {"stage": frozenset({"dark"})})) == ["2"]
    assert keys(passing(book.entries, {"stage": frozenset({"develop"})})) == ["2"]
    assert keys(passing(book.entries, {"band": frozenset({""})})) == ["2"]


def test_a_facet_counts_what_each_value_would_show_beside_the_other_facets(book: Book) -> None:
    chosen = {"tier": frozenset({"Gold"}), "region": frozenset({"DACH"})}
    offered = choices(BY_KEY["tier"], book.entries, chosen, titles=book.titles)
    assert [(one.title, one.count) for one in offered] == [("Gold", 1), ("Silver", 1), ("No tier", 0)]
    offered = choices(BY_KEY["stage"], book.entries, {}, titles=book.titles, words=["helio"])
    assert [(one.title, one.count) for one in offered] == [
        ("Onboard", 0),
        ("Develop", 1),
        ("Active", 1),
        ("Dark", 1),
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_every_partner_stands_in_one_group(group: str) -> None:
    book = make_book(sample_portfolio(), Extras())
    found = sections(book, View(kind=LIST, group=group))
    assert sorted(entry.key for one in found for entry in one.entries) == sorted(keys(book.entries))
    assert len({one.key for one in found}) == len(found)
    assert all(one.columns == found[0].columns for one in found)


def test_a_metric_of_ones_own_choice_is_read_before_it_is_shown() -> None:
    head = ColumnHead("retention", "Retention", "Net recurring retention", Unit.PERCENT, "higher")
    report = a_portfolio([a_section("msp", [a_row(a_partner(**_PEOPLE[0]))])])
    view = View(kind=LIST).with_columns(ALL, ("metric:retention", "region"))
    assert lacks(make_book(report, Extras()), view)
    read = Extras({"retention": {"1": Cell(0.42, 20.0, assumed=False)}}, {"retention": head})
    book = make_book(report, read)
    assert not lacks(book, view)
    (section,) = sections(book, view)
    (row,) = rows_of(section.entries, section.columns)
    assert [one.column.title for one in section.columns] == ["Partner", "Retention", "Region"]
    assert [cell.text.removeprefix("▼\u2009") for cell in row.cells] == ["Hélio Gründer", "42%", "DACH"]
    assert row.cells[1].tone is Tone.BAD


def test_an_order_follows_its_column_and_is_dropped_with_it(book: Book) -> None:
    view = View(kind=LIST).with_order(ALL, (("alerts", True), ("region", False)))
    (section,) = sections(book, view.with_columns(ALL, ("region", "tier")))
    assert [(order.column, order.descending) for order in section.orders] == [(1, False)]


def test_columns_nobody_knows_any_more_are_left_out(book: Book) -> None:
    found = specs(book, ("metric:gone", "tier", "tier", "mood"), table=ALL)
    assert [one.id for one in found] == ["partner", "tier"]


def test_the_board_has_every_stage_and_the_dark_in_a_lane_of_their_own(book: Book) -> None:
    found = lanes(book.entries, as_of=date(2026, 11, 20))
    assert [lane.stage for lane in found] == ["recruit", "onboard", "develop", "active", "advocate", "dark"]
    assert {lane.stage: [card.key for card in lane.cards] for lane in found if lane.cards} == {
        "onboard": ["3"],
        "active": ["1"],
        "dark": ["2"],
    }


@pytest.mark.parametrize(
    ("due_on", "line", "tone"),
    [
        (date(2026, 11, 19), "Late: First order, was due 19 Nov 2026", Tone.WARN),
        (date(2026, 11, 20), "Next: First order, due 20 Nov 2026", Tone.MUTED),
        (None, "Next: First order", Tone.MUTED),
    ],
)
def test_a_card_says_the_next_milestone_and_that_it_is_late(
    due_on: date | None, line: str, tone: Tone
) -> None:
    report = a_portfolio([a_section("msp", [a_row(a_partner(stage="onboard"), onboarding=True)])])
    book = make_book(report, Extras(milestones={"P-001": Milestone("First order", due_on, None)}))
    lane = next(one for one in lanes(book.entries, as_of=date(2026, 11, 20)) if one.cards)
    assert (lane.cards[0].line, lane.cards[0].line_tone, lane.cards[0].score) == (line, tone, "–")


def test_a_view_without_filters_narrows_nothing() -> None:
    view = View(words=" ").with_facet("tier", frozenset({"Gold"}))
    assert view.narrows
    assert not view.widened().narrows
    assert view.with_facet("tier", frozenset()) == replace(view, facets={})
