"""Targets earned through resellers: sell-through, grown as its quarters grew before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.plans.ways import Input, Way, booked_already
from camdesk.documents.drafting.rows import amount, day
from camdesk.documents.odds import Lever, SellThroughFlow
from camdesk.insight.results import Unit
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Kind

METRIC = "sell_through"
BUYER = next(one.name for one in ENTITIES[METRIC].columns if one.required and one.kind is Kind.TEXT)
"""The column that says who sold a line on."""

_QUARTER = 3
_MORE_RESELLERS = 1  # a quarter
_GROWTH = 0.05


@dataclass(frozen=True, slots=True)
class Network:
    """Twelve reported months of sell-through by reseller."""

    months: tuple[date, ...]  # newest last
    value: float
    by_reseller: Mapping[str, float]
    active: frozenset[str]  # with a line in the latest three months
    new: frozenset[str]  # whose first line falls into the twelve months; empty without months before

    @property
    def left(self) -> float:
        return sum(value for name, value in self.by_reseller.items() if name not in self.active)

    @property
    def from_new(self) -> float:
        return sum(value for name, value in self.by_reseller.items() if name in self.new)

    @property
    def usual(self) -> float:
        """What an active reseller sells on in a month."""
        staying = sum(value for name, value in self.by_reseller.items() if name in self.active)
        return staying / len(self.active) / 12 if self.active else 0.0


def by_month(draft: Draft) -> dict[date, float]:
    sums: dict[date, float] = {}
    for row in draft.rows.of("sell_through"):
        if (on := day(row["month"])) is not None and add_months(on, 1) <= draft.today:
            sums[on] = sums.get(on, 0) + amount(row, "value")
    return sums


def network(draft: Draft) -> Network | None:
    """Return the latest twelve reported months; None without a line."""
    months = sorted(by_month(draft))
    if not months:
        return None
    latest = add_months(months[-1], -11)
    values: dict[str, float] = {}
    active, earlier = set(), set()
    for row in draft.rows.of("sell_through"):
        on = day(row["month"])
        if on is None or on > months[-1]:
            continue
        if on < latest:
            earlier.add(row[BUYER])
            continue
        values[row[BUYER]] = values.get(row[BUYER], 0) + amount(row, "value")
        if on > add_months(months[-1], -_QUARTER):
            active.add(row[BUYER])
    new = frozenset(values) - earlier if earlier else frozenset[str]()
    return Network(
        tuple(on for on in months if on >= latest), sum(values.values()), values, frozenset(active), new
    )


def read(draft: Draft, period: Period) -> Way:
    """Return how sell-through earns the target: quarters grow as quarters grew on the year before."""
    sums = by_month(draft)
    found = network(draft)
    growths = _growths(sums)
    if found is None or not growths:
        return Way(None, lacks="two years of reported sell-through to compare")
    newest = found.months[-1]
    quarters = _ahead(sums, period, newest)
    already = booked_already(draft, METRIC, period, on=add_months(newest, 1) - ONE_DAY)
    flow = SellThroughFlow(tuple(quarters), growths, booked=already)
    # A reseller won in a quarter sells for the half of it and for the quarters after it.
    won = sum(_QUARTER * (len(quarters) - index - 0.5) for index in range(len(quarters)))
    more = replace(flow, more=_MORE_RESELLERS * won * found.usual)
    levers = (
        Lever("One more active reseller a quarter", more),
        Lever("Sell-through growth five points higher", replace(flow, growth_lift=_GROWTH)),
        Lever("Silent resellers back to half of their sales", replace(flow, more=found.left / 2)),
    )
    return Way(flow, _inputs(draft, flow, found), levers if found.left else levers[:2])


def _growths(sums: Mapping[date, float]) -> tuple[float, ...]:
    """Return three months on the same three a year before, less one, for all that were reported."""
    found = []
    for newest in sorted(sums):
        months = [add_months(newest, -back) for back in range(_QUARTER)]
        before = [add_months(month, -12) for month in months]
        if all(month in sums for month in (*months, *before)) and (was := sum(sums[on] for on in before)) > 0:
            found.append(sum(sums[on] for on in months) / was - 1)
    return tuple(found)


def _ahead(sums: Mapping[date, float], period: Period, newest: date) -> list[float]:
    """Return, of the plan's quarters, what their unreported months sold a year before or last time."""
    quarters = []
    for index in range(4):
        value = 0.0
        for step in range(_QUARTER):
            month = add_months(period.start, index * _QUARTER + step)
            if month <= newest:
                continue
            while month not in sums and month > min(sums):
                month = add_months(month, -12)
            value += sums.get(month, 0.0)
        quarters.append(value)
    return quarters


def _inputs(draft: Draft, flow: SellThroughFlow, found: Network) -> tuple[Input, ...]:
    def percent(value: float) -> str:
        return draft.frozen.write(value, Unit.PERCENT)

    low, high = min(flow.growths), max(flow.growths)
    rows = [
        Input("Sell-through of the months to repeat", draft.money(sum(flow.quarters))),
        Input("Growth of a quarter on the year before", f"{percent(low)} to {percent(high)}"),
        Input("Active resellers", f"{len(found.active):,}"),
        Input("An active reseller sells, a month", draft.money(found.usual)),
    ]
    if flow.booked:
        rows.append(Input("Reported since the year began", draft.money(flow.booked)))
    return tuple(rows)
