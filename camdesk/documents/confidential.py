"""What a workspace knows that one partner must not read, and what that partner's own records say."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import Connection, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from camdesk.documents.leaks import Secrets
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Kind
from camdesk.store.database import Database
from camdesk.store.tables import CURRENT, judgement, task

# Written by us: what stands in these is no partner's own, and cannot vouch for itself.
_INTERNAL = frozenset({"notes", "partners", "commitments", "meetings"})
_INTERNAL_COLUMNS = frozenset({"next_step", "competitor"})


def secrets_of(database: Database, partner_id: str, *, our_name: str) -> Secrets:
    """Return everything that must stay away from a partner's copy."""
    with database.read() as connection:
        partners = connection.execute(
            select(CURRENT["partners"].c.partner_id, CURRENT["partners"].c.name)
        ).all()
        own_names = tuple({row.name for row in partners if row.partner_id == partner_id and row.name})
        others = tuple(
            {(row.partner_id, row.name or ""): None for row in partners if row.partner_id != partner_id}
        )
        return Secrets(others, (*own_names, our_name), _texts(connection, partner_id))


def _texts(connection: Connection, partner_id: str) -> tuple[tuple[str, str], ...]:
    notes = CURRENT["notes"]
    commitments = CURRENT["commitments"]
    promised = select(commitments.c.text).where(commitments.c.partner_id == partner_id)
    is_own_task: ColumnElement[bool] = task.c.partner_id.is_(None) | (task.c.partner_id == partner_id)
    read = (
        ("an internal note", select(notes.c.text).where(notes.c.partner_id == partner_id)),
        # What both sides have on record as promised is no secret of ours.
        ("a task", select(task.c.text).where(is_own_task, task.c.text.not_in(promised))),
        (
            "the reason of a judgement",
            select(judgement.c.reason).where(judgement.c.partner_id == partner_id),
        ),
    )
    return tuple((what, text) for what, query in read for text in connection.execute(query).scalars() if text)


def own_words(database: Database, partner_id: str) -> Callable[[str], bool]:
    """Return what tells whether a partner's own records say some words; they are read when first asked."""
    texts: list[str] = []

    def says(words: str) -> bool:
        if not texts:
            texts.append(_records(database, partner_id))
        return re.search(rf"(?<!\w){re.escape(_folded(words))}(?!\w)", texts[0]) is not None

    return says


def _records(database: Database, partner_id: str) -> str:
    queries = [
        select(table.c[column.name].label("said")).where(table.c.partner_id == partner_id)
        for name, table in CURRENT.items()
        if name not in _INTERNAL and "partner_id" in table.c
        for column in ENTITIES[name].columns
        if column.kind is Kind.TEXT and column.name not in _INTERNAL_COLUMNS
    ]
    whole = union_all(*queries).subquery()
    with database.read() as connection:
        said = [text for text in connection.execute(select(whole.c.said).distinct()).scalars() if text]
    return "\n".join(_folded(text) for text in said)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
