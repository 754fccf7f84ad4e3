"""Amounts in the portfolio's base currency: the `_base` columns beside each amount."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from camdesk.base import money
from camdesk.base.progress import Progress
from camdesk.portfolio.entities import SYNCED
from camdesk.portfolio.model import Entity
from camdesk.store.facts import partner_currencies

_BATCH = 1_000


@dataclass
class Exchange:
    """Convert amounts with the rates the database holds; without a rate the base amount is unknown."""

    base: str
    as_of: str
    currencies: Mapping[str, str]
    _days: dict[str, list[str]] = field(default_factory=dict)
    _rates: dict[str, list[Decimal]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: Connection, *, base: str, as_of: str) -> Exchange:
        """Read rates and partners' currencies as they stand now."""
        exchange = cls(base, as_of, partner_currencies(connection))
        rated: dict[str, dict[str, Decimal]] = defaultdict(dict)
        statement = "SELECT currency, rated_on, rate FROM exchange_rates ORDER BY rated_on, source, rate_id"
        for currency, day, rate in connection.exec_driver_sql(statement):
            rated[currency][day] = Decimal(rate)
        for currency, by_day in rated.items():
            exchange._days[currency] = list(by_day)
            exchange._rates[currency] = list(by_day.values())
        return exchange

    def rate(self, currency: str, day: str) -> Decimal | None:
        """Return the newest rate on or before `day`, the earliest if none is older, None if none at all."""
        if currency == self.base:
            return Decimal(1)
        days = self._days.get(currency)
        if not days:
            return None
        return self._rates[currency][max(bisect_right(days, day) - 1, 0)]

    def bases(self, entity: Entity, row: Mapping[str, Any]) -> tuple[int | None, ...]:
        """Return the base amounts of a row, in the order of `entity.money`."""
        amounts = [row[name] for name in entity.money]
        if all(amount is None for amount in amounts):
            return (None,) * len(amounts)
        currency = row.get("currency") or self.currencies.get(str(row["partner_id"])) or self.base
        day = row[entity.own_day] if entity.own_day is not None else None
        rate = self.rate(currency, (day or self.as_of)[:10])
        if rate is None:
            return (None,) * len(amounts)
        return tuple(None if amount is None else _converted(amount, rate) for amount in amounts)


def unknown_bases(connection: Connection, source: str) -> dict[str, tuple[int, str]]:
    """Return per column how many amounts of a source have no base amount, and in which currencies."""
    found: dict[str, tuple[int, str]] = {}
    for entity in SYNCED:
        own = "t.currency" if "currency" in entity.by_name else "NULL"
        for name in entity.money:
            statement = (
                f"SELECT count(*), group_concat(DISTINCT coalesce({own}, p.currency)) "
                f"FROM {entity.name} t LEFT JOIN (SELECT partner_id, max(currency) AS currency "
                f"FROM partners GROUP BY partner_id) p ON p.partner_id = t.partner_id "
                f'WHERE t.source = ? AND t."{name}" IS NOT NULL AND t."{name}_base" IS NULL'
            )
            count, currencies = connection.exec_driver_sql(statement, (source,)).one()
            if count:
                found[f"{entity.name}.{name}"] = (count, str(currencies or ""))
    return found


def has_amounts(connection: Connection) -> bool:
    """Tell whether any row carries amounts that depend on rates."""
    names = [entity.name for entity in SYNCED if entity.money]
    found = " UNION ALL ".join(f"SELECT EXISTS (SELECT 1 FROM {name})" for name in names)
    return any(row[0] for row in connection.exec_driver_sql(found))


def rebase(connection: Connection, exchange: Exchange, *, progress: Progress) -> None:
    """Work out all base amounts anew, current and past, after rates or partners' currencies changed."""
    for entity in SYNCED:
        if entity.money:
            _rebase_table(connection, exchange, entity, f"{entity.name}_past", progress=progress)
            _rebase_table(connection, exchange, entity, entity.name, progress=progress)


def _rebase_table(
    connection: Connection, exchange: Exchange, entity: Entity, table: str, *, progress: Progress
) -> None:
    names = [*entity.money, "partner_id"]
    names += ["currency"] if "currency" in entity.by_name else []
    names += [entity.own_day] if entity.own_day is not None and entity.own_day not in names else []
    bases = [f"{name}_base" for name in entity.money]
    columns = ", ".join(f'"{name}"' for name in (*names, *bases))
    changed: list[tuple[int | None, ...]] = []
    rows = connection.exec_driver_sql(f"SELECT rowid, {columns} FROM {table}").fetchall()
    for rowid, *values in rows:
        row = dict(zip((*names, *bases), values, strict=True))
        found = exchange.bases(entity, row)
        if found != tuple(row[name] for name in bases):
            changed.append((*found, rowid))
    assigned = ", ".join(f'"{name}" = ?' for name in bases)
    for start in range(0, len(changed), _BATCH):
        progress.check()
        statement = f"UPDATE {table} SET {assigned} WHERE rowid = ?"
        connection.exec_driver_sql(statement, changed[start : start + _BATCH])


def _converted(amount: int, rate: Decimal) -> int | None:
    converted = amount if rate == 1 else money.convert(amount, rate)
    return converted if abs(converted) <= money.LARGEST else None
