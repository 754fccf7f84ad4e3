"""Where each partner stands: activation, stage, attention class. Derived from facts alone, reasons said.

Quarters here are spans of three months back from the day, so that a stage does not change because a
calendar quarter has just begun. A project counts as business in every quarter in which it ran.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from camdesk.base.periods import ONE_DAY, add_months
from camdesk.insight.business import any_business, any_project, latest_business
from camdesk.insight.definitions import Profile
from camdesk.insight.engine import MetricRun
from camdesk.insight.results import Milestone, Requirement
from camdesk.insight.scoring import GREEN_FROM
from camdesk.insight.wording import in_a_sentence, write, write_day

STAGES = ("recruit", "onboard", "develop", "active", "advocate")
"""The stages of a partner, in the order of its life."""
ENDED = "ended"

_QUARTERS = (("q1", "until"), ("q2", "q1"), ("q3", "q2"), ("q4", "q3"))
_IN_QUARTERS = ", ".join(
    f"{any_business('p.partner_id', f':{start}', f':{end}')} "
    f"OR {any_project('p.partner_id', f':{start}', f':{end}')} AS in_{start}"
    for start, end in _QUARTERS
)
_ACTIVITY = f"""
SELECT p.partner_id, {latest_business("p.partner_id", ":until")} AS last_day, {_IN_QUARTERS},
       EXISTS (SELECT 1 FROM running_projects r WHERE r.partner_id = p.partner_id) AS is_running
FROM partners p
"""
_ADVOCATES = "SELECT DISTINCT partner_id FROM advocacy WHERE done_on >= :year_ago AND done_on < :until"
_OPEN_PIPELINE = "SELECT DISTINCT partner_id FROM deal_at WHERE is_open"
_AGREED_PLANS = "SELECT DISTINCT partner_id FROM agreed_plans WHERE day < :until"
_ENROLLED = "SELECT partner_id FROM enrolment_at WHERE is_enrolled"
_DARK = "SELECT partner_id FROM enrolment_at WHERE is_dark"
_STEPS = """
SELECT partner_id, name, due_on, CASE WHEN done_on < :until THEN done_on END AS done_on
FROM activation_steps WHERE counts_from < :until ORDER BY partner_id, place
"""


@dataclass(frozen=True, slots=True)
class Activity:
    """When a partner last did business, and in which of the last four spans of three months, newest first."""

    last_day: date | None = None
    quarters: tuple[bool, ...] = (False, False, False, False)


@dataclass(frozen=True)
class LifecycleFacts:
    """What the stages are derived from, for all partners on one day."""

    day: date
    activity: Mapping[str, Activity]
    advocates: frozenset[str]
    with_pipeline: frozenset[str]
    with_plan: frozenset[str]
    enrolled: frozenset[str]
    dark: frozenset[str]
    milestones: Mapping[str, tuple[Milestone, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, and the facts that put a partner there in one sentence."""

    name: str
    reason: str


def read_facts(run: MetricRun, day: date) -> LifecycleFacts:
    """Read what happened up to `day` from a run over that one day."""
    bounds = {f"q{n}": (add_months(day, -3 * n) + ONE_DAY).isoformat() for n in (1, 2, 3, 4)}
    until = {"until": (day + ONE_DAY).isoformat()}
    activity = {row["partner_id"]: _activity(row, day) for row in run.query(_ACTIVITY, bounds | until)}
    year_ago = {"year_ago": (add_months(day, -12) + ONE_DAY).isoformat()}
    steps: dict[str, list[Milestone]] = {}
    for row in run.query(_STEPS, until):
        due_on, done_on = (
            date.fromisoformat(row[name]) if row[name] else None for name in ("due_on", "done_on")
        )
        steps.setdefault(row["partner_id"], []).append(Milestone(row["name"], due_on, done_on))

    def partners(sql: str, parameters: dict[str, Any] | None = None) -> frozenset[str]:
        return frozenset(row["partner_id"] for row in run.query(sql, parameters))

    return LifecycleFacts(
        day,
        activity,
        partners(_ADVOCATES, year_ago | until),
        partners(_OPEN_PIPELINE),
        partners(_AGREED_PLANS, until),
        partners(_ENROLLED),
        partners(_DARK),
        {partner_id: tuple(own) for partner_id, own in steps.items()},
    )


def _activity(row: dict[str, Any], day: date) -> Activity:
    """A running project is business on every day it runs, this one among them."""
    newest, *before = (bool(row[f"in_{start}"]) for start, _ in _QUARTERS)
    if row["is_running"]:
        return Activity(day, (True, *before))
    return Activity(date.fromisoformat(row["last_day"]) if row["last_day"] else None, (newest, *before))


