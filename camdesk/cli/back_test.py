"""A rule tried on the past: how often it would have fired, about whom, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.days import day_of
from camdesk.cli.progress import progress_bar
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from camdesk.desk.reports import BackTestReport
    from camdesk.insight.alerts.past_alerts import PastAlert

_RHYTHMS = {"day": 1, "week": 7}
_SHOWN = 40


def back_test(
    context: typer.Context,
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help="The rule's name, as in: camdesk alerts --rules")
    ],
    start: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="Default: a year before the end.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Default: today.")] = None,
    every: Annotated[str, typer.Option(metavar="week|day", help="How often to look.")] = "week",
    changed: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=NUMBER", help="Compare with another threshold; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Replay a rule over past days: how often, about whom, and what happened afterwards."""
    session = session_of(context)
    first, last = day_of(start, option="--from"), day_of(end, option="--to")
    if every not in _RHYTHMS:
        raise typer.BadParameter(f"{every} is neither day nor week.", param_hint="--every")
    thresholds = dict(_threshold(text) for text in changed or ())
    with session.desk() as desk, progress_bar("Replaying") as progress:
        report = desk.back_test(
            rule, start=first, end=last, step_days=_RHYTHMS[every], thresholds=thresholds, progress=progress
        )
        currency = desk.settings.base_currency
    if session.json:
        output.as_json(body(report))
    else:
        tell(report, currency)


def _threshold(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError as error:
        raise typer.BadParameter(
            f"{text} sets nothing. Write it like warning_days=45.", param_hint="--set"
        ) from error


def body(report: BackTestReport) -> dict[str, Any]:
    """Return a back-test as JSON has it."""
    test = report.test
    return {
        "rule": test.rule.id,
        "title": test.rule.title,
        "from": values.day(test.start),
        "to": values.day(test.end),
        "every_days": test.step_days,
        "days": len(test.days),
        "unknown_before": values.day(test.unknown_before),
        "unknown_days": test.unknown_days,
        "held_back": test.held_back,
        "summary": list(report.summary),
        "alerts": [_alert(one, report) for one in test.alerts],
        "changed": None
        if test.alerts_changed is None
        else {
            "thresholds": dict(test.changed),
            "alerts": [_alert(one, report) for one in test.alerts_changed],
        },
    }


def _alert(one: PastAlert, report: BackTestReport) -> dict[str, Any]:
    return {
        "partner_id": one.partner_id,
        "name": report.names.get(one.partner_id),
        "first_day": values.day(one.first_day),
        "last_day": values.day(one.last_day),
        "days": one.days,
        "cleared_on": values.day(one.cleared_on),
        "severity": one.severity,
        "rows": one.rows,
        "value_at_stake": values.amount(one.value_at_stake),
        "followed": list(one.followed),
        "verdict": one.verdict,
    }


def tell(report: BackTestReport, currency: str) -> None:
    """Write a back-test as a person reads it."""
    for line in report.summary:
        output.line(line)
    test = report.test
    if test.alerts:
        output.heading(f"As it is set now ({len(test.alerts)})")
        _tell_table(test.alerts, report, currency)
    for title, alerts in (("No longer raised", report.no_longer), ("Raised in addition", report.added)):
        if alerts:
            output.heading(f"{title} ({len(alerts)})")
            _tell_table(alerts, report, currency)


def _tell_table(alerts: Sequence[PastAlert], report: BackTestReport, currency: str) -> None:
    columns = [
        output.Column("Partner", clipped=True),
        output.Column("From"),
        output.Column("Days", right=True),
        output.Column("Worst"),
        output.Column("At stake", right=True),
        output.Column("What followed", wide=True),
    ]
    rows = [
        (
            report.names.get(one.partner_id, one.partner_id),
            write_day(one.first_day),
            f"{one.days:,}" if one.cleared_on else f"{one.days:,}+",
            one.severity,
            DASH if one.value_at_stake is None else write(one.value_at_stake, Unit.MONEY, currency=currency),
            "; ".join((one.verdict, *one.followed)),
        )
        for one in alerts[-_SHOWN:]
    ]
    output.table(columns, rows)
    if len(alerts) > _SHOWN:
        output.line(f"… and {len(alerts) - _SHOWN} before; --json lists all.")
