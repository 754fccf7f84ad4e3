"""Alerts as JSON has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from camdesk.cli import values

if TYPE_CHECKING:
    from camdesk.desk.reports import AlertReport
    from camdesk.insight.results import Alert, AlertSubject, PastFiring


def report_body(report: AlertReport) -> dict[str, Any]:
    """Return the report as JSON has it."""
    return {
        "as_of": values.day(report.as_of),
        "needs_you": list(report.needs_you),
        "alerts": [alert_body(alert) for alert in report.alerts],
        "notices": [alert_body(notice) for notice in report.notices],
        "held_back": [{"rule": held.rule, "because": held.because} for held in report.held_back],
    }


def alert_body(alert: Alert) -> dict[str, Any]:
    """Return one alert as JSON has it."""
    return {
        "id": alert.id,
        "partner_id": alert.partner_id,
        "rule": alert.rule,
        "severity": alert.severity,
        "state": alert.state,
        "priority": alert.priority,
        "value_at_stake": values.amount(alert.value_at_stake),
        "due_on": values.day(alert.due_on),
        "message": alert.message,
        "why": alert.why,
        "next_action": alert.next_action,
        "first_seen": values.day(alert.first_seen),
        "reopened": alert.reopened,
        "earlier": [firing_body(firing) for firing in alert.earlier],
        "subjects": [_subject(subject) for subject in alert.subjects],
    }


def firing_body(firing: PastFiring) -> dict[str, Any]:
    """Return one time an alert was open as JSON has it."""
    return {
        "opened_on": values.day(firing.opened_on),
        "closed_on": values.day(firing.closed_on),
        "returned": firing.returned,
        "subjects": list(firing.subjects),
        "acknowledged_on": values.day(firing.acknowledged_on),
        "resolved_on": values.day(firing.resolved_on),
        "reason": firing.reason,
        "not_useful": firing.not_useful,
    }


def _subject(subject: AlertSubject) -> dict[str, Any]:
    return {
        "subject": subject.subject,
        "label": subject.label,
        "state": subject.state,
        "severity": subject.severity,
        "value_at_stake": values.amount(subject.value_at_stake),
        "due_on": values.day(subject.due_on),
        "evidence": [{"entity": one.entity, "record_id": one.record_id} for one in subject.evidence],
    }
