"""What both sides have promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.days import day_of
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import (
    NO_ROWS,
    Everything,
    MaybePartner,
    Partner,
    RecordId,
    add_topic,
    desk_for,
    tell_written,
)
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.writing.entries import Commitment

_SIDES = {"vendor": "ours", "partner": "theirs"}
_STATES = {"overdue": "red", "late": "yellow", "kept": "green"}


def register(app: typer.Typer) -> None:
    about = "What both sides have promised."
    add_topic(app, "commitment", about, add=add, done=finish, drop=drop, list=show)


def add(
    context: typer.Context,
    partner: Partner,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is promised.")],
    side: Annotated[str, typer.Option(metavar="SIDE", help="ours or theirs.")],
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when.")] = None,
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Who sees to it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write down what one side promises."""
    with desk_for(context, partner) as (desk, partner_id):
        record_id = desk.add_commitment(partner_id, text, side=side, due_on=due, owner=owner)
    sentence = f"Commitment {record_id} of {partner_id} is kept."
    tell_written(context, sentence, entity="commitments", record_id=record_id, partner_id=partner_id)


def finish(
    context: typer.Context,
    commitment: RecordId,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Without it: today.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say that a commitment was kept."""
    day = day_of(on, option="--on")
    with session_of(context).desk() as desk:
        desk.finish_commitment(commitment, on=day)
    tell_written(context, f"Commitment {commitment} is done.", entity="commitments", record_id=commitment)


def drop(
    context: typer.Context,
    commitment: RecordId,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is given up.")],
    as_json: AsJson = False,
) -> None:
    """Give a commitment up; it then counts neither as kept nor as broken."""
    with session_of(context).desk() as desk:
        desk.drop_commitment(commitment, reason=reason)
    tell_written(context, f"Commitment {commitment} is dropped.", entity="commitments", record_id=commitment)


def show(
    context: typer.Context,
    partner: MaybePartner = None,
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """List what is promised and still open, what is due first in front."""
    with desk_for(context, partner) as (desk, partner_id):
        found = desk.commitments(partner_id, everything=everything)
    if session_of(context).json:
        output.as_json({"commitments": [_body(each) for each in found]})
        return
    columns = [
        output.Column("Id"),
        output.Column("Partner"),
        output.Column("Side"),
        output.Column("What", wide=True),
        output.Column("Owner"),
        output.Column("Due", right=True),
        output.Column("State", styles=_STATES),
    ]
    output.table(columns, [_row(each) for each in found], none=NO_ROWS)


def _row(each: Commitment) -> tuple[str, ...]:
    return (
        each.commitment_id,
        each.partner_id,
        _SIDES.get(each.side, each.side),
        each.text,
        each.owner or "",
        write_day(each.due_on),
        f"dropped: {each.dropped_because}"
        if each.dropped_because and each.state == "dropped"
        else each.state,
    )


def _body(each: Commitment) -> dict[str, Any]:
    return {
        "commitment_id": each.commitment_id,
        "source": each.source,
        "partner_id": each.partner_id,
        "side": each.side,
        "text": each.text,
        "owner": each.owner,
        "due_on": values.day(each.due_on),
        "done_on": values.day(each.done_on),
        "dropped_on": values.day(each.dropped_on),
        "dropped_because": each.dropped_because,
        "state": each.state,
        "author": each.author,
    }
