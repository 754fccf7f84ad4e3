"""What each sync changed, record by record, and the report each sync left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from camdesk.store import tables

ChangeKind = Literal["added", "changed", "removed"]
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that a sync added, changed or removed; `changes` holds {column: [old, new]}."""

    entity: str
    record_id: str
    partner_id: str | None
    kind: ChangeKind
    changes: Mapping[str, tuple[Any, Any]]


def write_changes(
    connection: Connection, changes: Iterable[RecordChange], *, sync_id: int, source: str, as_of: str
) -> None:
    rows = [
        {
            "sync_id": sync_id,
            "as_of": as_of,
            "source": source,
            "entity": change.entity,
            "record_id": change.record_id,
            "partner_id": change.partner_id,
            "kind": change.kind,
            "changes": json.dumps(change.changes, ensure_ascii=False),
        }
        for change in changes
    ]
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(tables.record_change), rows[start : start + _BATCH])


def changes_since(
    connection: Connection, day: str, *, partner_id: str | None = None
) -> list[tuple[str, str, RecordChange]]:
    """Return what syncs changed on or after a day as (as-of day, source, change), newest first."""
    log = tables.record_change
    statement = select(log).where(log.c.as_of >= day).order_by(log.c.as_of.desc(), log.c.change_id.desc())
    if partner_id is not None:
        statement = statement.where(log.c.partner_id == partner_id)
    return [
        (
            row.as_of,
            row.source,
            RecordChange(row.entity, row.record_id, row.partner_id, row.kind, json.loads(row.changes)),
        )
        for row in connection.execute(statement)
    ]


def next_sync_id(connection: Connection) -> int:
    return int(connection.execute(select(func.max(tables.sync_run.c.sync_id))).scalar() or 0) + 1


def write_sync(
    connection: Connection,
    *,
    sync_id: int,
    source: str,
    as_of: str,
    started_at: str,
    report: Mapping[str, Any],
) -> None:
    connection.execute(
        insert(tables.sync_run).values(
            sync_id=sync_id,
            source=source,
            as_of=as_of,
            started_at=started_at,
            report=json.dumps(report, ensure_ascii=False),
        )
    )


def last_report(connection: Connection, source: str) -> dict[str, Any] | None:
    """Return the report of a source's newest sync."""
    run = tables.sync_run
    statement = select(run.c.report).where(run.c.source == source).order_by(run.c.sync_id.desc()).limit(1)
    found = connection.execute(statement).scalar()
    return None if found is None else dict(json.loads(found))
