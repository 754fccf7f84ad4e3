"""Rows a CAM adds to the portfolio, changes and removes: checked, kept with their history, and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.care.checking import checked, written
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity, Kind
from camdesk.store import audit, facts, own_rows
from camdesk.store.database import next_generation
from camdesk.store.own_rows import ADDABLE, OwnEntry
from camdesk.store.sources import OWN
from camdesk.sync.values import Ids, Stored

_TODAY, _NOW = "today", "now"


@dataclass(frozen=True)
class Hand:
    """One act of writing: whose, at which moment, for which day, and what may be named in it."""

    author: str
    at: str
    as_of: str
    base: str
    ids: Ids

    @property
    def moment(self) -> str:
        """Return now, or where another day than today is looked at, that day."""
        return self.at if self.at.startswith(self.as_of) else self.as_of


def addable(name: str) -> Entity:
    """Return an entity that a CAM may add to; raises UsageError."""
    plain = name.strip().lower().replace("-", "_")
    found = next((each for each in ADDABLE if plain in {each, each.removesuffix("s")}), None)
    if found is None:
        raise UsageError(f"Rows of {name} cannot be written here.", f"There are: {', '.join(ADDABLE)}.")
    return ENTITIES[found]


def add(
    connection: Connection,
    hand: Hand,
    entity: Entity,
    partner_id: str,
    values: Mapping[str, str | None],
    *,
    document_id: int | None = None,
) -> str:
    """Write a row of a partner and return its id; raises NotFoundError, UsageError."""
    _refuse_keys(entity, values)
    if partner_id not in facts.partner_ids(connection):
        raise NotFoundError(
            f"There is no partner {partner_id} in this workspace.",
            "See them all with: camdesk portfolio --all",
        )
    record_id = own_rows.next_record_id(connection, entity)
    keys = {entity.key: record_id, "partner_id": partner_id}
    filled = {**_default_day(entity), **values, **keys}
    stored = checked(entity, _dated(entity, hand, filled), ids=hand.ids)
    own_rows.put_row(connection, entity, stored, source=OWN, as_of=hand.as_of, base=hand.base)
    own_rows.write_entry(connection, OwnEntry(entity.name, record_id, hand.author, hand.at, document_id))
    _note(connection, hand, "row added", entity, record_id, partner_id)
    return record_id


def change(
    connection: Connection,
    hand: Hand,
    entity: Entity,
    record_id: str,
    values: Mapping[str, str | None],
) -> dict[str, Any]:
    """Write some columns of a row anew and return the row as it was; an empty text empties a column."""
    _refuse_keys(entity, values)
    row = find(connection, entity, record_id)
    before = {column.name: written(column, row[column.name]) for column in entity.columns}
    given = _dated(entity, hand, values)
    stored = checked(entity, {**before, "url": row["url"], **given}, ids=hand.ids)
    names = [*(column.name for column in entity.columns), "url"]
    # Only what was given is taken from the check: the rest stays to the last digit as it is.
    now: tuple[Stored, ...] = tuple(
        new if name in values else row[name] for name, new in zip(names, stored, strict=True)
    )
    if now != tuple(row[name] for name in names):
        own_rows.put_row(connection, entity, now, source=row["source"], as_of=hand.as_of, base=hand.base)
        _note(connection, hand, "row changed", entity, row[entity.key], row["partner_id"])
    return row


def remove(connection: Connection, hand: Hand, entity: Entity, record_id: str) -> dict[str, Any]:
    """Take a row out of the portfolio and return it as it was; past days keep it."""
    row = find(connection, entity, record_id)
    own_rows.take_row(connection, entity, row, as_of=hand.as_of)
    _note(connection, hand, "row removed", entity, row[entity.key], row["partner_id"])
    return row


def find(connection: Connection, entity: Entity, record_id: str) -> dict[str, Any]:
    """Return a row that may be written; raises NotFoundError where there is none, or a source's only."""
    named = own_rows.synced_with_id(connection, entity, record_id)
    # 3 is short for me-3, unless a row that was taken over is called just that.
    if named and entity.taken_over:
        return _only(entity, record_id, named)
    own = own_rows.row_of(connection, entity, own_rows.written_id(record_id))
    if own is not None:
        return own
    if named:
        raise NotFoundError(
            f"{record_id} of {entity.title.lower()} comes from {named[0]['source']} and is read-only here.",
            "Change it there, or write a row of your own beside it.",
        )
    raise NotFoundError(
        f"You have no {record_id} among the {entity.title.lower()} you wrote.",
        "See them with: camdesk own list",
    )


def _only(entity: Entity, record_id: str, named: list[dict[str, Any]]) -> dict[str, Any]:
    if len(named) > 1:
        choices = " or ".join(f"{row['source']}:{row[entity.key]}" for row in named)
        raise UsageError(f"{record_id} is more than one of the {entity.title.lower()}.", f"Say {choices}.")
    return named[0]


def _refuse_keys(entity: Entity, values: Mapping[str, str | None]) -> None:
    given = {entity.key, "partner_id"} & values.keys()
    if given:
        raise UsageError(f"The {min(given)} of a row is not a value to give.", "Leave it out.")


def _default_day(entity: Entity) -> dict[str, str]:
    """Return the row's own day where it cannot be without one: the day it is written for."""
    own = entity.own_day
    return {own: _TODAY} if own is not None and entity.by_name[own].required else {}


def _dated(entity: Entity, hand: Hand, values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the values with days and moments in place of today and now."""
    said = {Kind.DATE: hand.as_of, Kind.INSTANT: hand.moment}
    dated = dict(values)
    for name, value in values.items():
        kind = entity.by_name[name].kind if name in entity.by_name else None
        if kind in said and value is not None and value.strip().lower() in {_TODAY, _NOW}:
            dated[name] = said[kind]
    return dated


def _note(
    connection: Connection, hand: Hand, action: str, entity: Entity, record_id: str, partner_id: str
) -> None:
    audit.record(connection, action, detail=f"{entity.name} {record_id}", at=hand.at)
    next_generation(connection, {partner_id})
