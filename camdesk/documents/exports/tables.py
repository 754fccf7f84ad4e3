"""What is promised, and the milestones, as a table for a spreadsheet (.csv)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from camdesk.documents.model import Document
from camdesk.documents.plain import neutral
from camdesk.documents.promises import person_of, promises_of

_HEADS = ("what", "side", "who", "text", "due", "id")
_SIDES = {"vendor": "ours", "partner": "theirs"}


def table_of(body: Document, *, mark: str = "") -> bytes:
    """Return the table; a text that would be a formula is marked as text. `mark` names a copy of our own."""
    heads = (*_HEADS, "copy") if mark else _HEADS
    rows: list[Sequence[str]] = [heads]
    for promise in promises_of(body):
        due = promise.due.isoformat() if promise.due else ""
        row = (
            "commitment", _SIDES[promise.side], person_of(promise) or "", promise.text, due,
            promise.commitment_id or "",
        )  # fmt: skip
        rows.append([neutral(cell) for cell in (*row, mark)[: len(heads)]])
    for milestone in body.milestones:
        row = ("milestone", "", "", milestone.text, milestone.due.isoformat(), "")
        rows.append([neutral(cell) for cell in (*row, mark)[: len(heads)]])
    return as_csv(rows)


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows whose words are `neutral` as a file that any spreadsheet reads."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    # A spreadsheet takes a file without this mark for the encoding of its own system.
    return b"\xef\xbb\xbf" + file.getvalue().encode()
