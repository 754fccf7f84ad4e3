"""The encrypted SQLite file: opened with a raw key, one writer at a time, readers beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2

from camdesk.base.errors import CamDeskError

BUSY_TIMEOUT_MS = 5_000
GENERATIONS_KEPT = 50
"""Figures made from facts so many changes ago, or more, are made anew rather than brought up to date."""
_TOUCHED_AT_MOST = 2_000
_PRAGMAS = (
    "PRAGMA cipher_log_level=NONE",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    # Without it, no trigger hears of a row that another takes the place of.
    "PRAGMA recursive_triggers=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    # With the default cache the same aggregate ran eight times slower: pages are deciphered anew.
    "PRAGMA cache_size=-64000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
)


class DamagedError(CamDeskError):
    """The file is not what it was when it was last closed."""


class BusyError(CamDeskError):
    """Another window or command is writing."""


Watch = Callable[[Connection, bool], AbstractContextManager[Callable[[], None]]]
"""Goes round a writing transaction, told whether that follows from what a person did.

What it yields is called once all is written and not yet kept; it is left once that is kept.
"""


class Database:
    """One workspace's database. Cheap to make; connections are opened when first needed."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.watch: Watch = _unwatched
        self._key = key
        self._mine = threading.local()
        self._engine = self._make_engine(pooled=True)

    def _make_engine(self, *, pooled: bool) -> Engine:
        url = URL.create("sqlite+pysqlcipher", password=f"x'{self._key.hex()}'", database=str(self.path))
        # The one given back last goes out first: its pages are deciphered, and only one cache fills up.
        pool = {"poolclass": QueuePool, "pool_size": 4, "pool_use_lifo": True}
        how = pool if pooled else {"poolclass": NullPool}
        engine = create_engine(url, connect_args={"check_same_thread": False}, **how)
        event.listen(engine, "connect", _prepare)
        return engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database until it is given back."""
        with self._translated(), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def write(self, *, follows: bool = False) -> Iterator[Connection]:
        """Yield the one writing connection; all of it is kept, or nothing where an error leaves the block.

        Inside another of the same thread it is part of that one, and is kept with it.
        `follows`: what is written is the desk's own conclusion, which goes when its cause is undone.
        """
        around: Connection | None = getattr(self._mine, "connection", None)
        if around is not None:
            with _part_of(around):
                yield around
            return
        with self._translated(), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            with self.watch(connection, follows) as written:
                self._mine.connection = connection
                try:
                    yield connection
                    written()
                except BaseException:
                    connection.rollback()
                    raise
                finally:
                    self._mine.connection = None
                connection.commit()

    @contextmanager
    def sealed(self) -> Iterator[Any]:
        """Yield a driver connection of its own, thrown away afterwards, to run definitions' queries on.

        What is set on it (temporary views, an authorizer, query_only) never reaches another user.
        """
        engine = self._make_engine(pooled=False)
        with self._translated():
            raw = engine.raw_connection()
            try:
                raw.driver_connection.execute("BEGIN")  # type: ignore[union-attr]  # never None while checked out
                yield raw.driver_connection
            finally:
                raw.driver_connection.set_authorizer(None)  # type: ignore[union-attr]
                raw.close()
                engine.dispose()

    def close(self) -> None:
        """Give all connections back and forget the pages read."""
        self._engine.dispose()

    def check(self) -> None:
        """Raise DamagedError unless every page carries its right signature."""
        with self.read() as connection:
            found = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
        if found:
            raise DamagedError(
                f"The database is damaged in {len(found)} places.",
                "Restore the newest backup with: camdesk restore FILE",
            )

    def copy_to(self, target: Path) -> None:
        """Write the file as it stands now to `target`, under the same key, checked page by page."""
        copy = Database(target, self._key)
        with self._translated():
            source, written = self._engine.raw_connection(), copy._engine.raw_connection()
            try:
                source.driver_connection.backup(written.driver_connection)  # type: ignore[union-attr]
                written.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            finally:
                source.close()
                written.close()
        copy.check()
        copy.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise _meaning_of(str(error.orig)) from error
        except dbapi2.DatabaseError as error:
            # Rows fetched from the driver's own cursor never pass SQLAlchemy.
            raise _meaning_of(str(error)) from error


def generation(connection: Connection) -> int:
    """Return the number that grows with every change of facts; stored figures carry the one they saw."""
    value = connection.execute(text("SELECT value FROM setting WHERE name = 'facts_generation'")).scalar()
    return int(value) if value is not None else 0


def next_generation(connection: Connection, touched: Collection[str] | None = None) -> None:
    """Note, in the transaction that changes facts, whose figures made before no longer hold.

    `touched` are the partners that a changed row names, before or after; None means any partner's may move.
    """
    connection.execute(
        text(
            "INSERT INTO setting (name, value) VALUES ('facts_generation', '1') "
            "ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )
    )
    made = generation(connection)
    names: list[str | None] = [None]
    if touched is not None and len(touched) <= _TOUCHED_AT_MOST:
        names = [*sorted(set(touched))]
    if names:
        connection.exec_driver_sql("INSERT INTO fact_touch VALUES (?, ?)", [(made, name) for name in names])
    connection.exec_driver_sql("DELETE FROM fact_touch WHERE generation <= ?", (made - GENERATIONS_KEPT,))


def touched_since(connection: Connection, made_from: int) -> frozenset[str] | None:
    """Return the partners whose figures may have moved since a generation; None: any partner's."""
    if made_from < generation(connection) - GENERATIONS_KEPT:
        return None
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT partner_id FROM fact_touch WHERE generation > ?", (made_from,)
    )
    names = {row[0] for row in rows}
    return None if None in names else frozenset(names)


def _unwatched(_connection: Connection, _follows: bool) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


@contextmanager
def _part_of(connection: Connection) -> Iterator[None]:
    """Leave nothing behind of what an error ends, whatever becomes of the transaction around it."""
    connection.exec_driver_sql("SAVEPOINT part")
    try:
        yield
    except BaseException:
        # A full disk ends the whole transaction, and there is no part left to take back.
        if connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]  # checked out
            connection.exec_driver_sql("ROLLBACK TO part")
            connection.exec_driver_sql("RELEASE part")
        raise
    connection.exec_driver_sql("RELEASE part")


def _prepare(driver_connection: Any, _record: object) -> None:
    # Transactions are begun by `read` and `write`; the driver must not begin or end any by itself.
    driver_connection.isolation_level = None
    for pragma in _PRAGMAS:
        driver_connection.execute(pragma)


def _meaning_of(words: str) -> CamDeskError:
    if "locked" in words or "busy" in words:
        return BusyError(
            "Another CAM Desk is writing to this workspace.", "Wait until it has finished and try again."
        )
    if "full" in words:
        return CamDeskError(
            "The disk is full; nothing was changed.", "Free some space and try again. Earlier work is safe."
        )
    if "malformed" in words or "not a database" in words:
        return DamagedError(
            "The database file is damaged.", "Restore the newest backup with: camdesk restore FILE"
        )
    if "readonly" in words or "unable to open" in words:
        return CamDeskError(
            "The workspace cannot be written.", "Check that its folder exists and belongs to you."
        )
    return CamDeskError("The database could not do that.", f"It said: {words}")
