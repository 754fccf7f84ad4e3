"""The alerts, in the order in which they need somebody, and what a person does about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.cli import alert_bodies, alert_page, output, rule_uses
from camdesk.cli.alert_page import Id
from camdesk.cli.days import day_of
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from camdesk.desk.reports import AlertReport
    from camdesk.insight.results import Alert

_SEVERITIES = {"critical": "red", "warning": "yellow", "good news": "green"}
_AWAKE = ("new", "acknowledged")
GOOD_NEWS = "good news"
_SHOWN = 40
All = Annotated[bool, typer.Option("--all", help="Alerts of everybody's partners, not only of your own.")]
Rows = Annotated[
    list[str] | None,
    typer.Option(
        "--subject", metavar="ROW", help="Only this row of the alert, by id or name; may be repeated."
    ),
]


def register(app: typer.Typer) -> None:
    app.command("alerts")(show)
    topic = typer.Typer(help="Look at one alert, and deal with it.", no_args_is_help=True)
    for verb, name in (
        (alert_page.show, "show"), (acknowledge, "ack"), (snooze, "snooze"), (resolve, "resolve"),
        (mute, "mute"), (unmute, "unmute"), (not_useful, "not-useful"),
    ):  # fmt: skip
        topic.command(name)(verb)
    app.add_typer(topic, name="alert")


def show(
    context: typer.Context,
    everybody: All = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="Instead: every rule, and how it has served so far.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the open alerts, those that need you today first."""
    session = session_of(context)
    if rules:
        rule_uses.show(session)
        return
    with session.desk() as desk:
        report, currency = desk.alerts(mine=not everybody), desk.settings.base_currency
    if session.json:
        output.as_json(alert_bodies.report_body(report))
    else:
        tell(report, currency)


def acknowledge(context: typer.Context, alert: Id, subject: Rows = None) -> None:
    """Say that an alert has been seen and is being seen to."""
    with session_of(context).desk() as desk:
        desk.acknowledge_alert(alert, rows=subject or ())
    output.line(f"Acknowledged {_named(alert, subject)}.")


def snooze(
    context: typer.Context,
    alert: Id,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Without it: until the alert gets worse.")
    ] = None,
    subject: Rows = None,
) -> None:
    """Put an alert, or one row of it, to sleep until a day, or until it gets worse."""
    day = day_of(until, option="--until")
    with session_of(context).desk() as desk:
        desk.snooze_alert(alert, until=day, rows=subject or ())
    said = _named(alert, subject)
    output.line(f"{said[:1].upper()}{said[1:]} sleeps until {write_day(day) if day else 'it gets worse'}.")


def resolve(
    context: typer.Context,
    alert: Id,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is settled.")],
    subject: Rows = None,
) -> None:
    """Close an alert, or one row of it, by hand."""
    with session_of(context).desk() as desk:
        desk.resolve_alert(alert, reason=reason, rows=subject or ())
    output.line(f"Resolved {_named(alert, subject)}.")


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


def not_useful(
    context: typer.Context,
    alert: Id,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="What was wrong with it.")] = None,
) -> None:
    """Note that an alert was of no use; it counts against its rule and the alert stays as it is."""
    with session_of(context).desk() as desk:
        desk.alert_not_useful(alert, reason=reason)
    output.line(f"Noted against the rule of alert {alert}. See how rules serve with: camdesk alerts --rules")


def _named(alert: int, rows: Sequence[str] | None) -> str:
    return f"{', '.join(rows)} of alert {alert}" if rows else f"alert {alert}"


def tell(report: AlertReport, currency: str) -> None:
    """Write the alerts as a person reads them."""
    by_id = {alert.id: alert for alert in report.alerts}
    pressing = [by_id[number] for number in report.needs_you]
    awake = [alert for alert in report.alerts if alert.state in _AWAKE]
    good = [alert for alert in awake if alert.severity == GOOD_NEWS]
    others = [alert for alert in awake if alert.id not in report.needs_you and alert not in good]
    if not report.alerts:
        output.line("No alerts.")
    for title, alerts in (("Needs you today", pressing), ("Good news", good), ("Also open", others)):
        if alerts:
            output.heading(f"{title} ({len(alerts)})")
            tell_table(alerts[:_SHOWN], currency, as_of=report.as_of)
        if len(alerts) > _SHOWN:
            output.line(f"… and {len(alerts) - _SHOWN} more; --json lists all.")
    for notice in report.notices:
        if notice.state in _AWAKE:
            output.line()
            output.line(f"{notice.message} (alert {notice.id})" if notice.id > 0 else notice.message)
    seen_to = len(report.alerts) - len(awake)
    if seen_to:
        output.line(f"{output.counted(seen_to, 'alert')} snoozed, muted or resolved; --json lists all.")
    if report.held_back:
        output.line()
        output.line(f"Held back ({len(report.held_back)}), for want of news that may not have arrived:")
        for because in dict.fromkeys(held.because for held in report.held_back):
            rules = ", ".join(held.rule for held in report.held_back if held.because == because)
            output.line(f"  {because} ({rules})")


def tell_table(alerts: Sequence[Alert], currency: str, *, as_of: date | None = None) -> None:
    """Write alerts as a table; days of the year of `as_of` go without it."""
    columns = [
        output.Column("Id", right=True),
        output.Column("Severity", styles=_SEVERITIES),
        output.Column("Partner"),
        output.Column("What", wide=True),
        output.Column("At stake", right=True),
        output.Column("Due", right=True),
    ]
    rows = [
        (
            str(alert.id) if alert.id > 0 else DASH,
            alert.severity,
            alert.partner_id,
            alert.message if alert.state == "new" else f"{alert.message} [{alert.state}]",
            DASH
            if alert.value_at_stake is None
            else write(alert.value_at_stake, Unit.MONEY, currency=currency),
            _due(alert.due_on, as_of),
        )
        for alert in alerts
    ]
    output.table(columns, rows)


def _due(day: date | None, as_of: date | None) -> str:
    is_near = day is not None and as_of is not None and day.year == as_of.year
    return f"{day.day} {day:%b}" if is_near and day is not None else write_day(day)
