"""What you say over what was worked out: a score of your own, and how much each type of a partner weighs."""

from __future__ import annotations

from typing import Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output
from camdesk.cli.days import day_of
from camdesk.cli.session import session_of
from camdesk.cli.writing import add_topic

Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="The partner's id.")]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why.")]


def register(app: typer.Typer) -> None:
    add_topic(app, "score", "Show a score of your own for a while.", set=set_score, clear=clear_score)
    add_topic(app, "hats", "Weigh the types of a partner that has several.", set=set_hats, clear=clear_hats)


def set_score(
    context: typer.Context,
    partner: Partner,
    score: Annotated[float, typer.Argument(metavar="SCORE", help="0 to 100.")],
    reason: Reason,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="At most 90 days ahead, as without it.")
    ] = None,
) -> None:
    """Show a score of your own in place of the computed one, which stays beside it."""
    day = day_of(until, option="--until")
    with session_of(context).desk() as desk:
        desk.judge_score(partner, score, reason=reason, until=day)
    output.line(f"{partner} shows {score:.0f}. Take it back with: camdesk score clear {partner}")


def clear_score(context: typer.Context, partner: Partner) -> None:
    """Go back to the computed score."""
    with session_of(context).desk() as desk:
        desk.take_back(partner, "score")
    output.line(f"{partner} shows its computed score again.")


def set_hats(
    context: typer.Context,
    partner: Partner,
    shares: Annotated[list[str], typer.Argument(metavar="TYPE=SHARE…", help="Such as msp=0.5.")],
    reason: Reason,
) -> None:
    """Blend the scores of a partner's types by shares of your own."""
    with session_of(context).desk() as desk:
        desk.weigh_hats(partner, dict(_share(word) for word in shares), reason=reason)
    output.line(f"{partner} is blended by your shares. Take them back with: camdesk hats clear {partner}")


def clear_hats(context: typer.Context, partner: Partner) -> None:
    """Go back to the usual shares: 0.6 for the first type, 0.4 for the others."""
    with session_of(context).desk() as desk:
        desk.take_back(partner, "hats")
    output.line(f"{partner} is blended by the usual shares again.")


def _share(word: str) -> tuple[str, float]:
    name, _, number = word.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise UsageError(f"{word} is not a type and its share.", "Write it like msp=0.5.") from None
