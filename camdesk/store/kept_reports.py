"""Finished reports kept as they were made, so that a window has its table before anything is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from camdesk.store.tables import kept_report

_PART = ": "
"""Stands between the name of a report and that of one of its parts."""


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


def read_parts(
    connection: Connection, name: str, *, made_from: str, part: str | None = None
) -> Iterator[str]:
    """Yield the bodies of a report's parts made from just that, or of the one that is named."""
    first, last = (f"{name}{_PART}{part}",) * 2 if part is not None else _span(name)
    found = connection.execute(
        select(kept_report.c.body).where(
            kept_report.c.name.between(first, last), kept_report.c.made_from == made_from
        )
    )
    yield from found.scalars()


def write_parts(connection: Connection, name: str, *, made_from: str, parts: Mapping[str, str]) -> None:
    """Keep a report's parts, by their names, in place of all it had before."""
    connection.execute(delete(kept_report).where(kept_report.c.name.between(*_span(name))))
    for part, body in parts.items():
        write_report(connection, f"{name}{_PART}{part}", made_from=made_from, body=body)


def _span(name: str) -> tuple[str, str]:
    return f"{name}{_PART}", f"{name}{_PART}\U0010ffff"
