"""Who is in the room and since when; who is new, who left, and which executive is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from camdesk.documents.briefs.known import BriefFacts, attendees_of, held_before
from camdesk.documents.drafting.draft import Draft, say
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Line
from camdesk.documents.phrases import clipped, joined
from camdesk.insight.wording import write_day

NAME, ROLE = 34, 30
_NAMED = 3


def lines(draft: Draft, known: BriefFacts) -> tuple[Line, ...]:
    """Return a line each for who comes, then for who left or stays away; all contacts without a list."""
    contacts = {row["contact_id"]: row for row in draft.rows.of("contacts")}
    named = attendees_of(known.meeting) if known.meeting is not None else ()
    here = [contacts[name] for name in named if name in contacts]
    there = [row for row in contacts.values() if not _has_left(row, draft.today)]
    if not here:
        here = sorted(there, key=_standing)
    told = [_line(draft, known, row) for row in here if not _has_left(row, draft.today)]
    told += [say(f"{name}: on the list, but no contact we know.") for name in named if name not in contacts]
    told += _absent(draft, known, [row for row in there if row not in here])
    return tuple(told) or (say("No contact of this partner is known."),)


def _standing(row: Row) -> tuple[bool, bool, bool, str]:
    return (not row["is_primary"], not row["is_executive"], row["influence"] != "champion", row["name"])


def _has_left(row: Row, on: date) -> bool:
    left = day(row["left_on"])
    return left is not None and left <= on


def _line(draft: Draft, known: BriefFacts, row: Row) -> Line:
    what = [clipped(row["role"], ROLE)] if row["role"] else []
    what += ["primary"] if row["is_primary"] else []
    if row["influence"] and row["influence"] != "executive":
        what.append(row["influence"])
    elif row["is_executive"]:
        what.append("executive")
    return say(f"{clipped(row['name'], NAME)}, {', '.join([*what, _since(draft, known, row)])}")


def _since(draft: Draft, known: BriefFacts, row: Row) -> str:
    """Return since when the person is known here, by the meetings that name them."""
    met = [one for one in held_before(draft.rows, draft.today) if row["contact_id"] in attendees_of(one)]
    if not met:
        return "never met yet"
    first, last = day(met[0]["scheduled_at"]), day(met[-1]["scheduled_at"])
    if first is not None and known.since is not None and first >= known.since and len(met) == 1:
        return f"new: first met {write_day(first)}"
    latest = "" if first == last else f", last {write_day(last)}"
    return f"met since {first:%b %Y}{latest}" if first else "met"


def _absent(draft: Draft, known: BriefFacts, others: list[Row]) -> Iterator[Line]:
    gone = [
        row
        for row in draft.rows.of("contacts")
        if _has_left(row, draft.today) and (day(row["left_on"]) or date.min) >= known.changed_from
    ]
    for row in gone:
        role = f", {clipped(row['role'], ROLE)}," if row["role"] else ""
        yield say(f"{clipped(row['name'], NAME)}{role} left on {write_day(day(row['left_on']))}.")
    weighty = [row for row in others if row["is_executive"] or row["influence"] in ("champion", "executive")]
    if known.meeting is not None and weighty:
        names = [_named(row) for row in weighty[:_NAMED]]
        yield say(f"Not there: {joined(names)}.")


def _named(row: Row) -> str:
    what = "executive" if row["is_executive"] else row["influence"]
    return f"{clipped(row['name'], NAME)} ({what})"
