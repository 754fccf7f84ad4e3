"""What a definition's query may do: read the portfolio's views and call a list of functions. Nothing else.

A user's own metric is SQL from a file; it must not read the CAM's notes, attach another file or write.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as driver

from camdesk.insight.relations import RELATIONS
from camdesk.portfolio.entities import ENTITIES

STATEMENT_SECONDS = 60
_STEPS_BETWEEN_CHECKS = 20_000
_HIDDEN = frozenset({"notes"})
_FUNCTIONS = frozenset(
    {
        "abs", "avg", "coalesce", "count", "date", "dense_rank", "first_value", "glob",
        "group_concat", "ifnull", "iif", "instr", "julianday", "lag", "last_value", "lead",
        "length", "like", "lower", "ltrim", "max", "min", "nullif", "poisson_at_most",
        "rank", "replace", "round",
        "row_number", "rtrim", "sign", "strftime", "substr", "sum", "total", "trim", "unixepoch",
        "upper", "working_due", "working_hours",
    }
)  # fmt: skip


def make_safe(connection: Any) -> None:
    """Let `connection` do nothing but SELECT from the portfolio from now on."""
    readable = {name for name in ENTITIES if name not in _HIDDEN}
    readable |= {f"{name}_history" for name in readable} | set(RELATIONS)
    # A view reads its table; the table itself is closed to a definition that names `main.`.
    beneath = {name: name for name in ENTITIES} | {f"{name}_past": f"{name}_history" for name in ENTITIES}

    def may(action: int, first: str | None, second: str | None, where: str | None, view: str | None) -> int:
        if action in (driver.SQLITE_SELECT, driver.SQLITE_RECURSIVE):
            return int(driver.SQLITE_OK)
        if action == driver.SQLITE_FUNCTION:
            return int(driver.SQLITE_OK if (second or "").lower() in _FUNCTIONS else driver.SQLITE_DENY)
        if action == driver.SQLITE_READ:
            # Only the view of a table reads it; the other relations, and the definitions in them, may not.
            is_own_view = first in beneath and view in readable & {first, f"{first}_history", beneath[first]}
            allowed = is_own_view if where == "main" else first in readable
            return int(driver.SQLITE_OK if allowed else driver.SQLITE_DENY)
        return int(driver.SQLITE_DENY)

    connection.execute("PRAGMA query_only=ON")
    connection.set_authorizer(may)


@contextmanager
def guarded(connection: Any) -> Iterator[None]:
    """Let `connection` do no more than a definition may while the context lasts."""
    make_safe(connection)
    try:
        yield
    finally:
        _lift(connection)


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Let `connection` make relations while the context lasts; it is made safe again after it."""
    _lift(connection)
    try:
        yield
    finally:
        make_safe(connection)


def _lift(connection: Any) -> None:
    connection.set_authorizer(None)
    connection.execute("PRAGMA query_only=OFF")


class TimeLimit:
    """Stop a statement that runs too long; one limit per statement."""

    def __init__(self, connection: Any, seconds: float = STATEMENT_SECONDS) -> None:
        self._connection = connection
        self._seconds = seconds
        self._end = 0.0
        connection.set_progress_handler(self._is_over, _STEPS_BETWEEN_CHECKS)

    def start(self) -> None:
        self._end = time.monotonic() + self._seconds

    def _is_over(self) -> bool:
        return bool(self._end) and time.monotonic() > self._end
