"""How near the CAM's calls came to what was booked, beside the CRM's commit of the same days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from camdesk.base import money
from camdesk.cli import output, values
from camdesk.cli.portfolio import All
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.forecast_words import share, signed_money, signed_share, verdict
from camdesk.insight.wording import DASH

if TYPE_CHECKING:
    from camdesk.desk.number.forecast_reports import AccuracyReport, CallsHeld
    from camdesk.insight.accuracy import Accuracy, HeldCall


def show(context: typer.Context, everybody: All = False, as_json: AsJson = False) -> None:
    """Show how near your calls of finished quarters came, and whether they beat commit."""
    session = session_of(context)
    with session.desk() as desk:
        report = desk.forecast_accuracy(mine=not everybody)
    session.answer(report, body=_body, tell=_tell)


def _body(report: AccuracyReport) -> dict[str, Any]:
    return {
        "as_of": values.day(report.as_of),
        "base_currency": report.base_currency,
        "mine_only": report.mine_only,
        "total": _accuracy(report.total),
        "weeks": _weeks(report.weeks),
        "quarters": [_quarter(each, report) for each in report.quarters],
        "not_held": report.not_held,
    }


def _quarter(each: CallsHeld, report: AccuracyReport) -> dict[str, Any]:
    return {
        "quarter": each.quarter,
        "quarter_start": values.day(each.quarter_start),
        "quarter_end": values.day(each.quarter_end),
        "total": _accuracy(each.total),
        "weeks": _weeks(each.weeks),
        "calls": [{**_call(one), "name": report.names[one.partner_id]} for one in each.held],
    }


def _weeks(weeks: tuple[tuple[int, Accuracy], ...]) -> list[dict[str, Any]]:
    return [{"weeks_before_end": number, **_accuracy(whole)} for number, whole in weeks]


def _accuracy(whole: Accuracy) -> dict[str, Any]:
    return {
        "calls": whole.calls,
        "call": values.amount(whole.call),
        "booked": values.amount(whole.booked),
        "error": values.amount(whole.error),
        "mean_absolute_percentage_error": whole.mape,
        "bias": whole.bias,
        "direction": whole.direction,
        "compared": {
            "calls": whole.compared,
            "call": whole.call_mape,
            "commit": whole.commit_mape,
            "commit_error": values.amount(whole.commit_error),
            "commit_bias": whole.commit_bias,
            "call_beats_commit": whole.beats_commit,
        },
    }


def _call(one: HeldCall) -> dict[str, Any]:
    return {
        "partner_id": one.partner_id,
        "week": values.day(one.week_on),
        "called_on": values.day(one.called_on),
        "weeks_before_end": one.weeks_before_end,
        "call": values.amount(one.call),
        "booked": values.amount(one.booked),
        "error": values.amount(one.error),
        "percent": one.percent,
        "commit": values.amount(one.commit),
        "commit_error": values.amount(one.commit_error),
        "commit_percent": one.commit_percent,
    }


def _tell(report: AccuracyReport) -> None:
    if not report.total.calls:
        output.line(
            "No quarter with a call of yours has ended yet. "
            "Call one with: camdesk forecast call PARTNER AMOUNT"
        )
    for each in report.quarters:
        output.heading(each.quarter)
        _tell_calls(each, report)
    if report.total.calls:
        output.heading("By weeks before the quarter's end")
        _tell_weeks(report)
        output.line(verdict(report.total, report.base_currency))
    if report.not_held:
        output.line(f"{output.counted(report.not_held, 'call')} left out: no sale of the partner is known.")


def _tell_calls(each: CallsHeld, report: AccuracyReport) -> None:
    currency = report.base_currency
    output.table(
        [
            output.Column("Partner", clipped=True),
            output.Column("Weeks left", right=True),
            output.Column("Call", right=True),
            output.Column("Booked", right=True),
            output.Column("Error", right=True),
            output.Column("%", right=True),
            output.Column("Commit", right=True),
            output.Column("Commit %", right=True),
        ],
        [
            (
                f"{one.partner_id} {report.names[one.partner_id]}",
                str(one.weeks_before_end),
                money.short(one.call, currency),
                money.short(one.booked, currency),
                signed_money(one.error, currency),
                signed_share(one.percent),
                DASH if one.commit is None else money.short(one.commit, currency),
                signed_share(one.commit_percent),
            )
            for one in each.held
        ],
    )


def _tell_weeks(report: AccuracyReport) -> None:
    output.table(
        [
            output.Column("Weeks left"),
            output.Column("Calls", right=True),
            output.Column("Mean error", right=True),
            output.Column("Bias", right=True),
            output.Column("Mean error where commit is known", right=True),
            output.Column("Commit's", right=True),
        ],
        [
            (
                str(name),
                str(whole.calls),
                share(whole.mape),
                signed_share(whole.bias),
                share(whole.call_mape),
                share(whole.commit_mape),
            )
            for name, whole in (
                *report.weeks,
                ("all", report.total),
            )
        ],
    )
