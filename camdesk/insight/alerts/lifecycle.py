"""What becomes of alerts from day to day: opened, added to, closed by themselves, reopened.

All state lies with the subjects, so that one contract may be put to sleep alone; an alert's own state
follows from theirs, unless the rule is muted for the partner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from camdesk.insight.alerts.evaluation import SEVERITIES, Evaluation, FiredSubject, Firing
from camdesk.store.tables import alert, alert_event, alert_subject, setting

REOPENS_WITHIN_DAYS = 14
UNTIL_WORSE = "until worse"
"""The reason of a "snoozed" event without a day."""
_EVALUATED_ON = "alerts_evaluated_on"


@dataclass(frozen=True)
class SubjectState:
    """What is remembered of one subject; the columns of `alert_subject`."""

    alert_id: int
    subject: str
    state: str
    firing: int
    severity: str
    first_seen: str
    snoozed_until: str | None = None
    severity_known: str | None = None
    closed_on: str | None = None
    closed_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class AlertState:
    """What is remembered of one partner and rule."""

    alert_id: int
    partner_id: str
    rule: str
    state: str
    first_seen: str
    last_seen: str
    reopened: int
    not_useful: int
    subjects: dict[str, SubjectState]


@dataclass(frozen=True)
class Event:
    """Something that happened to an alert, for its history."""

    alert_id: int
    happened_on: str
    event: str
    subject: str | None = None
    reason: str | None = None


def evaluated_on(connection: Connection) -> date | None:
    """Return the newest day alerts were reconciled for."""
    value = connection.execute(select(setting.c.value).where(setting.c.name == _EVALUATED_ON)).scalar()
    return date.fromisoformat(value) if value else None


def read_states(connection: Connection) -> dict[tuple[str, str], AlertState]:
    """Return everything remembered, by partner and rule."""
    subjects: dict[int, dict[str, SubjectState]] = {}
    for row in connection.execute(select(alert_subject)):
        one = SubjectState(*row)
        subjects.setdefault(one.alert_id, {})[one.subject] = one
    return {
        (row.partner_id, row.rule): AlertState(**row._mapping, subjects=subjects.get(row.alert_id, {}))
        for row in connection.execute(select(alert))
    }


def reconcile(connection: Connection, evaluation: Evaluation) -> None:
    """Bring the stored states to the evaluation's day; a day before the newest one changes nothing."""
    newest = evaluated_on(connection)
    if newest is not None and evaluation.as_of < newest:
        return
    day = evaluation.as_of.isoformat()
    states = read_states(connection)
    next_id = max((state.alert_id for state in states.values()), default=0) + 1
    quiet = {held.rule for held in evaluation.held_back}
    events: list[Event] = []
    writes = _Writes()
    for firing in evaluation.firings:
        state = states.pop((firing.partner_id, firing.rule), None)
        if state is None:
            state = AlertState(next_id, firing.partner_id, firing.rule, "resolved", day, day, 0, 0, {})
            subjects = _seen(state, firing, day, events)
            if subjects:
                next_id += 1
                _save(writes, None, state, subjects, day)
            continue
        subjects = _seen(state, firing, day, events)
        _save(writes, state, state, subjects | _cleared(state, _known(firing), day, events), day)
    for state in states.values():
        if state.rule not in quiet:
            _save(writes, state, state, state.subjects | _cleared(state, frozenset(), day, events), day)
    writes.carry_out(connection)
    write_events(connection, events)
    if newest != evaluation.as_of:
        connection.execute(delete(setting).where(setting.c.name == _EVALUATED_ON))
        connection.execute(insert(setting).values(name=_EVALUATED_ON, value=day))


def read_events(connection: Connection, *, until: date) -> dict[int, list[Event]]:
    """Return what happened to each alert up to and on a day, oldest first."""
    columns = [column for column in alert_event.c if column.name != "event_id"]
    rows = connection.execute(
        select(*columns)
        .where(alert_event.c.happened_on <= until.isoformat())
        .order_by(alert_event.c.event_id)
    )
    found: dict[int, list[Event]] = {}
    for row in rows:
        found.setdefault(row.alert_id, []).append(Event(*row))
    return found


def write_events(connection: Connection, events: Sequence[Event]) -> None:
    if events:
        connection.execute(insert(alert_event), [vars(event) for event in events])


def state_of(subjects: Iterable[SubjectState]) -> str:
    """Return an alert's state as its subjects make it: the most awake of them says."""
    found = {one.state for one in subjects if one.firing}
    return next((state for state in ("new", "acknowledged", "snoozed") if state in found), "resolved")


def _known(firing: Firing) -> frozenset[str]:
    return frozenset(one.subject for one in firing.subjects)


