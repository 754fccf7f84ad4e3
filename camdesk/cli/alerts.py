"""The alerts, in the order in which they need somebody, and what a person does about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.days import day_of
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from camdesk.desk.reports import AlertReport
    from camdesk.insight.results import Alert, AlertSubject

_SEVERITIES = {"critical": "red", "warning": "yellow", "good news": "green"}
_AWAKE = ("new", "acknowledged")
_SHOWN = 40
All = Annotated[bool, typer.Option("--all", help="Alerts of everybody's partners, not only of your own.")]
Id = Annotated[int, typer.Argument(metavar="ID", help="The alert's number.")]


def register(app: typer.Typer) -> None:
    app.command("alerts")(show)
    topic = typer.Typer(help="Deal with one alert.", no_args_is_help=True)
    for verb, name in (
        (acknowledge, "ack"), (snooze, "snooze"), (resolve, "resolve"), (mute, "mute"), (unmute, "unmute"),
    ):  # fmt: skip
        topic.command(name)(verb)
    app.add_typer(topic, name="alert")


def show(context: typer.Context, everybody: All = False, as_json: AsJson = False) -> None:
    """Show the open alerts, those that need you today first."""
    session = session_of(context)
    with session.desk() as desk:
        report, currency = desk.alerts(mine=not everybody), desk.settings.base_currency
    if session.json:
        output.as_json(body(report))
    else:
        tell(report, currency)


def acknowledge(context: typer.Context, alert: Id) -> None:
    """Say that an alert has been seen and is being seen to."""
    with session_of(context).desk() as desk:
        desk.acknowledge_alert(alert)
    output.line(f"Acknowledged alert {alert}.")


def snooze(
    context: typer.Context,
    alert: Id,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Without it: until the alert gets worse.")
    ] = None,
) -> None:
    """Put an alert to sleep until a day, or until it gets worse."""
    day = day_of(until, option="--until")
    with session_of(context).desk() as desk:
        desk.snooze_alert(alert, until=day)
    output.line(f"Alert {alert} sleeps until {write_day(day) if day else 'it gets worse'}.")


def resolve(
    context: typer.Context,
    alert: Id,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is settled.")],
) -> None:
    """Close an alert by hand."""
    with session_of(context).desk() as desk:
        desk.resolve_alert(alert, reason=reason)
    output.line(f"Resolved alert {alert}.")


def mute(context: typer.Context, alert: Id) -> None:
    """Silence the alert's rule for this partner."""
    with session_of(context).desk() as desk:
        desk.mute_alert(alert)
    output.line(f"Muted alert {alert}. Hear it again with: camdesk alert unmute {alert}")


def unmute(context: typer.Context, alert: Id) -> None:
    """Let the alert's rule speak about this partner again."""
    with session_of(context).desk() as desk:
        desk.unmute_alert(alert)
    output.line(f"Alert {alert} speaks again.")


def body(report: AlertReport) -> dict[str, Any]:
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
        "subjects": [_subject(subject) for subject in alert.subjects],
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


def tell(report: AlertReport, currency: str) -> None:
    """Write the alerts as a person reads them."""
    by_id = {alert.id: alert for alert in report.alerts}
    pressing = [by_id[number] for number in report.needs_you]
    if not report.alerts:
        output.line("No alerts.")
    if pressing:
        output.heading(f"Needs you today ({len(pressing)})")
        tell_table(pressing, currency)
    others = [alert for alert in report.alerts if alert.id not in report.needs_you and alert.state in _AWAKE]
    if others:
        output.heading(f"Also open ({len(others)})")
        tell_table(others[:_SHOWN], currency)
    if len(others) > _SHOWN:
        output.line(f"… and {len(others) - _SHOWN} more; --json lists all.")
    for notice in report.notices:
        output.line()
        output.line(notice.message)
    seen_to = len(report.alerts) - len(pressing) - len(others)
    if seen_to:
        output.line(f"{output.counted(seen_to, 'alert')} snoozed, muted or resolved; --json lists all.")
    if report.held_back:
        output.line()
        output.line(f"Held back ({len(report.held_back)}), for want of news that may not have arrived:")
        for because in dict.fromkeys(held.because for held in report.held_back):
            rules = ", ".join(held.rule for held in report.held_back if held.because == because)
            output.line(f"  {because} ({rules})")


def tell_table(alerts: Sequence[Alert], currency: str) -> None:
    """Write alerts as a table."""
    columns = [
        output.Column("Id", right=True),
        output.Column("Severity", styles=_SEVERITIES),
        output.Column("Partner"),
        output.Column("What", wide=True),
        output.Column("At stake", right=True),
        output.Column("Due", right=True),
        output.Column("State"),
    ]
    rows = [
        (
            str(alert.id) if alert.id > 0 else DASH,
            alert.severity,
            alert.partner_id,
            alert.message,
            DASH
            if alert.value_at_stake is None
            else write(alert.value_at_stake, Unit.MONEY, currency=currency),
            write_day(alert.due_on),
            alert.state,
        )
        for alert in alerts
    ]
    output.table(columns, rows)
