"""Notes on a partner."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from camdesk.cli import output
from camdesk.cli.days import stored_day
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import NO_ROWS, Partner, add_topic, desk_for, tell_written


def register(app: typer.Typer) -> None:
    add_topic(app, "note", "Notes on a partner.", add=add, list=show)


def add(
    context: typer.Context,
    partner: Partner,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is worth keeping.")],
    as_json: AsJson = False,
) -> None:
    """Keep a note on a partner."""
    with desk_for(context, partner) as (desk, partner_id):
        record_id = desk.add_note(partner_id, text)
    sentence = f"Note {record_id} on {partner_id} is kept."
    tell_written(context, sentence, entity="notes", record_id=record_id, partner_id=partner_id)


def show(context: typer.Context, partner: Partner, as_json: AsJson = False) -> None:
    """List the notes on a partner, the newest first."""
    with desk_for(context, partner) as (desk, partner_id):
        found = desk.notes(partner_id)
    if session_of(context).json:
        output.as_json({"partner_id": partner_id, "notes": [asdict(note) for note in found]})
        return
    columns = [
        output.Column("Id"),
        output.Column("Day", right=True),
        output.Column("Note", wide=True),
        output.Column("By"),
    ]
    rows = [
        (
            note.note_id,
            stored_day(note.written_at),
            note.text,
            note.author or note.source,
        )
        for note in found
    ]
    output.table(columns, rows, none=NO_ROWS)
