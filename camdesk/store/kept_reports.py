"""Finished reports kept as they were made, so that a window has its table before anything is worked out."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from camdesk.store.tables import kept_report


def read_report(connection: Connection, name: str, *, made_from: str) -> str | None:
    """Return the kept body, or None where there is none made from just that."""
    return connection.execute(
        select(kept_report.c.body).where(kept_report.c.name == name, kept_report.c.made_from == made_from)
    ).scalar()


def read_last(connection: Connection, name: str) -> str | None:
    """Return the body kept last, whatever it was made from; None where none ever was."""
    return connection.execute(select(kept_report.c.body).where(kept_report.c.name == name)).scalar()


def write_report(connection: Connection, name: str, *, made_from: str, body: str) -> None:
    """Keep a body in place of the one before."""
    row = insert(kept_report).values(name=name, made_from=made_from, body=body)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=[kept_report.c.name], set_={"made_from": made_from, "body": body}
        )
    )
