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
    """Return a figure's value as its unit stands in JSON."""
    return amount(number) if unit is Unit.MONEY else number


def day(when: date | None) -> str | None:
    return None if when is None else when.isoformat()
