"""Sums over a period, the target whose period contains the day, and attainment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from .deals import INFLUENCED, closed, decision
from .figure import NO_DATA, Amounts, AsOf, Figure, added, amounts, quotient
from .periods import Span, fiscal_year, overlap_days
from .records import Row

ASSUMED_GROWTH = Fraction(1, 10)
LEAST_PACE = Fraction(1, 10)


def revenue_in(at: AsOf, partner: Row, span: Span) -> Amounts:
    """Return orders, and the POS lines of any distributor that name the partner."""
    orders = [order for order in at.rows("orders", partner) if order.day("booked_on") in span]
    lines = [line for line in at.lines_naming(partner) if line.day("month") in span]
    return amounts(orders, "amount") + amounts(lines, "value")


def sell_through_in(at: AsOf, partner: Row, span: Span) -> Amounts:
    lines = at.rows("sell_through", partner)
    return amounts([line for line in lines if line.day("month") in span], "value")


def sourced_in(at: AsOf, partner: Row, span: Span) -> Amounts:
    won = [
        deal for deal in at.rows("deals", partner)
        if deal.text("kind") == "registered" and decision(at, deal) == "approved"
        and closed(deal, span, status="won")
    ]  # fmt: skip
    return amounts(won, "amount")


def influenced_in(at: AsOf, partner: Row, span: Span) -> Amounts:
    return _won(at, partner, span, kinds=INFLUENCED)


def joint_in(at: AsOf, partner: Row, span: Span) -> Amounts:
    return _won(at, partner, span, kinds=("co_sell",))


def referred_in(at: AsOf, partner: Row, span: Span) -> Amounts:
    referrals = at.rows("referrals", partner)
    won = [row for row in referrals if row.text("status") == "won" and row.day("closed_on") in span]
    return amounts(won, "value")


def _won(at: AsOf, partner: Row, span: Span, *, kinds: tuple[str, ...]) -> Amounts:
    deals = at.rows("deals", partner)
    won = [deal for deal in deals if deal.text("kind") in kinds and closed(deal, span, status="won")]
    return amounts(won, "amount")


PERIOD_SUMS: dict[str, Callable[[AsOf, Row, Span], Amounts]] = {
    "revenue": revenue_in,
    "sell_through": sell_through_in,
    "sourced_revenue": sourced_in,
    "influenced_revenue": influenced_in,
    "joint_revenue": joint_in,
    "referral_value": referred_in,
}

SOURCES = {
    "revenue": ("orders", "sell_through"),
    "sell_through": ("sell_through",),
    "sourced_revenue": ("deals",),
    "influenced_revenue": ("deals",),
    "joint_revenue": ("deals",),
    "referral_value": ("referrals",),
}


@dataclass(frozen=True)
class Target:
    """A target in force, or an assumed one: last fiscal year and a tenth."""

    value: Fraction
    period: Span

    def pace(self, at: AsOf) -> Fraction:
        return Fraction(Span(self.period.start, at.day).days, self.period.days)

    def quarter_share(self, at: AsOf) -> Fraction:
        """Return the part of the target that falls, by days, into the fiscal quarter of the day."""
        return self.value * Fraction(overlap_days(self.period, at.quarter), self.period.days)


def target(at: AsOf, partner: Row, metric: str) -> Target | None:
    """Return the shortest target whose period contains the day, then the lowest id; else an assumed one."""
    running: list[tuple[int, str, Span, Row]] = []
    for row in at.rows("targets", partner):
        start, end = row.day("period_start"), row.day("period_end")
        if row.text("metric") == metric and start and end and start <= at.day <= end:
            running.append((Span(start, end).days, row.key, Span(start, end), row))
    if running:
        _, _, period, row = min(running, key=lambda entry: entry[:2])
        value = row.money("value")
        return None if value is None else Target(value, period)
    period = at.fiscal_year
    before = fiscal_year(period.start - timedelta(1), at.fiscal_year_start_month)
    last_year = added(PERIOD_SUMS[metric](at, partner, before))
    return Target(last_year * (1 + ASSUMED_GROWTH), period) if last_year > 0 else None


def attainment(at: AsOf, partner: Row, metric: str) -> Figure:
    """Return the metric from the start of the target period over target × pace."""
    aim = target(at, partner, metric)
    if aim is None:
        return NO_DATA
    booked = PERIOD_SUMS[metric](at, partner, Span(aim.period.start, at.day))
    records = len(booked) + 1
    if aim.pace(at) < LEAST_PACE or not (booked or at.anyone_has(*SOURCES[metric])):
        return Figure(None, records)
    return quotient(added(booked), aim.value * aim.pace(at), records=records)
