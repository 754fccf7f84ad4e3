"""The states of alerts as they were on a day gone by, from what happened up to then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from camdesk.insight.alerts.lifecycle import AlertState, Event, SubjectState, read_states, state_of
from camdesk.store.tables import alert_event

_OPENING = frozenset({"opened", "added", "reopened"})
_UNTIL_WORSE = "until worse"


def states_on(connection: Connection, day: date) -> dict[tuple[str, str], AlertState]:
    """Return what was remembered on `day`, by partner and rule; what began later is left out."""
    columns = [column for column in alert_event.c if column.name != "event_id"]
    rows = connection.execute(
        select(*columns).where(alert_event.c.happened_on <= day.isoformat()).order_by(alert_event.c.event_id)
    )
    events: dict[int, list[Event]] = {}
    for row in rows:
        events.setdefault(row.alert_id, []).append(Event(*row))
    return {
        key: _as_it_was(state, events[state.alert_id], day.isoformat())
        for key, state in read_states(connection).items()
        if state.alert_id in events
    }


def _as_it_was(state: AlertState, events: Iterable[Event], day: str) -> AlertState:
    subjects: dict[str, SubjectState] = {}
    first_seen, muted, reopened = day, False, 0
    for event in events:
        if event.event in _OPENING and not any(one.firing for one in subjects.values()):
            first_seen = event.happened_on
        reopened += event.event == "reopened"
        muted = (muted or event.event == "muted") and event.event != "unmuted"
        if event.subject is not None:
            subjects[event.subject] = _after(subjects.get(event.subject), event, state)
    woken = {name: _awake(one, day) for name, one in subjects.items()}
    now = "muted" if muted else state_of(woken.values())
    return replace(state, state=now, first_seen=first_seen, reopened=reopened, subjects=woken)


def _after(before: SubjectState | None, event: Event, state: AlertState) -> SubjectState:
    stored = state.subjects.get(event.subject or "")
    known = before or SubjectState(
        state.alert_id,
        event.subject or "",
        "new",
        1,
        stored.severity if stored else "notice",
        event.happened_on,
    )
    match event.event:
        case "opened" | "added":
            return replace(known, state="new", firing=1, first_seen=event.happened_on, snoozed_until=None)
        case "reopened":
            return replace(known, state="new", firing=1, snoozed_until=None)
        case "snoozed":
            until = event.reason if event.reason != _UNTIL_WORSE else None
            return replace(known, state="snoozed", snoozed_until=until)
        case "closed":
            return replace(known, state="resolved", firing=0)
        case "acknowledged" | "resolved":
            return replace(known, state=event.event)
        case _:
            return known


def _awake(one: SubjectState, day: str) -> SubjectState:
    """Wake what slept until a day that has come."""
    is_over = one.state == "snoozed" and one.snoozed_until is not None and one.snoozed_until <= day
    return replace(one, state="new", snoozed_until=None) if is_over else one
