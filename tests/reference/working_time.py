"""Business hours of the default week: Monday to Friday, 9 to 17, UTC, no holidays."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

OPENS, CLOSES = time(9), time(17)
FRIDAY = 4
WORKING_DAY_HOURS = 8


def business_hours(start: datetime, end: datetime) -> Fraction:
    """Return the business hours between two instants; 0 when the end is not after the start."""
    seconds = 0
    day = start.date()
    while day <= end.date():
        if day.weekday() <= FRIDAY:
            opens = max(start, datetime.combine(day, OPENS, UTC))
            closes = min(end, datetime.combine(day, CLOSES, UTC))
            seconds += max(0, int((closes - opens).total_seconds()))
        day += timedelta(1)
    return Fraction(seconds, 3600)
