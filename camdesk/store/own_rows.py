"""The rows a CAM writes: versions among the synced ones, and beside them who wrote what and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Select, Update, cast, func, insert, select, update

from camdesk.base.progress import SilentProgress
from camdesk.portfolio.model import Entity
from camdesk.store import facts
from camdesk.store.changes import ChangeKind, RecordChange, write_changes
from camdesk.store.exchange import Exchange
from camdesk.store.sources import OWN
from camdesk.store.tables import CURRENT, own_entry

ADDABLE = (
    "meetings",
    "contacts",
    "targets",
    "milestones",
    "assessments",
    "investments",
    "requests",
    "accounts",
    "terms",
    "agreements",
    "commitments",
    "notes",
)
"""What a CAM may add rows of; the last two belong to the CAM whatever they came from."""
BY_HAND = 0
"""The number that stands for the sync in changes made by hand."""
_PREFIX = f"{OWN}-"


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """Who wrote a row of one's own, when, from which document, and which synced row took its place."""

    entity: str
    record_id: str
    author: str
    written_at: str
    document_id: int | None = None
    merged_source: str | None = None
    merged_id: str | None = None
    kept_apart: bool = False


def next_record_id(connection: Connection, entity: Entity) -> str:
    """Return an id no row of the entity ever had: me-1, me-2, …; entries of removed rows stay."""
    number = cast(func.substr(own_entry.c.record_id, len(_PREFIX) + 1), Integer)
    newest = select(func.max(number)).where(own_entry.c.entity == entity.name)
    return f"{_PREFIX}{(connection.execute(newest).scalar() or 0) + 1}"


def written_id(text: str) -> str:
    """Return the id a person means by 3, me-3 or me:me-3."""
    plain = text.strip().removeprefix(f"{OWN}:")
    return f"{_PREFIX}{plain}" if plain.isdigit() else plain


def write_entry(connection: Connection, entry: OwnEntry) -> None:
    connection.execute(
        insert(own_entry).values(
            entity=entry.entity,
            record_id=entry.record_id,
            author=entry.author,
            written_at=entry.written_at,
            document_id=entry.document_id,
        )
    )


def read_entries(connection: Connection) -> dict[tuple[str, str], OwnEntry]:
    """Return every entry by entity and id, those of rows that are gone among them."""
    found = {}
    for row in connection.execute(select(own_entry)).mappings():
        entry = OwnEntry(**{**row, "kept_apart": bool(row["kept_apart"])})
        found[entry.entity, entry.record_id] = entry
    return found


def note_merged(
    connection: Connection, entity: Entity, record_id: str, *, source: str, synced_id: str
) -> None:
    """Say which synced row took the place of one's own."""
    connection.execute(_entry_of(entity, record_id).values(merged_source=source, merged_id=synced_id))


def note_kept_apart(connection: Connection, entity: Entity, record_id: str) -> None:
    """Say that a row is to stay beside the synced ones it resembles; it is not offered again."""
    connection.execute(_entry_of(entity, record_id).values(kept_apart=1))


def _entry_of(entity: Entity, record_id: str) -> Update:
    return update(own_entry).where(own_entry.c.entity == entity.name, own_entry.c.record_id == record_id)


