"""One alert in full: the rule and its numbers, the records, how old they are, and what came before."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.alert_bodies import alert_body, firing_body
from camdesk.cli.records import tell_records
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import write, write_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from camdesk.desk.reports import AlertDetail, AlertHappening, NamedValue, RecordTable
    from camdesk.insight.alerts.freshness import SourceAge

_ROWS = 20
Id = Annotated[int, typer.Argument(metavar="ID", help="The alert's number.")]


def show(context: typer.Context, alert: Id, as_json: AsJson = False) -> None:
    """Show one alert with everything it rests on, what came before, and what to do next."""
    session = session_of(context)
    with session.desk() as desk:
        detail = desk.alert(alert)
    session.answer(detail, body=body, tell=tell)


def body(detail: AlertDetail) -> dict[str, Any]:
    """Return an alert in full as JSON has it."""
    return {
        **alert_body(detail.alert),
        "partner_name": detail.partner_name,
        "rule_title": detail.rule_title,
        "judged_by": detail.judged_by,
        "thresholds": [_named(one) for one in detail.thresholds],
        "baseline": [_named(one) for one in detail.baseline],
        "records": [_records(table) for table in detail.records],
        "sources": [
            {
                "source": age.source,
                "brings": list(age.brings),
                "last_sync": values.day(age.last_sync),
                "stale": age.is_stale,
            }
            for age in detail.sources
        ],
        "earlier": [
            {**firing_body(one.firing), "words": one.words, "afterwards": list(one.afterwards)}
            for one in detail.earlier
        ],
        "history": [
            {"day": values.day(one.day), "event": one.event, "subject": one.row, "reason": one.reason}
            for one in detail.history
        ],
    }


def _named(one: NamedValue) -> dict[str, Any]:
    return {"name": one.name, "title": one.title, "value": one.value, "words": one.words}


def _records(table: RecordTable) -> dict[str, Any]:
    return {
        "entity": table.entity,
        "title": table.title,
        "records": [
            {"record_id": record_id, **dict(zip(table.heads, row, strict=True))}
            for record_id, row in zip(table.record_ids, table.rows, strict=True)
        ],
    }


def tell(detail: AlertDetail) -> None:
    """Write an alert in full as a person reads it."""
    alert = detail.alert
    about = f"{detail.partner_name} ({alert.partner_id})" if detail.partner_name else "The portfolio"
    output.heading(f"{about}: {alert.message}")
    output.line(", ".join(_facts(detail)))
    output.line()
    output.line(f"{detail.rule_title}. {alert.why}")
    output.line(f"Next: {alert.next_action}")
    if detail.thresholds:
        by = f", as set for {detail.judged_by}" if detail.judged_by else ""
        output.line(f"Thresholds{by}: {_list(detail.thresholds)}")
    if detail.baseline:
        output.line(f"Measured: {_list(detail.baseline)}")
    if detail.sources:
        output.line(f"Rests on: {'; '.join(_age(age) for age in detail.sources)}")
    _tell_rows(detail)
    for table in detail.records:
        tell_records(table, most=_ROWS)
    if detail.earlier:
        output.heading(f"Earlier ({len(detail.earlier)})")
        for one in detail.earlier:
            after = f". Since then: {', '.join(one.afterwards)}" if one.afterwards else ""
            output.line(f"  {one.words}{after}")
    if detail.history:
        output.heading("History")
        for line in _history(detail.history):
            output.line(f"  {line}")


def _history(history: Sequence[AlertHappening]) -> Iterator[str]:
    """Yield what happened, rows of one moment together."""
    for (day, event, reason), together in groupby(history, key=lambda one: (one.day, one.event, one.reason)):
        rows = ", ".join(one.row for one in together if one.row)
        because = f" ({reason})" if reason else ""
        yield f"{write_day(day)}: {event}{f' {rows}' if rows else ''}{because}"


def _facts(detail: AlertDetail) -> list[str]:
    alert = detail.alert
    facts = [alert.severity.capitalize(), alert.state]
    if alert.value_at_stake is not None:
        stake = write(alert.value_at_stake, Unit.MONEY, currency=detail.base_currency)
        facts.append(f"{stake} at stake")
    if alert.due_on is not None:
        facts.append(f"due {write_day(alert.due_on)}")
    facts.append(f"first seen {write_day(alert.first_seen)}")
    return [*facts, "came back"] if alert.reopened else facts


def _list(named: Sequence[NamedValue]) -> str:
    return ", ".join(f"{one.title[:1].lower()}{one.title[1:]} {one.words}" for one in named)


def _age(age: SourceAge) -> str:
    when = f"last synced on {write_day(age.last_sync)}" if age.last_sync else "never synced"
    return f"{', '.join(age.brings)} from {age.source}, {when}{' (stale)' if age.is_stale else ''}"


def _tell_rows(detail: AlertDetail) -> None:
    subjects = detail.alert.subjects
    if len(subjects) < 2:
        return
    output.heading(f"Rows ({len(subjects)})")
    columns = [
        output.Column("Row"),
        output.Column("What", wide=True),
        output.Column("Severity"),
        output.Column("At stake", right=True),
        output.Column("Due", right=True),
        output.Column("State"),
    ]
    rows = [
        (
            one.subject,
            one.label,
            one.severity,
            write(one.value_at_stake, Unit.MONEY, currency=detail.base_currency)
            if one.value_at_stake is not None
            else "",
            write_day(one.due_on) if one.due_on else "",
            one.state,
        )
        for one in subjects
    ]
    output.table(columns, rows)
