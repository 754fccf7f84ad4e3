"""The connected sources as the database keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from camdesk.store import tables

OWN = "me"
"""The source of what the CAM adds by hand; no sync touches it."""
_DAYS_BETWEEN_SYNCS = 3


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One connected source. `cursor` is what its last sync left to recognise an unchanged input by."""

    name: str
    kind: str
    options: Mapping[str, str]
    position: int
    expected_days: int
    cursor: str | None


def read_sources(connection: Connection) -> list[SourceRow]:
    """Return all sources in the order in which they were added."""
    rows = connection.execute(select(tables.source).order_by(tables.source.c.position)).mappings()
    return [_row(row) for row in rows]


def read_source(connection: Connection, name: str) -> SourceRow | None:
    row = connection.execute(select(tables.source).where(tables.source.c.name == name)).mappings().first()
    return None if row is None else _row(row)


def insert_source(connection: Connection, name: str, *, kind: str, options: Mapping[str, str]) -> SourceRow:
    last = connection.execute(select(func.max(tables.source.c.position))).scalar()
    row = SourceRow(name, kind, dict(options), (last or 0) + 1, _DAYS_BETWEEN_SYNCS, None)
    connection.execute(
        insert(tables.source).values(
            name=name,
            kind=kind,
            options=json.dumps(row.options, sort_keys=True),
            position=row.position,
            expected_days=row.expected_days,
        )
    )
    return row


def delete_source(connection: Connection, name: str) -> None:
    connection.execute(delete(tables.source).where(tables.source.c.name == name))


def write_cursor(connection: Connection, name: str, *, cursor: str | None) -> None:
    connection.execute(update(tables.source).where(tables.source.c.name == name).values(cursor=cursor))


def _row(row: RowMapping) -> SourceRow:
    return SourceRow(
        row["name"],
        row["kind"],
        json.loads(row["options"]),
        row["position"],
        row["expected_days"],
        row["cursor"],
    )