def current_rows(
    connection: Connection, entity: Entity, *, partner_id: str | None = None, of_all: bool = False
) -> list[dict[str, Any]]:
    """Return the rows the CAM wrote, or with `of_all` those of every source, the earliest written first."""
    table = CURRENT[entity.name]
    statement = _rows(entity).order_by(
        table.c.seen_from, func.length(table.c[entity.key]), table.c[entity.key]
    )
    if not of_all:
        statement = statement.where(table.c.source == OWN)
    if partner_id is not None:
        statement = statement.where(table.c.partner_id == partner_id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def row_of(
    connection: Connection, entity: Entity, record_id: str, *, source: str = OWN
) -> dict[str, Any] | None:
    """Return a row the CAM wrote, if it is still there; or one of another source."""
    table = CURRENT[entity.name]
    statement = _rows(entity).where(table.c.source == source, table.c[entity.key] == record_id)
    row = connection.execute(statement).mappings().first()
    return None if row is None else dict(row)


def synced_with_id(connection: Connection, entity: Entity, record_id: str) -> list[dict[str, Any]]:
    """Return the rows sources brought under an id, which may be written `source:id`."""
    table = CURRENT[entity.name]
    is_meant = (table.c[entity.key] == record_id) | (table.c.source + ":" + table.c[entity.key] == record_id)
    statement = _rows(entity).where(table.c.source != OWN, is_meant).order_by(table.c.source)
    return [dict(row) for row in connection.execute(statement).mappings()]


def synced_of(connection: Connection, entity: Entity, partner_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows that sources brought for some partners."""
    table = CURRENT[entity.name]
    statement = _rows(entity).where(table.c.source != OWN, table.c.partner_id.in_(list(partner_ids)))
    rows = connection.execute(statement.order_by(table.c.source, table.c[entity.key])).mappings()
    return [dict(row) for row in rows]


def _rows(entity: Entity) -> Select[Any]:
    table = CURRENT[entity.name]
    return select(*(table.c[name] for name in ("source", *entity.stored, "seen_from")))


def put_row(
    connection: Connection,
    entity: Entity,
    values: tuple[Any, ...],
    *,
    source: str,
    as_of: str,
    base: str,
) -> None:
    """Write a row in place of its earlier version, which is kept up to `as_of`.

    `values` are those of the entity's columns, then the url.
    """
    names = [column.name for column in entity.columns]
    record_id = str(values[0])
    before = row_of(connection, entity, record_id, source=source)
    as_of = _not_before(before, as_of)
    bases: tuple[int | None, ...] = ()
    if entity.money:
        exchange = Exchange.of(connection, base=base, as_of=as_of)
        bases = exchange.bases(entity, dict(zip(names, values, strict=False)))
    silent = SilentProgress()
    facts.retire_rows(
        connection, entity, source, ids=[record_id], as_of=as_of, removed=False, progress=silent
    )
    stored = (*values[:-1], *bases, values[-1])
    row = (stored, facts.hash_of(values))
    facts.write_rows(connection, entity, source, rows=[row], as_of=as_of, progress=silent)
    now = dict(zip((*names, "url"), values, strict=True))
    kind: ChangeKind = "added"
    different: dict[str, tuple[Any, Any]] = {}
    if before is not None:
        kind = "changed"
        different = {name: (before[name], value) for name, value in now.items() if before[name] != value}
    _note_change(connection, entity, now, kind, different, source=source, as_of=as_of)


def take_row(connection: Connection, entity: Entity, row: Mapping[str, Any], *, as_of: str) -> None:
    """Remove a row; its last version stays in the past."""
    source = str(row["source"])
    as_of = _not_before(row, as_of)
    facts.retire_rows(
        connection,
        entity,
        source,
        ids=[str(row[entity.key])],
        as_of=as_of,
        removed=True,
        progress=SilentProgress(),
    )
    _note_change(connection, entity, row, "removed", {}, source=source, as_of=as_of)


def _not_before(row: Mapping[str, Any] | None, as_of: str) -> str:
    """Return the day a version ends on: never before it began, or two would hold on the days between."""
    return as_of if row is None else max(as_of, str(row["seen_from"]))


def _note_change(
    connection: Connection,
    entity: Entity,
    row: Mapping[str, Any],
    kind: ChangeKind,
    changes: Mapping[str, tuple[Any, Any]],
    *,
    source: str,
    as_of: str,
) -> None:
    change = RecordChange(entity.name, str(row[entity.key]), row["partner_id"], kind, changes)
    write_changes(connection, [change], sync_id=BY_HAND, source=source, as_of=as_of)
