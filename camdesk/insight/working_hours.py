"""The function `working_hours` of definitions: business hours between two instants, a million times a run.

Each UTC day's working spans are worked out once, with the seconds gone by before it; the hours between two
instants are the difference of two such sums.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from camdesk.base.periods import ONE_DAY
from camdesk.base.working_time import WorkingTime

_HOUR_S = 3_600
_DAY_S = 86_400
Spans = tuple[tuple[int, int], ...]


class WorkingClock:
    """Tell the working seconds gone by at an instant, from a day that is the same for all instants."""

    def __init__(self, working_time: WorkingTime) -> None:
        self._working_time = working_time
        self._zone = ZoneInfo(working_time.time_zone)
        self._at: dict[str, int] = {}
        self._days: dict[str, tuple[int, Spans]] = {}
        self._local: dict[date, tuple[datetime, datetime] | None] = {}
        # Seconds gone by at the midnights from `_first` to `_last`, counted on from the day asked for first.
        self._midnights: dict[date, int] = {}
        self._first = self._last = date.min

    def hours_between(self, start: str | None, end: str | None) -> float | None:
        """Return the business hours between two stored instants; 0 where `end` comes first."""
        if start is None or end is None:
            return None
        if end <= start:
            return 0.0
        at = self._at
        first = at[start] if start in at else self._count(start)
        last = at[end] if end in at else self._count(end)
        return (last - first) / _HOUR_S

    def _count(self, instant: str) -> int:
        day = instant[:10]
        if day not in self._days:
            self._days[day] = self._until(date.fromisoformat(day)), self._spans(date.fromisoformat(day))
        counted, spans = self._days[day]
        clock = int(instant[11:13]) * _HOUR_S + int(instant[14:16]) * 60 + int(instant[17:19])
        for begins, ends in spans:
            counted += max(0, min(clock, ends) - begins)
        self._at[instant] = counted
        return counted

    def _until(self, day: date) -> int:
        """Return the seconds gone by at a day's midnight, counting on from the nearest one known."""
        known = self._midnights
        if not known:
            known[day] = 0
            self._first = self._last = day
        while self._last < day:
            known[self._last + ONE_DAY] = known[self._last] + self._of(self._last)
            self._last += ONE_DAY
        while day < self._first:
            known[self._first - ONE_DAY] = known[self._first] - self._of(self._first - ONE_DAY)
            self._first -= ONE_DAY
        return known[day]

    def _of(self, day: date) -> int:
        return sum(ends - begins for begins, ends in self._spans(day))

    def _spans(self, day: date) -> Spans:
        """Return the working spans of a UTC day, in seconds since its midnight."""
        midnight = datetime.combine(day, time(), UTC)
        return tuple(
            (begins, ends)
            for local in (day - ONE_DAY, day, day + ONE_DAY)
            if (hours := self._hours_of(local)) is not None
            if (begins := max(0, _seconds(hours[0] - midnight)))
            < (ends := min(_DAY_S, _seconds(hours[1] - midnight)))
        )

    def _hours_of(self, local: date) -> tuple[datetime, datetime] | None:
        """Return when work begins and ends on a local day, if it does; each is asked for three times."""
        if local not in self._local:
            self._local[local] = self._working_time.hours_on(local, self._zone)
        return self._local[local]


def register_working_hours(connection: Any, working_time: WorkingTime) -> None:
    """Let the statements of a connection call `working_hours(start, end)`."""
    clock = WorkingClock(working_time)
    connection.create_function("working_hours", 2, clock.hours_between, deterministic=True)


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
