"""What is promised, and the milestones, as a table for a spreadsheet (.csv)."""

from __future__ import annotations

import csv
import io

from camdesk.documents.model import Document
from camdesk.documents.plain import cleaned
from camdesk.documents.promises import person_of, promises_of

_HEADS = ("what", "side", "who", "text", "due", "id")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝", "＋", "－", "＠")
_SIDES = {"vendor": "ours", "partner": "theirs"}


def table_of(body: Document, *, mark: str = "") -> bytes:
    """Return the table; a text that would be a formula is marked as text. `mark` names a copy of our own."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    heads = (*_HEADS, "copy") if mark else _HEADS
    writer.writerow(heads)
    for promise in promises_of(body):
        due = promise.due.isoformat() if promise.due else ""
        row = (
            "commitment", _SIDES[promise.side], person_of(promise) or "", promise.text, due,
            promise.commitment_id or "",
        )  # fmt: skip
        writer.writerow([neutral(cell) for cell in (*row, mark)[: len(heads)]])
    for milestone in body.milestones:
        row = ("milestone", "", "", milestone.text, milestone.due.isoformat(), "")
        writer.writerow([neutral(cell) for cell in (*row, mark)[: len(heads)]])
    # A spreadsheet takes a file without this mark for the encoding of its own system.
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def neutral(text: str) -> str:
    """Return a cell's text such that no spreadsheet takes it for a formula."""
    plain = cleaned(text)
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain
