"""What was done to a workspace and when, chained so that a missing or altered entry shows.

Entries say what happened in ids and counts; never a name, an amount or a text of the portfolio.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, insert, select

from camdesk.store.tables import audit_entry

_START = "camdesk"


def record(connection: Connection, action: str, *, detail: str, at: str) -> None:
    """Add an entry in the transaction that does what it says; `at` is an instant."""
    newest = select(audit_entry.c.digest).order_by(audit_entry.c.entry_id.desc()).limit(1)
    before = connection.execute(newest).scalar() or _START
    connection.execute(
        insert(audit_entry).values(
            at=at, action=action, detail=detail, digest=_digest(before, at, action, detail)
        )
    )


def verify(connection: Connection) -> tuple[int, int | None]:
    """Return how many entries there are, and the first that does not follow from the one before."""
    before, count = _START, 0
    for entry in connection.execute(select(audit_entry).order_by(audit_entry.c.entry_id)):
        count += 1
        if entry.entry_id != count or entry.digest != _digest(before, entry.at, entry.action, entry.detail):
            return count, entry.entry_id
        before = entry.digest
    return count, None


def _digest(before: str, at: str, action: str, detail: str) -> str:
    return hashlib.sha256("\x1f".join((before, at, action, detail)).encode()).hexdigest()
