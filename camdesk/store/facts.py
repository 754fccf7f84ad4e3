"""Write synced rows: new and changed ones, the versions they replace, and those that have vanished.

Values travel as tuples in the order of `Entity.stored`: columns, `_base` amounts, url.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection

from camdesk.base.progress import Progress
from camdesk.portfolio.model import Entity
from camdesk.store.search import in_bulk

Values = tuple[Any, ...]
_BATCH = 1_000
_ASKED_AT_ONCE = 500


def hash_of(values: Sequence[object]) -> bytes:
    """Return the digest that tells an unchanged row; `_base` amounts are not part of it."""
    return hashlib.blake2b(repr(tuple(values)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def row_hashes(connection: Connection, entity: Entity, source: str) -> dict[str, bytes]:
    """Return the digest of each current row of a source by its id."""
    rows = connection.exec_driver_sql(
        f"SELECT {_quoted(entity.key)}, row_hash FROM {entity.name} WHERE source = ?",
        (source,),
    )
    return {str(row[0]): bytes(row[1]) for row in rows}


def has_history(connection: Connection, entity: Entity, source: str) -> bool:
    """Tell whether a source has ever delivered this entity before."""
    for table in (entity.name, f"{entity.name}_past"):
        statement = f"SELECT 1 FROM {table} WHERE source = ? LIMIT 1"
        if connection.exec_driver_sql(statement, (source,)).first() is not None:
            return True
    return False


def past_ids(connection: Connection, entity: Entity, source: str) -> set[str]:
    """Return the ids of rows that once were and are no more."""
    statement = f"SELECT {_quoted(entity.key)} FROM {entity.name}_past WHERE source = ? AND removed = 1"
    return {str(row[0]) for row in connection.exec_driver_sql(statement, (source,))}


def read_rows(
    connection: Connection, entity: Entity, source: str, *, ids: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return current rows of a source by their ids."""
    found: dict[str, dict[str, Any]] = {}
    columns = ", ".join(_quoted(name) for name in entity.stored)
    for part in _batches(ids, _ASKED_AT_ONCE):
        marks = ", ".join("?" * len(part))
        statement = (
            f"SELECT {columns} FROM {entity.name} WHERE source = ? AND {_quoted(entity.key)} IN ({marks})"
        )
        for row in connection.exec_driver_sql(statement, (source, *part)):
            found[str(row[0])] = dict(zip(entity.stored, row, strict=True))
    return found


def write_rows(
    connection: Connection,
    entity: Entity,
    source: str,
    *,
    rows: Iterable[tuple[Values, bytes]],
    as_of: str,
    progress: Progress,
) -> None:
    """Insert rows, or replace those of the same id; what they replace must have been retired before."""
    names = ("source", *entity.stored, "row_hash", "seen_from")
    statement = (
        f"INSERT OR REPLACE INTO {entity.name} ({', '.join(map(_quoted, names))}) "
        f"VALUES ({', '.join('?' * len(names))})"
    )
    parts = _batches(rows, _BATCH)
    first = next(parts, None)
    if first is None:
        return
    with in_bulk(connection, entity.name) if len(first) == _BATCH else nullcontext():
        for part in chain([first], parts):
            progress.check()
            connection.exec_driver_sql(
                statement, [(source, *values, digest, as_of) for values, digest in part]
            )


def retire_rows(
    connection: Connection,
    entity: Entity,
    source: str,
    *,
    ids: Sequence[str],
    as_of: str,
    removed: bool,
    progress: Progress,
) -> None:
    """Move versions that end on `as_of` to the past; those that began that very day were never seen.

    Removed rows are always kept, so that they can be told from rows that never were.
    """
    columns = ", ".join(_quoted(name) for name in ("source", *entity.stored, "seen_from"))
    keep = (
        f"INSERT INTO {entity.name}_past ({columns}, seen_until, removed) "
        f"SELECT {columns}, ?, ? FROM {entity.name} WHERE source = ? AND {_quoted(entity.key)} = ?"
        + ("" if removed else " AND seen_from < ?")
    )
    drop = f"DELETE FROM {entity.name} WHERE source = ? AND {_quoted(entity.key)} = ?"
    for part in _batches(ids, _BATCH):
        progress.check()
        until = () if removed else (as_of,)
        connection.exec_driver_sql(keep, [(as_of, int(removed), source, key, *until) for key in part])
        connection.exec_driver_sql(drop, [(source, key) for key in part])


def partner_ids(connection: Connection) -> set[str]:
    """Return the ids of all partners, whatever source they came from."""
    return {str(row[0]) for row in connection.exec_driver_sql("SELECT partner_id FROM partners")}


def partner_ids_elsewhere(connection: Connection, source: str) -> list[str]:
    """Return the ids of partners that other sources deliver, in order."""
    statement = "SELECT DISTINCT partner_id FROM partners WHERE source <> ? ORDER BY partner_id"
    return [str(row[0]) for row in connection.exec_driver_sql(statement, (source,))]


def partner_currencies(connection: Connection) -> Mapping[str, str]:
    """Return each partner's own currency; where sources differ, the one connected first decides."""
    rows = connection.exec_driver_sql(
        "SELECT partner_id, currency FROM partners LEFT JOIN source ON source.name = partners.source "
        "WHERE currency IS NOT NULL ORDER BY coalesce(source.position, 0) DESC, partners.source DESC"
    )
    return {str(row[0]): str(row[1]) for row in rows}


def first_sync_on(connection: Connection) -> str | None:
    """Return the earliest day a sync brought the facts of: states are known from then on."""
    day = connection.exec_driver_sql("SELECT MIN(as_of) FROM sync_run").scalar()
    return None if day is None else str(day)


def first_orders(connection: Connection, customers: Iterable[str]) -> dict[str, str]:
    """Return the day of each customer's first order, through whichever partner."""
    found: dict[str, str] = {}
    for part in _batches(sorted(customers), _ASKED_AT_ONCE):
        statement = (
            f"SELECT customer, MIN(booked_on) FROM orders WHERE customer IN ({', '.join('?' * len(part))}) "
            "GROUP BY customer"
        )
        found |= {str(row[0]): str(row[1]) for row in connection.exec_driver_sql(statement, tuple(part))}
    return found


def partners_of_customers(connection: Connection, customers: Iterable[str]) -> set[str]:
    """Return the partners that customers have ordered from."""
    found: set[str] = set()
    for part in _batches(sorted(customers), _ASKED_AT_ONCE):
        marks = ", ".join("?" * len(part))
        statement = f"SELECT DISTINCT partner_id FROM orders WHERE customer IN ({marks})"
        found |= {str(row[0]) for row in connection.exec_driver_sql(statement, tuple(part))}
    return found


def analyse(connection: Connection) -> None:
    """Let the query planner know what the tables hold now."""
    connection.exec_driver_sql("PRAGMA analysis_limit=400")
    connection.exec_driver_sql("ANALYZE")


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


def _quoted(name: str) -> str:
    return f'"{name}"'
