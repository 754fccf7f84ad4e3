"""Draft reviews and plans, list them, and write them out as PDF."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from camdesk.cli import output
from camdesk.cli.session import AsJson, session_of

Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="The partner's id.")]
Number = Annotated[int, typer.Argument(metavar="ID", help="The document's number.")]


class PaperSize(Enum):
    """The sizes a document can be printed on."""

    A4 = "a4"
    LETTER = "letter"


def register(app: typer.Typer) -> None:
    reviews = typer.Typer(help="Quarterly business reviews.", no_args_is_help=True)
    reviews.callback()(_one_topic)
    reviews.command("draft")(draft_review)
    app.add_typer(reviews, name="review")
    plans = typer.Typer(help="Joint business plans.", no_args_is_help=True)
    plans.callback()(_one_topic)
    plans.command("draft")(draft_plan)
    app.add_typer(plans, name="plan")
    topic = typer.Typer(help="Documents that have been drafted.", no_args_is_help=True)
    topic.command("list")(show_all)
    topic.command("show")(show)
    topic.command("export")(export)
    app.add_typer(topic, name="document")


def _one_topic() -> None:
    """Keep a topic a topic while it has one command only."""


def draft_review(
    context: typer.Context,
    partner: Partner,
    period: Annotated[
        str | None,
        typer.Option(metavar="2026-Q3", help="A fiscal quarter; without it the newest finished one."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draft a partner's quarterly business review; its figures are frozen."""
    session = session_of(context)
    with session.desk() as desk:
        _tell_drafted("review", desk.draft_review(partner, period=period), in_json=session.json)


def draft_plan(
    context: typer.Context,
    partner: Partner,
    year: Annotated[
        int | None,
        typer.Option(metavar="2027", min=1990, max=2200, help="A fiscal year; without it the next one."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draft a partner's joint business plan."""
    session = session_of(context)
    with session.desk() as desk:
        _tell_drafted("plan", desk.draft_plan(partner, year=year), in_json=session.json)


def _tell_drafted(kind: str, number: int, *, in_json: bool) -> None:
    if in_json:
        output.as_json({"document_id": number, "kind": kind})
        return
    output.line(f"Drafted {kind} {number}. As PDF: camdesk document export {number} --pdf FILE")


def show_all(
    context: typer.Context,
    partner: Annotated[str | None, typer.Option(metavar="PARTNER", help="Only this partner's.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the documents, the last saved first."""
    session = session_of(context)
    with session.desk() as desk:
        documents = desk.documents(partner)
    if session.json:
        output.as_json({"documents": [asdict(document) for document in documents]})
    elif not documents:
        output.line("No documents yet. Draft one with: camdesk review draft PARTNER")
    else:
        columns = [
            output.Column(title, right=title in ("Id", "Versions"))
            for title in ("Id", "Kind", "Partner", "Period", "Status", "Saved", "Versions")
        ]
        rows = [
            (
                str(document.document_id),
                document.kind,
                document.partner_id,
                document.period,
                document.status,
                document.saved_at,
                str(document.versions),
            )
            for document in documents
        ]
        output.table(columns, rows)


def show(context: typer.Context, document: Number, as_json: AsJson = False) -> None:
    """Show what a document says, section by section."""
    session = session_of(context)
    with session.desk() as desk:
        body = desk.document(document)
    if session.json:
        from camdesk.documents.model import to_json

        output.as_json(json.loads(to_json(body)))
        return
    output.heading(f"{body.title}: {body.partner_name}, {body.period_title}")
    output.line(f"Figures as of {body.figures_as_of}, drafted on {body.drafted_on}")
    for number, section in enumerate(body.sections, start=1):
        output.heading(f"{number}  {section.message}")
        words = "".join(span.text for span in section.lead)
        if words:
            output.line(words)


def export(
    context: typer.Context,
    document: Number,
    pdf: Annotated[Path, typer.Option("--pdf", metavar="FILE", help="Where to write it.")],
    paper: Annotated[PaperSize, typer.Option(help="The paper's size.")] = PaperSize.A4,
) -> None:
    """Write a document as PDF."""
    with session_of(context).desk() as desk:
        written = desk.export_pdf(
            document, pdf.expanduser(), paper="a4" if paper is PaperSize.A4 else "letter"
        )
    output.line(f"Wrote {written}")
