"""The alerts as a person sees them: one per partner and rule, in the order of what matters most."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from camdesk.base import money
from camdesk.insight.alerts.episodes import firings_of
from camdesk.insight.alerts.evaluation import SEVERITIES, Evaluation, FiredSubject, Firing
from camdesk.insight.alerts.lifecycle import (
    AlertState,
    SubjectState,
    evaluated_on,
    read_events,
    read_states,
)
from camdesk.insight.alerts.messages import write_message
from camdesk.insight.alerts.replay import states_on
from camdesk.insight.results import Alert, AlertEvidence, AlertSubject
from camdesk.insight.rules import Rule
from camdesk.insight.wording import write_day

NEEDED_TODAY = 7
PER_RULE = 2
AWAKE = frozenset({"new", "acknowledged"})
OUR_FAULT = 1.25


def alerts_of(connection: Connection, evaluation: Evaluation) -> tuple[Alert, ...]:
    """Return every alert whose condition holds, the most pressing first; notices have no partner.

    On a day before the newest one reconciled the states are those of that day; alerts never stored
    carry numbers below 0, which no verb takes.
    """
    newest = evaluated_on(connection)
    is_past = newest is not None and evaluation.as_of < newest
    stored = read_states(connection)
    states = states_on(connection, evaluation.as_of) if is_past else stored
    events = read_events(connection, until=evaluation.as_of)
    found = []
    unsaved = 0
    for firing in evaluation.firings:
        state = states.get((firing.partner_id, firing.rule))
        known = {} if state is None else state.subjects
        subjects = sorted((one for one in firing.subjects if _is_shown(one, known)), key=_gravity)
        if not subjects:
            continue
        number = stored.get((firing.partner_id, firing.rule))
        if number is None:
            unsaved -= 1
        past = () if number is None else firings_of(events.get(number.alert_id, ()))
        alert = _alert(evaluation, firing, subjects, state, unsaved if number is None else number.alert_id)
        found.append(replace(alert, earlier=tuple(one for one in past if one.closed_on is not None)))
    return tuple(sorted(found, key=lambda one: (-one.priority, one.partner_id, one.rule)))


def closed_alert(state: AlertState, rule: Rule | None) -> Alert:
    """Return an alert whose condition does not hold now, as far as it is remembered."""
    closed = max((one.closed_on for one in state.subjects.values() if one.closed_on), default=None)
    title = rule.title if rule else state.rule
    message = (
        f"{title}: closed on {write_day(date.fromisoformat(closed))}" if closed else f"{title}: not open"
    )
    severities = [one.severity for one in state.subjects.values()]
    return Alert(
        id=state.alert_id,
        partner_id=state.partner_id,
        rule=state.rule,
        severity=max(severities, key=SEVERITIES.__getitem__, default="notice"),
        state="muted" if state.state == "muted" else "resolved",
        priority=0,
        value_at_stake=None,
        due_on=None,
        message=message,
        why=rule.why if rule else "",
        next_action="Nothing to do now.",
        first_seen=date.fromisoformat(state.first_seen),
        reopened=bool(state.reopened),
        subjects=(),
    )


def needs_you(alerts: Iterable[Alert]) -> tuple[int, ...]:
    """Return the numbers of the seven most pressing: one per partner, two per rule, good news apart."""
    chosen: list[int] = []
    partners: set[str] = set()
    rules: Counter[str] = Counter()
    for one in sorted(alerts, key=lambda one: -one.priority):
        if one.state not in AWAKE or one.severity == "good news":
            continue
        if one.partner_id in partners or rules[one.rule] >= PER_RULE:
            continue
        chosen.append(one.id)
        partners.add(one.partner_id)
        rules[one.rule] += 1
        if len(chosen) == NEEDED_TODAY:
            break
    return tuple(chosen)


def priority(severity: str, *, due_on: date | None, as_of: date, value: int, ours: bool) -> float:
    """Return severity × urgency × log10(10 + value in whole base currency), × 1.25 for our own faults."""
    weight = max(1, SEVERITIES[severity])
    whole = float(money.to_decimal(max(0, value)))
    return weight * _urgency(due_on, as_of) * math.log10(10 + whole) * (OUR_FAULT if ours else 1)


def _urgency(due_on: date | None, as_of: date) -> float:
    if due_on is None:
        return 1
    days = (due_on - as_of).days
    if days < 0:
        return 2
    if days <= 7:
        return 1.5
    return 1.2 if days <= 30 else 1


def _gravity(one: FiredSubject) -> tuple[int, date, int]:
    """Order rows as they are worked through: the gravest first, then the earliest, then the largest."""
    return -SEVERITIES[one.severity], one.due_on or date.max, -(one.value_at_stake or 0)


def _is_shown(one: FiredSubject, known: dict[str, SubjectState]) -> bool:
    if one.silenced_by is not None:
        return False
    before = known.get(one.subject)
    return not one.holds_only or (before is not None and bool(before.firing))


def _alert(
    evaluation: Evaluation,
    firing: Firing,
    subjects: Sequence[FiredSubject],
    state: AlertState | None,
    number: int,
) -> Alert:
    rule = evaluation.rules[firing.rule]
    known = state.subjects if state else {}
    rows = tuple(_row(one, known.get(one.subject)) for one in subjects)
    awake = {row.subject for row in rows if row.state in AWAKE}
    counted = [one for one in subjects if one.subject in awake] or list(subjects)
    values: dict[AlertEvidence, int] = {}
    for one in counted:
        values |= one.values
    severity = max((one.severity for one in counted), key=SEVERITIES.__getitem__)
    due_on = min((one.due_on for one in counted if one.due_on), default=None)
    value = sum(values.values()) if values else None
    stake = value if value is not None else evaluation.usual_stakes.get(firing.partner_id, 0)
    return Alert(
        id=number,
        partner_id=firing.partner_id,
        rule=rule.id,
        severity=severity,
        state=state.state if state else "new",
        priority=priority(
            severity,
            due_on=due_on,
            as_of=evaluation.as_of,
            value=stake,
            ours=any(one.ours for one in counted),
        ),
        value_at_stake=value,
        due_on=due_on,
        message=_message(evaluation, rule, counted, value, due_on) + _added(state),
        why=rule.why,
        next_action=rule.next_action,
        first_seen=date.fromisoformat(state.first_seen) if state else evaluation.as_of,
        reopened=bool(state.reopened) if state else False,
        subjects=rows,
    )


def _row(one: FiredSubject, before: SubjectState | None) -> AlertSubject:
    return AlertSubject(
        one.subject,
        one.label,
        before.state if before else "new",
        one.value_at_stake,
        one.due_on,
        one.severity,
        one.evidence,
    )


def _message(
    evaluation: Evaluation,
    rule: Rule,
    subjects: Sequence[FiredSubject],
    value: int | None,
    due_on: date | None,
) -> str:
    gravest = max(subjects, key=lambda one: (SEVERITIES[one.severity], one.value_at_stake or 0))
    template = rule.message if len(subjects) == 1 else rule.message_many or rule.message
    columns = {
        **gravest.columns,
        "count": len(subjects),
        "label": gravest.label,
        "value": value,
        "due": due_on.isoformat() if due_on else None,
        "days": abs((due_on - evaluation.as_of).days) if due_on else None,
    }
    return write_message(template, columns, currency=evaluation.base_currency)


def _added(state: AlertState | None) -> str:
    """Say how many rows are new since the alert was first seen."""
    if state is None:
        return ""
    new = sum(
        1
        for one in state.subjects.values()
        if one.firing and one.state == "new" and one.first_seen > state.first_seen
    )
    return f" ({new} new)" if new else ""
