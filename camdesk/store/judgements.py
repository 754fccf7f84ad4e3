"""What a CAM says over what was worked out: a score, a stage, an attention class, the weight of hats.

A judgement holds from the day it was made until it expires, is taken back or replaced; earlier ones are
kept, so that a past day shows what held then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from camdesk.store.tables import judgement

About = Literal["score", "stage", "class", "hats"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement; `value` is a number, a word, or for hats {type: share}."""

    partner_id: str
    about: About
    value: Any
    reason: str
    author: str
    made_on: date
    expires_on: date | None = None


def judgements_on(connection: Connection, day: date) -> dict[tuple[str, str], Judgement]:
    """Return what held on `day`, by partner and what it is about; the newest where several do."""
    text = day.isoformat()
    rows = connection.execute(
        select(judgement)
        .where(
            judgement.c.made_on <= text,
            judgement.c.expires_on.is_(None) | (judgement.c.expires_on >= text),
            judgement.c.ended_on.is_(None) | (judgement.c.ended_on > text),
        )
        .order_by(judgement.c.judgement_id)
    )
    return {(row.partner_id, row.about): _read(row) for row in rows}


def judgements_of(connection: Connection, partner_id: str) -> tuple[Judgement, ...]:
    """Return every judgement ever made of a partner, newest first."""
    rows = connection.execute(
        select(judgement)
        .where(judgement.c.partner_id == partner_id)
        .order_by(judgement.c.judgement_id.desc())
    )
    return tuple(_read(row) for row in rows)


def write_judgement(connection: Connection, made: Judgement) -> None:
    """Keep a judgement in place of the one before."""
    end_judgement(connection, made.partner_id, about=made.about, on=made.made_on)
    connection.execute(
        insert(judgement).values(
            partner_id=made.partner_id,
            about=made.about,
            value=json.dumps(made.value),
            reason=made.reason,
            author=made.author,
            made_on=made.made_on.isoformat(),
            expires_on=made.expires_on.isoformat() if made.expires_on else None,
        )
    )


def end_judgement(connection: Connection, partner_id: str, *, about: About, on: date) -> bool:
    """Take back what is judged now; tell whether there was anything."""
    ended = connection.execute(
        update(judgement)
        .where(
            judgement.c.partner_id == partner_id,
            judgement.c.about == about,
            judgement.c.ended_on.is_(None),
        )
        .values(ended_on=on.isoformat())
    )
    return ended.rowcount > 0


def _read(row: Any) -> Judgement:
    return Judgement(
        row.partner_id,
        row.about,
        json.loads(row.value),
        row.reason,
        row.author,
        date.fromisoformat(row.made_on),
        date.fromisoformat(row.expires_on) if row.expires_on else None,
    )
