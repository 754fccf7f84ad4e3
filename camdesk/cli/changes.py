"""What changed in the portfolio since a day."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.days import day_of
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.wording import write_day

_SHOWN = 60
_NEGATIVE = re.compile(r"^-(?=[\d.]+$)", re.ASCII)


def register(app: typer.Typer) -> None:
    app.command("changes")(show)


def show(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="From this day on; without it the last week.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what syncs added, changed and removed."""
    start = day_of(since, option="--since")
    session = session_of(context)
    with session.desk() as desk:
        report = desk.changes(since=start)
    if session.json:
        found = [
            {
                "as_of": values.day(change.as_of),
                "source": change.source,
                "entity": change.entity,
                "record_id": change.record_id,
                "partner_id": change.partner_id,
                "kind": change.kind,
                "changes": {name: list(pair) for name, pair in change.changes.items()},
            }
            for change in report.records
        ]
        output.as_json(
            {"as_of": values.day(report.as_of), "since": values.day(report.since), "changes": found}
        )
        return
    if not report.records:
        output.line(f"Nothing changed from {write_day(report.since)} to {write_day(report.as_of)}.")
        return
    columns = [
        output.Column("Day", right=True),
        output.Column("Partner"),
        output.Column("Record"),
        output.Column("What", wide=True),
    ]
    rows = [
        (
            write_day(change.as_of),
            change.partner_id or "",
            f"{change.entity} {change.record_id}",
            _what(change.kind, change.changes),
        )
        for change in report.records[:_SHOWN]
    ]
    output.table(columns, rows)
    if len(report.records) > _SHOWN:
        output.line(f"… and {len(report.records) - _SHOWN:,} more; --json lists all.")


def _what(kind: str, changes: Any) -> str:
    if kind != "changed":
        return kind
    return "; ".join(f"{name} {_said(before)} → {_said(after)}" for name, (before, after) in changes.items())


def _said(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return _NEGATIVE.sub("−", text)
