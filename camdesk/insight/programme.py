"""How a set of partners does as a whole: enrolled and active, retained, and what they bring.

Each figure adds up what the metrics of the programme say of every partner. Only contribution needs more:
a record that two partners show counts for one of them in a total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from camdesk.insight.engine import MetricRun
from camdesk.insight.figures import DayFigures
from camdesk.insight.results import EvidenceRecord, ProgrammeFigures

FIELDS = {
    "enrolled_partners": "enrolled",
    "active_partners": "active",
    "active_rate": "active_rate",
    "activation_rate": "activation_rate",
    "revenue_per_active_partner": "revenue_per_active_partner",
    "partner_retention": "retention",
    "dark_partners": "dark",
    "contribution": "contribution",
    "time_to_first_revenue": "time_to_first_revenue",
    "active_retention": "active_retention",
}
"""Which of a programme's figures each metric makes."""
THE_NUMBER = ("own_target", "own_booked", "own_commit", "own_best_case", "own_gap")
"""The metrics of the CAM's own number for the quarter."""
LARGEST = 10
_COUNTS = frozenset({"enrolled_partners", "active_partners", "dark_partners"})

# Lines that name a partner whose own figure counts them are that partner's business, and count there only.
_NAMED_LINES = """
SELECT s.partner_id, s.reseller_partner_id AS other, SUM(s.value_base) AS amount
FROM contribution_of c CROSS JOIN moments m
CROSS JOIN sell_through s ON s.partner_id = c.partner_id AND s.month >= m.m12_from AND s.month < m.until
WHERE c.metric = 'sell_through' AND m.moment = 0 AND s.reseller_partner_id <> s.partner_id
  AND s.reseller_partner_id IN (SELECT partner_id FROM counting_sales)
GROUP BY s.partner_id, s.reseller_partner_id HAVING SUM(s.value_base) IS NOT NULL
"""
_DEALS = """
SELECT c.partner_id, c.record_id, c.n AS amount,
       COALESCE(d.opportunity_id, 'deal ' || d.deal_id) AS opportunity
FROM contributed c JOIN deals d ON d.partner_id = c.partner_id AND d.deal_id = c.record_id
WHERE c.entity = 'deals' AND c.moment = 0 AND c.n IS NOT NULL ORDER BY c.partner_id, c.record_id
"""
_ORDERS = """
SELECT DISTINCT o.partner_id, COALESCE(d.opportunity_id, 'deal ' || d.deal_id) AS opportunity
FROM moments m CROSS JOIN orders o ON o.booked_on >= m.m12_from AND o.booked_on < m.until
JOIN deals d ON d.deal_id = o.deal_id
JOIN contribution_of c ON c.partner_id = o.partner_id AND c.metric = 'revenue'
WHERE m.moment = 0 AND o.deal_id IS NOT NULL AND o.amount_base IS NOT NULL
"""
_LINES_NAMING = """
SELECT s.line_id, s.partner_id, s.reseller_partner_id AS other FROM sell_through s
WHERE s.reseller_partner_id <> s.partner_id
  AND s.reseller_partner_id IN (SELECT partner_id FROM counting_sales)
"""


@dataclass(frozen=True, slots=True)
class NamedLines:
    """What a distributor sold through to a partner: in a total of both it is the business of `other`."""

    partner_id: str
    other: str
    amount: int


@dataclass(frozen=True, slots=True)
class CountedDeal:
    """A deal in a partner's contribution, with the opportunity it is a part in."""

    partner_id: str
    deal_id: str
    amount: int
    opportunity: str


@dataclass(frozen=True)
class SharedRecords:
    """What may stand under two partners on one day; `sourced` are partner and opportunity of orders."""

    lines: tuple[NamedLines, ...]
    deals: tuple[CountedDeal, ...]
    sourced: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counted:
    """What counts for each partner in a total, so that the parts of the total add up to it."""

    amounts: Mapping[str, int]
    left_out: frozenset[tuple[str, str]]
    """Partner and id of the deals that count for another partner."""


def read_shared(run: MetricRun) -> SharedRecords:
    """Return what may stand under two partners on the first day of the run."""
    return SharedRecords(
        tuple(NamedLines(row["partner_id"], row["other"], row["amount"]) for row in run.query(_NAMED_LINES)),
        tuple(
            CountedDeal(row["partner_id"], row["record_id"], row["amount"], row["opportunity"])
            for row in run.query(_DEALS)
        ),
        tuple((row["partner_id"], row["opportunity"]) for row in run.query(_ORDERS)),
    )


