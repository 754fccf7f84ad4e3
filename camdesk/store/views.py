"""What a screen shows, kept by name: its columns, facets, grouping and order, as the screen writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from camdesk.store.tables import saved_view


@dataclass(frozen=True, slots=True)
class SavedView:
    screen: str
    name: str
    body: Mapping[str, Any]  # what JSON can hold


def write_view(connection: Connection, view: SavedView) -> None:
    """Keep a view in place of the one of its screen and name."""
    body = json.dumps(view.body, ensure_ascii=False)
    made = insert(saved_view).values(screen=view.screen, name=view.name, body=body)
    connection.execute(
        made.on_conflict_do_update(index_elements=["screen", "name"], set_={"body": made.excluded.body})
    )


def remove_view(connection: Connection, screen: str, name: str) -> bool:
    """Forget a view; tell whether there was one."""
    gone = delete(saved_view).where(saved_view.c.screen == screen, saved_view.c.name == name)
    return connection.execute(gone).rowcount > 0


def read_views(connection: Connection, screen: str) -> tuple[SavedView, ...]:
    """Return a screen's views by name."""
    rows = connection.execute(
        select(saved_view)
        .where(saved_view.c.screen == screen)
        .order_by(func.lower(saved_view.c.name), saved_view.c.name)
    )
    return tuple(SavedView(row.screen, row.name, json.loads(row.body)) for row in rows)
