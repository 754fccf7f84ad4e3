"""What a brief is told beside what it reads itself: the meeting, what happened since, what is alarming."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from camdesk.base.settings import Settings
from camdesk.base.working_time import parse_instant
from camdesk.documents.drafting.rows import PartnerRows, Row, day
from camdesk.insight.results import Alert, AlertEvidence
from camdesk.insight.wording import write_day


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, in one sentence, and what it led to, a phrase each."""

    day: date
    text: str
    tone: str  # good | bad | plain
    consequences: tuple[str, ...]
    evidence: tuple[AlertEvidence, ...]


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """`since` is the day of the last meeting held before the one prepared; None: none is known."""

    meeting: Mapping[str, Any] | None  # the row of the meeting prepared; None: none is planned
    since: date | None
    changed_from: date  # the first day the changes are told of
    changes: tuple[Told, ...]
    alerts: tuple[Alert, ...]  # of the partner, the first to act on in front
    target_assumed: bool


def attendees_of(meeting: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the contacts that a meeting names."""
    return tuple(name for name in (meeting["attendees"] or "").split(";") if name)


def held_before(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    """Return the meetings held up to a day, oldest first."""
    held = [row for row in rows.of("meetings") if row["status"] == "held" and _day(row) <= on]
    return tuple(sorted(held, key=lambda row: row["scheduled_at"]))


def kind_of(meeting: Mapping[str, Any]) -> str:
    """Return what a meeting is called: its subject, else its kind."""
    return str(meeting["subject"] or f"{meeting['kind']} meeting".capitalize())


def when(meeting: Mapping[str, Any], settings: Settings) -> str:
    """Return `26 Nov 2026, 09:31` in the workspace's time zone."""
    start = local(meeting, settings)
    return f"{write_day(start.date())}, {start:%H:%M}"


def local(meeting: Mapping[str, Any], settings: Settings) -> datetime:
    zone = ZoneInfo(settings.working_time.time_zone)
    return parse_instant(meeting["scheduled_at"]).astimezone(zone)


def person(address: str | None) -> str:
    """Return a name as people write it, of an e-mail address the part that names the person."""
    if not address:
        return ""
    name, at, _ = address.partition("@")
    return name.replace(".", " ").replace("_", " ").title() if at else address


def _day(row: Row) -> date:
    return day(row["scheduled_at"]) or date.max
