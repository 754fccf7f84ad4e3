"""Stages, their reasons and attention classes follow from facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.insight.catalog import load_catalog
from camdesk.insight.lifecycle import Activity, Stage, attention_classes, stage
from camdesk.insight.results import Milestone, Requirement, Unit

DAY = date(2026, 11, 20)
PROFILE = load_catalog()[0].profiles["reseller"]
BUSY = Activity(date(2026, 11, 3), (True, True, True, True))
STEPS = (
    Milestone("Kick-off", date(2026, 10, 14), date(2026, 10, 12)),
    Milestone("First order", date(2026, 12, 14), None),
    Milestone("First certification", date(2026, 12, 1), None),
)
DONE = tuple(Milestone(step.name, step.due_on, date(2026, 11, 1)) for step in STEPS)


def stage_of(**facts: Any) -> Stage:
    known: dict[str, Any] = {
        "status": "enrolled", "enrolled_on": date(2020, 1, 1), "day": DAY, "profile": PROFILE, "steps": DONE,
        "activity": BUSY, "unmet": (), "tier": "Gold", "score": 60.0, "advocate": False, "currency": "EUR",
    }  # fmt: skip
    return stage(**{**known, **facts})


def lacking(has: int) -> Requirement:
    return Requirement("certified_sales", "Certified sales people", 2, has, met=False, unit=Unit.COUNT)


@pytest.mark.parametrize(
    ("facts", "name", "reason"),
    [
        ({"status": "prospect"}, "recruit", "A prospect: fit and eligibility are still open"),
        ({"status": "terminated"}, "ended", "The partnership has ended"),
        (
            {"enrolled_on": date(2026, 10, 6), "steps": STEPS},
            "onboard",
            "Onboarding day 45 of 90: 1 of 3 milestones done, first certification next, due 1 Dec 2026",
        ),
        (
            {"enrolled_on": DAY - timedelta(days=180), "steps": STEPS},
            "onboard",
            (
                "Onboarding day 180 of 90, past its window: 1 of 3 milestones done, "
                "first certification next, due 1 Dec 2026"
            ),
        ),
        (
            {"enrolled_on": DAY - timedelta(days=181), "steps": STEPS},
            "develop",
            (
                "Not activated after twice the 90 days of its activation: 1 of 3 milestones done, "
                "first certification next, due 1 Dec 2026"
            ),
        ),
        (
            {"activity": Activity(date(2026, 7, 3), (False, True, True, True))},
            "develop",
            "Business in one of the last two quarters only: none since 3 Jul 2026",
        ),
        (
            {"activity": Activity(date(2026, 11, 3), (True, False, True, True))},
            "develop",
            "Business in one of the last two quarters only: none from 21 May 2026 to 20 Aug 2026",
        ),
        (
            {"activity": Activity(date(2026, 1, 5), (False, False, False, True))},
            "develop",
            "No business since 5 Jan 2026",
        ),
        ({"activity": Activity()}, "develop", "No business yet"),
        ({"unmet": (lacking(1),)}, "develop", "Gold is not met: certified sales people 1 of 2"),
        (
            {"unmet": (lacking(0), lacking(0))},
            "develop",
            "Gold is not met: certified sales people 0 of 2, and 1 more",
        ),
        ({}, "active", "Business in each of the last two quarters, the latest on 3 Nov 2026"),
        ({"score": 75.0}, "active", "Business in each of the last two quarters, the latest on 3 Nov 2026"),
        (
            {"score": 75.0, "advocate": True},
            "advocate",
            (
                "Business in each of the last four quarters, the latest on 3 Nov 2026, score 75, "
                "and an act of advocacy in twelve months"
            ),
        ),
    ],
)
def test_the_first_stage_that_holds_and_why(facts: dict[str, Any], name: str, reason: str) -> None:
    assert stage_of(**facts) == Stage(name, reason)


def test_a_milestone_that_is_late_says_since_when() -> None:
    late = (Milestone("First order", date(2026, 10, 30), None),)
    reason = stage_of(enrolled_on=date(2026, 10, 1), steps=late).reason
    assert reason.endswith("0 of 1 milestones done, first order next, overdue since 30 Oct 2026")


def test_missing_first_steps_say_nothing_after_two_years_of_business() -> None:
    assert stage_of(enrolled_on=date(2024, 11, 20), steps=STEPS).name == "active"
    assert stage_of(enrolled_on=date(2024, 11, 21), steps=STEPS).name == "develop"


@pytest.mark.parametrize(
    "facts",
    [
        {"score": 74.9},
        {"score": None},
        {"advocate": False},
        {"activity": Activity(DAY, (True, True, True, False))},
    ],
)
def test_an_advocate_has_four_quarters_a_score_and_an_act(facts: dict[str, Any]) -> None:
    assert stage_of(**{"score": 90.0, "advocate": True, **facts}).name == "active"


def test_a_partner_with_an_agreed_plan_is_in_class_a_whatever_it_brings() -> None:
    brings = {f"P{number}": number for number in range(10)}
    classes = attention_classes(brings, with_pipeline=frozenset({"P1"}), with_plan=frozenset({"P0"}))
    assert {partner for partner, name in classes.items() if name == "A"} == {"P9", "P8", "P0"}
    assert {partner for partner, name in classes.items() if name == "C"} == {"P2", "P3", "P4"}


def test_who_brings_nothing_is_not_in_class_a() -> None:
    classes = attention_classes({"P1": 0, "P2": None}, with_pipeline=frozenset({"P1"}), with_plan=frozenset())
    assert set(classes.values()) <= {"B", "C"}


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), st.none() | st.integers(0, 100), max_size=30), st.data()
)
def test_a_fifth_is_a_and_more_contribution_never_gives_less_attention(
    brings: dict[str, int | None], data: st.DataObject
) -> None:
    busy = data.draw(st.frozensets(st.sampled_from(sorted(brings)))) if brings else frozenset()
    classes = attention_classes(brings, with_pipeline=busy, with_plan=frozenset())
    assert classes.keys() == brings.keys()
    in_a = [partner for partner, name in classes.items() if name == "A"]
    assert len(in_a) <= -(-len(brings) // 5)
    least = min(((brings[partner] or 0) for partner in in_a), default=0)
    others = [brings[partner] or 0 for partner in brings if partner not in in_a]
    assert not in_a or all(amount <= least for amount in others)
    assert not any(classes[partner] == "C" for partner in busy)
