"""Targets earned by monthly billing: what customers keep, and what new ones add."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from camdesk.base.periods import Period, add_months
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.plans.ways import RENEWAL_POINTS, Input, Way, booked_already
from camdesk.documents.drafting.rows import amount, day
from camdesk.documents.odds import MONTHS, Lever, RecurringFlow
from camdesk.insight.results import Unit

METRICS = frozenset({"recurring_revenue", "recurring_revenue_year"})
_SEATS = 25
_PRICE = 0.03
_STALE_DAYS = 75
_SPREAD = 0.02  # the least a year differs from the one before, however alike its customers are


@dataclass(frozen=True, slots=True)
class Billing:
    """The latest billed month beside the one twelve months earlier, by customer."""

    month: date
    now: dict[str, float]
    then: dict[str, float]
    seats: float

    @property
    def billed(self) -> float:
        return sum(self.now.values())

    @property
    def kept(self) -> float:
        """What the customers of then still pay, without what they pay more."""
        return sum(min(self.now.get(name, 0), was) for name, was in self.then.items())

    @property
    def grown(self) -> float:
        return sum(max(0, self.now.get(name, 0) - was) for name, was in self.then.items())

    @property
    def new(self) -> float:
        return sum(value for name, value in self.now.items() if name not in self.then)

    @property
    def seat_price(self) -> float:
        return self.billed / self.seats if self.seats else 0.0


def billing(draft: Draft) -> Billing | None:
    """Return the latest month billed; None without one, or where it is more than 75 days past."""
    months = [on for row in draft.rows.of("usage") if (on := day(row["month"])) is not None]
    ended = [on for on in months if add_months(on, 1) <= draft.today]
    if not ended or (draft.today - add_months(max(ended), 1)).days > _STALE_DAYS:
        return None
    month = max(ended)
    rows = [row for row in draft.rows.of("usage") if day(row["month"]) == month]
    seats = sum(row["seats"] or 0 for row in rows)
    return Billing(month, _by_customer(draft, month), _by_customer(draft, add_months(month, -12)), seats)


def _by_customer(draft: Draft, month: date) -> dict[str, float]:
    sums: dict[str, float] = {}
    for row in draft.rows.of("usage"):
        if day(row["month"]) == month and row["customer"]:
            sums[row["customer"]] = sums.get(row["customer"], 0) + amount(row, "recurring_revenue")
    return sums


def read(draft: Draft, metric: str, period: Period) -> Way:
    """Return how monthly billing earns the target."""
    found = billing(draft)
    if found is None or not found.then or found.billed <= 0:
        return Way(None, lacks="billing of a recent month and of the same month a year earlier")
    then = sum(found.then.values())
    retention = (found.kept + found.grown) / then
    strays = [(found.now.get(name, 0) - retention * was) ** 2 for name, was in found.then.items()]
    next_month = add_months(found.month, 1)
    lead = (period.start.year - next_month.year) * 12 + period.start.month - next_month.month
    flow = RecurringFlow(
        monthly=found.billed,
        retention=retention,
        retention_spread=max(_SPREAD, sqrt(sum(strays)) / then),
        added=found.new / 12,
        added_spread=found.new / 24,
        months=min(MONTHS, max(0, MONTHS + lead)),
        booked=booked_already(draft, metric, period, on=draft.today),
        lead=max(0, lead),
    )
    return Way(flow, _inputs(draft, flow, found), _levers(flow, found))


def _inputs(draft: Draft, flow: RecurringFlow, found: Billing) -> tuple[Input, ...]:
    spread = draft.frozen.write(flow.retention_spread, Unit.PERCENT)
    kept = draft.frozen.write(flow.retention, Unit.PERCENT)
    rows = [
        Input(f"Billed in {found.month:%B %Y}", draft.money(found.billed)),
        Input("Retention of the same customers, twelve months", f"{kept}, give or take {spread}"),
        Input("Added by new customers, a month", draft.money(flow.added)),
        Input("Seats", f"{found.seats:,.0f}"),
        Input("Billed for a seat, a month", draft.frozen.write_in_full(round(found.seat_price), Unit.MONEY)),
    ]
    if flow.booked:
        rows.append(Input("Billed since the year began", draft.money(flow.booked)))
    return tuple(rows)


def _levers(flow: RecurringFlow, found: Billing) -> tuple[Lever, ...]:
    seats = replace(flow, added=flow.added + _SEATS * found.seat_price)
    levers = [
        Lever("Renewals two points higher", replace(flow, kept_lift=flow.kept_lift + RENEWAL_POINTS)),
        Lever("Prices three per cent higher", replace(flow, price=flow.price * (1 + _PRICE))),
    ]
    return (Lever("25 more seats a month", seats), *levers) if found.seat_price else tuple(levers)
