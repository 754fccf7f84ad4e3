"""The same document as slides (.pptx): one message a slide, tables and charts that can be edited."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu

from camdesk.documents.exports import slide_charts, slide_parts
from camdesk.documents.exports.slide_parts import CONTENT, HEIGHT, WIDTH, Box
from camdesk.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    KeyFigures,
    Line,
    Missing,
    PointColumns,
    Promises,
    Prose,
    Section,
    SignOff,
    Span,
    Table,
)
from camdesk.documents.phrases import clipped
from camdesk.documents.plain import cleaned
from camdesk.documents.trees import text_of
from camdesk.insight.wording import write_day

_TITLE_ONLY = 5  # of the default design: its title is what an outline and a screen reader find
_ROWS = 11
_LETTERS = 900
_TITLE_LENGTH = 140
_LEAD_LENGTH = 420
_SIDES = {"vendor": "Ours", "partner": "Theirs"}


@dataclass
class _Plan:
    """What one slide is to show, before it is drawn."""

    title: str
    lead: str = ""
    block: Block | None = None
    texts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def slides_of(body: Document) -> bytes:
    """Return the presentation: a cover, the sections' messages, no speaker notes and no annex."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    deck.core_properties.title = cleaned(f"{body.partner_name} · {body.title} {body.period_title}")
    deck.core_properties.author = cleaned(body.our_name)
    deck.core_properties.comments = ""
    _cover(deck, body)
    for section in body.sections:
        for plan in _plans(section):
            _draw(_new_slide(deck, plan.title, body), plan, body)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _cover(deck: Deck, body: Document) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    name = Box(CONTENT.left, 2_100_000, CONTENT.width, 1_300_000)
    slide_parts.title(slide, clipped(body.partner_name, _TITLE_LENGTH), name, points=40)
    lines = [f"{body.title} {body.period_title}", body.our_name, f"Prepared {write_day(body.drafted_on)}"]
    slide_parts.paragraphs(slide, lines, Box(CONTENT.left, 3_500_000, CONTENT.width, 1_500_000), points=20)


def _new_slide(deck: Deck, title: str, body: Document) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    slide_parts.title(slide, clipped(title, _TITLE_LENGTH), slide_parts.TITLE, points=28)
    as_of = f"Figures as of {write_day(body.figures_as_of)}"
    foot = f"{clipped(body.our_name, 50)} · {body.title} · {clipped(body.partner_name, 50)} · {as_of}"
    slide_parts.paragraphs(slide, [foot], slide_parts.FOOT, points=10, quiet=True)
    return slide


def _plans(section: Section) -> Iterator[_Plan]:
    """Yield the slides of a section: its message with the first thing to see, then one for each other."""
    lead = text_of(section.lead)
    missing = [line for block in section.blocks if isinstance(block, Missing) for line in block.lines]
    shown = [block for block in section.blocks if not isinstance(block, Missing)]
    first = _Plan(section.message, clipped(lead, _LEAD_LENGTH), missing=missing)
    slides = [plan for block in shown for plan in _of_block(section, block)]
    if slides and slides[0].block is not None:
        slides[0].title, slides[0].lead, slides[0].missing = first.title, first.lead, first.missing
    else:
        slides.insert(0, first)
    yield from slides
    if len(lead) > _LEAD_LENGTH:
        yield from (_Plan(section.message, texts=texts) for texts in _pages_of([lead]))


def _of_block(section: Section, block: Block) -> Iterator[_Plan]:
    title = getattr(block, "title", "") or section.message
    if isinstance(block, Prose):
        yield from (_Plan(title, texts=texts) for texts in _pages_of([text_of(one) for one in block.lines]))
    elif isinstance(block, Table | Promises | SignOff):
        for table in _pieces(_as_table(block)):
            yield _Plan(title, block=table)
    elif isinstance(block, PointColumns):
        if sum(len(text_of(line)) for column in block.columns for line in column.lines) <= _LETTERS * 1.5:
            yield _Plan(section.message, block=block)
        else:
            for column in block.columns:
                for texts in _pages_of([text_of(line) for line in column.lines]):
                    yield _Plan(column.title or section.message, texts=texts)
    else:
        yield _Plan(title, block=block)


