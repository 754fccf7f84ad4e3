"""What stands on which slide: a section's blocks together as far as they have room, none cut in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from camdesk.documents.exports.slide_space import (
    CONTENT,
    GAP,
    LEAD_POINTS,
    SUBHEAD,
    TABLE_SIZES,
    TEXT_SIZES,
    block_height,
    row_heights,
    text_height,
)
from camdesk.documents.model import (
    Block,
    Cell,
    Column,
    Missing,
    PointColumns,
    Promises,
    Prose,
    Section,
    SignOff,
    Span,
    Table,
)
from camdesk.documents.phrases import capital, clipped, joined
from camdesk.documents.trees import text_of
from camdesk.insight.wording import write_day

_LETTERS = 900
_LEAD_LENGTH = 420
_SIDES = {"vendor": "Ours", "partner": "Theirs"}


@dataclass(frozen=True, slots=True)
class Item:
    """A block with the title it is shown under, which may be none."""

    block: Block
    title: str = ""


@dataclass
class Plan:
    """What one slide is to show, before it is drawn."""

    title: str
    lead: str = ""
    items: list[Item] = field(default_factory=list)

    def height(self, scale: int = 0) -> int:
        """Return the least height of everything below the title, at a step of the type sizes."""
        parts = [item_height(item, scale) for item in self.items]
        if self.lead:
            parts.append(text_height([self.lead], LEAD_POINTS, CONTENT.width))
        return sum(parts) + GAP * max(0, len(parts) - 1)

    @property
    def scale(self) -> int:
        """The largest step of the type sizes that this slide has room for."""
        fitting = (step for step in range(len(TEXT_SIZES)) if self.height(step) <= CONTENT.height)
        return max(fitting, default=0)


def item_height(item: Item, scale: int) -> int:
    return block_height(item.block, CONTENT.width, scale) + (SUBHEAD if item.title else 0)


def plans_of(sections: Iterable[Section]) -> Iterator[Plan]:
    """Yield the slides of a document; a section of a line or two goes with the one before it."""
    before: list[Plan] = []
    for section in sections:
        short = _short(section)
        if before and short and before[-1].height() + GAP + item_height(short, 0) <= CONTENT.height:
            before[-1].items.append(short)
            continue
        yield from before
        before = list(_plans_of(section))
    yield from before


def _short(section: Section) -> Item | None:
    """Return a section that has nothing to draw as words under its message; None for any other."""
    told = [text_of(section.lead)] if section.lead else []
    for block in section.blocks:
        if not isinstance(block, Missing):
            return None
        told += block.lines
    return _page(section.message, told) if told else None


def _plans_of(section: Section) -> Iterator[Plan]:
    """Yield the slides of a section, the first with its message."""
    lead = text_of(section.lead)
    plan = Plan(section.message, clipped(lead, _LEAD_LENGTH))
    items = [item for block in section.blocks for item in _items(block)]
    if len(lead) > _LEAD_LENGTH:
        items = [*_prose("", [lead]), *items]
    for item in items:
        if plan.items and plan.height() + GAP + item_height(item, 0) > CONTENT.height:
            yield plan
            # The slide's own title says what its first block would.
            plan = Plan(_title(section, item), items=[replace(item, title="")])
        elif not plan.items and plan.lead and plan.height() + item_height(item, 0) + GAP > CONTENT.height:
            # A table that fills a slide goes without the lead's.
            yield plan
            plan = Plan(_title(section, item), items=[replace(item, title="")])
        else:
            plan.items.append(item)
    yield plan


def _title(section: Section, item: Item) -> str:
    if item.title:
        return item.title
    if isinstance(item.block, PointColumns):
        return capital(joined([column.title.lower() for column in item.block.columns]))
    return f"{section.message} (continued)"


def _items(block: Block) -> Iterator[Item]:
    title = getattr(block, "title", "")
    if isinstance(block, Prose):
        yield from _prose(title, [text_of(line) for line in block.lines])
    elif isinstance(block, Missing):
        yield Item(block)
    elif isinstance(block, Table | Promises | SignOff):
        table = _as_table(block)
        if table.columns:
            for number, piece in enumerate(_pieces(table)):
                yield Item(piece, f"{title} (continued)" if title and number else title)
    elif isinstance(block, PointColumns) and block_height(block, CONTENT.width, 0) > CONTENT.height - GAP:
        for column in block.columns:
            yield from _prose(column.title, [text_of(line) for line in column.lines])
    else:
        yield Item(block, "" if isinstance(block, PointColumns) else title)


def _prose(title: str, texts: Sequence[str]) -> Iterator[Item]:
    """Yield paragraphs in portions that a slide has room for; a long one is cut between words."""
    page: list[str] = []
    room = CONTENT.height - SUBHEAD
    for part in (part for text in texts for part in _cut(text)):
        if page and text_height([*page, part], TEXT_SIZES[0], CONTENT.width) > room:
            yield _page(title, page)
            page = []
        page.append(part)
    if page:
        yield _page(title, page)


def _page(title: str, texts: Iterable[str]) -> Item:
    return Item(Prose(tuple((Span(text),) for text in texts)), title)


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
        titles = (Column("Side"), Column("What"), Column("Who"), Column("Due", numeric=True))
        return Table(titles, rows, block.title, _note(block.note))
    if isinstance(block, SignOff):
        rows = tuple((_cell(party), _cell(name), Cell()) for party, name in block.names)
        return Table((Column("For"), Column("Who"), Column("Date and signature")), rows)
    return _without_trends(block)


def _cell(text: str) -> Cell:
    return Cell((Span(text),))


def _note(line: tuple[Span, ...]) -> tuple[Span, ...]:
    text = text_of(line).replace(": see the annex", "")
    return (Span(text),) if text else ()


def _without_trends(table: Table) -> Table:
    """Return the table without columns that only draw: a slide's table holds words."""
    kept = [
        at
        for at in range(len(table.columns))
        if any(text_of(row[at].line).strip(" –") for row in table.rows if len(row) > at)
    ]
    rows = tuple(tuple(row[at] for at in kept if at < len(row)) for row in table.rows)
    return Table(tuple(table.columns[at] for at in kept), rows, table.title, _note(table.note))


def _pieces(table: Table) -> Iterator[Table]:
    """Yield the table in parts of about one height that a slide has room for, its note under the last."""
    head, *heights = row_heights(table, CONTENT.width, TABLE_SIZES[0])
    room = CONTENT.height - head - 2 * SUBHEAD
    count = -(-sum(heights) // room) or 1
    room = min(room, sum(heights) // count + max(heights, default=0))
    starts, used = [0], 0
    for at, height in enumerate(heights):
        if used + height > room and at > starts[-1]:
            # A heading among the rows stays with what it heads.
            starts.append(at - 1 if _heads(table.rows[at - 1]) and at - 1 > starts[-1] else at)
            used = sum(heights[starts[-1] : at])
        used += height
    for start, end in pairwise([*starts, len(table.rows)]):
        note = table.note if end == len(table.rows) else ()
        yield replace(table, rows=table.rows[start:end], note=note)


def _heads(row: Sequence[Cell]) -> bool:
    return bool(row) and row[0].strong and not any(text_of(cell.line) for cell in row[1:])
