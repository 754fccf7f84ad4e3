"""How rows looked before and after a writing, taken down by triggers that last as long as its transaction.

Only the tables a person writes are looked at. Moving a step takes a row from one look to the other, and
only where it still has the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from camdesk.portfolio.entities import ENTITIES
from camdesk.store import tables
from camdesk.store.own_rows import ADDABLE

Values = tuple[Any, ...]
_BESIDE = (
    "own_entry",
    "record_change",
    "judgement",
    "forecast_call",
    "task",
    "alert",
    "alert_subject",
    "alert_event",
    "document",
    "document_version",
    "pinned",
    "saved_view",
    "logo",
)
_LOOKED_AT: Mapping[str, Table] = {
    name: tables.METADATA.tables[name]
    for name in (*ADDABLE, *(f"{entity}_past" for entity in ADDABLE), *_BESIDE)
}
_TOLD: Mapping[str, tuple[str, str]] = {
    **{entity: (entity, ENTITIES[entity].key) for entity in ADDABLE},
    "judgement": ("judgement", "judgement_id"),
    "forecast_call": ("forecast call", "partner_id"),
    "task": ("task", "task_id"),
    "alert_event": ("alert", "alert_id"),
    "document_version": ("document", "document_id"),
    "pinned": ("pin", "partner_id"),
    "saved_view": ("view", "screen"),
    "logo": ("logo", "partner_id"),
}
"""What an entry of the audit calls a row, and the id it tells it by: never a name or a text."""
_FACTS = frozenset({*ADDABLE, "judgement", "document"})
"""What figures, scores and alerts rest on."""
_UNNUMBERED = frozenset({"record_change", "alert_event"})
"""Rows of histories: nothing names them, and by the time one comes back its number may be another's."""
_WITNESSES = {"alert_subject": ("firing",)}
"""Columns that must be as they were where others move: what has cleared since is not opened again."""
_STORY = ("document_id", "version_id")
"""Each version of a document stands on the one before: only the newest can be taken away."""
_WIDTH = max(len(table.columns) for table in _LOOKED_AT.values())
_NOTED = "temp.noted_row"
_TRIGGER = "temp.note_{name}_{event}"


@dataclass(frozen=True, slots=True)
class Step:
    """One row as it was and as it then was; none: it was not there."""

    table: str
    before: Values | None
    after: Values | None

    @property
    def back(self) -> Step:
        return Step(self.table, self.after, self.before)

    @property
    def looks(self) -> tuple[Mapping[str, Any], ...]:
        """Return the row by column, before and after."""
        names = _names(_LOOKED_AT[self.table])
        return tuple(dict(zip(names, look, strict=True)) for look in (self.before, self.after) if look)


def take_down(connection: Connection) -> None:
    """Note from now on what becomes of the rows, until `taken_down` is asked for."""
    fields = ", ".join(f"{side}{number}" for side in ("old", "new") for number in range(_WIDTH))
    connection.exec_driver_sql(f"CREATE TABLE {_NOTED} (number INTEGER PRIMARY KEY, event, name, {fields})")
    for trigger in _triggers():
        connection.exec_driver_sql(trigger)


def taken_down(connection: Connection) -> tuple[Step, ...]:
    """Return what became of the rows, in order; nothing more is noted."""
    steps = []
    for _, event, name, *values in connection.exec_driver_sql(f"SELECT * FROM {_NOTED} ORDER BY number"):
        width = len(_names(_LOOKED_AT[name]))
        before = tuple(values[:width]) if event != "INSERT" else None
        after = tuple(values[_WIDTH : _WIDTH + width]) if event != "DELETE" else None
        if before != after:
            steps.append(Step(name, before, after))
    for name in _LOOKED_AT:
        for event in ("INSERT", "DELETE", "UPDATE"):
            connection.exec_driver_sql(f"DROP TRIGGER {_TRIGGER.format(name=name, event=event)}")
    connection.exec_driver_sql(f"DROP TABLE {_NOTED}")
    return tuple(steps)


def move(connection: Connection, steps: Iterable[Step]) -> bool:
    """Take rows from `before` to `after`; tell whether all were as before, else the rest is left."""
    for step in steps:
        if _is_built_upon(connection, step):
            return False
        statement, values = _statement(_LOOKED_AT[step.table], step.before, step.after)
        if connection.exec_driver_sql(statement, values).rowcount != 1:
            return False
    return True


