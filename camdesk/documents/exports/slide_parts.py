"""Titles, paragraphs, figures, tables and pictures of a slide, placed on its grid. Lengths are in EMU."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.slide import Slide
from pptx.table import _Cell as TableCell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Pt

from camdesk.documents.exports.slide_colours import HAIRLINE, HEAD, INK, QUIET, WHITE
from camdesk.documents.exports.slide_space import (
    CELL_LENGTH,
    NOTE_POINTS,
    Box,
    column_widths,
    row_heights,
)
from camdesk.documents.model import Cell, KeyFigures, PointColumns, Table, Tone
from camdesk.documents.phrases import clipped
from camdesk.documents.plain import cleaned
from camdesk.documents.trees import text_of

FONT = "Arial"  # on every system, or something as wide in its place
_TONES: dict[Tone, RGBColor] = {
    "good": RGBColor(0x1B, 0x6E, 0x4B),
    "warn": RGBColor(0x8A, 0x5A, 0x00),
    "bad": RGBColor(0xA8, 0x2A, 0x2A),
    "quiet": QUIET,
}


def title(slide: Slide, text: str, box: Box, *, points: int) -> None:
    shape = slide.shapes.title
    assert shape is not None  # the design has one
    shape.left, shape.top, shape.width, shape.height = map(Emu, (box.left, box.top, box.width, box.height))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    _write(frame, [text], points=points if len(text) < 90 else points - 6, bold=True)


def subhead(slide: Slide, text: str, box: Box) -> None:
    _write(_frame(slide, box), [text], points=14, bold=True)


def paragraphs(slide: Slide, texts: Sequence[str], box: Box, *, points: int, quiet: bool = False) -> None:
    _write(_frame(slide, box), texts, points=points, colour=QUIET if quiet else INK)


def rule(slide: Slide, box: Box, colour: RGBColor) -> None:
    """Draw a plain bar that says nothing, and is marked so for screen readers."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Emu, (box.left, box.top, box.width, box.height)))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape.shadow.inherit = False


