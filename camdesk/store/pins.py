"""The partners a CAM keeps at hand, in the order they were pinned."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from camdesk.store.tables import pinned


def write_pin(connection: Connection, partner_id: str) -> None:
    """Pin a partner behind the others; one that is pinned keeps its place."""
    behind = int(connection.execute(select(func.max(pinned.c.position))).scalar() or 0) + 1
    made = insert(pinned).values(partner_id=partner_id, position=behind)
    connection.execute(made.on_conflict_do_nothing())


def remove_pin(connection: Connection, partner_id: str) -> None:
    connection.execute(delete(pinned).where(pinned.c.partner_id == partner_id))


def read_pins(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.execute(select(pinned.c.partner_id).order_by(pinned.c.position)).scalars())
