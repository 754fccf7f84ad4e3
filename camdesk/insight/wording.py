"""How values are written for people: one place, so that screens and documents say the same."""

from __future__ import annotations

from datetime import date

from camdesk.base import money
from camdesk.insight.results import Unit

NO_DATA = "no data"
DASH = "–"


def write(value: float | int | None, unit: Unit, *, currency: str, full: bool = False) -> str:
    """Return the value as a column shows it (€412k, 61%, 0.4×); `full` writes money to the last decimal."""
    if value is None:
        return NO_DATA
    if unit is Unit.MONEY:
        return money.exact(value, currency) if full else money.short(value, currency)
    if unit is Unit.PERCENT:
        return f"{_signed(value * 100, 1 if full or abs(value) < 0.0995 else 0)}%"
    if unit is Unit.RATIO:
        return f"{_signed(value, 2 if full else 1)}×"
    if unit is Unit.HOURS:
        return f"{_signed(value, 1)} h"
    if unit is Unit.DAYS:
        return f"{_signed(value, 1 if value % 1 else 0)} d"
    if unit is Unit.SCORE:
        return _signed(value, 1)
    return _signed(value, 0 if value % 1 == 0 else 1)


def write_change(value: float | int | None, before: float | int | None, unit: Unit, *, currency: str) -> str:
    """Return what changed (+4 pt, −€12k, +2), or a dash where either side has no value."""
    if value is None or before is None:
        return DASH
    change = value - before
    if unit is Unit.PERCENT:
        text = f"{abs(change) * 100:.1f} pt"
    elif unit is Unit.MONEY:
        text = money.short(abs(change), currency)
    else:
        text = write(abs(change), unit, currency=currency)
    if not any(character in "123456789" for character in text):
        return "±0"
    return f"{'+' if change > 0 else '−'}{text}"


def write_day(day: date | None) -> str:
    """Return 3 Dec 2026."""
    return f"{day.day} {day:%b %Y}" if day else DASH


def in_a_sentence(title: str) -> str:
    """Return a title as it stands within a sentence: small, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _signed(value: float | int, places: int) -> str:
    text = f"{abs(value):,.{places}f}"
    return f"−{text}" if value < 0 and any(character in "123456789" for character in text) else text
