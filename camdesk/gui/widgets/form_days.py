"""Days as people type them: yesterday, fri, 12.11., in 2 weeks. No Qt here."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from camdesk.insight.wording import write_day

_NAMED = {
    "today": 0,
    "now": 0,
    "t": 0,
    "yesterday": -1,
    "y": -1,
    "tomorrow": 1,
    "tom": 1,
    "next week": 7,
    "last week": -7,
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = tuple(calendar.month_name[number].lower() for number in range(1, 13))
_LEAST_LETTERS = 3
_CENTURY = 2000
_SPAN = re.compile(r"(?:in )?(?P<count>\d{1,3}) ?(?P<unit>d|w|m|days?|weeks?|months?)(?P<ago> ago)?")
_STEP = re.compile(r"(?P<sign>[+\-−]) ?(?P<count>\d{1,3}) ?(?P<unit>d|w|m)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{2}|\d{4})?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([a-z]{3,})\.?(?:,? (\d{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,})\.? (\d{1,2})(?:,? (\d{4}))?")


def read_day(text: str, *, today: date, ahead: bool) -> date | None:
    """Return the day that is meant, or None where none can be.

    Without a year, or with a weekday's name alone, it is the next such day where one looks `ahead`, today
    among them, else the last one.
    """
    words = " ".join(text.lower().split())
    if words in _NAMED:
        return today + timedelta(days=_NAMED[words])
    if words in ("end of month", "eom"):
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    try:
        return _weekday(words, today, ahead=ahead) or _span(words, today) or _dated(words, today, ahead=ahead)
    except (ValueError, OverflowError):  # 31.2., or a year nobody lives in
        return None


def day_words(day: date) -> str:
    """Return a day as it is said back: Thu 12 Nov 2026."""
    return f"{day:%a} {write_day(day)}"


def _weekday(words: str, today: date, *, ahead: bool) -> date | None:
    named, last = words.removeprefix("next ").removeprefix("on "), words.startswith("last ")
    named = named.removeprefix("last ")
    if len(named) < _LEAST_LETTERS:
        return None
    wanted = next((at for at, name in enumerate(_WEEKDAYS) if name.startswith(named)), None)
    if wanted is None:
        return None
    if words.startswith("next ") or (ahead and not last):
        after = (wanted - today.weekday()) % 7
        return today + timedelta(days=after or (7 if words.startswith("next ") else 0))
    before = (today.weekday() - wanted) % 7
    return today - timedelta(days=before or (7 if last else 0))


def _span(words: str, today: date) -> date | None:
    step, span = _STEP.fullmatch(words), _SPAN.fullmatch(words)
    if step is not None:
        return _moved(today, int(step["count"]), step["unit"] or "d", back=step["sign"] != "+")
    if span is not None:
        return _moved(today, int(span["count"]), span["unit"], back=bool(span["ago"]))
    return None


def _moved(today: date, count: int, unit: str, *, back: bool) -> date:
    signed = -count if back else count
    if unit.startswith("m"):
        months = today.year * 12 + today.month - 1 + signed
        year, month = divmod(months, 12)
        return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    return today + timedelta(days=signed * (7 if unit.startswith("w") else 1))


def _dated(words: str, today: date, *, ahead: bool) -> date | None:
    if (iso := _ISO.fullmatch(words)) is not None:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if (numbers := _NUMBERS.fullmatch(words)) is not None:
        return _near(int(numbers[1]), int(numbers[2]), numbers[3], today, ahead=ahead)
    if (named := _DAY_FIRST.fullmatch(words)) is not None:
        return _near(int(named[1]), _month(named[2]), named[3], today, ahead=ahead)
    if (named := _MONTH_FIRST.fullmatch(words)) is not None:
        return _near(int(named[2]), _month(named[1]), named[3], today, ahead=ahead)
    return None


def _month(name: str) -> int:
    """Return a month's number; 0, which no day has, for what is none."""
    return next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _near(day: int, month: int, year: str | None, today: date, *, ahead: bool) -> date:
    if year is not None:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), month, day)
    found = date(today.year, month, day)
    if ahead and found < today:
        return date(today.year + 1, month, day)
    return date(today.year - 1, month, day) if not ahead and found > today else found
