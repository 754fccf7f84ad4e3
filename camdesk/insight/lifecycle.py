"""Where each partner stands: activation, stage, attention class, dark or not. Derived from facts alone.

Quarters here are spans of three months back from the day, so that a stage does not change because a
calendar quarter has just begun. A milestone counts only if some partner of the portfolio ever reached
it: nobody is late for what no source reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from camdesk.base.periods import ONE_DAY, add_months
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.engine import MetricRun
from camdesk.insight.results import Milestone
from camdesk.insight.scoring import GREEN_FROM

_ACTIVITY = """
SELECT partner_id, MAX(day) AS last_day,
       MAX(day >= :q1) AS in_q1, MAX(day >= :q2 AND day < :q1) AS in_q2,
       MAX(day >= :q3 AND day < :q2) AS in_q3, MAX(day >= :q4 AND day < :q3) AS in_q4
FROM business WHERE day < :until GROUP BY partner_id
"""
_ADVOCATES = "SELECT DISTINCT partner_id FROM advocacy WHERE done_on >= :year_ago AND done_on < :until"
_OPEN_PIPELINE = "SELECT DISTINCT partner_id FROM deal_at WHERE is_open"
_OWN_STEPS = "SELECT partner_id, name, due_on, completed_on FROM milestones WHERE kind = 'onboarding'"


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
    milestones: Mapping[str, tuple[Milestone, ...]] = field(default_factory=dict)


def read_facts(run: MetricRun, catalog: Catalog, day: date) -> LifecycleFacts:
    """Read what happened up to `day` from a run over that one day."""
    bounds = {f"q{n}": (add_months(day, -3 * n) + ONE_DAY).isoformat() for n in (1, 2, 3, 4)}
    until = {"until": (day + ONE_DAY).isoformat()}
    activity = {row["partner_id"]: _activity(row) for row in run.query(_ACTIVITY, bounds | until)}
    year_ago = {"year_ago": (add_months(day, -12) + ONE_DAY).isoformat()}
    return LifecycleFacts(
        day,
        activity,
        frozenset(row["partner_id"] for row in run.query(_ADVOCATES, year_ago | until)),
        frozenset(row["partner_id"] for row in run.query(_OPEN_PIPELINE)),
        _milestones(run, catalog, day),
    )


def _activity(row: dict[str, Any]) -> Activity:
    return Activity(
        date.fromisoformat(row["last_day"]),
        tuple(bool(row[name]) for name in ("in_q1", "in_q2", "in_q3", "in_q4")),
    )


def _milestones(run: MetricRun, catalog: Catalog, day: date) -> dict[str, tuple[Milestone, ...]]:
    """Return each partner's steps of activation; a row of the same name overrides the derived day."""
    own = {
        (row["partner_id"], row["name"].casefold()): (row["due_on"], row["completed_on"])
        for row in run.query(_OWN_STEPS)
    }
    partners = run.query("SELECT partner_id, type, enrolled_on FROM partners")
    found: dict[str, list[Milestone]] = {}
    for profile in catalog.profiles.values():
        members = [row for row in partners if row["type"] == profile.type]
        for step in profile.milestones if members else ():
            reached = {row["partner_id"]: row["day"] for row in run.query(step.fact) if row["day"]}
            if not any(text <= day.isoformat() for text in reached.values()):
                continue
            for row in members:
                partner_id, enrolled_on = row["partner_id"], row["enrolled_on"]
                due = date.fromisoformat(enrolled_on) + timedelta(days=step.day) if enrolled_on else None
                done = reached.get(partner_id)
                if (partner_id, step.name.casefold()) in own:
                    own_due, done = own[partner_id, step.name.casefold()]
                    due = date.fromisoformat(own_due) if own_due else due
                done_on = date.fromisoformat(done) if done and done <= day.isoformat() else None
                found.setdefault(partner_id, []).append(Milestone(step.name, due, done_on))
    return {partner_id: tuple(steps) for partner_id, steps in found.items()}


def activated_on(steps: tuple[Milestone, ...]) -> date | None:
    """Return the day all steps were done; None while one is open or none is known."""
    days = [step.done_on for step in steps]
    return max(day for day in days if day) if days and all(days) else None


def stage(
    *,
    status: str,
    enrolled_on: date | None,
    day: date,
    profile: Profile,
    steps: tuple[Milestone, ...],
    activity: Activity,
    requirement_unmet: bool,
    score: float | None,
    advocate: bool,
) -> str:
    """Return the first stage that holds: recruit, onboard, develop, advocate, active."""
    if status == "prospect":
        return "recruit"
    if status == "terminated":
        return "ended"
    open_steps = bool(steps) and activated_on(steps) is None
    double_window = timedelta(days=2 * profile.activation_days)
    if open_steps and enrolled_on and day <= enrolled_on + double_window:
        return "onboard"
    newest_two = activity.quarters[0] and activity.quarters[1]
    if requirement_unmet or not newest_two or (open_steps and enrolled_on and _is_young(enrolled_on, day)):
        return "develop"
    if all(activity.quarters) and advocate and score is not None and score >= GREEN_FROM:
        return "advocate"
    return "active"


def _is_young(enrolled_on: date, day: date) -> bool:
    """Tell whether missing first steps still say anything: after two years of business they do not."""
    return enrolled_on > add_months(day, -24)


def is_active(activity: Activity, day: date, profile: Profile) -> bool:
    """Tell whether business was done within the type's dark window."""
    return activity.last_day is not None and activity.last_day > day - timedelta(days=profile.dark_after_days)


def is_dark(*, activity: Activity, day: date, profile: Profile, enrolled_on: date | None) -> bool:
    """Tell whether a partner enrolled for longer than the dark window did no business in it."""
    long_enrolled = enrolled_on is None or enrolled_on < day - timedelta(days=profile.dark_after_days)
    return long_enrolled and not is_active(activity, day, profile)


def attention_classes(
    contributions: Mapping[str, float | int | None], with_pipeline: frozenset[str], own: Mapping[str, str]
) -> dict[str, str]:
    """Return A, B or C for each partner: the CAM's own word first, else by contribution.

    A: the fifth with the most contribution. C: the half with the least and no open pipeline. B: the rest.
    """
    ranked = sorted(contributions, key=lambda partner: (-(contributions[partner] or 0), partner))
    top = -(-len(ranked) // 5)
    lower_half = len(ranked) - len(ranked) // 2
    classes = {}
    for place, partner in enumerate(ranked):
        if partner in own:
            classes[partner] = own[partner]
        elif place < top and (contributions[partner] or 0) > 0:
            classes[partner] = "A"
        elif place >= lower_half and partner not in with_pipeline:
            classes[partner] = "C"
        else:
            classes[partner] = "B"
    return classes
