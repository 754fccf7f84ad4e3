"""How a partner earns its target, as far as its records tell: what a simulation of the year rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.odds import Flow, Lever

MONTH_DAYS = 30.4375
POINTS = 0.05
RENEWAL_POINTS = 0.02


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a simulation rests on; `whose` says where it is not the partner's own."""

    name: str
    written: str
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """How the target is earned: the flow and its inputs, or in `lacks` what is missing for it."""

    flow: Flow | None
    inputs: tuple[Input, ...] = ()
    levers: tuple[Lever, ...] = ()
    lacks: str = ""
    starts: str = "registration"  # what a deal begins with, where deals earn it


def year_back(today: date) -> Period:
    """Return the twelve months up to and with today."""
    return Period(add_months(today, -12) + ONE_DAY, today + ONE_DAY)


def months_ahead(today: date, period: Period) -> float:
    """Return the months of the planned year that are still to come: twelve before it begins."""
    if today < period.start:
        return 12.0
    return max(0.0, (period.last - today).days / MONTH_DAYS)


def days_gone(today: date, period: Period) -> Period | None:
    """Return the days of the planned year that have been; None before it begins."""
    if today < period.start:
        return None
    return Period(period.start, min(today + ONE_DAY, period.end))
