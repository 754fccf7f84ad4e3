"""Days as they are written on the command line."""

from __future__ import annotations

import re
from datetime import date

import typer

from camdesk.insight.wording import write_day

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1970, 2200


def day_of(text: str | None, *, option: str) -> date | None:
    """Return the day that an option names; None where it was not given."""
    if text is None:
        return None
    try:
        # Python also reads 20261120 and 2026-W47-5, which are slips of the hand here.
        day = date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise typer.BadParameter(f"{text} is not a day. Write it like 2026-11-20.", param_hint=option)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(
            f"{text} is out of reach. Name a day from {FIRST_YEAR} to {LAST_YEAR}.", param_hint=option
        )
    return day


def stored_day(stored: str | None) -> str:
    """Return the day of a stored date or instant, as tables have it."""
    return write_day(date.fromisoformat(stored[:10]) if stored else None)
