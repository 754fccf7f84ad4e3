"""Which partners' figures a sync moves: those that changed rows name, and those their customers go to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from camdesk.portfolio.model import Entity
from camdesk.store import facts

_NAMES_PARTNERS = ("partner_id", "reseller_partner_id", "parent_partner_id")

Row = Mapping[str, Any]


class Touched:
    """The partners touched so far; everybody where that cannot be told, or is not worth telling."""

    def __init__(self) -> None:
        self._partners: set[str] = set()
        self._everybody = False

    @property
    def partners(self) -> frozenset[str] | None:
        return None if self._everybody else frozenset(self._partners)

    def everybody(self) -> None:
        self._everybody = True

    def rows(self, entity: Entity, rows: Iterable[Row]) -> None:
        """Note whom the rows name, as they were or as they are now."""
        columns = [name for name in _NAMES_PARTNERS if name in entity.by_name]
        for row in rows:
            self._partners.update(row[name] for name in columns if row[name] is not None)

    def customers(self, connection: Connection, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Note whom a customer buys from whose first order moved: it is new to all of them, or to none."""
        moved = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        self._partners |= facts.partners_of_customers(connection, moved)


def customers_of(entity: Entity, rows: Iterable[Row]) -> set[str]:
    """Return the customers of orders; of other rows nothing is asked across partners."""
    if entity.name != "orders":
        return set()
    return {row["customer"] for row in rows if row["customer"] is not None}
