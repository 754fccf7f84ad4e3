"""The day of calculation, and how rows become a figure: no data, zero, sums, ratios, shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from .periods import Span, fiscal_quarter, fiscal_year, last_months
from .records import Portfolio, Row

# The date that says when a record came to be; entities not named here exist whatever their dates.
OWN_DATE = {
    "orders": "booked_on", "deals": "submitted_at", "usage": "month", "sell_through": "month",
    "listing_activity": "month", "certifications": "awarded_on", "referrals": "submitted_at",
    "fund_claims": "requested_at", "inventory": "counted_on", "investments": "spent_on",
    "assessments": "assessed_on", "requests": "asked_at", "cases": "opened_at",
    "meetings": "scheduled_at", "projects": "started_on", "listings": "published_on",
    "pos_reports": "month",
}  # fmt: skip


class Figure(NamedTuple):
    """A value (None: no data) and how many records made it."""

    value: Fraction | None
    records: int


NO_DATA = Figure(None, 0)
Amounts = list[tuple[Row, Fraction]]


@dataclass(frozen=True)
class AsOf:
    """A portfolio seen from one day: what is dated later does not exist."""

    portfolio: Portfolio
    day: date
    fiscal_year_start_month: int

    @property
    def end(self) -> datetime:
        """The end of the day, 24:00 UTC, to which ages run."""
        return datetime.combine(self.day + timedelta(1), time(), UTC)

    @property
    def year_back(self) -> Span:
        return last_months(self.day, 12)

    @property
    def quarter(self) -> Span:
        return fiscal_quarter(self.day, self.fiscal_year_start_month)

    @property
    def fiscal_year(self) -> Span:
        return fiscal_year(self.day, self.fiscal_year_start_month)

    def rows(self, entity: str, partner: Row) -> list[Row]:
        """Return the partner's rows that exist on the day; a row without its own date exists."""
        return [row for row in self.portfolio.of_partner(entity, partner) if self._exists(row)]

    def everyones(self, entity: str) -> list[Row]:
        return [row for row in self.portfolio.all(entity) if self._exists(row)]

    def has(self, entity: str, partner: Row) -> bool:
        """Tell whether the partner has a row dated on or before the day (no own date: any row)."""
        return any(self._dated(row) for row in self.rows(entity, partner))

    def anyone_has(self, *entities: str) -> bool:
        return not self._known_entities.isdisjoint(entities)

    @cached_property
    def _known_entities(self) -> frozenset[str]:
        entities = self.portfolio.entities
        return frozenset(name for name in entities if any(self._dated(row) for row in self.everyones(name)))

    def lines_naming(self, partner: Row) -> list[Row]:
        """Return the POS lines of any distributor that name the partner as reseller."""
        return self._named_lines[partner.partner_id]

    @cached_property
    def _named_lines(self) -> defaultdict[str, list[Row]]:
        named: defaultdict[str, list[Row]] = defaultdict(list)
        for line in self.everyones("sell_through"):
            named[line.text("reseller_partner_id") or ""].append(line)
        return named

    @cached_property
    def first_orders(self) -> dict[str, date]:
        """Each customer's first order through any partner."""
        first: dict[str, date] = {}
        for order in self.everyones("orders"):
            customer, booked_on = order.text("customer"), order.day("booked_on")
            if customer and booked_on:
                first[customer] = min(booked_on, first.get(customer, booked_on))
        return first

    def reached(self, day: date | None) -> bool:
        """Tell whether a date is known and not after the day."""
        return day is not None and day <= self.day

    def _exists(self, row: Row) -> bool:
        own = row.day(OWN_DATE[row.entity]) if row.entity in OWN_DATE else None
        return own is None or own <= self.day

    def _dated(self, row: Row) -> bool:
        return row.entity not in OWN_DATE or row.day(OWN_DATE[row.entity]) is not None


Metric = Callable[[AsOf, Row], Figure]


def amounts(rows: Iterable[Row], column: str) -> Amounts:
    """Pair rows with their money in base currency, leaving out the unknown."""
    return [(row, money) for row in rows if (money := row.money(column)) is not None]


def numbers(rows: Iterable[Row], column: str) -> Amounts:
    return [(row, number) for row in rows if (number := row.number(column)) is not None]


def added(pairs: Amounts) -> Fraction:
    return sum((amount for _, amount in pairs), Fraction(0))


def total(pairs: Amounts, *, known: bool) -> Figure:
    """Add amounts; nothing to add is 0 when the partner is `known` to have that entity, else no data."""
    return Figure(added(pairs) if pairs or known else None, len(pairs))


def count(rows: Sequence[Row], *, known: bool) -> Figure:
    return Figure(Fraction(len(rows)) if rows or known else None, len(rows))


def part(yes: Sequence[bool], *, least: int = 1) -> Figure:
    """Return the part of records that fulfil a condition."""
    enough = len(yes) >= max(least, 1)
    return Figure(Fraction(sum(yes), len(yes)) if enough else None, len(yes))


def mean(values: Sequence[Fraction], *, least: int = 1) -> Figure:
    enough = len(values) >= max(least, 1)
    return Figure(sum(values, Fraction(0)) / len(values) if enough else None, len(values))


def median(values: Sequence[Fraction]) -> Figure:
    if not values:
        return NO_DATA
    ordered = sorted(values)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return Figure(middle, len(ordered))


def quotient(over: Fraction, under: Fraction, *, records: int) -> Figure:
    """Divide; a denominator that is not above 0 gives no value."""
    return Figure(over / under if under > 0 else None, records)


def share(over: Amounts, under: Amounts, *, empty_is_zero: bool = True) -> Figure:
    """Divide sums of different records; say whether an empty numerator is 0 or no data."""
    records = len({(row.entity, row.key) for row, _ in over + under})
    if not under or not (over or empty_is_zero):
        return Figure(None, records)
    return quotient(added(over), added(under), records=records)


def growth(figure: Figure) -> Figure:
    return Figure(None if figure.value is None else figure.value - 1, figure.records)
