"""The odds of business say what history says, and nothing where there is too little of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.insight.survival import LEAST_AT_RISK, LEAST_SPELLS, Spell, SurvivalCurve

SPELLS = st.lists(st.builds(Spell, st.integers(0, 400), st.booleans()), max_size=60)
ELAPSED = st.integers(0, 420)


def lasting(*days: int) -> list[Spell]:
    return [Spell(day, ended=True) for day in days]


def test_without_open_spells_the_chance_is_the_share_that_ended_in_time() -> None:
    curve = SurvivalCurve(lasting(10, 40, 95, 100, 131, 400))
    assert curve.at_risk(40) == 4
    assert curve.chance(40, within=90) == pytest.approx(2 / 4)  # 95 and 100, of 95, 100, 131 and 400


def test_an_open_spell_counts_for_as_long_as_it_is_known() -> None:
    spells = [Spell(10, ended=True), Spell(20, ended=False), Spell(30, ended=True), Spell(50, ended=False)]
    # Of four, one ended at 10; of the two that were still known at 30, one did.
    assert SurvivalCurve(spells).chance(0, within=90) == pytest.approx(1 - (3 / 4) * (1 / 2))


def test_a_spell_that_ended_on_the_last_day_counts() -> None:
    curve = SurvivalCurve(lasting(91, 92))
    assert curve.chance(1, within=90) == pytest.approx(1 / 2)


@given(SPELLS, ELAPSED)
def test_it_is_the_product_over_the_days_on_which_spells_ended(spells: list[Spell], elapsed: int) -> None:
    remaining = Fraction(1)
    for day in range(elapsed + 1, elapsed + 91):
        ended = sum(spell.ended and spell.days == day for spell in spells)
        if ended:
            remaining *= 1 - Fraction(ended, sum(spell.days >= day for spell in spells))
    assert SurvivalCurve(spells).chance(elapsed, within=90) == pytest.approx(float(1 - remaining))


@given(SPELLS, ELAPSED, st.integers(0, 200), st.integers(0, 200))
def test_more_days_never_make_it_less_likely(
    spells: list[Spell], elapsed: int, within: int, more: int
) -> None:
    curve = SurvivalCurve(spells)
    assert 0 <= curve.chance(elapsed, within=within) <= curve.chance(elapsed, within=within + more) <= 1


@given(SPELLS, ELAPSED)
def test_odds_are_given_exactly_where_enough_is_known(spells: list[Spell], elapsed: int) -> None:
    odds = SurvivalCurve(spells).odds(elapsed)
    at_risk = sum(spell.days > elapsed for spell in spells)
    enough = len(spells) >= LEAST_SPELLS and at_risk >= LEAST_AT_RISK
    assert (odds.spells, odds.at_risk) == (len(spells), at_risk)
    assert (odds.value is not None) == enough
    assert (odds.because is None) == enough
