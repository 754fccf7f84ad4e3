"""How documents look: the vendor's name, colour and cover, and the logos of both sides."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from camdesk.cli import output
from camdesk.cli.session import AsJson, session_of

PartnerOption = Annotated[
    str | None, typer.Option("--partner", metavar="PARTNER", help="A partner's; without it our own.")
]


class Switch(Enum):
    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    topic = typer.Typer(help="Logos, colour and cover of reviews and plans.", no_args_is_help=True)
    topic.command("show")(show)
    topic.command("name")(name)
    topic.command("colour")(colour)
    topic.command("cover")(cover)
    logo = typer.Typer(help="The pictures that stand for both sides.", no_args_is_help=True)
    logo.command("set")(set_logo)
    logo.command("clear")(clear_logo)
    topic.add_typer(logo, name="logo")
    app.add_typer(topic, name="brand")


def show(context: typer.Context, partner: PartnerOption = None, as_json: AsJson = False) -> None:
    """Show what documents look like, with our logo or a partner's."""
    session = session_of(context)
    with session.desk() as desk:
        settings, logo = desk.settings, desk.logo(partner)
    picture = None if logo is None else {"media_type": logo.media_type, "bytes": len(logo.image)}
    if session.json:
        output.as_json(
            {
                "our_name": settings.our_name,
                "colour": settings.brand_colour,
                "cover": settings.cover,
                "partner": partner,
                "logo": picture,
            }
        )
        return
    told = "none" if logo is None else f"{logo.media_type}, {len(logo.image):,} bytes"
    output.line(f"Name    {settings.our_name}")
    output.line(f"Colour  {settings.brand_colour or 'none'}")
    output.line(f"Cover   {'on' if settings.cover else 'off'}")
    output.line(f"Logo    {told}{f' ({partner})' if partner else ''}")


def name(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The vendor's name on new documents.")],
) -> None:
    """Name the vendor; documents already drafted keep the name they have."""
    with session_of(context).desk() as desk:
        desk.save_settings(replace(desk.settings, our_name=text.strip() or desk.settings.our_name))
        output.line(f"Documents are from {desk.settings.our_name}.")


def colour(
    context: typer.Context,
    value: Annotated[str, typer.Argument(metavar="#RRGGBB|none", help="Dark enough to be read on white.")],
) -> None:
    """Give documents and their charts the vendor's colour, or with none the usual one again."""
    with session_of(context).desk() as desk:
        wanted = None if value.strip().casefold() == "none" else value
        desk.save_settings(replace(desk.settings, brand_colour=wanted))
        kept = desk.settings.brand_colour
    output.line(f"Documents are drawn in {kept}." if kept else "Documents have their usual colour again.")


def cover(
    context: typer.Context,
    wanted: Annotated[Switch, typer.Argument(metavar="on|off", help="Whether documents begin with one.")],
) -> None:
    """Say whether documents begin with a cover; document export takes --cover and --no-cover too."""
    with session_of(context).desk() as desk:
        desk.save_settings(replace(desk.settings, cover=wanted is Switch.ON))
    output.line(
        "Documents begin with a cover." if wanted is Switch.ON else "Documents begin without a cover."
    )


def set_logo(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PNG, JPEG or SVG, 1 MB at most.")],
    partner: PartnerOption = None,
) -> None:
    """Keep a copy of a picture as our logo, or a partner's."""
    with session_of(context).desk() as desk:
        desk.set_logo(partner, file.expanduser())
    output.line(f"Kept. Reviews and plans carry it{f' for {partner}' if partner else ''} from now on.")


def clear_logo(context: typer.Context, partner: PartnerOption = None) -> None:
    """Forget our logo, or a partner's."""
    with session_of(context).desk() as desk:
        desk.remove_logo(partner)
    output.line("Forgotten.")
