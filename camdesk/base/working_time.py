"""Business hours and working days: the workspace's week, hours, holidays and time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from camdesk.base.periods import ONE_DAY


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When people at the vendor work. Hours are whole local hours; weekdays count from Monday = 0."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    opens_hour: int = 9
    closes_hour: int = 17
    holidays: frozenset[date] = frozenset()
    time_zone: str = "UTC"

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.holidays

    def seconds_between(self, start: datetime, end: datetime) -> int:
        """Return the working seconds from `start` to `end` (both aware); 0 where `end` comes first."""
        if end <= start:
            return 0
        zone = ZoneInfo(self.time_zone)
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        total = timedelta()
        while day <= last:
            if (hours := self.hours_on(day, zone)) is not None:
                opens, closes = hours
                total += max(min(end, closes) - max(start, opens), timedelta())
            day += ONE_DAY
        return int(total.total_seconds())

    def hours_between(self, start: datetime, end: datetime) -> float:
        return self.seconds_between(start, end) / 3600

    def hours_on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """Return the instants at which work begins and ends on a local day; None where nobody works."""
        if not self.is_working_day(day):
            return None
        closing, last = (0, day + ONE_DAY) if self.closes_hour == 24 else (self.closes_hour, day)
        opens = datetime.combine(day, time(self.opens_hour), zone)
        return opens.astimezone(UTC), datetime.combine(last, time(closing), zone).astimezone(UTC)


def parse_instant(text: str) -> datetime:
    """Return the aware instant of `YYYY-MM-DDTHH:MM:SSZ`, the one form the store holds."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
