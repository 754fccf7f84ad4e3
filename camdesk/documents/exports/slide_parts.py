"""Titles, paragraphs, figures and tables of a slide, placed on its grid. Lengths are in EMU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.table import _Cell as TableCell
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from camdesk.documents.model import Cell, KeyFigures, Line, PointColumns, Table, Tone
from camdesk.documents.phrases import clipped
from camdesk.documents.plain import cleaned
from camdesk.documents.trees import text_of

WIDTH, HEIGHT = 12_192_000, 6_858_000  # 16:9
INK, QUIET, LINE = RGBColor(0x16, 0x20, 0x2E), RGBColor(0x5B, 0x66, 0x75), RGBColor(0xF2, 0xF4, 0xF7)
_TONES: dict[Tone, RGBColor] = {
    "good": RGBColor(0x1B, 0x6E, 0x4B),
    "warn": RGBColor(0x8A, 0x5A, 0x00),
    "bad": RGBColor(0xA8, 0x2A, 0x2A),
    "quiet": QUIET,
}
_CELL_LENGTH = 160
_ROW = 360_000


@dataclass(frozen=True, slots=True)
class Box:
    left: int
    top: int
    width: int
    height: int


TITLE = Box(560_000, 330_000, WIDTH - 1_120_000, 900_000)
CONTENT = Box(560_000, 1_330_000, WIDTH - 1_120_000, 4_850_000)
FOOT = Box(560_000, 6_400_000, WIDTH - 1_120_000, 280_000)


def title(slide: Slide, text: str, box: Box, *, points: int) -> None:
    shape = slide.shapes.title
    assert shape is not None  # the design has one
    shape.left, shape.top, shape.width, shape.height = map(Emu, (box.left, box.top, box.width, box.height))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    _write(frame, [text], points=points if len(text) < 90 else points - 6, bold=True)


def paragraphs(slide: Slide, texts: Sequence[str], box: Box, *, points: int, quiet: bool = False) -> None:
    frame = _frame(slide, box)
    _write(frame, texts, points=points, colour=QUIET if quiet else INK)


def key_figures(slide: Slide, block: KeyFigures, room: Box) -> None:
    """Write each figure large, with its change beside it and what it is below."""
    width = room.width // max(3, len(block.items))
    for place, item in enumerate(block.items):
        frame = _frame(slide, Box(room.left + place * width, room.top, width - 120_000, 1_900_000))
        change = f"  {item.change.text}" if item.change else ""
        _write(frame, [f"{item.value.text}{change}"], points=32, bold=True)
        _add(frame, text_of(item.caption), points=14, colour=QUIET)


def point_columns(slide: Slide, block: PointColumns, room: Box) -> None:
    width = room.width // max(1, len(block.columns))
    for place, column in enumerate(block.columns):
        frame = _frame(slide, Box(room.left + place * width, room.top, width - 150_000, room.height))
        _write(frame, [column.title], points=16, bold=True)
        for number, line in enumerate(column.lines, start=1):
            lead = f"{number}. " if column.numbered else "• "
            _add(frame, lead + text_of(line), points=14)


def table(slide: Slide, block: Table, room: Box) -> None:
    """Draw a table whose cells can be edited, its note below."""
    rows, columns = len(block.rows) + 1, len(block.columns)
    if not columns:
        return
    height = min(room.height - (300_000 if block.note else 0), _ROW * rows)
    frame = slide.shapes.add_table(rows, columns, Emu(room.left), Emu(room.top), Emu(room.width), Emu(height))
    drawn = frame.table
    for at, width in enumerate(_widths(block, room.width)):
        drawn.columns[at].width = Emu(width)
    size = 12 if columns <= 6 else 10
    for at, column in enumerate(block.columns):
        _fill(drawn.cell(0, at), column.title, size=size, right=column.numeric, bold=True, colour=QUIET)
    for down, row in enumerate(block.rows, start=1):
        for at, cell in enumerate(row[:columns]):
            _fill_from(drawn.cell(down, at), cell, size=size, right=block.columns[at].numeric)
    if block.note:
        below = Box(room.left, room.top + room.height - 300_000, room.width, 300_000)
        paragraphs(slide, [_note(block.note)], below, points=10, quiet=True)


def _note(line: Line) -> str:
    return text_of(line).replace(": see the annex", "")


def _widths(block: Table, whole: int) -> list[int]:
    """Return the columns' widths by what stands in them, none narrower than its title needs."""
    needs = [
        max(
            6,
            min(
                46,
                max(
                    [len(column.title), *(len(text_of(row[at].line)) for row in block.rows if at < len(row))]
                ),
            ),
        )
        for at, column in enumerate(block.columns)
    ]
    widths = [whole * need // sum(needs) for need in needs]
    widths[-1] += whole - sum(widths)
    return widths


def _fill_from(place: TableCell, cell: Cell, *, size: int, right: bool) -> None:
    colour = _TONES.get(cell.tone, INK)
    _fill(place, text_of(cell.line), size=size, right=right, bold=cell.strong, colour=colour)


def _fill(place: TableCell, text: str, *, size: int, right: bool, bold: bool, colour: RGBColor) -> None:
    place.fill.solid()
    place.fill.fore_color.rgb = LINE if bold and colour == QUIET else RGBColor(0xFF, 0xFF, 0xFF)
    place.margin_top = place.margin_bottom = Emu(36_000)
    _write(place.text_frame, [clipped(text, _CELL_LENGTH)], points=size, bold=bold, colour=colour)
    if right:
        place.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


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
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = cleaned(text)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(points), bold, colour


def _add(frame: TextFrame, text: str, *, points: int, colour: RGBColor = INK) -> None:
    paragraph = frame.add_paragraph()
    paragraph.space_before = Pt(points // 2)
    run = paragraph.add_run()
    run.text = cleaned(text)
    run.font.size, run.font.color.rgb = Pt(points), colour
