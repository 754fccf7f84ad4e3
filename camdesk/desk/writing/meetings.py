"""Meetings and calls a CAM logs: held now unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.writing import own_rows as writing
from camdesk.desk.writing.own_rows import Hand
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import own_rows
from camdesk.store.sources import OWN

_MEETINGS, _CONTACTS, _NOTES = ENTITIES["meetings"], ENTITIES["contacts"], ENTITIES["notes"]
_CALL = {"call": "working"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """What there is to say about a meeting. `missed_by` vendor or partner: it did not take place."""

    kind: str = "working"
    on: str = "now"
    subject: str | None = None
    attendees: tuple[str, ...] = ()  # contacts, by id or name
    missed_by: str | None = None
    planned: bool = False
    note: str | None = None


def say(meeting: Meeting) -> str:
    """Return what logging it is called: Logged a call."""
    what = "call" if meeting.kind.strip().lower() in _CALL else "meeting"
    if meeting.planned:
        return f"Planned a {what}"
    return f"Logged a missed {what}" if meeting.missed_by else f"Logged a {what}"


def log(connection: Connection, hand: Hand, partner_id: str, meeting: Meeting) -> str:
    """Write a meeting, and its note where there is one; return the meeting's id."""
    if meeting.planned and meeting.missed_by:
        raise UsageError("A planned meeting cannot have been missed.", "Say either --planned or --missed-by.")
    people = _people(connection, partner_id, meeting.attendees) if meeting.attendees else ()
    status = "planned" if meeting.planned else "missed" if meeting.missed_by else "held"
    record_id = writing.add(
        connection,
        hand,
        _MEETINGS,
        partner_id,
        {
            "kind": _CALL.get(meeting.kind.strip().lower(), meeting.kind),
            "subject": meeting.subject,
            "scheduled_at": meeting.on,
            "status": status,
            "missed_by": meeting.missed_by,
            "attendees": ";".join(people),
        },
    )
    row = writing.find(connection, _MEETINGS, record_id)
    if status != "planned" and row["scheduled_at"][:10] > hand.as_of:
        raise UsageError(
            f"A meeting on {row['scheduled_at'][:10]} is still to come.",
            "Log it as one to come with --planned.",
        )
    if meeting.note:
        writing.add(connection, hand, _NOTES, partner_id, {"text": meeting.note})
    return record_id


def _people(connection: Connection, partner_id: str, named: Sequence[str]) -> tuple[str, ...]:
    contacts = own_rows.current_rows(connection, _CONTACTS, partner_id=partner_id, of_all=True)
    return tuple(dict.fromkeys(_person(contacts, name) for name in named))


def _person(contacts: Sequence[dict[str, Any]], words: str) -> str:
    """Return the id of the contact that is meant, by id, name or a beginning of the name."""
    plain = words.strip().casefold()
    own = own_rows.written_id(words)
    found = (
        [row for row in contacts if words in {row["contact_id"], f"{row['source']}:{row['contact_id']}"}]
        or [row for row in contacts if row["source"] == OWN and row["contact_id"] == own]
        or [row for row in contacts if row["name"].casefold() == plain]
        or [row for row in contacts if plain and row["name"].casefold().startswith(plain)]
    )
    ids = sorted({str(row["contact_id"]) for row in found})
    if not ids:
        raise NotFoundError(
            f"This partner has no contact {words}.",
            f'Add one with: camdesk contact add PARTNER --name "{words}"',
        )
    if len(ids) > 1:
        named = ", ".join(f"{row['name']} ({row['contact_id']})" for row in found)
        raise UsageError(f"{words} could be {named}.", "Write more of the name, or the id.")
    return ids[0]
