"""What both sides have promised, as a CAM keeps it: made, done, or dropped for a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from camdesk.base.errors import UsageError
from camdesk.desk.writing import own_rows as writing
from camdesk.desk.writing.entries import Commitment, CommitmentState
from camdesk.desk.writing.own_rows import Hand
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import own_rows
from camdesk.store.sources import OWN

_COMMITMENTS = ENTITIES["commitments"]


def add(
    connection: Connection,
    hand: Hand,
    partner_id: str,
    *,
    text: str,
    side: str,
    due_on: str | None,
    owner: str | None,
    document_id: int | None,
) -> str:
    """Write a commitment; `side` is ours or theirs."""
    values = {"side": side, "text": text, "due_on": due_on, "owner": owner}
    return writing.add(connection, hand, _COMMITMENTS, partner_id, values, document_id=document_id)


def finish(connection: Connection, hand: Hand, record_id: str, *, on: date | None) -> None:
    """Say that a commitment was kept; one that had been dropped is taken up again."""
    day = on.isoformat() if on else hand.as_of
    if day > hand.as_of:
        raise UsageError(f"{day} is still to come.", "Say on which day it was done.")
    values = {"done_on": day, "dropped_on": "", "dropped_because": ""}
    writing.change(connection, hand, _COMMITMENTS, record_id, values)


def drop(connection: Connection, hand: Hand, record_id: str, *, reason: str) -> None:
    """Give a commitment up, for a reason; it then counts neither as kept nor as broken."""
    row = writing.find(connection, _COMMITMENTS, record_id)
    if row["done_on"]:
        raise UsageError(f"{record_id} was done on {row['done_on']}.", "What is done cannot be dropped.")
    if not reason.strip():
        raise UsageError("The reason is missing.", "Say why it is dropped.")
    values = {"dropped_on": hand.as_of, "dropped_because": reason}
    writing.change(connection, hand, _COMMITMENTS, record_id, values)


def listed(
    connection: Connection, *, partner_id: str | None, everything: bool, as_of: date
) -> tuple[Commitment, ...]:
    """Return open commitments, or all, those due first in front; ours before theirs on the same day."""
    entries = own_rows.read_entries(connection)
    rows = own_rows.current_rows(connection, _COMMITMENTS, partner_id=partner_id, of_all=True)
    found = [_commitment(row, _author(row, entries), as_of) for row in rows]
    wanted = [each for each in found if everything or each.state in {"open", "overdue"}]
    return tuple(
        sorted(wanted, key=lambda each: (each.due_on is None, each.due_on or as_of, each.side != "vendor"))
    )


def _author(row: Mapping[str, Any], entries: Mapping[tuple[str, str], own_rows.OwnEntry]) -> str | None:
    entry = entries.get((_COMMITMENTS.name, row["commitment_id"]))
    return entry.author if entry is not None and row["source"] == OWN else None


def _commitment(row: Mapping[str, Any], author: str | None, as_of: date) -> Commitment:
    due_on, done_on, dropped_on = (_day(row[name]) for name in ("due_on", "done_on", "dropped_on"))
    return Commitment(
        row["commitment_id"],
        row["source"],
        row["partner_id"],
        row["side"],
        row["text"],
        row["owner"],
        due_on,
        done_on,
        dropped_on,
        row["dropped_because"],
        _state(due_on, done_on, dropped_on, as_of),
        author,
    )


def _state(
    due_on: date | None, done_on: date | None, dropped_on: date | None, as_of: date
) -> CommitmentState:
    if done_on is not None:
        return "kept" if due_on is None or done_on <= due_on else "late"
    if dropped_on is not None:
        return "dropped"
    return "overdue" if due_on is not None and due_on < as_of else "open"


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