def picture(slide: Slide, image: bytes, box: Box, *, alt: str, to_the_right: bool = False) -> None:
    """Place a picture in a box, whole and in its own proportions."""
    shape = slide.shapes.add_picture(io.BytesIO(image), Emu(box.left), Emu(box.top))
    factor = min(box.width / shape.width, box.height / shape.height)
    shape.width, shape.height = Emu(round(shape.width * factor)), Emu(round(shape.height * factor))
    if to_the_right:
        shape.left = Emu(box.left + box.width - shape.width)
    shape.top = Emu(box.top + (box.height - shape.height) // 2)
    # The file's own name stands there otherwise.
    shape._element._nvXxPr.cNvPr.set("descr", cleaned(alt))


def number(slide: Slide, box: Box) -> None:
    """Write the slide's number as a field: it follows when slides are moved."""
    paragraph = _frame(slide, box).paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    run = _run(paragraph, "0", points=10, colour=QUIET)
    field = OxmlElement("a:fld")
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field.set("type", "slidenum")
    field.extend(list(run))
    paragraph._p.replace(run, field)


def key_figures(slide: Slide, block: KeyFigures, room: Box, *, points: int) -> None:
    """Write each figure large, with its change beside it and what it is below."""
    width = room.width // max(3, len(block.items))
    for place, item in enumerate(block.items):
        frame = _frame(slide, Box(room.left + place * width, room.top, width - 120_000, room.height))
        _write(frame, [item.value.text], points=32, bold=True)
        if item.change:
            _run(frame.paragraphs[0], f"  {item.change.text}", points=18, colour=QUIET)
        _add(frame, text_of(item.caption), points=points, colour=QUIET)


def point_columns(slide: Slide, block: PointColumns, room: Box, *, points: int) -> None:
    width = room.width // max(1, len(block.columns))
    for place, column in enumerate(block.columns):
        frame = _frame(slide, Box(room.left + place * width, room.top, width - 150_000, room.height))
        _write(frame, [column.title], points=points, bold=True)
        for order, line in enumerate(column.lines, start=1):
            lead = f"{order}. " if column.numbered else "• "
            _add(frame, lead + text_of(line), points=points)


def table(slide: Slide, block: Table, room: Box, *, points: int) -> None:
    """Draw a table whose cells can be edited, its note right below."""
    heights = row_heights(block, room.width, points)
    place = map(Emu, (room.left, room.top, room.width, sum(heights)))
    frame = slide.shapes.add_table(len(heights), len(block.columns), *place)
    frame._element._nvXxPr.cNvPr.set("descr", cleaned(block.title or block.columns[0].title))
    drawn = frame.table
    for at, width in enumerate(column_widths(block, room.width, points)):
        drawn.columns[at].width = Emu(width)
    for at, height in enumerate(heights):
        drawn.rows[at].height = Emu(height)
    for at, column in enumerate(block.columns):
        cell = drawn.cell(0, at)
        _fill(cell, column.title, points=points, right=column.numeric, bold=True, colour=QUIET)
        cell.fill.fore_color.rgb = HEAD
    for down, row in enumerate(block.rows, start=1):
        for at, cell in enumerate(row[: len(block.columns)]):
            _fill_from(drawn.cell(down, at), cell, points=points, right=block.columns[at].numeric)
    if block.note:
        below = Box(room.left, room.top + sum(heights), room.width, room.height - sum(heights))
        paragraphs(slide, [text_of(block.note)], below, points=NOTE_POINTS, quiet=True)


def _fill_from(place: TableCell, cell: Cell, *, points: int, right: bool) -> None:
    colour = _TONES.get(cell.tone, INK)
    _fill(place, text_of(cell.line), points=points, right=right, bold=cell.strong, colour=colour)


def _fill(place: TableCell, text: str, *, points: int, right: bool, bold: bool, colour: RGBColor) -> None:
    place.fill.solid()
    place.fill.fore_color.rgb = WHITE
    place.margin_top = place.margin_bottom = Emu(36_000)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    _underline(place)
    _write(place.text_frame, [clipped(text, CELL_LENGTH)], points=points, bold=bold, colour=colour)
    if right:
        place.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _underline(place: TableCell) -> None:
    """Draw a hairline below a cell; the format wants it before the cell's fill."""
    line, fill, colour = (OxmlElement(tag) for tag in ("a:lnB", "a:solidFill", "a:srgbClr"))
    line.set("w", "6350")
    colour.set("val", str(HAIRLINE))
    fill.append(colour)
    line.append(fill)
    place._tc.get_or_add_tcPr().insert(0, line)


def _frame(slide: Slide, box: Box) -> TextFrame:
    shape = slide.shapes.add_textbox(Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height))
    frame = shape.text_frame
    frame.word_wrap = True
    return frame


def _write(
    frame: TextFrame, texts: Sequence[str], *, points: int, bold: bool = False, colour: RGBColor = INK
) -> None:
    frame.clear()
    for place, text in enumerate(texts):
        if place:
            _add(frame, text, points=points, colour=colour)
            continue
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        if not text:
            # A paragraph without words is as high as the size it ends in, by default twice a table's.
            frame.paragraphs[0]._p.get_or_add_endParaRPr().set("sz", str(points * 100))
            continue
        _run(frame.paragraphs[0], text, points=points, bold=bold, colour=colour)


def _add(frame: TextFrame, text: str, *, points: int, colour: RGBColor = INK) -> None:
    paragraph = frame.add_paragraph()
    paragraph.space_before = Pt(points // 2)
    _run(paragraph, text, points=points, colour=colour)


def _run(
    paragraph: _Paragraph, text: str, *, points: int, bold: bool = False, colour: RGBColor = INK
) -> BaseOxmlElement:
    run = paragraph.add_run()
    run.text = cleaned(text)
    run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(points), bold, colour, FONT
    return run._r
