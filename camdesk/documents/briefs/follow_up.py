"""The mail after the meeting: what both sides agreed and when they meet next, and nothing else.

It goes to the partner: no figure, note, score or alert has a place in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from camdesk.base.settings import Settings
from camdesk.documents.briefs.known import attendees_of, kind_of, local, person, when
from camdesk.documents.drafting.commitments import OURS
from camdesk.documents.drafting.rows import PartnerRows, Row, day
from camdesk.documents.phrases import joined
from camdesk.insight.wording import write_day


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A mail as a program takes it: to whom, about what, in which words."""

    to: tuple[str, ...]
    subject: str
    text: str


def draft_follow_up(
    rows: PartnerRows,
    meeting: Mapping[str, Any],
    *,
    partner_name: str,
    settings: Settings,
    agreed: Sequence[Row],
    today: date,
) -> FollowUp:
    """Return the mail after `meeting`; `agreed` are the commitments that came out of it."""
    contacts = {row["contact_id"]: row for row in rows.of("contacts")}
    people = [contacts[name] for name in attendees_of(meeting) if name in contacts]
    on = local(meeting, settings).date()
    words = [f"Hello{_greeted(people)},", "", _thanks(meeting, on, today), ""]
    for title, side in ((f"We at {settings.our_name}", OURS), (partner_name, "")):
        promised = [row for row in agreed if (row["side"] == OURS) is (side == OURS)]
        if promised:
            words += [f"{title} will:", *(f"- {_promise(row)}" for row in promised), ""]
    if not agreed:
        words += ["We agreed no new commitments.", ""]
    words += [_next(rows, meeting, settings), "", "Please tell me if I have anything wrong.", ""]
    words += ["Best regards", *_signed(settings)]
    return FollowUp(
        tuple(row["email"] for row in people if row["email"]),
        f"{kind_of(meeting)} on {write_day(on)}: what we agreed",
        "\n".join(words) + "\n",
    )


def _greeted(people: Sequence[Row]) -> str:
    names = [str(row["name"]).split()[0] for row in people if str(row["name"]).split()]
    return f" {joined(names)}" if names else ""


def _thanks(meeting: Mapping[str, Any], on: date, today: date) -> str:
    when_held = "today" if on == today else f"on {write_day(on)}"
    return f"Thank you for your time {when_held} ({kind_of(meeting)}). This is what we agreed."


def _promise(row: Row) -> str:
    text = " ".join(str(row["text"]).split()).rstrip(".")
    due = f", by {write_day(day(row['due_on']))}" if row["due_on"] else ""
    owner = f" ({person(row['owner'])})" if row["owner"] else ""
    return f"{text}{due}{owner}"


def _next(rows: PartnerRows, meeting: Mapping[str, Any], settings: Settings) -> str:
    ahead = sorted(
        (
            row
            for row in rows.of("meetings")
            if row["status"] == "planned" and row["scheduled_at"] > meeting["scheduled_at"]
        ),
        key=lambda row: row["scheduled_at"],
    )
    if not ahead:
        return "We have no next meeting yet: which day suits you?"
    return f"We meet next on {when(ahead[0], settings)} ({kind_of(ahead[0])})."


def _signed(settings: Settings) -> list[str]:
    names = [person(settings.owner_emails[0])] if settings.owner_emails else []
    return [*names, settings.our_name]
