"""What a person does with an alert: acknowledge, put to sleep, resolve, mute, say it is of no use.

Each verb takes all rows of the alert, or those named in `subjects`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, update

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.insight.alerts.lifecycle import (
    UNTIL_WORSE,
    AlertState,
    Event,
    SubjectState,
    read_states,
    state_of,
    write_events,
)
from camdesk.store.tables import alert, alert_subject


def acknowledge(connection: Connection, alert_id: int, *, on: date, subjects: Collection[str] = ()) -> None:
    """Note that the alert has been seen and is being seen to."""
    _change(
        connection,
        alert_id,
        Event(alert_id, on.isoformat(), "acknowledged"),
        lambda one: replace(one, state="acknowledged", snoozed_until=None, severity_known=None),
        subjects,
    )


def snooze(
    connection: Connection, alert_id: int, *, on: date, until: date | None, subjects: Collection[str] = ()
) -> None:
    """Put the alert to sleep until a day, or, without one, until it gets worse or a row is added."""
    if until is not None and until <= on:
        raise UsageError(
            "An alert can only be snoozed to a later day.", f"Name a day after {on.isoformat()}."
        )
    _change(
        connection,
        alert_id,
        Event(alert_id, on.isoformat(), "snoozed", reason=until.isoformat() if until else UNTIL_WORSE),
        lambda one: replace(
            one,
            state="snoozed",
            snoozed_until=until.isoformat() if until else None,
            severity_known=one.severity,
        ),
        subjects,
    )


def resolve(
    connection: Connection, alert_id: int, *, on: date, reason: str, subjects: Collection[str] = ()
) -> None:
    """Close the alert by hand; it stays closed until its condition has cleared and comes back."""
    if not reason.strip():
        raise UsageError("Resolving an alert needs a reason.", "Say in a few words why it is settled.")
    _change(
        connection,
        alert_id,
        Event(alert_id, on.isoformat(), "resolved", reason=reason),
        lambda one: replace(
            one,
            state="resolved",
            closed_on=on.isoformat(),
            closed_by="hand",
            reason=reason,
            snoozed_until=None,
            severity_known=None,
        ),
        subjects,
    )


def mute(connection: Connection, alert_id: int, *, on: date) -> None:
    """Silence this rule for this partner until it is unmuted."""
    state = _read(connection, alert_id)
    connection.execute(update(alert).where(alert.c.alert_id == alert_id).values(state="muted"))
    write_events(connection, [Event(state.alert_id, on.isoformat(), "muted")])


def unmute(connection: Connection, alert_id: int, *, on: date) -> None:
    """Let the rule speak about this partner again, each row in the state it was in."""
    state = _read(connection, alert_id)
    connection.execute(
        update(alert).where(alert.c.alert_id == alert_id).values(state=state_of(state.subjects.values()))
    )
    write_events(connection, [Event(alert_id, on.isoformat(), "unmuted")])


def not_useful(connection: Connection, alert_id: int, *, on: date, reason: str | None = None) -> None:
    """Record that the alert was of no use, for the rule's own statistics; its state stays."""
    _read(connection, alert_id)
    connection.execute(
        update(alert).where(alert.c.alert_id == alert_id).values(not_useful=alert.c.not_useful + 1)
    )
    write_events(
        connection, [Event(alert_id, on.isoformat(), "not useful", reason=(reason or "").strip() or None)]
    )


def _read(connection: Connection, alert_id: int) -> AlertState:
    found = next((one for one in read_states(connection).values() if one.alert_id == alert_id), None)
    if found is None:
        raise NotFoundError(f"There is no alert {alert_id}.", "List them with: camdesk alerts")
    return found


def _change(
    connection: Connection,
    alert_id: int,
    event: Event,
    to: Callable[[SubjectState], SubjectState],
    names: Collection[str],
) -> None:
    state = _read(connection, alert_id)
    chosen = {
        one.subject: to(one)
        for one in state.subjects.values()
        if one.firing and (not names or one.subject in names)
    }
    if not chosen or not set(names) <= set(chosen):
        what = "has no open row of that name" if names else "is closed already"
        raise NotFoundError(f"Alert {alert_id} {what}.", "List what is open with: camdesk alerts")
    for one in chosen.values():
        connection.execute(
            update(alert_subject)
            .where(alert_subject.c.alert_id == alert_id, alert_subject.c.subject == one.subject)
            .values(vars(one))
        )
    if state.state != "muted":
        after = state_of((state.subjects | chosen).values())
        connection.execute(update(alert).where(alert.c.alert_id == alert_id).values(state=after))
    write_events(connection, [replace(event, subject=name) for name in sorted(names)] or [event])
