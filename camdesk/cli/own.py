"""The rows you wrote yourself, and those that a source has brought since."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output
from camdesk.cli.days import stored_day
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import MaybePartner, RecordId, add_topic, desk_for, tell_written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from camdesk.desk.writing.entries import MergeOffer, OwnRow

Entity = Annotated[str, typer.Argument(metavar="ENTITY", help="What it is: meeting, contact, target, ….")]


def register(app: typer.Typer) -> None:
    about = "Rows you wrote yourself: list, change, remove, merge with what a source brought."
    add_topic(app, "own", about, list=show, change=change, remove=remove, merge=merge, keep=keep)


def show(context: typer.Context, partner: MaybePartner = None, as_json: AsJson = False) -> None:
    """List the rows you wrote, and those that synced ones seem to repeat."""
    with desk_for(context, partner) as (desk, partner_id):
        rows, offers = desk.own_rows(partner_id), desk.merge_offers(partner_id)
    if session_of(context).json:
        output.as_json({"rows": [asdict(row) for row in rows], "offers": [asdict(offer) for offer in offers]})
    elif not rows:
        output.line("You have written no rows of your own yet. Log a call with: camdesk meeting log PARTNER")
    else:
        _tell_rows(rows)
        if offers:
            _tell_offers(offers)


def change(
    context: typer.Context,
    entity: Entity,
    record: RecordId,
    given: Annotated[
        list[str],
        typer.Argument(metavar="COLUMN=VALUE…", help="What is to change; nothing after = empties it."),
    ],
    as_json: AsJson = False,
) -> None:
    """Change columns of a row you wrote."""
    values: dict[str, str | None] = {}
    for word in given:
        name, sign, value = word.partition("=")
        if not sign:
            raise UsageError(f"{word} does not say what to change.", "Write COLUMN=VALUE, such as role=CTO.")
        values[name.strip().lower().replace("-", "_")] = value
    with session_of(context).desk() as desk:
        desk.change_row(entity, record, values)
    tell_written(context, f"Changed {entity} {record}.", entity=entity, record_id=record)


def remove(context: typer.Context, entity: Entity, record: RecordId, as_json: AsJson = False) -> None:
    """Remove a row you wrote; past days keep it."""
    with session_of(context).desk() as desk:
        desk.remove_row(entity, record)
    tell_written(context, f"Removed {entity} {record}.", entity=entity, record_id=record)


def merge(
    context: typer.Context,
    entity: Entity,
    record: RecordId,
    into: Annotated[
        str | None, typer.Option(metavar="ID", help="Which synced row, where several are offered.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let a row you wrote give way to the synced one; yours is kept in the past."""
    with session_of(context).desk() as desk:
        source, synced_id = desk.merge_row(entity, record, into=into)
    tell_written(
        context,
        f"Your {entity} {record} gave way to {synced_id} of {source}.",
        entity=entity,
        record_id=record,
        merged_source=source,
        merged_id=synced_id,
    )


def keep(context: typer.Context, entity: Entity, record: RecordId, as_json: AsJson = False) -> None:
    """Keep a row you wrote beside the synced one; both count."""
    with session_of(context).desk() as desk:
        desk.keep_row(entity, record)
    tell_written(context, f"Your {entity} {record} stays; both count.", entity=entity, record_id=record)


def _tell_rows(rows: Sequence[OwnRow]) -> None:
    columns = [
        output.Column("Entity"),
        output.Column("Id"),
        output.Column("Partner"),
        output.Column("What", wide=True),
        output.Column("Day", right=True),
        output.Column("Written by"),
    ]
    cells = [
        (row.entity, row.record_id, row.partner_id, row.label, stored_day(row.day), row.author)
        for row in rows
    ]
    output.table(columns, cells)


def _tell_offers(offers: Sequence[MergeOffer]) -> None:
    output.heading(f"Brought by a source since ({len(offers)}): merge or keep both")
    columns = [
        output.Column("Entity"),
        output.Column("Yours"),
        output.Column("What", wide=True),
        output.Column("Source"),
        output.Column("Theirs"),
        output.Column("What", wide=True),
    ]
    cells = [
        (
            offer.own.entity,
            offer.own.record_id,
            offer.own.label,
            offer.source,
            offer.synced_id,
            offer.label,
        )
        for offer in offers
    ]
    output.table(columns, cells)
    output.line("camdesk own merge ENTITY ID lets yours give way; camdesk own keep ENTITY ID keeps both.")
