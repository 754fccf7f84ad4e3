"""What a search finds, as a list shows it: title, what tells it from others, the passage, its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from camdesk.base import money
from camdesk.desk.finding.snippets import Snippet, snippet_of
from camdesk.documents.phrases import clipped
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.store.search import Found

_LONGEST_TITLE = 70
_SIDES = {"vendor": "ours", "partner": "theirs"}


class HitKind(Enum):
    """What a hit is; the value is its name in JSON."""

    PARTNER = "partner"
    DEAL = "deal"
    CONTACT = "contact"
    NOTE = "note"
    MEETING = "meeting"
    TASK = "task"
    COMMITMENT = "commitment"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that has all words searched for. `detail` tells it from others of its kind."""

    kind: HitKind
    record_id: str
    partner_id: str | None  # none: a task that is about no partner
    partner_name: str | None
    title: str
    detail: str
    snippet: Snippet
    on: date | None  # the day it is of: closed, due, held, written


Row = Mapping[str, Any]


def hit_of(found: Found, row: Row, words: tuple[str, ...], *, partner_name: str | None, currency: str) -> Hit:
    """Return what was found as a hit, with the passage that has most of the words."""
    shape = _SHAPES[found.table]
    day = next((row[name] for name in shape.days if row[name]), None)
    title = next((str(row[name]) for name in shape.titles if row[name]), found.title)
    passages = [snippet_of(text, words) for text in found.texts]
    return Hit(
        shape.kind,
        str(row[shape.key]),
        found.partner_id,
        partner_name,
        clipped(" ".join(title.split()), _LONGEST_TITLE),
        ", ".join(word for word in shape.detail(row, currency) if word),
        max(passages, key=lambda passage: len(passage.marks)),
        date.fromisoformat(day[:10]) if day else None,
    )


def _partner(row: Row, _currency: str) -> tuple[str | None, ...]:
    return row["tier"], row["region"], row["status"] if row["status"] != "enrolled" else None


def _deal(row: Row, currency: str) -> tuple[str | None, ...]:
    customer = row["customer"] if row["name"] else None
    amount = row["amount_base"]
    stage = row["stage"] if row["status"] == "open" else None
    return customer, stage or row["status"], None if amount is None else money.short(amount, currency)


def _contact(row: Row, _currency: str) -> tuple[str | None, ...]:
    return row["role"], row["email"], "has left" if row["left_on"] else None


def _note(_row: Row, _currency: str) -> tuple[str | None, ...]:
    return ()


def _meeting(row: Row, _currency: str) -> tuple[str | None, ...]:
    return row["kind"], row["status"]


def _task(row: Row, _currency: str) -> tuple[str | None, ...]:
    return (_done(row["done_on"], row["due_on"]),)


def _commitment(row: Row, _currency: str) -> tuple[str | None, ...]:
    state = "dropped" if row["dropped_on"] else _done(row["done_on"], row["due_on"])
    return _SIDES.get(row["side"], row["side"]), row["owner"], state


def _done(done_on: str | None, due_on: str | None) -> str | None:
    if done_on:
        return "done"
    return f"due {write_day(date.fromisoformat(due_on))}" if due_on else "open"


def _document(row: Row, _currency: str) -> tuple[str | None, ...]:
    return (row["status"],)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a row of a table is shown: the first title and day that are there."""

    kind: HitKind
    key: str
    titles: tuple[str, ...]
    days: tuple[str, ...]
    detail: Callable[[Row, str], tuple[str | None, ...]]


_SHAPES = {
    "partners": _Shape(HitKind.PARTNER, "partner_id", ("name",), (), _partner),
    "deals": _Shape(
        HitKind.DEAL,
        "deal_id",
        ("name", "customer", "deal_id"),
        ("closed_on", "expected_close_on", "submitted_at"),
        _deal,
    ),
    "contacts": _Shape(HitKind.CONTACT, "contact_id", ("name",), (), _contact),
    "notes": _Shape(HitKind.NOTE, "note_id", ("text",), ("written_at",), _note),
    "meetings": _Shape(HitKind.MEETING, "meeting_id", ("subject", "kind"), ("scheduled_at",), _meeting),
    "task": _Shape(HitKind.TASK, "task_id", ("text",), ("due_on", "created_at"), _task),
    "commitments": _Shape(HitKind.COMMITMENT, "commitment_id", ("text",), ("due_on",), _commitment),
    "document": _Shape(HitKind.DOCUMENT, "document_id", (), ("created_at",), _document),
}
