"""Give the fixed day of the sample, its months, and moments within office hours."""

from datetime import date, datetime, time, timedelta
from random import Random

TODAY = date(2026, 11, 20)
START = date(2023, 11, 21)
YEAR_START = date(2026, 1, 1)
YEAR_END = date(2026, 12, 31)
OPENS, CLOSES = 9, 17


def days(count: int) -> timedelta:
    """Return a span of whole days."""
    return timedelta(days=count)


def add_months(day: date, count: int) -> date:
    """Return the same day of another month, at most the 28th."""
    number = day.year * 12 + day.month - 1 + count
    return date(number // 12, number % 12 + 1, min(day.day, 28))


def month_end(month: date) -> date:
    """Return the last day of the month."""
    return add_months(month.replace(day=1), 1) - days(1)


# The last month every partner could have reported by the fixed day is October 2026.
MONTHS = tuple(add_months(date(2023, 11, 1), index) for index in range(36))


def workday(day: date) -> date:
    """Return the day itself, or the Friday before a weekend."""
    return day - days(max(0, day.weekday() - 4))


def instant(rng: Random, day: date) -> datetime:
    """Return a moment within office hours of the day or the working day before it."""
    return datetime.combine(workday(day), time(rng.randint(OPENS, CLOSES - 1), rng.randint(0, 59)))


def hours_later(start: datetime, hours: float) -> datetime:
    """Return the moment so many business hours later."""
    left, moment = timedelta(hours=hours), start
    while True:
        close = datetime.combine(moment.date(), time(CLOSES))
        if moment.weekday() < 5 and moment + left <= close:
            return moment + left
        if moment.weekday() < 5:
            left -= max(timedelta(0), close - moment)
        moment = datetime.combine(moment.date() + days(1), time(OPENS))


def share_of_year_gone() -> float:
    """Return the elapsed part of the fiscal year, the fixed day included."""
    return ((TODAY - YEAR_START).days + 1) / 365
