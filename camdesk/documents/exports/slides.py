"""The same document as slides (.pptx): one message a slide, tables and charts that can be edited."""

from __future__ import annotations

import io

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu

from camdesk.documents.branding import Branding
from camdesk.documents.exports import slide_charts, slide_parts
from camdesk.documents.exports.slide_colours import Palette, palette_of
from camdesk.documents.exports.slide_plan import Item, Plan, item_height, plans_of
from camdesk.documents.exports.slide_space import (
    CONTENT,
    FOOT,
    GAP,
    HEIGHT,
    LEAD_POINTS,
    QUIET_POINTS,
    SUBHEAD,
    TABLE_SIZES,
    TEXT_SIZES,
    TITLE,
    WIDTH,
    Box,
    text_height,
)
from camdesk.documents.model import Document, KeyFigures, Missing, PointColumns, Prose, Table
from camdesk.documents.phrases import clipped
from camdesk.documents.plain import cleaned
from camdesk.documents.trees import text_of
from camdesk.insight.wording import write_day
from camdesk.store.logos import Logo

_TITLE_ONLY = 5  # of the default design: its title is what an outline and a screen reader find
_TITLE_LENGTH = 140
_LOGO = Box(CONTENT.left, 620_000, 2_900_000, 900_000)


def slides_of(body: Document, brand: Branding) -> bytes:
    """Return the presentation: a cover, the sections' messages, no speaker notes and no annex."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    deck.core_properties.title = cleaned(f"{body.partner_name} · {body.title} {body.period_title}")
    deck.core_properties.author = cleaned(body.our_name)
    deck.core_properties.comments = ""
    colours = palette_of(brand.colour)
    _cover(deck, body, brand, colours)
    for plan in plans_of(body.sections):
        _draw(_new_slide(deck, plan.title, body, colours), plan, body, colours)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _cover(deck: Deck, body: Document, brand: Branding, colours: Palette) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    slide_parts.rule(slide, Box(0, 0, 200_000, HEIGHT), colours.dark)
    name = Box(CONTENT.left, 2_350_000, CONTENT.width, 1_400_000)
    slide_parts.title(slide, clipped(body.partner_name, _TITLE_LENGTH), name, points=44)
    lines = [f"{body.title} {body.period_title}", body.our_name, f"Prepared {write_day(body.drafted_on)}"]
    slide_parts.paragraphs(slide, lines, Box(CONTENT.left, 3_850_000, CONTENT.width, 1_500_000), points=20)
    if brand.ours is not None:
        slide_parts.picture(slide, _pixels(brand.ours), _LOGO, alt=f"Logo of {body.our_name}")
    if brand.theirs is not None:
        right = Box(CONTENT.left + CONTENT.width - _LOGO.width, _LOGO.top, _LOGO.width, _LOGO.height)
        alt = f"Logo of {body.partner_name}"
        slide_parts.picture(slide, _pixels(brand.theirs), right, alt=alt, to_the_right=True)


def _pixels(logo: Logo) -> bytes:
    if logo.media_type != "image/svg+xml":
        return logo.image
    from camdesk.documents.logos import as_png

    return as_png(logo)


def _new_slide(deck: Deck, title: str, body: Document, colours: Palette) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    slide_parts.rule(slide, Box(TITLE.left + 91_440, 330_000, 420_000, 45_000), colours.dark)
    slide_parts.title(slide, clipped(title, _TITLE_LENGTH), TITLE, points=28)
    as_of = f"Figures as of {write_day(body.figures_as_of)}"
    foot = f"{clipped(body.our_name, 50)} · {body.title} · {clipped(body.partner_name, 50)} · {as_of}"
    slide_parts.paragraphs(slide, [foot], FOOT, points=10, quiet=True)
    slide_parts.number(slide, Box(FOOT.left + FOOT.width, FOOT.top, 1_000_000, FOOT.height))
    return slide


def _draw(slide: Slide, plan: Plan, body: Document, colours: Palette) -> None:
    """Draw a slide from its top; charts share the room that is left."""
    top, scale = CONTENT.top, plan.scale
    if plan.lead:
        height = text_height([plan.lead], LEAD_POINTS, CONTENT.width)
        above = Box(CONTENT.left, top, CONTENT.width, height)
        slide_parts.paragraphs(slide, [plan.lead], above, points=LEAD_POINTS, quiet=True)
        top += height + GAP
    charts = sum(slide_charts.is_chart(item.block) for item in plan.items)
    free = max(0, CONTENT.height - plan.height(scale))
    for item in plan.items:
        height = item_height(item, scale)
        if slide_charts.is_chart(item.block):
            height += free // charts
        _draw_item(slide, item, Box(CONTENT.left, top, CONTENT.width, height), scale, body, colours)
        top += height + GAP


def _draw_item(slide: Slide, item: Item, room: Box, scale: int, body: Document, colours: Palette) -> None:
    if item.title:
        head = Box(room.left, room.top, room.width, SUBHEAD)
        slide_parts.subhead(slide, clipped(item.title, _TITLE_LENGTH), head)
        room = Box(room.left, room.top + SUBHEAD, room.width, room.height - SUBHEAD)
    block, points = item.block, TEXT_SIZES[scale]
    if isinstance(block, KeyFigures):
        slide_parts.key_figures(slide, block, room, points=points)
    elif isinstance(block, PointColumns):
        slide_parts.point_columns(slide, block, room, points=points)
    elif isinstance(block, Table):
        slide_parts.table(slide, block, room, points=TABLE_SIZES[scale])
    elif isinstance(block, Prose):
        slide_parts.paragraphs(slide, [text_of(line) for line in block.lines], room, points=points)
    elif isinstance(block, Missing):
        slide_parts.paragraphs(slide, block.lines, room, points=QUIET_POINTS, quiet=True)
    else:
        slide_charts.chart(slide, block, room, our_name=body.our_name, colours=colours)