def moves_facts(steps: Iterable[Step]) -> bool:
    """Tell whether anything that is worked out may come out differently."""
    return any(step.table in _FACTS for step in steps)


def partners_of(steps: Iterable[Step]) -> frozenset[str]:
    """Return the partners whose figures the steps may move."""
    return frozenset(
        str(look["partner_id"])
        for step in steps
        # That a document is agreed is a fact, too; what is judged moves scores alone.
        if step.table in ADDABLE or any(look.get("status") == "agreed" for look in step.looks)
        for look in step.looks
    )


def told(steps: Iterable[Step]) -> str:
    """Return what the steps were about, each thing once."""
    about = dict.fromkeys(_tell(step.table, look) for step in steps for look in step.looks)
    return ", ".join(filter(None, about))


def _tell(table: str, look: Mapping[str, Any]) -> str:
    if table == tables.own_entry.name:
        return f"{look['entity']} {look['record_id']}"
    what, key = _TOLD.get(table, ("", ""))
    return f"{what} {look[key]}" if what else ""


@cache
def _triggers() -> tuple[str, ...]:
    return tuple(
        _trigger(name, table, event, sides)
        for name, table in _LOOKED_AT.items()
        for event, sides in (("INSERT", ("new",)), ("DELETE", ("old",)), ("UPDATE", ("old", "new")))
    )


def _trigger(name: str, table: Table, event: str, sides: tuple[str, ...]) -> str:
    into = ", ".join(f"{side}{number}" for side in sides for number in range(len(_names(table))))
    values = ", ".join(f'{side}."{column}"' for side in sides for column in _names(table))
    return (
        f"CREATE TRIGGER {_TRIGGER.format(name=name, event=event)} AFTER {event} ON main.{name} BEGIN "
        f"INSERT INTO noted_row (event, name, {into}) VALUES ('{event}', '{name}', {values}); END"
    )


def _statement(table: Table, now: Values | None, then: Values | None) -> tuple[str, Values]:
    """Return the statement that makes `then` of a row that is `now`, and of no other."""
    names = _names(table)
    if now is None:
        assert then is not None
        marks = ", ".join("?" * len(names))
        return f"INSERT OR IGNORE INTO {table.name} ({_quoted(names)}) VALUES ({marks})", then
    keys = _keys(table)
    if then is None:
        where = _is(names)
        if not keys:  # Rows without a key may be there twice.
            where = f"rowid = (SELECT max(rowid) FROM {table.name} WHERE {where})"
        return f"DELETE FROM {table.name} WHERE {where}", now
    # What has changed in other columns since is none of this step's business.
    looks = dict(zip(names, zip(now, then, strict=True), strict=True))
    changed = {name: look for name, look in looks.items() if look[0] != look[1]}
    asked = dict.fromkeys((*keys, *changed, *_WITNESSES.get(table.name, ())))
    sets = ", ".join(f'"{name}" = ?' for name in changed)
    values = (*(look[1] for look in changed.values()), *(looks[name][0] for name in asked))
    return f"UPDATE {table.name} SET {sets} WHERE {_is(asked)}", values


def _is_built_upon(connection: Connection, step: Step) -> bool:
    """Tell whether a version of a document that comes or goes has newer ones on top."""
    if step.table != tables.document_version.name or (step.before and step.after):
        return False
    newer = f"SELECT 1 FROM {step.table} WHERE {_STORY[0]} = ? AND {_STORY[1]} > ?"
    numbers = tuple(step.looks[0][name] for name in _STORY)
    return connection.exec_driver_sql(newer, numbers).first() is not None


def _names(table: Table) -> tuple[str, ...]:
    numbers = table.primary_key.columns.keys() if table.name in _UNNUMBERED else ()
    return tuple(column.name for column in table.columns if column.name not in numbers)


def _keys(table: Table) -> tuple[str, ...]:
    names = _names(table)
    return tuple(column.name for column in table.primary_key if column.name in names)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _is(names: Iterable[str]) -> str:
    return " AND ".join(f'"{name}" IS ?' for name in names)
