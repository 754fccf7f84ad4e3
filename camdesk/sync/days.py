"""Read written days and instants. Which of 03/04 is the month is settled for a whole file, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from camdesk.sync.refusal import Refused

_EARLIEST, _LATEST = date(1950, 1, 1), date(2199, 12, 31)
NOT_A_DAY_NUMBER = 'this may be a spreadsheet\'s day number; say in the mapping: dates = "excel-serial"'
_SERIAL_DAY_ZERO = date(1899, 12, 30)

_TIME = (
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|UTC)?)?"
)
_ISO = re.compile(rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}", re.ASCII)
_ORDERED = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sign>[-/.])(?P<b>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}){_TIME}", re.ASCII
)
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})", re.ASCII)
_MINUTES_ONLY = re.compile(r"\d{1,2}:\d{2}\.\d", re.ASCII)
_SERIAL = re.compile(r"\d{5,6}(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DayStyle:
    """How the days of one column are written: `pattern` is a mapping's, `order` d, m or open (empty)."""

    order: str = ""
    pattern: str | None = None
    serial: bool = False
    zone: tzinfo = UTC
    suspicion: str = ""

    def instant(self, text: str) -> datetime:
        """Return an aware instant; a day without a time is its midnight. Raise Refused."""
        if self.pattern is not None:
            return self._placed(_by_pattern(text, self.pattern))
        if self.serial and _SERIAL.fullmatch(text):
            return self._placed(of_serial(float(text)))
        match = _ISO.fullmatch(text)
        if match:
            return self._from(match, int(match["month"]), int(match["day"]))
        match = _ORDERED.fullmatch(text)
        if match:
            first, second = int(match["a"]), int(match["b"])
            # Points between day, month and year are written by those who put the day first.
            order = self.order or ("d" if match["sign"] == "." else "")
            if not order:
                raise Refused(
                    "day and month cannot be told apart; "
                    'say in the mapping: dates = "day-first" or "month-first"'
                )
            month, day = (second, first) if order == "d" else (first, second)
            return self._from(match, month, day)
        raise Refused(_why_not(text))

    def day(self, text: str) -> date:
        """Return the day, of an instant the day it has where it was written. Raise Refused."""
        return self.instant(text).astimezone(self.zone).date()

    def month(self, text: str) -> date:
        """Return the first day of a month, written as that day or as 2026-03. Raise Refused."""
        match = _MONTH.fullmatch(text)
        found = self.day(f"{text}-01" if match else text)
        if found.day != 1:
            raise Refused("a month is given by its first day")
        return found

    def _from(self, match: re.Match[str], month: int, day: int) -> datetime:
        hour = int(match["hour"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
        try:
            found = datetime(  # noqa: DTZ001  # the zone is added below
                int(match["year"]), month, day, hour, int(match["minute"] or 0), int(match["second"] or 0)
            )
        except ValueError as error:
            raise Refused("there is no such day") from error
        return self._placed(found, match["zone"])

    def _placed(self, found: datetime, zone: str | None = None) -> datetime:
        check_range(found.date())
        if not zone:
            return found.replace(tzinfo=self.zone)
        if zone in {"Z", "UTC"}:
            return found.replace(tzinfo=UTC)
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        if hours > 15 or minutes > 59:
            raise Refused("there is no such time zone")
        offset = timedelta(hours=hours, minutes=minutes)
        return (found + (offset if zone[0] == "-" else -offset)).replace(tzinfo=UTC)


def style_of(texts: Iterable[str], *, dates: str | None, time_zone: str | None) -> DayStyle:
    """Return how a column's days are to be read, from what a mapping states or from all its values."""
    zone = ZoneInfo(time_zone) if time_zone else UTC
    if dates in {"day-first", "month-first"}:
        return DayStyle(dates[0], zone=zone)
    if dates == "excel-serial":
        return DayStyle(serial=True, zone=zone)
    if dates is not None:
        return DayStyle(pattern=dates, zone=zone)
    day_first = month_first = minutes_only = ""
    for text in texts:
        match = _ORDERED.fullmatch(text)
        if match and match["sign"] != ".":
            if int(match["a"]) > 12:
                day_first = text
            if int(match["b"]) > 12:
                month_first = text
        elif _MINUTES_ONLY.fullmatch(text):
            minutes_only = text
    if day_first and month_first:
        said = f"some days are written day first (“{day_first}”), others month first (“{month_first}”)"
        return DayStyle(zone=zone, suspicion=said)
    if minutes_only:
        said = f"days have become times such as “{minutes_only}”: a spreadsheet has lost them; export again"
        return DayStyle(zone=zone, suspicion=said)
    return DayStyle("d" if day_first else "m" if month_first else "", zone=zone)


def of_serial(serial: float) -> datetime:
    """Return the day a spreadsheet counts as number `serial`."""
    if not 1 <= serial < 3_000_000:
        raise Refused("there is no such day")
    return datetime.combine(_SERIAL_DAY_ZERO, datetime.min.time()) + timedelta(days=int(serial))


def check_range(day: date) -> None:
    if not _EARLIEST <= day <= _LATEST:
        raise Refused(f"the year {day.year} cannot be right; leave it empty where there is no day")


def _by_pattern(text: str, pattern: str) -> datetime:
    try:
        return datetime.strptime(text, pattern)  # noqa: DTZ007  # the zone is added by the caller
    except ValueError as error:
        raise Refused(f"this is not a day written as {pattern}") from error


def _why_not(text: str) -> str:
    if _MINUTES_ONLY.fullmatch(text):
        return "a spreadsheet has kept only minutes and seconds; the day is lost"
    if _SERIAL.fullmatch(text):
        return NOT_A_DAY_NUMBER
    return "this is not a day (YYYY-MM-DD)"
