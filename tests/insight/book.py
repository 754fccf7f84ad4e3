"""A small portfolio in a database of its own: rows written straight into the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert

from camdesk.base.money import SCALE
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Kind
from camdesk.store import migrations
from camdesk.store.database import Database
from camdesk.store.tables import CURRENT, METADATA, PAST, source, sync_run

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class Book:
    """A database of its own, emptied for each example.

    Amounts are in whole units of the base currency. `times` repeats a row, `seen_until` makes it one of
    the past; a row without a partner belongs to `partner_id`, and a partner without a type has `type`.
    """

    def __init__(self, folder: Path, *, partner_id: str, partner_type: str) -> None:
        self.database = Database(folder / "book.db", bytes(32))
        migrations.create(self.database)
        self.partner_id = partner_id
        self.partner_type = partner_type

    def fill(self, rows: Rows, *, synced_on: date) -> None:
        """Make `rows` all there is."""
        with self.database.write() as connection:
            for table in METADATA.sorted_tables:
                connection.execute(delete(table))
            for entity, given in self.with_partner(rows).items():
                self._insert(connection, entity, given)
            connection.execute(
                insert(source).values(name="book", kind="folder", options="{}", position=0, expected_days=3)
            )
        self.fill_sync(synced_on)

    def fill_sync(self, day: date) -> None:
        """Note that the source was synced on `day`."""
        with self.database.write() as connection:
            connection.execute(
                insert(sync_run).values(source="book", as_of=day.isoformat(), started_at="", report="{}")
            )

    def add(self, rows: Rows) -> None:
        """Add rows to what is there."""
        with self.database.write() as connection:
            for entity, given in rows.items():
                self._insert(connection, entity, given)

    def empty(self, entity: str) -> None:
        """Take all rows of an entity away, as if they had never been."""
        with self.database.write() as connection:
            connection.execute(delete(CURRENT[entity]))
            connection.execute(delete(PAST[entity]))

    def with_partner(self, rows: Rows) -> dict[str, Sequence[Mapping[str, Any]]]:
        """Return the rows with the partner they are about, where they do not bring it."""
        return {"partners": [{"partner_id": self.partner_id}], **rows}

    def completed(self, entity: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row as stored: money in ten-thousandths, and what a row cannot be without."""
        shape = ENTITIES[entity]
        values: dict[str, Any] = {"source": "book", "seen_from": "2000-01-01"}
        values |= {
            name: ";".join(value) if isinstance(value, list) else value
            for name, value in row.items()
            if name != "times"
        }
        for name in shape.money:
            if name in values:
                values[name] = values[f"{name}_base"] = round(values[name] * SCALE)
        for column in shape.columns:
            if column.name not in values and (column.required or column.default):
                values[column.name] = self._filled(column, entity, number)
        return values

    def _insert(self, connection: Connection, entity: str, given: Sequence[Mapping[str, Any]]) -> None:
        for number, row in enumerate(_repeated(given), start=1):
            values = self.completed(entity, number, row)
            table = PAST[entity] if "seen_until" in row else CURRENT[entity]
            if "seen_until" not in row:
                values["row_hash"] = b""
            connection.execute(insert(table).values(values))

    def _filled(self, column: Column, entity: str, number: int) -> Any:
        if column.name == "partner_id":
            return self.partner_id
        if column.name == ENTITIES[entity].key:
            return f"{entity}-{number}"
        if column.kind is Kind.TYPE:
            return self.partner_type
        if column.kind is Kind.CHOICE:
            return column.default or column.choices[0]
        if column.kind is Kind.TEXT:
            return f"{column.name} {number}"
        raise AssertionError(f"{entity} needs {column.name}")


def _repeated(given: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in given for _ in range(row.get("times", 1))]
