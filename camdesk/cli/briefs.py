"""A page before a meeting, one for each meeting of the day, and the mail after it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output
from camdesk.cli.exporting import PaperSize
from camdesk.cli.papers import paper_body, tell
from camdesk.cli.portfolio import All
from camdesk.cli.session import AsJson, Session, session_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from camdesk.desk.desk import Desk
    from camdesk.documents.briefs import FollowUp
    from camdesk.documents.model import Document


def register(app: typer.Typer) -> None:
    app.command("brief")(show)


def show(
    context: typer.Context,
    partner: Annotated[
        str | None,
        typer.Argument(metavar="[PARTNER]", help="The partner's id, or the beginning of its name."),
    ] = None,
    today: Annotated[bool, typer.Option("--today", help="One for each meeting of the day.")] = False,
    follow_up: Annotated[
        bool, typer.Option("--follow-up", help="The mail after the meeting: what was agreed, no more.")
    ] = False,
    pdf: Annotated[
        Path | None,
        typer.Option("--pdf", metavar="FILE", help="Write it as PDF; with --today the folder for all."),
    ] = None,
    paper: Annotated[PaperSize, typer.Option(help="The paper's size.")] = PaperSize.A4,
    everybody: All = False,
    as_json: AsJson = False,
) -> None:
    """Prepare a meeting on one page, for our side only."""
    session = session_of(context)
    if (partner is None) is not today:
        raise UsageError("Name a partner, or ask for --today.", "Either one: camdesk brief R-001")
    if follow_up and (partner is None or pdf is not None):
        raise UsageError(
            "The mail after a meeting is text, for one partner.", "Try: camdesk brief R-001 --follow-up"
        )
    with session.desk() as desk:
        if partner is None:
            briefs: Sequence[Document] = desk.briefs_today(mine=not everybody)
        elif follow_up:
            _tell_mail(desk.follow_up(partner), session)
            return
        else:
            briefs = (desk.brief(partner),)
        written = _write(desk, briefs, pdf, paper, in_folder=today)
    if session.json:
        bodies = [paper_body(brief) for brief in briefs]
        output.as_json({"briefs": bodies, "files": [str(path) for path in written]})
        return
    if not briefs:
        output.line(f"No meeting on {desk.as_of}. For one partner: camdesk brief PARTNER")
    for brief in () if written else briefs:
        tell(brief)
    for path in written:
        output.line(f"Wrote {path}")


def _write(
    desk: Desk, briefs: Sequence[Document], target: Path | None, paper: PaperSize, *, in_folder: bool
) -> list[Path]:
    """Write each brief as PDF; in a folder under the day and the partner's id."""
    if target is None:
        return []
    place = target.expanduser()
    written: list[Path] = []
    for brief in briefs:
        name = f"brief-{brief.period}-{re.sub(r'[^A-Za-z0-9.-]+', '_', brief.partner_id)}"
        same = sum(path.name.startswith(f"{name}.") or path.name.startswith(f"{name}_") for path in written)
        file = place / f"{name}{f'_{same + 1}' if same else ''}.pdf" if in_folder else place
        written.append(desk.write_paper(brief, file, paper="a4" if paper is PaperSize.A4 else "letter"))
    return written


def _tell_mail(mail: FollowUp, session: Session) -> None:
    if session.json:
        output.as_json({"to": list(mail.to), "subject": mail.subject, "text": mail.text})
        return
    output.line(f"To: {', '.join(mail.to)}")
    output.line(f"Subject: {mail.subject}")
    output.line()
    for line in mail.text.splitlines():
        output.line(line)
