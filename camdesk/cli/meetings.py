"""Log a call or a meeting in one line."""

from __future__ import annotations

from typing import Annotated

import typer

from camdesk.cli.session import AsJson
from camdesk.cli.writing import Partner, add_topic, desk_for, tell_written


def register(app: typer.Typer) -> None:
    add_topic(app, "meeting", "Calls and meetings with a partner.", log=log)


def log(
    context: typer.Context,
    partner: Partner,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="working (a call), review, executive or steering.")
    ] = "working",
    on: Annotated[str, typer.Option(metavar="DATE[T14:30]", help="When it is or was.")] = "now",
    subject: Annotated[str | None, typer.Option(metavar="TEXT", help="What it was about.")] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="CONTACT", help="Who was there, by name or id; repeat for more."),
    ] = None,
    missed_by: Annotated[
        str | None, typer.Option(metavar="SIDE", help="It did not take place: vendor or partner missed it.")
    ] = None,
    planned: Annotated[bool, typer.Option("--planned", help="It is still to come.")] = False,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Keep a note with it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Log a call or meeting; held just now unless you say otherwise."""
    from camdesk.desk.writing.meetings import Meeting

    meeting = Meeting(kind, on, subject, tuple(with_ or ()), missed_by, planned, note)
    with desk_for(context, partner) as (desk, partner_id):
        record_id = desk.log_meeting(partner_id, meeting)
    what = "planned" if planned else "missed" if missed_by else "logged"
    tell_written(
        context,
        f"Meeting {record_id} with {partner_id} is {what}.",
        entity="meetings",
        record_id=record_id,
        partner_id=partner_id,
    )
