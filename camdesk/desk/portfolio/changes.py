"""What syncs changed, record by record, as a person or a program reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from camdesk.base import money
from camdesk.desk.partner.news import USUAL_SPAN
from camdesk.desk.reports import ChangedRecord, ChangeReport
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity, Kind
from camdesk.store.changes import changes_since
from camdesk.store.workspace import Workspace


def report(workspace: Workspace, *, since: date | None, as_of: date) -> ChangeReport:
    """Return the changes of the days from `since` to `as_of`, newest first; a week's without `since`.

    What the first load of an entity brought is no change.
    """
    start = since or as_of - USUAL_SPAN
    with workspace.database.read() as connection:
        found = changes_since(connection, start.isoformat())
    # Newest day first, and within a day in the order in which the sync wrote them.
    found.reverse()
    by_day = sorted(found, key=lambda change: change[0], reverse=True)
    return ChangeReport(
        start,
        as_of,
        tuple(
            ChangedRecord(
                date.fromisoformat(day),
                source,
                change.entity,
                change.record_id,
                change.partner_id,
                change.kind,
                _readable(ENTITIES.get(change.entity), change.changes),
            )
            for day, source, change in by_day
            if day <= as_of.isoformat()
        ),
    )


def _readable(entity: Entity | None, changes: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
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
