"""Finished reports kept as they were made, so that a window has its table before anything is worked out."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from camdesk.store.tables import snapshot


def read_snapshot(connection: Connection, name: str, *, made_from: str) -> str | None:
    """Return the kept body, or None where there is none made from just that."""
    return connection.execute(
        select(snapshot.c.body).where(snapshot.c.name == name, snapshot.c.made_from == made_from)
    ).scalar()


def write_snapshot(connection: Connection, name: str, *, made_from: str, body: str) -> None:
    """Keep a body in place of the one before."""
    row = insert(snapshot).values(name=name, made_from=made_from, body=body)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=[snapshot.c.name], set_={"made_from": made_from, "body": body}
        )
    )
