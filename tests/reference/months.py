"""The month and the three months that monthly figures are about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from .figure import AsOf
from .periods import Span, month_end, month_of, plus_months
from .records import Row

STALE_AFTER_DAYS = 75


def is_stale(at: AsOf, month: date) -> bool:
    return (at.day - month_end(month)).days > STALE_AFTER_DAYS


def ended_months(at: AsOf, months: Collection[date]) -> list[date]:
    """Return the months that ended on or before the day, latest first."""
    return sorted((month for month in months if month_end(month) <= at.day), reverse=True)


def latest_month(at: AsOf, partner: Row, entity: str) -> date | None:
    """Return the partner's latest month with a row; none if it ended more than 75 days ago."""
    months = {month for row in at.rows(entity, partner) if (month := row.day("month"))}
    ended = ended_months(at, months)
    return ended[0] if ended and not is_stale(at, ended[0]) else None


def rows_of_month(at: AsOf, partner: Row, entity: str, *months: date) -> list[Row]:
    return [row for row in at.rows(entity, partner) if row.day("month") in months]


def three_calendar_months(at: AsOf) -> list[date]:
    """Return the first days of the latest three months that ended, earliest first."""
    this = month_of(at.day)
    newest = this if month_end(at.day) == at.day else plus_months(this, -1)
    return [plus_months(newest, back) for back in (-2, -1, 0)]


def reported_months(at: AsOf, partner: Row) -> list[date]:
    """Return the distributor's reported months that have ended, latest first."""
    reports = at.rows("pos_reports", partner)
    if reports:
        reported = {report.day("month") for report in reports if at.reached(report.day("received_on"))}
    else:
        reported = {line.day("month") for line in at.rows("sell_through", partner)}
    return ended_months(at, {month for month in reported if month})


def three_reported_months(at: AsOf, partner: Row) -> list[date]:
    """Return the latest three reported months, earliest first; empty if fewer or stale."""
    reported = reported_months(at, partner)
    if len(reported) < 3 or is_stale(at, reported[0]):
        return []
    return sorted(reported[:3])


def days_of(month: date) -> Span:
    return Span(month, month_end(month))
