"""What a CAM has written, read back: rows, offers to merge, notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from camdesk.base import money
from camdesk.desk.writing.entries import MergeOffer, Note, OwnRow
from camdesk.desk.writing.merging import Match, matches
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity, Kind
from camdesk.store import own_rows
from camdesk.store.own_rows import ADDABLE, OwnEntry
from camdesk.store.sources import OWN

_NAMED_BY = ("subject", "name", "text", "customer", "question", "metric", "side", "kind")
_LONGEST_LABEL = 70
Entries = Mapping[tuple[str, str], OwnEntry]


def own(connection: Connection, *, partner_id: str | None = None) -> tuple[OwnRow, ...]:
    """Return the rows a CAM wrote and that still stand, by entity, the newest first."""
    entries = own_rows.read_entries(connection)
    return tuple(
        _own_row(ENTITIES[name], row, entries)
        for name in ADDABLE
        for row in reversed(own_rows.current_rows(connection, ENTITIES[name], partner_id=partner_id))
    )


def offers(connection: Connection, *, partner_id: str | None = None) -> tuple[MergeOffer, ...]:
    """Return what is offered for merging."""
    entries = own_rows.read_entries(connection)
    return tuple(_offer(match, entries) for match in matches(connection, partner_id=partner_id))


def notes(connection: Connection, partner_id: str) -> tuple[Note, ...]:
    """Return a partner's notes, newest first."""
    entity = ENTITIES["notes"]
    entries = own_rows.read_entries(connection)
    rows = own_rows.current_rows(connection, entity, partner_id=partner_id, of_all=True)
    rows.reverse()
    rows.sort(key=lambda row: str(row["written_at"]), reverse=True)
    return tuple(
        Note(
            row["note_id"],
            row["source"],
            row["partner_id"],
            row["written_at"],
            row["text"],
            _author(entries.get((entity.name, row["note_id"])) if row["source"] == OWN else None),
        )
        for row in rows
    )


def label_of(entity: Entity, row: Mapping[str, Any]) -> str:
    """Return the words a person knows a row by."""
    words = next((str(row[name]) for name in _NAMED_BY if row.get(name)), str(row[entity.key]))
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[:_LONGEST_LABEL]}…"


def _author(entry: OwnEntry | None) -> str | None:
    return None if entry is None else entry.author


def _own_row(entity: Entity, row: Mapping[str, Any], entries: Entries) -> OwnRow:
    record_id = str(row[entity.key])
    entry = entries.get((entity.name, record_id)) or OwnEntry(entity.name, record_id, "", "")
    day = row[entity.own_day] if entity.own_day is not None else None
    return OwnRow(
        entity.name,
        record_id,
        row["partner_id"],
        label_of(entity, row),
        day,
        entry.author,
        entry.written_at,
        entry.document_id,
        _readable(entity, row),
    )


def _offer(match: Match, entries: Entries) -> MergeOffer:
    return MergeOffer(
        _own_row(match.entity, match.own, entries),
        match.source,
        match.synced_id,
        label_of(match.entity, match.synced),
        _readable(match.entity, match.synced),
    )


def _readable(entity: Entity, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: _value(column.kind, row[column.name]) for column in entity.columns[2:]}


def _value(kind: Kind, stored: Any) -> Any:
    if stored is None:
        return None
    if kind is Kind.MONEY:
        return money.plain(stored)
    if kind is Kind.LIST:
        return str(stored).split(";")
    return bool(stored) if kind is Kind.FLAG else stored
