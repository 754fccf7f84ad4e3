"""What happened with a partner, by day: meetings, notes, documents, alerts acted on, what sources tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES
from camdesk.store import own_rows
from camdesk.store.sources import OWN

if TYPE_CHECKING:
    from camdesk.desk.writing.entries import Note
    from camdesk.documents.library import StoredDocument
    from camdesk.insight.catalog import Catalog

_ACTED_ON = """
SELECT e.event_id, e.happened_on, e.event, e.reason, a.rule
FROM alert_event e JOIN alert a ON a.alert_id = e.alert_id
WHERE a.partner_id = :partner
  AND e.event IN ('acknowledged', 'snoozed', 'resolved', 'muted', 'not useful')
GROUP BY a.alert_id, e.happened_on, e.event
"""
_MEETINGS = {
    "working": "Meeting",
    "review": "Review",
    "executive": "Executive meeting",
    "steering": "Steering",
}
_DOCUMENTS = {"review": "Quarterly business review", "plan": "Joint business plan"}
_DONE = {"not useful": "said to be of no use"}


_LOGGED_WITHIN = timedelta(seconds=5)
Entries = Mapping[tuple[str, str], own_rows.OwnEntry]


class ItemKind(Enum):
    """What an item is; the value is its name in a list of filters."""

    MEETING = "Meetings"
    NOTE = "Notes"
    DOCUMENT = "Documents"
    ALERT = "Alerts"
    ACTIVITY = "Activities"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something of a day. `text` is Markdown; `author` is None for what a source brought.

    A meeting with its note is one item; `note_id` then is the note's, which can be written anew.
    """

    kind: ItemKind
    record_id: str
    day: date
    time: str  # 14:30, or empty
    title: str
    detail: str = ""
    text: str = ""
    author: str | None = None
    source: str = ""
    note_id: str = ""
    is_own: bool = False


def read(
    connection: Connection, partner_id: str, *, catalog: Catalog, notes: Sequence[Note]
) -> list[TimelineItem]:
    """Return all but the documents, in no order."""
    entries = own_rows.read_entries(connection)
    people = {row["contact_id"]: row["name"] for row in _rows(connection, "contacts", partner_id)}
    meetings = [
        _meeting(row, people, entries.get(("meetings", row["meeting_id"])))
        for row in _rows(connection, "meetings", partner_id)
    ]
    joined, rest = _with_notes(meetings, [_note(note) for note in notes], entries)
    acted = connection.execute(text(_ACTED_ON), {"partner": partner_id}).mappings()
    return [
        *joined,
        *rest,
        *(_alert(dict(row), catalog) for row in acted),
        *_activities(connection, partner_id),
    ]


def of_documents(documents: Iterable[StoredDocument]) -> list[TimelineItem]:
    """Return drafts and agreements of documents on the day they were last saved."""
    return [
        TimelineItem(
            ItemKind.DOCUMENT,
            str(one.document_id),
            date.fromisoformat(one.saved_at[:10]),
            one.saved_at[11:16],
            f"{_DOCUMENTS.get(one.kind, one.kind.capitalize())} {one.period}",
            f"{one.status}, {one.versions} {'version' if one.versions == 1 else 'versions'}",
        )
        for one in documents
    ]


def in_order(items: Iterable[TimelineItem]) -> tuple[TimelineItem, ...]:
    """Return items by day and time, the newest first."""
    return tuple(sorted(items, key=lambda one: (one.day, one.time, one.record_id), reverse=True))


def _rows(connection: Connection, entity: str, partner_id: str) -> list[dict[str, Any]]:
    return own_rows.current_rows(connection, ENTITIES[entity], partner_id=partner_id, of_all=True)


def _meeting(
    row: Mapping[str, Any], people: Mapping[str, str], entry: own_rows.OwnEntry | None
) -> TimelineItem:
    state = row["status"]
    if state == "missed" and row["missed_by"]:
        state = f"missed by {'us' if row['missed_by'] == 'vendor' else 'them'}"
    present = [people.get(one, one) for one in (row["attendees"] or "").split(";") if one]
    is_own = row["source"] == OWN
    return TimelineItem(
        ItemKind.MEETING,
        row["meeting_id"],
        date.fromisoformat(row["scheduled_at"][:10]),
        _time(row["scheduled_at"]),
        _title(row),
        " · ".join(filter(None, (state, ", ".join(present)))),
        author=entry.author if entry is not None and is_own else None,
        source=row["source"],
        is_own=is_own,
    )


