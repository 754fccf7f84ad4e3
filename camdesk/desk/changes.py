"""What syncs changed, record by record, as a person or a program reads it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from camdesk.base import money
from camdesk.desk.reports import ChangedRecord, ChangeReport
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity, Kind
from camdesk.store.tables import record_change
from camdesk.store.workspace import Workspace

_USUAL_SPAN = timedelta(days=7)


def report(workspace: Workspace, *, since: date | None, as_of: date) -> ChangeReport:
    """Return the changes of the days from `since` to `as_of`, newest first; a week's without `since`.

    What the first load of an entity brought is no change.
    """
    start = since or as_of - _USUAL_SPAN
    statement = (
        select(record_change)
        .where(record_change.c.as_of >= start.isoformat(), record_change.c.as_of <= as_of.isoformat())
        .order_by(record_change.c.as_of.desc(), record_change.c.change_id)
    )
    with workspace.database.read() as connection:
        rows = connection.execute(statement).mappings().all()
    return ChangeReport(
        start,
        as_of,
        tuple(
            ChangedRecord(
                date.fromisoformat(row["as_of"]),
                row["source"],
                row["entity"],
                row["record_id"],
                row["partner_id"],
                row["kind"],
                _readable(ENTITIES.get(row["entity"]), json.loads(row["changes"])),
            )
            for row in rows
        ),
    )


def _readable(entity: Entity | None, changes: dict[str, list[Any]]) -> dict[str, tuple[Any, Any]]:
    kinds = {} if entity is None else {column.name: column.kind for column in entity.columns}
    return {
        name: (_value(kinds.get(name), before), _value(kinds.get(name), after))
        for name, (before, after) in changes.items()
    }


def _value(kind: Kind | None, stored: Any) -> Any:
    if stored is None:
        return None
    if kind is Kind.MONEY:
        return money.plain(stored)
    return bool(stored) if kind is Kind.FLAG else stored