def count_once(members: Collection[str], figures: DayFigures, shared: SharedRecords) -> Counted:
    """Return what counts for each of `members` in their total; who has no contribution is left out.

    An opportunity counts once: by the orders it brought, else for the first partner by id that influenced
    it. Lines that name one of the members count there only.
    """
    inside = frozenset(members)
    amounts = {
        member: int(value)
        for member in inside
        if (value := figures.value(member, "contribution")) is not None
    }
    for line in shared.lines:
        if line.partner_id in amounts and line.other in inside:
            amounts[line.partner_id] -= line.amount
    deals = [deal for deal in shared.deals if deal.partner_id in amounts]
    # A partner of several types whose deal counts does not count the orders of it.
    own = {(deal.partner_id, deal.opportunity) for deal in deals}
    sourced = {pair[1] for pair in shared.sourced if pair[0] in inside and pair not in own}
    owners: dict[str, str] = {}
    left_out = set()
    for deal in deals:
        # Several deals of one partner may be parts of one opportunity: each is what it brought.
        owner = owners.setdefault(deal.opportunity, deal.partner_id)
        if deal.opportunity in sourced or owner != deal.partner_id:
            amounts[deal.partner_id] -= deal.amount
            left_out.add((deal.partner_id, deal.deal_id))
    return Counted(amounts, frozenset(left_out))


def active_among(members: Collection[str], figures: DayFigures) -> frozenset[str]:
    return frozenset(member for member in members if figures.value(member, "active_partners") == 1)


def programme(
    members: Collection[str], *, figures: DayFigures, counted: Counted, counted_active: Counted
) -> ProgrammeFigures:
    """Return the figures of `members`, or a part of those that were counted together.

    What active partners brought is counted among them alone, so that nobody inactive has a part of it.
    """
    amounts = {member: counted.amounts[member] for member in members if member in counted.amounts}
    active = active_among(members, figures)
    by_active = [counted_active.amounts[member] for member in active if member in counted_active.amounts]
    first_revenue = _values(members, figures, "time_to_first_revenue")
    return ProgrammeFigures(
        enrolled=_count(members, figures, "enrolled_partners"),
        active=_count(members, figures, "active_partners"),
        active_rate=_rate(members, figures, "active_rate"),
        activation_rate=_rate(members, figures, "activation_rate"),
        revenue_per_active_partner=sum(by_active) / len(active) if by_active else None,
        retention=_rate(members, figures, "partner_retention"),
        dark=_count(members, figures, "dark_partners"),
        contribution=sum(amounts.values()) if amounts else None,
        time_to_first_revenue=float(median(first_revenue)) if first_revenue else None,
        active_retention=_rate(members, figures, "active_retention"),
        top_ten_share=_largest_share(amounts.values()),
    )


def of_the_number(members: Collection[str], metric: str, *, figures: DayFigures) -> int | None:
    """Return one part of the number of `members`; None where none of them has it."""
    values = _values(members, figures, metric)
    return round(sum(values)) if values else None


def largest(amounts: Mapping[str, int]) -> list[str]:
    """Return the ten partners that bring the most, the largest first."""
    return sorted(amounts, key=lambda partner: (-amounts[partner], partner))[:LARGEST]


def _largest_share(amounts: Iterable[int]) -> float | None:
    ranked = sorted(amounts, reverse=True)
    total = sum(ranked)
    return sum(ranked[:LARGEST]) / total if total > 0 else None


def _values(members: Collection[str], figures: DayFigures, metric: str) -> list[float | int]:
    return [value for member in members if (value := figures.value(member, metric)) is not None]


def _count(members: Collection[str], figures: DayFigures, metric: str) -> int | None:
    values = _values(members, figures, metric)
    return int(sum(values)) if values else None


def _rate(members: Collection[str], figures: DayFigures, metric: str) -> float | None:
    """Return the mean: in a rate of the programme each partner is one record of 1 or 0."""
    values = _values(members, figures, metric)
    return sum(values) / len(values) if values else None


def records_of(
    run: MetricRun, metric: str, members: Collection[str], *, within: Collection[str], counted: Counted
) -> list[tuple[str, EvidenceRecord]]:
    """Return partner and record of all that make a figure of `members`, a part of `within`.

    A count opens those it counts; contribution leaves out what counts for another partner.
    """
    inside = frozenset(members)
    found = [(partner, record) for partner, record in run.everyones_evidence(metric) if partner in inside]
    if metric not in ("contribution", "revenue_per_active_partner"):
        return [(partner, record) for partner, record in found if metric not in _COUNTS or record.n]
    elsewhere = {
        (row["partner_id"], row["line_id"])
        for row in run.query(_LINES_NAMING)
        if row["other"] in frozenset(within)
    }
    return [
        (partner, record)
        for partner, record in found
        if not (record.entity == "deals" and (partner, record.record_id) in counted.left_out)
        and not (record.entity == "sell_through" and (partner, record.record_id) in elsewhere)
    ]