def _title(row: Mapping[str, Any]) -> str:
    """Return what a meeting was; of a working one what it was about says enough."""
    what = _MEETINGS.get(row["kind"]) or str(row["kind"]).capitalize()
    if not row["subject"]:
        return what
    return str(row["subject"]) if row["kind"] == "working" else f"{what}: {row['subject']}"


def _time(instant: str) -> str:
    """Return the time of an instant; midnight stands for none."""
    return instant[11:16].replace("00:00", "")


def _note(note: Note) -> TimelineItem:
    return TimelineItem(
        ItemKind.NOTE,
        note.note_id,
        date.fromisoformat(note.written_at[:10]),
        _time(note.written_at),
        "Note",
        text=note.text,
        author=note.author,
        source=note.source,
        note_id=note.note_id,
        is_own=True,
    )


def _with_notes(
    meetings: Sequence[TimelineItem], notes: Sequence[TimelineItem], entries: Entries
) -> tuple[list[TimelineItem], list[TimelineItem]]:
    """Return meetings, own ones with the note that was logged along with them, and the other notes."""
    waiting = {note.note_id: note for note in notes if note.source == OWN}
    joined = []
    for meeting in meetings:
        note = next((one for one in waiting.values() if _belongs(one, meeting, entries)), None)
        if note is None:
            joined.append(meeting)
        else:
            del waiting[note.note_id]
            joined.append(replace(meeting, text=note.text, note_id=note.note_id))
    taken = {one.note_id for one in joined if one.note_id}
    return joined, [note for note in notes if note.note_id not in taken]


def _belongs(note: TimelineItem, meeting: TimelineItem, entries: Entries) -> bool:
    """Tell whether a note is of the moment of an own meeting and was written right after it."""
    first, second = entries.get(("meetings", meeting.record_id)), entries.get(("notes", note.note_id))
    if not meeting.is_own or first is None or second is None:
        return False
    if (note.day, note.time) != (meeting.day, meeting.time):
        return False
    after = datetime.fromisoformat(second.written_at) - datetime.fromisoformat(first.written_at)
    return timedelta(0) <= after <= _LOGGED_WITHIN


def _alert(row: Mapping[str, Any], catalog: Catalog) -> TimelineItem:
    rule = catalog.rules.get(row["rule"])
    done = _DONE.get(row["event"], row["event"])
    return TimelineItem(
        ItemKind.ALERT,
        f"event-{row['event_id']}",
        date.fromisoformat(row["happened_on"]),
        "",
        f"Alert {done}: {rule.title if rule else row['rule']}",
        row["reason"] or "",
    )


def _activities(connection: Connection, partner_id: str) -> list[TimelineItem]:
    """Return what sources tell that was done together: advocacy, campaigns, what the partner asked for."""
    found = []
    for row in _rows(connection, "advocacy", partner_id):
        what = row["kind"].replace("_", " ").capitalize()
        found.append(
            _activity(row, "advocacy_id", "done_on", f"{what}: {row['text']}" if row["text"] else what)
        )
    found += [
        _activity(row, "campaign_id", "started_on", f"Campaign: {row['name']}")
        for row in _rows(connection, "campaigns", partner_id)
    ]
    for row in _rows(connection, "requests", partner_id):
        what = row["subject"] or row["kind"].replace("_", " ")
        answered = row["answered_at"] and f"answered {write_day(date.fromisoformat(row['answered_at'][:10]))}"
        found.append(_activity(row, "request_id", "asked_at", f"They asked for: {what}", answered or "open"))
    return found


def _activity(row: Mapping[str, Any], key: str, day: str, title: str, detail: str = "") -> TimelineItem:
    return TimelineItem(
        ItemKind.ACTIVITY,
        str(row[key]),
        date.fromisoformat(row[day][:10]),
        "",
        title,
        detail,
        source=row["source"],
        is_own=row["source"] == OWN,
    )
