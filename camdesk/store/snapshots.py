"""How partners stood on the days of syncs, kept as it showed then, with the profile of that day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from camdesk.store.tables import snapshot


def write_snapshots(
    connection: Connection, day: date, *, bodies: Mapping[str, tuple[str, Mapping[str, Any]]]
) -> None:
    """Keep each partner's (profile version, body) of a day, in place of any made earlier that day."""
    taken_on = day.isoformat()
    connection.execute(delete(snapshot).where(snapshot.c.taken_on == taken_on))
    rows = [
        {
            "taken_on": taken_on,
            "partner_id": partner_id,
            "profile_version": version,
            "body": json.dumps(body, sort_keys=True),
        }
        for partner_id, (version, body) in bodies.items()
    ]
    if rows:
        connection.execute(insert(snapshot), rows)


def snapshots_of(connection: Connection, partner_id: str) -> list[tuple[date, str, dict[str, Any]]]:
    """Return a partner's snapshots as (day, profile version, body), newest first."""
    rows = connection.execute(
        select(snapshot).where(snapshot.c.partner_id == partner_id).order_by(snapshot.c.taken_on.desc())
    )
    return [(date.fromisoformat(row.taken_on), row.profile_version, json.loads(row.body)) for row in rows]
