"""Odds of a target: the same input gives the same odds, and more of anything good never lowers them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camdesk.documents.odds import (
    DealFlow,
    Flow,
    Lever,
    Rate,
    RecurringFlow,
    SellThroughFlow,
    higher_acceptance,
    higher_renewals,
    higher_win_rate,
    larger_deals,
    more_starts,
    odds_of,
    outlook,
    seed_of,
)

RUNS = 60
shares = st.floats(0, 1)
amounts = st.floats(0, 1e9)
seeds = st.integers(0, 2**40)


@st.composite
def rates(draw: st.DrawFn) -> Rate:
    return Rate(draw(shares), draw(st.integers(0, 40)))


@st.composite
def deal_flows(draw: st.DrawFn) -> DealFlow:
    return DealFlow(
        starts=draw(st.floats(0, 20)),
        win=draw(rates()),
        sizes=tuple(draw(st.lists(st.floats(1, 1e8), min_size=1, max_size=8))),
        cycle=draw(st.floats(0, 14)),
        months=draw(st.sampled_from((12.0, 7.5, 0.0))),
        booked=draw(amounts),
        accepted=draw(st.none() | rates()),
        steady=draw(amounts),
        steady_spread=draw(st.floats(0, 0.3)),
        renewing=draw(amounts),
        renewal=draw(st.none() | rates()),
    )


@st.composite
def recurring_flows(draw: st.DrawFn) -> RecurringFlow:
    return RecurringFlow(
        monthly=draw(st.floats(1, 1e9)),
        retention=draw(st.floats(0.3, 1.5)),
        retention_spread=draw(st.floats(0, 0.3)),
        added=draw(st.floats(0, 1e8)),
        added_spread=draw(st.floats(0, 1e7)),
    )


@st.composite
def network_flows(draw: st.DrawFn) -> SellThroughFlow:
    return SellThroughFlow(
        quarters=tuple(draw(st.lists(st.floats(1, 1e9), min_size=4, max_size=4))),
        growths=tuple(draw(st.lists(st.floats(-0.9, 1), min_size=1, max_size=6))),
    )


flows = st.one_of(deal_flows(), recurring_flows(), network_flows())


def chance(flow: Flow, target: float, seed: int) -> float:
    return odds_of(flow, target, seed=seed, runs=RUNS).chance


@settings(max_examples=40, deadline=None)
@given(flow=flows, target=st.floats(0, 1e10), seed=seeds)
def test_the_same_input_gives_the_same_odds(flow: Flow, target: float, seed: int) -> None:
    assert odds_of(flow, target, seed=seed, runs=RUNS) == odds_of(flow, target, seed=seed, runs=RUNS)


@settings(max_examples=40, deadline=None)
@given(flow=flows, seed=seeds)
def test_a_target_of_nothing_is_certain(flow: Flow, seed: int) -> None:
    assert chance(flow, 0, seed) == 1


@settings(max_examples=60, deadline=None)
@given(flow=deal_flows(), more=st.floats(0, 10), target=st.floats(0, 1e10), seed=seeds)
def test_more_pipeline_never_lowers_the_odds(flow: DealFlow, more: float, target: float, seed: int) -> None:
    usual = chance(flow, target, seed)
    assert chance(replace(flow, starts=flow.starts + more), target, seed) >= usual
    assert chance(more_starts(flow, more), target, seed) >= usual


@settings(max_examples=60, deadline=None)
@given(flow=deal_flows(), target=st.floats(0, 1e10), seed=seeds)
def test_no_lever_ever_lowers_the_odds(flow: DealFlow, target: float, seed: int) -> None:
    usual = chance(flow, target, seed)
    better = (
        higher_win_rate(flow, 0.05),
        higher_acceptance(flow, 0.05),
        higher_renewals(flow, 0.02),
        larger_deals(flow, 0.1),
    )
    assert all(chance(one, target, seed) >= usual for one in better)


@settings(max_examples=60, deadline=None)
@given(flow=flows, low=st.floats(0, 1e10), more=st.floats(0, 1e10), seed=seeds)
def test_a_higher_target_is_never_likelier(flow: Flow, low: float, more: float, seed: int) -> None:
    assert chance(flow, low + more, seed) <= chance(flow, low, seed)


@settings(max_examples=40, deadline=None)
@given(flow=flows, seed=seeds)
def test_the_spread_is_in_order(flow: Flow, seed: int) -> None:
    odds = odds_of(flow, 1, seed=seed, runs=RUNS)
    assert 0 <= odds.p10 <= odds.p50 <= odds.p90
    assert odds.runs == RUNS


@pytest.mark.parametrize(
    ("flow", "lack"),
    [
        (DealFlow(3, Rate(0.4, 10), (), 2), "no won deal to plan with"),
        (DealFlow(0, Rate(0.4, 10), (5.0,), 2), "no won deal to plan with"),
        (RecurringFlow(0, 1, 0.1, 0, 0), "no billed month to plan with"),
        (SellThroughFlow((1, 1, 1, 1), ()), "no two years of reported sales to compare"),
    ],
)
def test_without_history_there_are_no_odds_but_a_reason(flow: Flow, lack: str) -> None:
    seen = outlook(flow, 100, seed=1)
    assert (seen.base, seen.levers, seen.lacks) == (None, (), lack)


def test_a_new_registration_counts_only_once_its_cycle_is_over() -> None:
    flow = DealFlow(2, Rate(0.5, 20), (100.0,), cycle=12, months=12)
    assert more_starts(flow, 5).closing == flow.closing == 24
    assert more_starts(replace(flow, cycle=3.0), 1).closing == 24 + 9


def test_what_moves_the_odds_most_comes_first() -> None:
    flow = DealFlow(4, Rate(0.4, 30), (10.0, 20.0, 30.0), 2)
    levers = (Lever("a little larger", larger_deals(flow, 0.01)), Lever("many more", more_starts(flow, 6)))
    seen = outlook(flow, 500, seed=seed_of("P-1", 2027), levers=levers)
    assert seen.base is not None
    assert [one.name for one in seen.levers] == ["many more", "a little larger"]
    assert seen.levers[0].odds.chance > seen.base.chance


def test_the_middle_year_is_what_the_rates_lead_to() -> None:
    sure = DealFlow(10, Rate(0.5, 10_000), (100.0,), 1)
    assert odds_of(sure, 0, seed=7).p50 == pytest.approx(12 * 10 * 0.5 * 100, rel=0.05)
    kept = RecurringFlow(100, 1.0, 0.0, 0.0, 0.0)
    assert odds_of(kept, 0, seed=7).p50 == pytest.approx(1200)
    grown = SellThroughFlow((100, 100, 100, 100), (0.1,))
    assert odds_of(grown, 0, seed=7).p50 == pytest.approx(440)


def test_very_many_wins_are_counted_in_full() -> None:
    many = DealFlow(1_000, Rate(0.5, 1_000_000), (1.0,), 1)
    assert odds_of(many, 0, seed=3, runs=40).p50 == pytest.approx(6_000, rel=0.1)


def test_the_seed_belongs_to_partner_and_year() -> None:
    assert seed_of("P-1", 2027) == seed_of("P-1", 2027)
    assert len({seed_of("P-1", 2027), seed_of("P-1", 2028), seed_of("P-2", 2027)}) == 3
