"""How a set of partners does as a whole: enrolled and active, retained, and what they bring."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from camdesk.base.periods import add_months
from camdesk.insight import lifecycle
from camdesk.insight.catalog import Catalog
from camdesk.insight.engine import MetricRun
from camdesk.insight.lifecycle import Activity
from camdesk.insight.results import Partner, ProgrammeFigures
from camdesk.insight.standing import Standing, contribution, is_enrolled

# What stands under two partners: lines that name a partner of the portfolio count there only, and an
# opportunity that several influenced counts once, for the first of them by id.
_COUNTED_TWICE = """
SELECT s.partner_id, s.reseller_partner_id AS other, s.value_base AS amount, 'sell_through' AS metric
FROM moments m CROSS JOIN sell_through s ON s.month >= m.m12_from AND s.month < m.until
JOIN partners p ON p.partner_id = s.reseller_partner_id
UNION ALL
SELECT d.partner_id, o.partner_id, d.amount_base, 'influenced_revenue'
FROM deal_at d JOIN deal_at o ON o.moment = d.moment AND o.opportunity_id = d.opportunity_id
WHERE d.kind IN ('influenced', 'co_sell') AND o.kind IN ('influenced', 'co_sell')
  AND d.outcome = 'won' AND o.outcome = 'won' AND d.closed_on >= d.m12_from AND o.closed_on >= o.m12_from
  AND o.partner_id < d.partner_id
"""


@dataclass(frozen=True, slots=True)
class Overlap:
    """An amount that `partner_id` and `other` both show; in a total of both it counts for `other` only."""

    partner_id: str
    other: str
    amount: int


def read_overlaps(run: MetricRun, standing: Standing, catalog: Catalog) -> tuple[Overlap, ...]:
    """Return what is shown under two partners on the run's day."""
    return tuple(
        Overlap(row["partner_id"], row["other"], row["amount"])
        for row in run.query(_COUNTED_TWICE)
        if row["amount"] is not None
        and row["partner_id"] in standing.rows
        and standing.profile(row["partner_id"], catalog).contribution == row["metric"]
    )


def programme(
    members: Collection[str],
    *,
    standing: Standing,
    partners: dict[str, Partner],
    catalog: Catalog,
    overlaps: Collection[Overlap],
) -> ProgrammeFigures:
    """Return the figures of `members` on the day of `standing`."""
    day, rows = standing.day, standing.rows
    enrolled = [member for member in members if is_enrolled(rows[member], day)]
    activity = standing.facts.activity
    active = [
        member
        for member in enrolled
        if lifecycle.is_active(activity.get(member, Activity()), day, standing.profile(member, catalog))
    ]
    brought = _total(members, standing, catalog, overlaps)
    by_active = _total(active, standing, catalog, overlaps)
    known = standing.known
    return ProgrammeFigures(
        len(enrolled) if known else None,
        len(active) if known else None,
        len(active) / len(enrolled) if known and enrolled else None,
        _activation_rate(members, standing, catalog),
        by_active / len(active) if known and active and by_active is not None else None,
        _retention(members, standing),
        sum(partners[member].dark for member in enrolled) if known else None,
        brought,
    )


def _total(
    members: Collection[str], standing: Standing, catalog: Catalog, overlaps: Collection[Overlap]
) -> int | None:
    amounts = [value for member in members if (value := contribution(standing, member, catalog)) is not None]
    if not amounts:
        return None
    inside = set(members)
    twice = sum(item.amount for item in overlaps if item.partner_id in inside and item.other in inside)
    return int(sum(amounts)) - twice


def _activation_rate(members: Collection[str], standing: Standing, catalog: Catalog) -> float | None:
    """Return the share activated inside the window, of those whose window ended in the last 12 months."""
    in_time = ended = 0
    for member in members:
        enrolled_on, steps = standing.rows[member]["enrolled_on"], standing.facts.milestones.get(member, ())
        if not enrolled_on or not steps:
            continue
        window = timedelta(days=standing.profile(member, catalog).activation_days)
        window_end = date.fromisoformat(enrolled_on) + window
        if not add_months(standing.day, -12) < window_end <= standing.day:
            continue
        ended += 1
        activated = lifecycle.activated_on(steps)
        in_time += activated is not None and activated <= window_end
    return in_time / ended if ended else None


def _retention(members: Collection[str], standing: Standing) -> float | None:
    """Return who is still enrolled, of those that were 12 months ago."""
    before = add_months(standing.day, -12)
    were = [
        member
        for member in members
        if (standing.rows[member]["enrolled_on"] or "") <= before.isoformat()
        and (standing.rows[member]["status"] == "enrolled" or standing.rows[member]["terminated_on"])
        and (standing.rows[member]["terminated_on"] or "9999") > before.isoformat()
    ]
    still = [member for member in were if is_enrolled(standing.rows[member], standing.day)]
    return len(still) / len(were) if were else None
