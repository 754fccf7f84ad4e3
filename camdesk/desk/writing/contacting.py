"""Logging a call, a meeting or a mail in one go, with all that was agreed in it. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from camdesk.base.errors import FieldError
from camdesk.insight.wording import write_day

MAIL = "mail"
KINDS: dict[str, str] = {
    "call": "Call",
    "working": "Meeting",
    "review": "Review",
    "executive": "Executive",
    "steering": "Steering",
    MAIL: "Mail",
}
"""How one can have been in touch. A mail is kept as a note: it is no meeting, and counts as none."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment that was made; `side` ours or theirs."""

    side: str
    text: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ToDo:
    """A task that follows."""

    text: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contacting:
    """What is logged in one go. `subject` may stand in a mail to the partner; the note, in Markdown, is ours.

    `attendees` are contacts by id; `newcomers` are names that no contact has yet: each becomes one.
    """

    kind: str
    on: date
    subject: str = ""
    note: str = ""
    attendees: tuple[str, ...] = ()
    newcomers: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()  # the ids of commitments that were kept
    promised: Promised | None = None
    to_do: ToDo | None = None


@dataclass(frozen=True, slots=True)
class KnownContact:
    """Somebody at the partner, as a list offers them."""

    contact_id: str
    name: str
    role: str


def say(contacting: Contacting, *, today: date, partner: str) -> str:
    """Return what logging it is called: Logged a call with Helio Cloud."""
    if contacting.kind == MAIL:
        return f"Logged a mail to {partner}"
    what = "call" if contacting.kind == "call" else "meeting"
    return f"{'Planned' if contacting.on > today else 'Logged'} a {what} with {partner}"


def check(contacting: Contacting, *, today: date) -> None:
    """Raise FieldError for what cannot be logged as it is."""
    if contacting.kind not in KINDS:
        raise FieldError(f"There is no {contacting.kind} to log.", "Choose another kind.", field="kind")
    if contacting.kind == MAIL and not contacting.note.strip():
        raise FieldError("A mail without words is nothing to keep.", "Write what it said.", field="note")
    if contacting.on <= today:
        return
    if contacting.kind == MAIL:
        raise FieldError(
            f"{write_day(contacting.on)} is still to come.", "Give the day it was sent.", field="on"
        )
    if contacting.kept:
        raise FieldError(
            f"{write_day(contacting.on)} is still to come, so nothing was kept then.",
            "Give the day it took place, or untick the commitments.",
            field="on",
        )
