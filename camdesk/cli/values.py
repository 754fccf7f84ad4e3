"""How values stand in JSON: money as decimal strings, percentages as fractions, days ISO, no data null."""

from __future__ import annotations

from datetime import date

from camdesk.base import money
from camdesk.insight.results import Unit

Plain = str | float | int | None


def amount(units: float | int | None) -> str | None:
    """Return ten-thousandths as a decimal string."""
    return None if units is None else money.plain(units)


def value(number: float | int | None, unit: Unit) -> Plain:
    """Return a figure's value as its unit stands in JSON, the same whether it was stored or just made."""
    if number is None:
        return None
    if unit is Unit.MONEY:
        return amount(number)
    if unit is Unit.COUNT and number == int(number):
        return int(number)
    return float(number) + 0.0  # there is no negative zero


def day(when: date | None) -> str | None:
    return None if when is None else when.isoformat()
