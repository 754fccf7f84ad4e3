"""Drafting reviews and plans: one at a time, or every review that comes due."""

from __future__ import annotations

import re
from dataclasses import asdict
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output, plan_progress
from camdesk.cli.progress import progress_bar
from camdesk.cli.session import AsJson, Session, session_of
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.papers.reviews_due import DueReport

_SPAN = re.compile(r"(\d{1,3})\s*([dw]?)", re.ASCII)
_WITH_PROBLEMS, _COULD_NOT = 1, 3

Partner = Annotated[
    str, typer.Argument(metavar="PARTNER", help="The partner's id, or the beginning of its name.")
]


class Attention(Enum):
    """The classes that have reviews, by their length."""

    A = "A"
    B = "B"


def register(app: typer.Typer) -> None:
    reviews = typer.Typer(help="Quarterly business reviews.", no_args_is_help=True)
    reviews.callback()(_one_topic)
    reviews.command("draft")(draft_review)
    app.add_typer(reviews, name="review")
    plans = typer.Typer(help="Joint business plans.", no_args_is_help=True)
    plans.command("draft")(draft_plan)
    plans.command("progress")(plan_progress.show)
    app.add_typer(plans, name="plan")


def _one_topic() -> None:
    """Keep a topic a topic while it has one command only."""


def draft_review(
    context: typer.Context,
    partner: Annotated[
        str | None,
        typer.Argument(metavar="[PARTNER]", help="The partner's id, or the beginning of its name."),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(metavar="2026-Q3", help="A fiscal quarter; without it the newest finished one."),
    ] = None,
    attention: Annotated[
        Attention | None,
        typer.Option("--class", help="As long as for this class: A up to ten pages, B two."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every review of your partners that is due.")] = False,
    due: Annotated[
        str | None, typer.Option(metavar="30d", help="With --all: due within so many days; 30 without it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draft a partner's quarterly business review; its figures are frozen."""
    session = session_of(context)
    of_one = period is not None or attention is not None
    if every == (partner is not None) or (every and of_one) or (due is not None and not every):
        raise UsageError("Name one partner, or say --all.", "Like: camdesk review draft --all --due 30d")
    if partner is None:
        _draft_due(session, _days(due or "30d"))
        return
    with session.desk() as desk:
        length = attention.value if attention is not None else None
        number = desk.draft_review(partner, period=period, attention=length)
    _tell_drafted("review", number, in_json=session.json)


def _days(text: str) -> int:
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise UsageError(f"{text} is not a span of days.", "Write it like 30d or 4w.")
    return int(found[1]) * (7 if found[2] == "w" else 1)


def _draft_due(session: Session, within_days: int) -> None:
    with session.desk() as desk, progress_bar("Drafting") as progress:
        try:
            report = desk.draft_due_reviews(within_days=within_days, progress=progress)
        except KeyboardInterrupt:
            output.note("Stopped. What was drafted until then is kept: camdesk document list")
            raise typer.Exit(_COULD_NOT) from None
    if session.json:
        output.as_json(
            {
                "drafted": [{**asdict(one), "due_on": one.due_on.isoformat()} for one in report.drafted],
                "skipped": [asdict(one) for one in report.skipped],
                "stopped": report.stopped,
            }
        )
    else:
        _tell_due(report)
    if any(one.failed for one in report.skipped):
        raise typer.Exit(_WITH_PROBLEMS)


def _tell_due(report: DueReport) -> None:
    if report.drafted:
        columns = [
            output.Column("Id", right=True),
            output.Column("Partner"),
            output.Column("Name", wide=True),
            output.Column("Due", right=True),
        ]
        rows = [
            (str(one.document_id), one.partner_id, one.name, write_day(one.due_on)) for one in report.drafted
        ]
        output.table(columns, rows)
    output.line(f"{output.counted(len(report.drafted), 'review')} drafted, {len(report.skipped)} not:")
    for skipped in report.skipped:
        output.line(f"  {skipped.partner_id}  {skipped.name}: {skipped.because}")


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
