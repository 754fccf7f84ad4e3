"""Pictures that stand for companies on documents, ours and each partner's: bytes, never paths."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from camdesk.store.tables import logo

OURS = ""
"""Whose logo it is where it is no partner's."""


@dataclass(frozen=True, slots=True)
class Logo:
    media_type: str  # image/png | image/jpeg | image/svg+xml
    image: bytes


def write_logo(connection: Connection, partner_id: str, picture: Logo) -> None:
    """Keep a picture in place of the one before."""
    said = {"media_type": picture.media_type, "image": picture.image}
    connection.execute(
        insert(logo)
        .values(partner_id=partner_id, **said)
        .on_conflict_do_update(index_elements=["partner_id"], set_=said)
    )


def delete_logo(connection: Connection, partner_id: str) -> bool:
    """Forget a picture; tell whether there was one."""
    return connection.execute(delete(logo).where(logo.c.partner_id == partner_id)).rowcount > 0


def read_logo(connection: Connection, partner_id: str) -> Logo | None:
    row = connection.execute(select(logo).where(logo.c.partner_id == partner_id)).first()
    return None if row is None else Logo(row.media_type, row.image)
