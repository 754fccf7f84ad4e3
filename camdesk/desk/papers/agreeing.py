"""A document agreed with a partner: locked with its signatures, its promises kept as commitments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from camdesk.base.errors import UsageError
from camdesk.desk.writing import commitments
from camdesk.desk.writing.own_rows import Hand
from camdesk.documents.library import lock, newest
from camdesk.documents.model import Agreement
from camdesk.documents.promises import on_record, person_of, promises_of
from camdesk.insight.wording import write_day
from camdesk.store.database import next_generation

_LONGEST_NAME = 120
_MOST_NAMES = 20


def agree(
    connection: Connection,
    hand: Hand,
    document_id: int,
    *,
    ours: Sequence[str],
    theirs: Sequence[str],
    on: date,
) -> tuple[str, ...]:
    """Lock a document's newest version, all in one transaction; return the ids of the commitments written.

    A promise that is on record already is not written again.
    """
    body = newest(connection, document_id)
    if body.agreement is not None:
        raise UsageError(
            f"Document {document_id} was agreed on {write_day(body.agreement.on)}.",
            "A change makes it a draft that can be agreed again.",
        )
    if on.isoformat() > hand.as_of:
        raise UsageError(f"{on} is still to come.", "Say on which day it was agreed.")
    if on < body.drafted_on:
        raise UsageError(f"It was drafted on {write_day(body.drafted_on)}.", "It cannot be agreed before.")
    agreement = Agreement(on, _names(ours), _names(theirs))
    if not agreement.ours:
        raise UsageError("Nobody of ours is named.", "Say who agreed with: --by NAME")
    written: dict[tuple[str, str], str] = {}
    for promise in promises_of(body):
        if promise.commitment_id is None:
            written[promise.side, promise.text] = commitments.add(
                connection,
                hand,
                body.partner_id,
                text=promise.text,
                side=promise.side,
                due_on=promise.due.isoformat() if promise.due else None,
                owner=person_of(promise),
                document_id=document_id,
            )
    lock(connection, document_id, on_record(body, written), agreement, at=hand.at)
    next_generation(connection, {body.partner_id})  # an agreed plan is a milestone, and makes class A
    return tuple(written.values())


def _names(names: Sequence[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name for raw in names if (name := " ".join(raw.split()))))
    if len(found) > _MOST_NAMES or any(len(name) > _LONGEST_NAME for name in found):
        raise UsageError(
            f"At most {_MOST_NAMES} names of {_LONGEST_NAME} characters can sign.", "Name fewer, or shorter."
        )
    return found
