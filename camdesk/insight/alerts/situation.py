"""What rules look at beside the records: partners as they stand, figures, scores, tiers, milestones."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from camdesk.base.periods import ONE_DAY
from camdesk.base.settings import Settings
from camdesk.base.working_time import WorkingTime, parse_instant
from camdesk.insight.alerts import requirements
from camdesk.insight.catalog import Catalog
from camdesk.insight.connection import targets_of
from camdesk.insight.definitions import Cadence, Profile
from camdesk.insight.results import Milestone, Partner, TierState
from camdesk.insight.scoring import AMBER_FROM, GREEN_FROM

PAST_DAYS = 90
LOOKING_BACK = ("score_shift", f"-{PAST_DAYS}")
"""What stands in a rule's query that compares with figures of 90 days before."""
_NO_CADENCE = Cadence(working=None, review=None)


@dataclass(frozen=True)
class Situation:
    """The portfolio as other parts of insight see it on one day, and 90 days before (`past_`)."""

    as_of: date
    partners: Mapping[str, Partner]
    figures: Mapping[tuple[str, str], float | int | None] = field(default_factory=dict)
    past_figures: Mapping[tuple[str, str], float | int | None] = field(default_factory=dict)
    contributions: Mapping[str, float | int | None] = field(default_factory=dict)
    score_shifts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """The score then and now, over the lines valued on both days."""
    tiers: Mapping[str, TierState] = field(default_factory=dict)
    milestones: Mapping[str, Sequence[Milestone]] = field(default_factory=dict)
    revival_odds: Mapping[str, float] = field(default_factory=dict)
    """How likely a dark partner does business in the next 90 days, where enough is known to say."""


_TABLES = {
    "standing": "partner_id, name, type, stage, attention, dark, enrolled_on, attainment, target, "
    "working_days, review_days, executive_days, dark_after_days, activation_days, contribution",
    "figures_at": "moment, partner_id, metric, value",
    "medians_at": "type, metric, value",
    "score_shift": "partner_id, before, now, below_band",
    "milestone_at": "partner_id, name, due_on, done_on",
    "requirement_state": requirements.COLUMNS,
    "note_days": "partner_id, written_on",
    "revival_odds": "partner_id, odds",
    "tier_ranks": "type, tier, place",
    "tier_mandatory": "type, tier, name",
}


# The latest business of the partners that are dark: only rules about those ask for it. Monthly facts
# stand on their first day; a partner with a running project is not dark.
_LAST_BUSINESS = """
CREATE TEMP TABLE last_business AS
SELECT b.partner_id, MAX(b.day) AS last_on, b.entity, b.record_id
FROM dated_business b
WHERE b.partner_id IN (SELECT e.partner_id FROM enrolment_at e WHERE e.is_dark)
  AND b.day < (SELECT m.until FROM moments m)
GROUP BY b.partner_id
"""


def put(connection: Any, situation: Situation, catalog: Catalog, settings: Settings) -> None:
    """Make the relations and functions that only rules use."""
    rows: dict[str, Iterable[tuple[Any, ...]]] = {
        "standing": _standing(situation, catalog),
        "figures_at": _figures(situation),
        "medians_at": _medians(situation),
        "score_shift": _score_shifts(situation),
        "milestone_at": _milestones(situation),
        "requirement_state": [
            *requirements.of_tiers(situation.tiers, settings.base_currency),
            *requirements.of_rebates(connection, catalog, settings.base_currency),
        ],
        "note_days": _note_days(connection, situation.as_of),
        "revival_odds": situation.revival_odds.items(),
        "tier_ranks": (
            (profile.type, tier.name, place)
            for profile in catalog.profiles.values()
            for place, tier in enumerate(profile.tiers)
        ),
        "tier_mandatory": (
            (profile.type, tier.name, name)
            for profile in catalog.profiles.values()
            for tier in profile.tiers
            for name in tier.mandatory
        ),
    }
    for name, columns in _TABLES.items():
        connection.execute(f"CREATE TEMP TABLE {name} ({columns})")
        marks = ", ".join("?" * len(columns.split(", ")))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows[name])
    connection.execute("CREATE INDEX temp.standing_by ON standing (partner_id)")
    connection.execute("CREATE INDEX temp.figures_by ON figures_at (metric, moment, partner_id)")
    connection.execute(_LAST_BUSINESS)
    connection.create_function("poisson_at_most", 2, poisson_at_most, deterministic=True)

    def working_due(start: str, hours: float) -> str:
        return due_day(settings.working_time, parse_instant(start), hours).isoformat()

    connection.create_function("working_due", 2, working_due, deterministic=True)