def activated_on(steps: Sequence[Milestone]) -> date | None:
    """Return the day all steps were done; None while one is open or none is known."""
    days = [step.done_on for step in steps]
    return max(day for day in days if day) if days and all(days) else None


def stage(
    *,
    status: str,
    enrolled_on: date | None,
    day: date,
    profile: Profile,
    steps: Sequence[Milestone],
    activity: Activity,
    unmet: Sequence[Requirement],
    tier: str | None,
    score: float | None,
    advocate: bool,
    currency: str,
) -> Stage:
    """Return the first stage that holds: recruit, onboard, develop, advocate, active.

    `unmet` are the requirements of its tier that a partner does not meet.
    """
    if status == "prospect":
        return Stage("recruit", "A prospect: fit and eligibility are still open")
    if status == "terminated":
        return Stage(ENDED, "The partnership has ended")
    open_steps = bool(steps) and activated_on(steps) is None
    if open_steps and enrolled_on and day <= enrolled_on + timedelta(days=2 * profile.activation_days):
        return Stage("onboard", _on_the_way(enrolled_on, day, profile.activation_days, steps))
    lacking = _what_lacks(activity, day, unmet, tier, currency)
    if lacking is not None:
        return Stage("develop", lacking)
    if open_steps and enrolled_on and _is_young(enrolled_on, day):
        window = f"twice the {profile.activation_days} days of its activation"
        return Stage("develop", f"Not activated after {window}: {_progress(steps, day)}")
    latest = f", the latest on {write_day(activity.last_day)}"
    if all(activity.quarters) and advocate and score is not None and score >= GREEN_FROM:
        act = f"score {score:.0f}, and an act of advocacy in twelve months"
        return Stage("advocate", f"Business in each of the last four quarters{latest}, {act}")
    return Stage("active", f"Business in each of the last two quarters{latest}")


def _is_young(enrolled_on: date, day: date) -> bool:
    """Tell whether missing first steps still say anything: after two years of business they do not."""
    return enrolled_on > add_months(day, -24)


def _on_the_way(enrolled_on: date, day: date, window: int, steps: Sequence[Milestone]) -> str:
    days = (day - enrolled_on).days
    beyond = "" if days <= window else ", past its window"
    return f"Onboarding day {days} of {window}{beyond}: {_progress(steps, day)}"


def _progress(steps: Sequence[Milestone], day: date) -> str:
    """Return `2 of 5 milestones done, first order next, due 14 Dec 2026`."""
    waiting = sorted((step for step in steps if not step.done_on), key=lambda step: step.due_on or date.max)
    said = f"{len(steps) - len(waiting)} of {len(steps)} milestones done"
    if not waiting:
        return said
    name, due_on = waiting[0].name, waiting[0].due_on
    due = f", {'due' if due_on >= day else 'overdue since'} {write_day(due_on)}" if due_on else ""
    return f"{said}, {name[0].lower() if name[1:2].islower() else name[0]}{name[1:]} next{due}"


def _what_lacks(
    activity: Activity, day: date, unmet: Sequence[Requirement], tier: str | None, currency: str
) -> str | None:
    """Return what keeps a partner from being active, or None."""
    newest, before = activity.quarters[:2]
    if not newest and not before:
        return f"No business since {write_day(activity.last_day)}" if activity.last_day else "No business yet"
    if not newest:
        return f"Business in one of the last two quarters only: none since {write_day(activity.last_day)}"
    if not before:
        start, end = (write_day(one) for one in (add_months(day, -6) + ONE_DAY, add_months(day, -3)))
        return f"Business in one of the last two quarters only: none from {start} to {end}"
    if unmet:
        first = unmet[0]
        needed, has = (write(value, first.unit, currency=currency) for value in (first.needed, first.has))
        title = in_a_sentence(first.title)
        more = f", and {len(unmet) - 1} more" if len(unmet) > 1 else ""
        return f"{tier} is not met: {title} {has} of {needed}{more}"
    return None


def attention_classes(
    contributions: Mapping[str, float | int | None],
    *,
    with_pipeline: frozenset[str],
    with_plan: frozenset[str],
) -> dict[str, str]:
    """Return A, B or C for each partner, by what it contributes.

    A: the fifth with the most contribution, and who has an agreed joint plan. C: the half with the least
    and no open pipeline. B: the rest.
    """
    ranked = sorted(contributions, key=lambda partner: (-(contributions[partner] or 0), partner))
    top = -(-len(ranked) // 5)
    lower_half = len(ranked) - len(ranked) // 2
    classes = {}
    for place, partner in enumerate(ranked):
        if partner in with_plan or (place < top and (contributions[partner] or 0) > 0):
            classes[partner] = "A"
        elif place >= lower_half and partner not in with_pipeline:
            classes[partner] = "C"
        else:
            classes[partner] = "B"
    return classes
