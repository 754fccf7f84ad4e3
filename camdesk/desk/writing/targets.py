"""Targets a CAM sets: one of one's own per partner, metric and period; setting it again replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from camdesk.base.errors import UsageError
from camdesk.base.periods import FiscalCalendar, Period
from camdesk.desk.care.checking import checked
from camdesk.desk.writing import own_rows as writing
from camdesk.desk.writing.own_rows import Hand
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import own_rows
from camdesk.store.sources import OWN

_TARGETS = ENTITIES["targets"]
_PERIOD = ("period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Span:
    """The period a target is for: a fiscal year, a fiscal quarter (2027-Q1) or two days, both in it."""

    year: int | None = None
    quarter: str | None = None
    start: str | None = None
    end: str | None = None

    def days(self, calendar: FiscalCalendar, as_of: date) -> tuple[str, str]:
        """Return the first and the last day; without anything given those of the fiscal year of `as_of`."""
        given = (self.year is not None, self.quarter is not None, bool(self.start or self.end))
        if sum(given) > 1:
            raise UsageError(
                "A target is for one period.", "Give a year, or a quarter, or the days from and to."
            )
        if self.start or self.end:
            if not (self.start and self.end):
                raise UsageError("A period has a first and a last day.", "Give both: --from and --to.")
            return self.start, self.end
        period = self._named(calendar, as_of)
        return period.start.isoformat(), period.last.isoformat()

    def _named(self, calendar: FiscalCalendar, as_of: date) -> Period:
        if self.year is not None:
            return calendar.year_named(self.year)
        if self.quarter is None:
            return calendar.year(as_of)
        found = calendar.quarter_named(self.quarter.upper())
        if found is None:
            raise UsageError(f"{self.quarter} is not a fiscal quarter.", "Write it like 2027-Q1.")
        return found


@dataclass(frozen=True, slots=True)
class TargetSet:
    """A target as it was kept. `also_from` are sources with a target for the same period."""

    record_id: str
    metric: str
    period_start: str
    period_end: str
    replaced: bool
    also_from: tuple[str, ...]


def set_target(
    connection: Connection,
    hand: Hand,
    partner_id: str,
    metric: str,
    *,
    value: str,
    period: tuple[str, str],
    currency: str | None,
) -> TargetSet:
    """Write a target, in place of one's own for the same metric and period."""
    values = {"metric": metric, "value": value, "currency": currency} | dict(
        zip(_PERIOD, period, strict=True)
    )
    names = [column.name for column in _TARGETS.columns]
    tried = checked(_TARGETS, {**values, _TARGETS.key: "new", "partner_id": partner_id}, ids=hand.ids)
    meant = dict(zip(names, tried, strict=False))
    same = [
        row
        for row in own_rows.current_rows(connection, _TARGETS, partner_id=partner_id, of_all=True)
        if all(row[name] == meant[name] for name in ("metric", *_PERIOD))
    ]
    own = next((str(row["target_id"]) for row in same if row["source"] == OWN), None)
    if own is None:
        record_id = writing.add(connection, hand, _TARGETS, partner_id, values)
    else:
        record_id = own
        writing.change(connection, hand, _TARGETS, own, values)
    others = sorted({str(row["source"]) for row in same} - {OWN})
    start, end = (str(meant[name]) for name in _PERIOD)
    return TargetSet(record_id, str(meant["metric"]), start, end, own is not None, tuple(others))