def _pages_of(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield paragraphs in portions that a slide has room for; a long one is cut between words."""
    page: list[str] = []
    room = _LETTERS
    for text in texts:
        for part in _cut(text):
            if page and (len(part) > room or len(page) >= _ROWS):
                yield page
                page, room = [], _LETTERS
            page.append(part)
            room -= len(part)
    if page:
        yield page


def _cut(text: str) -> Iterator[str]:
    rest = text
    while len(rest) > _LETTERS:
        at = rest.rfind(" ", _LETTERS // 2, _LETTERS)
        at = at if at > 0 else _LETTERS
        yield rest[:at]
        rest = rest[at:].lstrip()
    yield rest


def _as_table(block: Table | Promises | SignOff) -> Table:
    if isinstance(block, Promises):
        rows = tuple(
            tuple(
                _cell(text)
                for text in (_SIDES[one.side], one.text, one.owner, write_day(one.due) if one.due else "")
            )
            for one in block.items
        )
        columns = (
            Column("Side"),
            Column("What", share=3),
            Column("Who", share=2),
            Column("Due", numeric=True),
        )
        return Table(columns, rows, block.title, block.note)
    if isinstance(block, SignOff):
        rows = tuple((_cell(party), _cell(name), Cell()) for party, name in block.names)
        return Table(
            (Column("For", share=1), Column("Who", share=1), Column("Date and signature", share=1)), rows
        )
    return _without_trends(block)


def _cell(text: str) -> Cell:
    return Cell((Span(text),))


def _without_trends(table: Table) -> Table:
    """Return the table without columns that only draw: a slide's table holds words."""
    kept = [
        at
        for at in range(len(table.columns))
        if any(text_of(row[at].line).strip(" –") for row in table.rows if len(row) > at)
    ]
    rows = tuple(tuple(row[at] for at in kept if at < len(row)) for row in table.rows)
    return Table(tuple(table.columns[at] for at in kept), rows, table.title, table.note)


def _pieces(table: Table) -> Iterator[Table]:
    for start in range(0, max(len(table.rows), 1), _ROWS):
        last = start + _ROWS >= len(table.rows)
        note: Line = table.note if last else ()
        yield Table(table.columns, table.rows[start : start + _ROWS], table.title, note)


def _draw(slide: Slide, plan: _Plan, body: Document) -> None:
    room = CONTENT
    if plan.lead:
        lines = 1 + len(plan.lead) // 130
        height = 330_000 * lines
        above = Box(room.left, room.top, room.width, height)
        slide_parts.paragraphs(slide, [plan.lead], above, points=16, quiet=True)
        room = Box(room.left, room.top + height + 60_000, room.width, room.height - height - 60_000)
    if plan.missing:
        below = 300_000 * min(3, sum(1 + len(text) // 150 for text in plan.missing))
        place = Box(room.left, room.top + room.height - below, room.width, below)
        if plan.block is None and not plan.texts:
            place = room
        slide_parts.paragraphs(slide, plan.missing, place, points=12, quiet=True)
        room = Box(room.left, room.top, room.width, room.height - below)
    if plan.texts:
        slide_parts.paragraphs(slide, plan.texts, room, points=18 if sum(map(len, plan.texts)) < 500 else 15)
    block = plan.block
    if isinstance(block, KeyFigures):
        slide_parts.key_figures(slide, block, room)
    elif isinstance(block, PointColumns):
        slide_parts.point_columns(slide, block, room)
    elif isinstance(block, Table):
        slide_parts.table(slide, block, room)
    elif block is not None:
        slide_charts.chart(slide, block, room, our_name=body.our_name)
