"""Your own word on a partner's stage and attention class, in place of what facts and figures say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.cli import output
from camdesk.cli.days import day_of
from camdesk.cli.judgements import Partner, Reason
from camdesk.cli.session import session_of
from camdesk.cli.writing import add_topic

if TYPE_CHECKING:
    from camdesk.insight import results

Until = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The last day it holds.")]


def register(app: typer.Typer) -> None:
    add_topic(app, "stage", "Set the stage of a partner yourself.", set=set_stage, clear=clear_stage)
    add_topic(
        app, "class", "Set the attention class of a partner yourself.", set=set_class, clear=clear_class
    )


def set_stage(
    context: typer.Context,
    partner: Partner,
    stage: Annotated[
        str, typer.Argument(metavar="STAGE", help="recruit, onboard, develop, active or advocate.")
    ],
    reason: Reason,
    until: Until = None,
) -> None:
    """Show a stage of your own; the one that facts say stays beside it."""
    day = day_of(until, option="--until")
    with session_of(context).desk() as desk:
        desk.set_stage(partner, stage, reason=reason, until=day)
        shown = desk.partner(partner).partner
    output.line(stage_in_words(shown))
    output.line(f"Take it back with: camdesk stage clear {partner}")


def clear_stage(context: typer.Context, partner: Partner) -> None:
    """Go back to the stage that facts say."""
    with session_of(context).desk() as desk:
        desk.clear_stage(partner)
        shown = desk.partner(partner).partner
    output.line(f"{partner} is in stage {shown.stage} again. {stage_in_words(shown)}")


def set_class(
    context: typer.Context,
    partner: Partner,
    attention: Annotated[str, typer.Argument(metavar="CLASS", help="A, B or C.")],
    reason: Reason,
    until: Until = None,
) -> None:
    """Give a partner an attention class of your own: how often you meet, and what you are warned about."""
    day = day_of(until, option="--until")
    with session_of(context).desk() as desk:
        desk.set_class(partner, attention, reason=reason, until=day)
        shown = desk.partner(partner).partner
    output.line(
        f"{partner} is in class {shown.attention} (otherwise {shown.derived_attention}). "
        f"Take it back with: camdesk class clear {partner}"
    )


def clear_class(context: typer.Context, partner: Partner) -> None:
    """Go back to the class that the source gives, or that contribution says."""
    with session_of(context).desk() as desk:
        desk.clear_class(partner)
        shown = desk.partner(partner).partner
    output.line(f"{partner} is in class {shown.attention} again.")


def stage_in_words(partner: results.Partner) -> str:
    """Return why a partner stands where it does; where that was set by hand, what facts say beside it."""
    if partner.stage_derived:
        return partner.stage_reason
    facts = f"by the facts {partner.derived_stage}: {partner.derived_stage_reason}"
    return f"Set to {partner.stage} by hand: {partner.stage_reason} ({facts})"
