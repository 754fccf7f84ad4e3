"""Set what a partner is to reach."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from camdesk.cli import output
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import Partner, add_topic, desk_for, tell_written
from camdesk.insight.wording import write_day


def register(app: typer.Typer) -> None:
    add_topic(app, "target", "What a partner is to reach.", set=set_)


def set_(
    context: typer.Context,
    partner: Partner,
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="What is to be reached, such as revenue.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="An amount or number, such as 500000.")],
    year: Annotated[
        int | None,
        typer.Option(metavar="2027", min=1990, max=2199, help="A fiscal year; this one by default."),
    ] = None,
    quarter: Annotated[str | None, typer.Option(metavar="2027-Q1", help="A fiscal quarter.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Or from this day …")] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="… to this one, both in it.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="The partner's currency without it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Set a partner's target; setting the same period again replaces yours."""
    from camdesk.desk.writing.targets import Span

    span = Span(year, quarter, start, end)
    with desk_for(context, partner) as (desk, partner_id):
        made = desk.set_target(partner_id, metric, value, span=span, currency=currency)
        measured = desk.is_held_against(made.metric)
    first, last = (write_day(date.fromisoformat(day)) for day in (made.period_start, made.period_end))
    done = "changed" if made.replaced else "set"
    tell_written(
        context,
        f"Target {made.record_id} of {partner_id} is {done}: {made.metric} {value}, {first} to {last}.",
        entity="targets",
        record_id=made.record_id,
        partner_id=partner_id,
        replaced=made.replaced,
    )
    if session_of(context).json:
        return
    if not measured:
        output.note(f"No figure is held against a target of {made.metric}; revenue or sell_through would be.")
    for source in made.also_from:
        output.note(f"{source} has a target for the same period too. Keep one: camdesk own list")
