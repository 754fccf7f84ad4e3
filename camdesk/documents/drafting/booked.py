"""What counts towards a target in any days: the records behind its metric, added up from a first day on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from camdesk.base.periods import Period
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.facts import is_rejected, largest_first
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.insight.connection import targets_of
from camdesk.portfolio.entities import ENTITIES

JOINT = frozenset({"co_sell"})
INFLUENCED = frozenset({"co_sell", "influenced"})


@dataclass(frozen=True, slots=True)
class _Counted:
    """The records of a metric: when they count, by what amount, and which of them do."""

    entity: str
    day: str
    amount: str
    counts: Callable[[Row], bool] = lambda _row: True
    kinds: frozenset[str] = frozenset()  # of open deals that may still add to it; empty: all


def _won_deal(kinds: frozenset[str]) -> Callable[[Row], bool]:
    return lambda row: row["status"] == "won" and row["kind"] in kinds and row["decision"] != "rejected"


_ORDERS = _Counted("orders", "booked_on", "amount")
_USAGE = _Counted("usage", "month", "recurring_revenue")
_COUNTED = {
    "revenue": _ORDERS,
    "sell_through": _Counted("sell_through", "month", "value"),
    "influenced_revenue": _Counted("deals", "closed_on", "amount", _won_deal(INFLUENCED), INFLUENCED),
    "joint_revenue": _Counted("deals", "closed_on", "amount", _won_deal(JOINT), JOINT),
    "referral_value": _Counted("referrals", "closed_on", "value", lambda row: row["status"] == "won"),
    "recurring_revenue": _USAGE,
    "recurring_revenue_year": _USAGE,
}


@dataclass(frozen=True, slots=True)
class Booked:
    entity: str
    column: str
    rows: tuple[Row, ...]

    @property
    def value(self) -> int:
        return sum(amount(row, self.column) for row in self.rows)


def target_metric(draft: Draft) -> str | None:
    """Return the metric whose targets the partner's type is held to."""
    metric = draft.insight.catalog.metrics.get(draft.profile.attainment)
    return min(targets_of(metric), default=None) if metric else None


def booked(draft: Draft, metric: str, within: Period) -> Booked | None:
    """Return what counts towards a metric in some days; None where its records are not known here.

    Revenue holds what came through distribution, as the metric does.
    """
    counted = _COUNTED.get(metric)
    if counted is None:
        return None
    rows = [
        row
        for row in draft.rows.of(counted.entity)
        if counted.counts(row) and (on := day(row[counted.day])) is not None and on in within
    ]
    if counted is _ORDERS:
        rows += _through_distribution(draft, within)
    return Booked(counted.entity, counted.amount, largest_first(rows, counted.amount))


def _through_distribution(draft: Draft, within: Period) -> list[Row]:
    """Return sell-through lines that name the partner, in the shape of an order."""
    lines = [row for row in draft.rows.sold_on() if (on := day(row["month"])) is not None and on in within]
    empty = dict.fromkeys(column.name for column in ENTITIES["orders"].columns)
    return [
        {
            **empty,
            "order_id": "via distribution",
            "booked_on": row["month"],
            "customer": row["customer"],
            "product": row["product"],
            "amount_base": row["value_base"],
        }
        for row in lines
    ]


def adding_deals(metric: str, deals: tuple[Row, ...], *, within: Period) -> tuple[Row, ...]:
    """Return the open deals expected to close in some days that would count towards the metric."""
    counted = _COUNTED.get(metric)
    kinds = counted.kinds if counted else frozenset[str]()
    return tuple(
        deal
        for deal in deals
        if (not kinds or deal["kind"] in kinds)
        and not is_rejected(deal, within.last)
        and (on := day(deal["expected_close_on"])) is not None
        and on in within
    )


def target_share(draft: Draft, metric: str, within: Period) -> int | None:
    """Return the part of the targets on record that falls into some days, by days; None without a target."""
    share, found = 0.0, False
    for row in draft.rows.of("targets"):
        start, last = day(row["period_start"]), day(row["period_end"])
        if row["metric"] != metric or start is None or last is None or last < start:
            continue
        days = (min(last, within.last) - max(start, within.start)).days + 1
        if days > 0:
            found = True
            share += amount(row, "value") * days / ((last - start).days + 1)
    return round(share) if found else None
