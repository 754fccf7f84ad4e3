"""Writing a document out: PDF, slides, calendar, table or mail."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output
from camdesk.cli.session import session_of

if TYPE_CHECKING:
    from camdesk.documents.exports.exporting import Form
    from camdesk.documents.pdf import Paper


class PaperSize(Enum):
    """The sizes a document can be printed on."""

    A4 = "a4"
    LETTER = "letter"


def register(topic: typer.Typer) -> None:
    topic.command("export")(export)


def _file(form: str, what: str) -> typer.models.OptionInfo:
    made: typer.models.OptionInfo = typer.Option(f"--{form}", metavar="FILE", help=what)
    return made


def export(
    context: typer.Context,
    document: Annotated[int, typer.Argument(metavar="ID", help="The document's number.")],
    pdf: Annotated[Path | None, _file("pdf", "Pages to print or send.")] = None,
    pptx: Annotated[Path | None, _file("pptx", "Slides that can be edited.")] = None,
    ics: Annotated[Path | None, _file("ics", "Commitments and milestones as days of a calendar.")] = None,
    csv: Annotated[Path | None, _file("csv", "Commitments and milestones as a table.")] = None,
    eml: Annotated[Path | None, _file("eml", "A mail to the first contact, the PDF attached.")] = None,
    paper: Annotated[PaperSize, typer.Option(help="The paper's size.")] = PaperSize.A4,
    without_score: Annotated[bool, typer.Option("--without-score", help="Leave the score out.")] = False,
    cover: Annotated[
        bool | None, typer.Option("--cover/--no-cover", help="A cover first; as the settings say without.")
    ] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="A copy for our own side: marked, and not checked for leaks.")
    ] = False,
) -> None:
    """Write a document as one or more files, once nothing in them is for our eyes only."""
    given: dict[Form, Path | None] = {"pdf": pdf, "pptx": pptx, "ics": ics, "csv": csv, "eml": eml}
    wanted = {form: path.expanduser() for form, path in given.items() if path is not None}
    if not wanted:
        raise UsageError("No file is named.", "Say which, like: camdesk document export 1 --pdf review.pdf")
    from camdesk.documents.exports.exporting import Copy

    with session_of(context).desk() as desk:
        for form, path in wanted.items():
            size: Paper = "a4" if paper is PaperSize.A4 else "letter"
            copy = Copy(form, size, internal, without_score, cover)
            output.line(f"Wrote {desk.export(document, path, copy)}")
