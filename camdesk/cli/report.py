"""A report for the channel lead, and the file of a partner for whoever examines it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.cli import output
from camdesk.cli.exporting import PaperSize
from camdesk.cli.papers import paper_body, tell
from camdesk.cli.portfolio import All
from camdesk.cli.session import AsJson, Session, session_of
from camdesk.cli.writing import Partner

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.documents.model import Document
    from camdesk.documents.pdf import Paper as Size

Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as PDF.")]
Paper = Annotated[PaperSize, typer.Option(help="The paper's size.")]


def register(app: typer.Typer) -> None:
    app.command("report")(report)
    app.command("file")(file)


def report(
    context: typer.Context,
    pdf: Pdf = None,
    paper: Paper = PaperSize.A4,
    everybody: All = False,
    as_json: AsJson = False,
) -> None:
    """Report on the portfolio to the channel lead: the quarter, productivity, risks, investments."""
    session = session_of(context)
    with session.desk() as desk:
        _give(desk, desk.portfolio_report(mine=not everybody), pdf, paper, session)


def file(
    context: typer.Context,
    partner: Partner,
    pdf: Pdf = None,
    paper: Paper = PaperSize.A4,
    as_json: AsJson = False,
) -> None:
    """Lay open how a partner was dealt with: agreed, checked, paid and by which rule, granted, overruled."""
    session = session_of(context)
    with session.desk() as desk:
        _give(desk, desk.partner_file(partner), pdf, paper, session)


def _give(desk: Desk, body: Document, pdf: Path | None, paper: PaperSize, session: Session) -> None:
    """Write the paper to its file, or else show it."""
    written = None
    if pdf is not None:
        size: Size = "a4" if paper is PaperSize.A4 else "letter"
        written = desk.write_paper(body, pdf.expanduser(), paper=size)
    if session.json:
        output.as_json({**paper_body(body), "file": str(written) if written else None})
    elif written is not None:
        output.line(f"Wrote {written}")
    else:
        tell(body)
