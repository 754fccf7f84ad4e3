"""What both sides have promised and not yet done, ours first."""

from __future__ import annotations

from typing import Literal

from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.rows import Row
from camdesk.documents.phrases import clipped

Side = Literal["vendor", "partner"]
OURS: Side = "vendor"
THEIRS: Side = "partner"
PERSON = 40


def late(draft: Draft) -> tuple[Row, ...]:
    """Return what both sides promised and have not done in time, the oldest first."""
    found = [
        row
        for row in draft.rows.of("commitments")
        if row["dropped_on"] is None
        and row["done_on"] is None
        and (row["due_on"] or "9999") < draft.today.isoformat()
    ]
    return tuple(sorted(found, key=lambda row: (row["due_on"], row["commitment_id"])))


def late_key(draft: Draft) -> str:
    words = "Commitments past due, not done, not dropped."
    return draft.listed("commitments-late", "Commitments past their day", words, "commitments", late(draft))


def owner(draft: Draft, row: Row) -> str:
    side = draft.our_name if row["side"] == OURS else draft.their_name
    return f"{side} · {clipped(_person(row['owner']), PERSON)}" if row["owner"] else side


def _person(owner: str) -> str:
    """Return a name as people write it, of an e-mail address the part that names the person."""
    local, at, _ = owner.partition("@")
    return local.replace(".", " ").replace("_", " ").title() if at else owner