def due_day(working_time: WorkingTime, start: datetime, hours: float) -> date:
    """Return the day on which so many business hours after `start` are over; at most a year ahead."""
    first = start.date()
    days = (first + timedelta(days=count) for count in range(366))
    return next(
        (
            day
            for day in days
            if working_time.hours_between(start, datetime.combine(day + ONE_DAY, time(0), UTC)) >= hours
        ),
        first + timedelta(days=366),
    )


def poisson_at_most(count: float, mean: float) -> float:
    """Return how likely `count` or fewer events are where `mean` are expected."""
    if mean <= 0:
        return 1.0
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(int(count) + 1))


def _standing(situation: Situation, catalog: Catalog) -> Iterable[tuple[Any, ...]]:
    for partner in situation.partners.values():
        profile = catalog.profiles.get(partner.type)
        if profile is None:
            continue
        cadence = profile.cadence.get(partner.attention, _NO_CADENCE)
        yield (
            partner.partner_id,
            partner.name,
            partner.type,
            partner.stage,
            partner.attention,
            int(partner.dark),
            partner.enrolled_on.isoformat() if partner.enrolled_on else None,
            profile.attainment,
            _target(profile, catalog),
            cadence.working,
            cadence.review,
            cadence.executive,
            profile.dark_after_days,
            profile.activation_days,
            situation.contributions.get(partner.partner_id),
        )


def _target(profile: Profile, catalog: Catalog) -> str | None:
    """Return the metric whose target the type is held against."""
    attainment = catalog.metrics.get(profile.attainment)
    return min(targets_of(attainment), default=None) if attainment else None


def _figures(situation: Situation) -> Iterable[tuple[Any, ...]]:
    """Yield today's figures as moment 0, those of 90 days ago as moment -90."""
    for moment, figures in ((0, situation.figures), (-PAST_DAYS, situation.past_figures)):
        for (partner_id, metric), value in figures.items():
            if value is not None:
                yield moment, partner_id, metric, value


def _medians(situation: Situation) -> Iterable[tuple[str, str, float]]:
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (partner_id, metric), value in situation.figures.items():
        partner = situation.partners.get(partner_id)
        if value is not None and partner is not None and partner.status == "enrolled":
            found[partner.type, metric].append(value)
    for (partner_type, metric), values in found.items():
        yield partner_type, metric, median(values)


def _score_shifts(situation: Situation) -> Iterable[tuple[str, float, float, float | None]]:
    for partner_id, shift in situation.score_shifts.items():
        before, now = (round(score, 6) for score in shift)
        edges = [edge for edge in (AMBER_FROM, GREEN_FROM) if now < edge <= before]
        yield partner_id, before, now, min(edges) - now if edges else None


def _milestones(situation: Situation) -> Iterable[tuple[str, str, str | None, str | None]]:
    for partner_id, steps in situation.milestones.items():
        for step in steps:
            yield (
                partner_id,
                step.name,
                step.due_on.isoformat() if step.due_on else None,
                step.done_on.isoformat() if step.done_on else None,
            )


def _note_days(connection: Any, as_of: date) -> Iterable[tuple[str, str]]:
    """Return when something was noted, never what: rules may not read the notes themselves."""
    found: list[tuple[str, str]] = connection.execute(
        "SELECT partner_id, substr(written_at, 1, 10) FROM main.notes WHERE substr(written_at, 1, 10) <= ?",
        (as_of.isoformat(),),
    ).fetchall()
    return found
