"""The records of one partner, as sections read them, and how a record is named in a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from camdesk.documents.phrases import clipped
from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Entity, Kind
from camdesk.store.database import Database
from camdesk.store.tables import CURRENT, PAST

Row = Mapping[str, Any]

LABEL_LENGTH = 64
# What a record must have as text tells it best, then the first of these that it has.
_NAMING = (
    "customer",
    "person",
    "name",
    "subject",
    "program",
    "activity",
    "product",
    "text",
    "metric",
    "question",
    "kind",
    "month",
)


class PartnerRows:
    """The current records of one partner, and others a document names, each read once."""

    def __init__(self, database: Database, partner_id: str) -> None:
        self._database = database
        self._partner_id = partner_id
        self._read: dict[str, tuple[Row, ...]] = {}
        self._found: dict[str, dict[str, Row | None]] = {}

    def of(self, entity: str) -> tuple[Row, ...]:
        """Return the partner's rows of an entity in the order of their ids."""
        if entity not in self._read:
            table = CURRENT[entity]
            query = (
                select(table)
                .where(table.c.partner_id == self._partner_id)
                .order_by(table.c[ENTITIES[entity].key], table.c.source)
            )
            with self._database.read() as connection:
                self._read[entity] = tuple(dict(row) for row in connection.execute(query).mappings())
        return self._read[entity]

    def sold_on(self) -> tuple[Row, ...]:
        """Return the sell-through lines of others that name the partner as the reseller."""
        table = CURRENT["sell_through"]
        query = (
            select(table)
            .where(table.c.reseller_partner_id == self._partner_id, table.c.partner_id != self._partner_id)
            .order_by(table.c.line_id, table.c.source)
        )
        with self._database.read() as connection:
            return tuple(dict(row) for row in connection.execute(query).mappings())

    def find(self, entity: str, record_ids: Iterable[str]) -> dict[str, Row]:
        """Return records of any partner by id; the last known version of one that is gone."""
        wanted, known = list(record_ids), self._found.setdefault(entity, {})
        if new := [record_id for record_id in wanted if record_id not in known]:
            known |= self._look_up(entity, new)
        return {record_id: row for record_id in wanted if (row := known[record_id]) is not None}

    def _look_up(self, entity: str, wanted: list[str]) -> dict[str, Row | None]:
        # Where several sources deliver an entity, an id carries its source in front.
        bare = {record_id: record_id.partition(":")[2] or record_id for record_id in wanted}
        key = ENTITIES[entity].key
        found: dict[str, Row] = {}
        with self._database.read() as connection:
            for table in (PAST[entity], CURRENT[entity]):
                ids = {*wanted, *bare.values()}
                query = select(table).where(table.c[key].in_(ids)).order_by(table.c.seen_from)
                for mapping in connection.execute(query).mappings():
                    row = dict(mapping)
                    found[row[key]] = found[f"{row['source']}:{row[key]}"] = row
        return {record_id: found.get(record_id) or found.get(bare[record_id]) for record_id in wanted}


def day_of(entity: Entity, row: Row) -> str:
    """Return the day that places a record in time, as written; empty where it has none."""
    timed = (Kind.DATE, Kind.INSTANT, Kind.MONTH)
    names = [entity.own_day, *(column.name for column in entity.columns if column.kind in timed)]
    stored = next((row[name] for name in names if name and row.get(name)), None)
    return write_day(day(stored)) if stored else ""


def label_of(entity: Entity, row: Row) -> str:
    """Return what a record is, in words of its own: customer and name, person and certificate."""
    named = [name for name in _naming(entity) if row.get(name)]
    words = [_word(entity, row, name).replace("_", " ") for name in named[:2]]
    if len(words) == 2 and words[1].startswith(words[0]):
        words = words[1:]
    return clipped(" · ".join(words) or str(row[entity.key]), LABEL_LENGTH)


def _naming(entity: Entity) -> list[str]:
    """Return the columns that name a record of the entity, the telling ones first."""
    words = (Kind.TEXT, Kind.METRIC)
    required = [column.name for column in entity.columns if column.required and column.kind in words]
    return [*required, *(name for name in _NAMING if name in entity.by_name and name not in required)]


def _word(entity: Entity, row: Row, name: str) -> str:
    if entity.by_name[name].kind is Kind.MONTH:
        return f"{date.fromisoformat(row[name]):%B %Y}"
    return str(row[name])


def short_label_of(entity: Entity, row: Row) -> str:
    """Return the one word that tells a record to the partner: its customer, reseller or person."""
    named = (_word(entity, row, name) for name in _naming(entity) if row.get(name))
    return clipped(next(named, str(row[entity.key])), LABEL_LENGTH)


def deal_name(deal: Row) -> str:
    """Return what a deal is about; the customer's name in front of it is left to its own column."""
    name, customer = str(deal["name"] or deal["deal_id"]), str(deal["customer"] or "")
    rest = name.removeprefix(customer).lstrip(" :·–-") if customer else name
    return rest or name


def deal_customer(deal: Row) -> str:
    """Return whom a deal is with; its own name or id where no customer is known."""
    return str(deal["customer"] or deal["name"] or deal["deal_id"])


def day(stored: str | None) -> date | None:
    """Return the UTC day of a stored date or instant."""
    return date.fromisoformat(stored[:10]) if stored else None


def amount(row: Row, column: str = "amount") -> int:
    """Return an amount in base currency; 0 where it is not known."""
    value = row[f"{column}_base"]
    return int(value) if value is not None else 0
