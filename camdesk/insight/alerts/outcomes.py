"""What became of the records behind an alert: won, lost, renewed, paid, answered, done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, text

from camdesk.insight.results import AlertEvidence
from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _End:
    """How a record of an entity ends: the day's column, and its word, or the column that holds the word."""

    day: str
    word: str = ""
    column: str = ""
    name: tuple[str, ...] = ()


_ENDS: dict[str, tuple[_End, ...]] = {
    "deals": (_End("closed_on", column="status", name=("name", "customer")),),
    "renewals": (_End("decided_on", column="status", name=("customer",)),),
    "referrals": (
        _End("closed_on", column="status", name=("customer",)),
        _End("fee_paid_on", word="fee paid", name=("customer",)),
    ),
    "requests": (_End("answered_at", word="answered", name=("subject",)),),
    "commitments": (_End("done_on", word="done", name=("text",)),),
    "incentives": (_End("paid_on", word="paid", name=("program",)),),
    "fund_claims": (
        _End("decided_at", word="decided", name=("activity",)),
        _End("claimed_on", word="claimed", name=("activity",)),
        _End("paid_on", word="paid", name=("activity",)),
    ),
    "projects": (_End("completed_on", word="completed", name=("name",)),),
    "milestones": (_End("completed_on", word="completed", name=("name",)),),
    "pos_reports": (_End("received_on", word="received", name=()),),
    "cases": (_End("resolved_at", word="resolved", name=("subject",)),),
}
_BAD = frozenset({"lost", "rejected"})
_GOOD = frozenset({"won", "renewed"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one record ended, and when."""

    record: AlertEvidence
    name: str
    word: str
    day: date

    @property
    def is_bad(self) -> bool:
        return self.word in _BAD

    @property
    def is_good(self) -> bool:
        return self.word in _GOOD

    def __str__(self) -> str:
        return f"{self.name} {self.word} on {write_day(self.day)}"


def outcomes_of(connection: Connection, records: Iterable[AlertEvidence]) -> tuple[Outcome, ...]:
    """Return how the records ended, as known today, in the order of the days; open ones are left out."""
    by_entity: dict[str, list[str]] = {}
    for record in dict.fromkeys(records):
        if record.entity in _ENDS:
            by_entity.setdefault(record.entity, []).append(record.record_id)
    found = [
        outcome
        for entity, ids in by_entity.items()
        for start in range(0, len(ids), _CHUNK)
        for row, record_id in _rows(connection, entity, ids[start : start + _CHUNK])
        for outcome in _ended(entity, record_id, row)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.record.entity, one.record.record_id)))


def within(outcomes: Iterable[Outcome], first: date, last: date) -> tuple[Outcome, ...]:
    """Return what ended after `first` and no later than `last`."""
    return tuple(one for one in outcomes if first < one.day <= last)


def _rows(connection: Connection, name: str, ids: list[str]) -> list[tuple[dict[str, Any], str]]:
    """Return rows with the id they were asked for by: `source:id` where several sources deliver an entity."""
    key = ENTITIES[name].key
    wanted = {*ids, *(one.partition(":")[2] for one in ids if ":" in one)}
    statement = text(f"SELECT * FROM {name} WHERE {key} IN :ids").bindparams(bindparam("ids", expanding=True))
    asked = set(ids)
    found: list[tuple[dict[str, Any], str]] = []
    for row in connection.execute(statement, {"ids": sorted(wanted)}).mappings():
        names = (row[key], f"{row['source']}:{row[key]}")
        found.extend((dict(row), name) for name in names if name in asked)
    return found


def _ended(entity: str, record_id: str, row: dict[str, Any]) -> list[Outcome]:
    ended = []
    for end in _ENDS[entity]:
        word = str(row[end.column] or "") if end.column else end.word
        if not row[end.day] or (end.column and word not in _BAD | _GOOD):
            continue
        name = next((str(row[column]) for column in end.name if row[column]), record_id)
        ended.append(
            Outcome(AlertEvidence(entity, record_id), name, word, date.fromisoformat(row[end.day][:10]))
        )
    return ended
