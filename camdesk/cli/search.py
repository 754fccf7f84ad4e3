"""Find partners, and what is written or known about them, by words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from camdesk.cli import output, values
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import desk_for
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.finding.hits import Hit

_USUAL = 20
_MOST = 500


def register(app: typer.Typer) -> None:
    app.command("search")(show)


def show(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words, or their beginnings.")],
    partner: Annotated[
        str | None, typer.Option(metavar="PARTNER", help="Of this partner alone; its id or name.")
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, max=_MOST, help="How many to show at most.")
    ] = _USUAL,
    as_json: AsJson = False,
) -> None:
    """Find partners, deals, contacts, notes, meetings, tasks, commitments and documents by their words."""
    with desk_for(context, partner) as (desk, partner_id):
        hits = desk.search(text, limit=limit, partner_id=partner_id)
    if session_of(context).json:
        output.as_json({"text": text, "hits": [_body(hit) for hit in hits]})
        return
    columns = [
        output.Column("Kind"),
        output.Column("Id"),
        output.Column("What", wide=True),
        output.Column("Partner", clipped=True),
        output.Column("Detail", clipped=True),
        output.Column("Day", right=True),
    ]
    output.table(columns, [_row(hit) for hit in hits], none="Nothing has all of these words.")


def _row(hit: Hit) -> tuple[str, ...]:
    title, passage = hit.title, hit.snippet.text
    # A passage is worth its room only where nothing beside it says the same.
    if hit.snippet.marks and not any(passage in said for said in (title, hit.detail, hit.record_id)):
        title = f"{title}: {passage}" if not passage.startswith(title.rstrip("…")) else passage
    partner = "" if hit.kind.value == "partner" else hit.partner_name or hit.partner_id or ""
    return hit.kind.value, hit.record_id, title, partner, hit.detail, write_day(hit.on)


def _body(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind.value,
        "record_id": hit.record_id,
        "partner_id": hit.partner_id,
        "partner_name": hit.partner_name,
        "title": hit.title,
        "detail": hit.detail,
        "snippet": {"text": hit.snippet.text, "marks": [list(mark) for mark in hit.snippet.marks]},
        "on": values.day(hit.on),
    }
