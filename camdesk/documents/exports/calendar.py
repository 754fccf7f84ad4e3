"""What is promised, and the milestones, as days of a calendar (.ics, RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from camdesk.base.periods import ONE_DAY
from camdesk.documents.model import Document, Promise
from camdesk.documents.plain import cleaned
from camdesk.documents.promises import promises_of

_LINE_BYTES = 75
_LONGEST = 2_000


def calendar_of(body: Document, *, mark: str = "") -> bytes:
    """Return a calendar with a day for each promise and milestone that has one; `mark` leads every title.

    The same promise keeps its identity: a calendar imported again moves days and doubles none.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CAM Desk//Commitments//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(f'{body.partner_name} · {body.title} {body.period_title}')}",
    ]
    for promise in promises_of(body):
        if promise.due is not None:
            lines += _event(body, promise.due, promise.text, mark=mark, about=_about(body, promise))
    for milestone in body.milestones:
        lines += _event(body, milestone.due, milestone.text, mark=mark, about="Milestone")
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _about(body: Document, promise: Promise) -> str:
    return f"{promise.owner} · {body.title} {body.period_title}"


def _event(body: Document, day: date, text: str, *, mark: str, about: str) -> list[str]:
    said = cleaned(text)[:_LONGEST]
    identity = hashlib.sha256(f"{body.partner_id}\x1f{about}\x1f{text}".encode()).hexdigest()[:32]
    title = f"{mark}{body.partner_name}: {said}"
    return [
        "BEGIN:VEVENT",
        f"UID:{identity}@camdesk",
        f"DTSTAMP:{body.drafted_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + ONE_DAY:%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(about)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    plain = cleaned(text)
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 bytes, none of which cuts a character in two."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LINE_BYTES:
            yield part
            part, size = " ", 1
        part += character
        size += width
    yield part
