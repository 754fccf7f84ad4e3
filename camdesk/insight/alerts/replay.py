"""The states of alerts as they were on a day gone by, from what happened up to then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from camdesk.insight.alerts.lifecycle import (
    UNTIL_WORSE,
    AlertState,
    Event,
    SubjectState,
    read_events,
    read_states,
    state_of,
)

_OPENING = frozenset({"opened", "added", "reopened"})
_VERBS = frozenset({"acknowledged", "snoozed", "resolved"})


def states_on(connection: Connection, day: date) -> dict[tuple[str, str], AlertState]:
    """Return what was remembered on `day`, by partner and rule; what began later is left out."""
    events = read_events(connection, until=day)
    return {
        key: _as_it_was(state, events[state.alert_id], day.isoformat())
        for key, state in read_states(connection).items()
        if state.alert_id in events
    }


def _as_it_was(state: AlertState, events: Iterable[Event], day: str) -> AlertState:
    subjects: dict[str, SubjectState] = {}
    first_seen, opened_on, muted, reopened = day, "", False, False
    for event in events:
        if event.event in _OPENING and not any(one.firing for one in subjects.values()):
            first_seen, opened_on, reopened = event.happened_on, event.happened_on, False
        muted = (muted or event.event == "muted") and event.event != "unmuted"
        subjects |= {name: _after(subjects.get(name), event, name, state) for name in _named(event, subjects)}
        if event.event == "reopened" and event.happened_on == opened_on:
            first_seen = min(first_seen, subjects[event.subject or ""].first_seen)
            reopened = True
    woken = {name: _awake(one, day) for name, one in subjects.items()}
    now = "muted" if muted else state_of(woken.values())
    return replace(state, state=now, first_seen=first_seen, reopened=int(reopened), subjects=woken)


def _named(event: Event, subjects: Mapping[str, SubjectState]) -> tuple[str, ...]:
    """Return whom an event is about: one row, or all that were open where a person took the whole alert."""
    if event.subject is not None:
        return (event.subject,)
    return tuple(name for name, one in subjects.items() if one.firing) if event.event in _VERBS else ()


def _after(before: SubjectState | None, event: Event, name: str, state: AlertState) -> SubjectState:
    stored = state.subjects.get(name)
    severity = stored.severity if stored else "notice"
    known = before or SubjectState(state.alert_id, name, "new", 1, severity, event.happened_on)
    match event.event:
        case "opened" | "added":
            return replace(known, state="new", firing=1, first_seen=event.happened_on, snoozed_until=None)
        case "reopened":
            return replace(known, state="new", firing=1, snoozed_until=None)
        case "woken":
            return replace(known, state="new", snoozed_until=None)
        case "snoozed":
            until = event.reason if event.reason != UNTIL_WORSE else None
            return replace(known, state="snoozed", snoozed_until=until)
        case "closed":
            return replace(known, state="resolved", firing=0)
        case "acknowledged" | "resolved":
            return replace(known, state=event.event, snoozed_until=None)
        case _:
            return known


def _awake(one: SubjectState, day: str) -> SubjectState:
    """Wake what slept until a day that has come."""
    is_over = one.state == "snoozed" and one.snoozed_until is not None and one.snoozed_until <= day
    return replace(one, state="new", snoozed_until=None) if is_over else one
