"""The days to look from, and the bounds of every window seen from each of them.

All bounds are half-open text days: `x >= from AND x < until` holds for days and instants alike,
because both are stored so that text order is time order. Months are counted here, not in SQL, where
31 March less a month would be 3 March.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from camdesk.base.periods import ONE_DAY, FiscalCalendar, Period, add_months

FRESH_DAYS = 75
"""A reported month that ended longer ago says nothing about now."""

COLUMNS = (
    "moment", "day", "until", "m12_from", "m24_from", "next_m12_until", "d90_from",
    "d180_from", "d450_from", "next_d60_until", "next_d90_until", "quarter_from", "quarter_until",
    "year_from", "year_until", "prior_year_from", "prior_year_end", "months_until", "m3_from", "fresh_from",
    "known",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """One day to look from; `number` is its key in the `moments` table.

    `known`: states without a day of their own were already being recorded.
    """

    number: int
    day: date
    known: bool


def rows(moments: Iterable[Moment], calendar: FiscalCalendar) -> list[tuple[int | str, ...]]:
    """Return the rows of the `moments` table, in the order of `COLUMNS`."""
    return [_row(moment, calendar) for moment in moments]


def window_of(window: str, day: date, calendar: FiscalCalendar) -> Period | None:
    """Return the days a metric's window spans as seen from `day`; None where each partner has its own."""
    after = day + ONE_DAY
    windows = {
        "12m": Period(add_months(day, -12) + ONE_DAY, after),
        "24m": Period(add_months(day, -24) + ONE_DAY, after),
        "90d": Period(after - timedelta(days=90), after),
        "180d": Period(after - timedelta(days=180), after),
        "450d": Period(after - timedelta(days=450), after),
        "quarter": Period(calendar.quarter(day).start, after),
        "year": Period(calendar.year(day).start, after),
        "next 60d": Period(day, day + timedelta(days=61)),
        "next 90d": Period(day, day + timedelta(days=91)),
        "90d to next 60d": Period(day - timedelta(days=90), day + timedelta(days=61)),
        "3 calendar months": Period(add_months(after.replace(day=1), -3), after.replace(day=1)),
        "day": Period(day, after),
    }
    return windows.get(window)


def _row(moment: Moment, calendar: FiscalCalendar) -> tuple[int | str, ...]:
    day = moment.day
    after = day + ONE_DAY
    quarter, year = calendar.quarter(day), calendar.year(day)
    months_until = after.replace(day=1)  # months before this one ended on or before the day
    oldest_fresh_end = day - timedelta(days=FRESH_DAYS)
    fresh_from = oldest_fresh_end.replace(day=1)
    days = (
        after,
        add_months(day, -12) + ONE_DAY,
        add_months(day, -24) + ONE_DAY,
        add_months(day, 12) + ONE_DAY,
        *(after - timedelta(days=back) for back in (90, 180, 450)),
        *(after + timedelta(days=ahead) for ahead in (60, 90)),
        quarter.start,
        quarter.end,
        year.start,
        year.end,
        add_months(year.start, -12),
        year.start - ONE_DAY,
        months_until,
        add_months(months_until, -3),
        fresh_from,
    )
    return (moment.number, day.isoformat(), *(bound.isoformat() for bound in days), int(moment.known))
