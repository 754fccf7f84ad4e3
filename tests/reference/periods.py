"""Calendar ranges of the conventions: windows, fiscal periods, months."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """A range of days, both ends included."""

    start: date
    end: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def plus_months(day: date, months: int) -> date:
    """Move by calendar months; a day the month does not have becomes its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_months(day: date, months: int, *, back: int = 0) -> Span:
    """Return the `months` months that end `back` months before the day, their first day after the bound."""
    return Span(plus_months(day, -months - back) + timedelta(1), plus_months(day, -back))


def last_days(day: date, days: int, *, back: int = 0) -> Span:
    end = day - timedelta(back)
    return Span(end - timedelta(days - 1), end)


def next_days(day: date, days: int) -> Span:
    """The day itself is still to come: what is due today is neither overdue nor forgotten."""
    return Span(day, day + timedelta(days))


def month_end(day: date) -> date:
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def month_of(day: date) -> date:
    return day.replace(day=1)


def fiscal_year(day: date, start_month: int) -> Span:
    start = date(day.year if day.month >= start_month else day.year - 1, start_month, 1)
    return Span(start, plus_months(start, 12) - timedelta(1))


def fiscal_quarter(day: date, start_month: int) -> Span:
    year = fiscal_year(day, start_month)
    months = (day.year - year.start.year) * 12 + day.month - year.start.month
    start = plus_months(year.start, months // 3 * 3)
    return Span(start, plus_months(start, 3) - timedelta(1))


def overlap_days(one: Span, other: Span) -> int:
    return max(0, (min(one.end, other.end) - max(one.start, other.start)).days + 1)