def _seen(state: AlertState, firing: Firing, day: str, events: list[Event]) -> dict[str, SubjectState]:
    """Return all subjects after today's news; what another alert silences is left as it was."""
    subjects = dict(state.subjects)
    is_open = any(one.firing for one in subjects.values())
    for fired in firing.subjects:
        before = subjects.get(fired.subject)
        if fired.silenced_by is not None:
            continue
        if before is not None and before.firing:
            subjects[fired.subject] = now = _still(before, fired, day)
            if before.state == "snoozed" and now.state == "new":
                events.append(Event(state.alert_id, day, "woken", fired.subject, _why_woken(before)))
        elif not fired.holds_only:
            returned = before is not None and _is_recent(before.closed_on, day)
            subjects[fired.subject] = SubjectState(
                state.alert_id,
                fired.subject,
                "new",
                1,
                fired.severity,
                before.first_seen if before is not None and returned else day,
                closed_on=before.closed_on if before is not None and returned else None,
            )
            event = "reopened" if returned else "added" if is_open else "opened"
            events.append(Event(state.alert_id, day, event, fired.subject))
    return subjects


def _still(before: SubjectState, fired: FiredSubject, day: str) -> SubjectState:
    """Wake a subject whose sleep is over: the day has come, or it got worse."""
    now = before if fired.holds_only else replace(before, severity=fired.severity)
    if before.state != "snoozed":
        return now
    if before.snoozed_until is not None:
        awake = before.snoozed_until <= day
    else:
        awake = SEVERITIES[now.severity] > SEVERITIES[before.severity_known or before.severity]
    return replace(now, state="new", snoozed_until=None, severity_known=None) if awake else now


def _why_woken(before: SubjectState) -> str:
    return "its day has come" if before.snoozed_until is not None else "it got worse"


def _cleared(
    state: AlertState, known: frozenset[str], day: str, events: list[Event]
) -> dict[str, SubjectState]:
    """Close what no longer fires; what a person resolved keeps that person's reason."""
    closed = {}
    for one in state.subjects.values():
        if one.firing and one.subject not in known:
            by_hand = one.state == "resolved"
            closed[one.subject] = replace(
                one,
                state="resolved",
                firing=0,
                snoozed_until=None,
                severity_known=None,
                closed_on=one.closed_on if by_hand else day,
                closed_by="hand" if by_hand else "self",
            )
            events.append(Event(state.alert_id, day, "closed", one.subject))
    return closed


def _is_recent(closed_on: str | None, day: str) -> bool:
    if closed_on is None:
        return False
    return (date.fromisoformat(day) - date.fromisoformat(closed_on)).days <= REOPENS_WITHIN_DAYS


@dataclass
class _Writes:
    """What is to be written, so that thousands of rows take four statements."""

    new_alerts: list[dict[str, Any]] = field(default_factory=list)
    alerts: list[dict[str, Any]] = field(default_factory=list)
    new_subjects: list[dict[str, Any]] = field(default_factory=list)
    subjects: list[dict[str, Any]] = field(default_factory=list)

    def carry_out(self, connection: Connection) -> None:
        for statement, rows in (
            (insert(alert), self.new_alerts),
            (_CHANGED_ALERT, self.alerts),
            (insert(alert_subject), self.new_subjects),
            (_CHANGED_SUBJECT, self.subjects),
        ):
            if rows:
                connection.execute(statement, rows)


_CHANGED_ALERT = (
    update(alert)
    .where(alert.c.alert_id == bindparam("of_alert"))
    .values({column.name: bindparam(column.name) for column in alert.c})
)
_CHANGED_SUBJECT = (
    update(alert_subject)
    .where(
        alert_subject.c.alert_id == bindparam("of_alert"), alert_subject.c.subject == bindparam("of_subject")
    )
    .values({column.name: bindparam(column.name) for column in alert_subject.c})
)


def _save(
    writes: _Writes,
    stored: AlertState | None,
    state: AlertState,
    subjects: dict[str, SubjectState],
    day: str,
) -> None:
    """Note what differs from `stored`, with the alert's own state as its subjects now make it."""
    now = _after(state, subjects, day)
    values = {name: value for name, value in vars(now).items() if name != "subjects"}
    if stored is None:
        writes.new_alerts.append(values)
    elif now != replace(stored, subjects=now.subjects):
        writes.alerts.append({**values, "of_alert": now.alert_id})
    for one in subjects.values():
        before = stored.subjects.get(one.subject) if stored else None
        if before is None:
            writes.new_subjects.append(dict(vars(one)))
        elif before != one:
            writes.subjects.append({**vars(one), "of_alert": one.alert_id, "of_subject": one.subject})


def _after(state: AlertState, subjects: dict[str, SubjectState], day: str) -> AlertState:
    was_open = any(one.firing for one in state.subjects.values())
    is_open = any(one.firing for one in subjects.values())
    now = replace(state, subjects=subjects, last_seen=day if is_open else state.last_seen)
    if is_open and not was_open:
        firing = [one for one in subjects.values() if one.firing]
        reopened = any(one.closed_on for one in firing)
        now = replace(
            now, reopened=int(reopened), first_seen=min(one.first_seen for one in firing) if reopened else day
        )
    return now if state.state == "muted" else replace(now, state=state_of(subjects.values()))
