"""Every metric of every partner in one go, and one figure with the records that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, spreadsheet, values
from camdesk.cli.records import tell_records
from camdesk.cli.session import AsJson, session_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from camdesk.desk.reports import FigureReport
    from camdesk.insight.definitions import Metric
    from camdesk.insight.results import Evidence, Figure

_SHOWN_RECORDS = 40


def register(app: typer.Typer) -> None:
    app.command("figures")(show)
    app.command("explain")(explain)


def show(
    context: typer.Context,
    metric: Annotated[list[str] | None, typer.Option(metavar="METRIC", help="May be repeated.")] = None,
    partner: Annotated[list[str] | None, typer.Option(metavar="PARTNER", help="May be repeated.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV, for a spreadsheet.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show every metric of every partner, also those outside its scorecard."""
    session = session_of(context)
    with session.desk() as desk:
        figures = desk.figures(metrics=metric or (), partners=partner or ())
        metrics, currency, as_of = desk.catalog.metrics, desk.settings.base_currency, desk.as_of
    if session.json:
        found = [
            {
                "partner_id": figure.partner_id,
                "metric": figure.metric,
                "value": values.value(figure.value, metrics[figure.metric].unit),
                "n": figure.n,
            }
            for figure in figures
        ]
        output.as_json({"as_of": values.day(as_of), "figures": found})
    elif as_csv:
        output.write(_csv(figures, metrics))
    else:
        _tell(figures, metrics, currency)


def explain(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="The partner's id.")],
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="The metric, as figures lists it.")],
    as_json: AsJson = False,
) -> None:
    """Show a figure, its definition and the records that made it."""
    session = session_of(context)
    with session.desk() as desk:
        if session.json:
            output.as_json(_body(desk.explain(partner, metric), desk.catalog.metrics[metric]))
        else:
            _tell_records(desk.open_figure(partner, metric))


def _tell_records(report: FigureReport) -> None:
    output.heading(f"{report.title}: {report.value}")
    output.line(report.definition)
    output.line(f"{report.window}, {output.counted(report.n, 'record')}")
    for table in report.tables:
        tell_records(table, most=_SHOWN_RECORDS)


def _body(evidence: Evidence, definition: Metric) -> dict[str, Any]:
    return evidence_body(evidence, aggregation=definition.aggregation, shares_money=definition.counts_money)


def evidence_body(evidence: Evidence, *, aggregation: str, shares_money: bool) -> dict[str, Any]:
    """Return a figure with its records as JSON has them; `shares_money`: a share of two amounts."""
    counts_money = shares_money or evidence.unit is Unit.MONEY
    return {
        "metric": evidence.metric,
        "title": evidence.title,
        "unit": evidence.unit.value,
        "value": values.value(evidence.value, evidence.unit),
        "n": evidence.n,
        "definition": evidence.definition,
        "aggregation": aggregation,
        "window": {"start": values.day(evidence.window_start), "end": values.day(evidence.window_end)},
        "records": [
            {
                "entity": record.entity,
                "record_id": record.record_id,
                "n": _put_in(record.n, money=counts_money),
                "d": _put_in(record.d, money=shares_money),
            }
            for record in evidence.records
        ],
    }


def _put_in(number: float | int | str | None, *, money: bool) -> values.Plain:
    return values.amount(number) if money and isinstance(number, int | float) else number


def _csv(figures: Sequence[Figure], metrics: Mapping[str, Metric]) -> str:
    rows = (
        (
            figure.partner_id,
            figure.metric,
            values.value(figure.value, metrics[figure.metric].unit),
            figure.n,
        )
        for figure in figures
    )
    return spreadsheet.as_csv(("partner_id", "metric", "value", "n"), rows)


def _tell(figures: Sequence[Figure], metrics: Mapping[str, Metric], currency: str) -> None:
    columns = [
        output.Column("Partner"),
        output.Column("Metric"),
        output.Column("Title", wide=True),
        output.Column("Value", right=True),
        output.Column("Records", right=True),
    ]
    rows = [
        (
            figure.partner_id,
            figure.metric,
            metrics[figure.metric].title,
            write(figure.value, metrics[figure.metric].unit, currency=currency, full=True),
            str(figure.n),
        )
        for figure in figures
    ]
    output.table(columns, rows)
