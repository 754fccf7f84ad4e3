"""Documents on the command line: the topic, and the verbs that only read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.cli import document_changes, drafts, exporting, output
from camdesk.cli.moved import moved_body, tell_moved
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import desk_for
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.documents.model import Document

Number = Annotated[int, typer.Argument(metavar="ID", help="The document's number.")]


def register(app: typer.Typer) -> None:
    drafts.register(app)
    topic = typer.Typer(help="Documents that have been drafted.", no_args_is_help=True)
    topic.command("list")(show_all)
    topic.command("show")(show)
    topic.command("check")(check)
    topic.command("versions")(versions)
    topic.command("compare")(compare)
    document_changes.register(topic)
    exporting.register(topic)
    app.add_typer(topic, name="document")


def show_all(
    context: typer.Context,
    partner: Annotated[str | None, typer.Option(metavar="PARTNER", help="Only this partner's.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the documents, the last saved first."""
    with desk_for(context, partner) as (desk, partner_id):
        documents = desk.documents(partner_id)
    if session_of(context).json:
        output.as_json({"documents": [asdict(document) for document in documents]})
        return
    titles = ("Id", "Kind", "Partner", "Period", "Status", "Saved", "Versions")
    columns = [output.Column(title, right=title in ("Id", "Versions")) for title in titles]
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
    output.table(columns, rows, none="No documents yet. Draft one with: camdesk review draft PARTNER")


def show(
    context: typer.Context,
    document: Number,
    version: Annotated[int | None, typer.Option(metavar="N", help="An earlier version.")] = None,
    figures: Annotated[bool, typer.Option("--figures", help="The frozen figures and their tokens.")] = False,
    text: Annotated[
        str | None, typer.Option(metavar="SECTION", help="A section's words, to be edited.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a document says, section by section."""
    session = session_of(context)
    with session.desk() as desk:
        body = desk.document(document, version=version)
    if session.json:
        from camdesk.documents.model import to_json

        output.as_json(json.loads(to_json(body)))
    elif figures:
        _tell_figures(body)
    elif text is not None:
        _tell_text(body, text)
    else:
        _tell(body)


def _tell(body: Document) -> None:
    from camdesk.documents.printing import as_printed
    from camdesk.documents.promises import promises_of
    from camdesk.documents.trees import text_of

    shown = as_printed(body)
    output.heading(f"{shown.title}: {shown.partner_name}, {shown.period_title}")
    output.line(f"Figures as of {shown.figures_as_of}, drafted on {shown.drafted_on}")
    for number, section in enumerate(shown.sections, start=1):
        output.heading(f"{number}  {section.message}  ({section.name})")
        words = text_of(section.lead)
        if words:
            output.line(words)
    if promises := promises_of(body):
        output.heading("Promises")
        for number, promise in enumerate(promises, start=1):
            due = f", due {write_day(promise.due)}" if promise.due else ""
            state = promise.commitment_id or "proposed"
            output.line(f"{number}  {promise.owner}: {promise.text}{due} ({state})")


def _tell_figures(body: Document) -> None:
    from camdesk.documents.tokens import words_of

    titles = {figure.key: figure.title for figure in body.figures}
    columns = [output.Column("Token"), output.Column("Says", right=True), output.Column("Figure", wide=True)]
    rows = [
        (f"{{{{{token}}}}}", span.text, titles[span.figure or ""]) for token, span in words_of(body).items()
    ]
    output.table(columns, rows)


def _tell_text(body: Document, name: str) -> None:
    from camdesk.documents.tokens import text_for_editing

    output.write(f"{text_for_editing(body, name)}\n")


def check(context: typer.Context, document: Number, as_json: AsJson = False) -> None:
    """Say which frozen figures have moved since, old and new side by side."""
    session = session_of(context)
    with session.desk() as desk:
        moved = desk.moved_figures(document)
    if session.json:
        output.as_json({"document_id": document, "moved": [moved_body(one) for one in moved]})
    elif not moved:
        output.line("No figure has moved.")
    else:
        verb = "has" if len(moved) == 1 else "have"
        output.line(f"{output.counted(len(moved), 'figure')} {verb} moved.")
        tell_moved(moved)
        output.line(f"Take them in with: camdesk document refresh {document} [--figure KEY …]")


def versions(context: typer.Context, document: Number, as_json: AsJson = False) -> None:
    """List a document's versions, oldest first."""
    session = session_of(context)
    with session.desk() as desk:
        found = desk.versions(document)
    if session.json:
        output.as_json({"document_id": document, "versions": [asdict(one) for one in found]})
        return
    columns = [output.Column("Version", right=True), output.Column("Saved"), output.Column("Name", wide=True)]
    rows = [
        (str(one.number), one.saved_at, f"{one.name or ''}{' (agreed)' if one.agreed else ''}".strip())
        for one in found
    ]
    output.table(columns, rows)


def compare(
    context: typer.Context,
    document: Number,
    old: Annotated[int | None, typer.Option(metavar="N", help="Without it the one before.")] = None,
    new: Annotated[int | None, typer.Option(metavar="N", help="Without it the newest.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what changed from one version to another."""
    session = session_of(context)
    with session.desk() as desk:
        found = desk.compare(document, old=old, new=new)
    if session.json:
        output.as_json(
            {
                "document_id": document,
                "figures": [moved_body(one) for one in found.figures],
                "sections": [asdict(one) for one in found.sections],
                "sentences": list(found.sentences),
            }
        )
    elif found.same:
        output.line("The two versions say the same.")
    else:
        for sentence in found.sentences:
            output.line(sentence)
        for section in found.sections:
            output.heading(section.heading)
            for sentence in section.sentences:
                output.line(sentence)
        if found.figures:
            output.heading("Figures")
            tell_moved(found.figures)
