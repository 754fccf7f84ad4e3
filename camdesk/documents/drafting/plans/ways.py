"""How a partner earns its target, as far as its records tell: what a simulation of the year rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.booked import booked
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.rows import Row
from camdesk.documents.odds import Flow, Lever
from camdesk.portfolio.entities import ENTITIES
from camdesk.store.tables import CURRENT

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


def booked_already(draft: Draft, metric: str, period: Period, *, on: date) -> int:
    """Return what the planned year has brought up to and with a day; 0 before it begins."""
    gone = days_gone(on, period)
    found = booked(draft, metric, gone) if gone else None
    return found.value if found else 0


def rows_of_type(draft: Draft, entity: str) -> list[Row]:
    """Return an entity's rows of all partners of the type: what stands in where its own are too few."""
    partners = draft.insight.partners().values()
    same = [one.partner_id for one in partners if one.type == draft.partner.type]
    table = CURRENT[entity]
    query = select(table).where(table.c.partner_id.in_(same))
    with draft.insight.workspace.database.read() as connection:
        found = connection.execute(query.order_by(table.c[ENTITIES[entity].key], table.c.source))
        return [dict(row) for row in found.mappings()]
