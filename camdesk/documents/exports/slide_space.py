"""How much room words and tables take on a slide, estimated in EMU; a slide's fonts are its reader's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from camdesk.documents.model import Bars, Block, Cell, KeyFigures, Missing, PointColumns, Prose, Table
from camdesk.documents.plain import cleaned
from camdesk.documents.trees import text_of

WIDTH, HEIGHT = 12_192_000, 6_858_000  # 16:9
POINT = 12_700
TABLE_SIZES, TEXT_SIZES = (12, 14, 16), (14, 16, 18)
"""Type sizes of tables and of text: a slide takes the largest it has room for."""
CELL_LENGTH = 160
SUBHEAD, GAP = 330_000, 150_000
NOTE_POINTS, QUIET_POINTS, LEAD_POINTS = 11, 12, 16
CHART = 2_200_000
# Widths as shares of the type size, on the wide side.
_LETTER, _CAPITAL, _NARROW, _BROAD, _BOLD = 0.56, 0.70, 0.34, 0.92, 1.08
_LINE = 1.22
_CELL_SIDES, _CELL_TOPS = 190_000, 80_000
_BOX_SIDES = 183_000
_BAR = 400_000
_KEY_FIGURE_POINTS = 32


@dataclass(frozen=True, slots=True)
class Box:
    left: int
    top: int
    width: int
    height: int


TITLE = Box(560_000, 400_000, WIDTH - 1_120_000, 880_000)
CONTENT = Box(560_000, 1_330_000, WIDTH - 1_120_000, 4_900_000)
FOOT = Box(560_000, 6_400_000, WIDTH - 2_120_000, 280_000)


def width_of(text: str, points: int) -> int:
    """Return the width of a text on one line."""
    return round(sum(map(_share, text)) * points * POINT)


def _share(letter: str) -> float:
    if letter in " .,;:!|'ijlftrI()[]·":
        return _NARROW
    if letter in "mwMW%@" or (letter > "\u1100" and not "\u1e00" <= letter <= "\u20ff"):
        return _BROAD
    return _CAPITAL if letter.isupper() else _LETTER


def lines_in(text: str, points: int, width: int) -> int:
    """Return how many lines a text takes in a width."""
    lines, used = 1, 0
    blank = width_of(" ", points)
    for word in text.split():
        needs = width_of(word, points)
        if used and used + blank + needs > width:
            lines, used = lines + 1, 0
        used += needs + (blank if used else 0)
        if used > width:
            lines, used = lines + used // width, used % width
    return lines


def text_height(texts: Iterable[str], points: int, width: int) -> int:
    """Return the height of paragraphs with the space between them."""
    line = round(points * POINT * _LINE)
    return sum(lines_in(text, points, width - _BOX_SIDES) * line + points * POINT // 2 for text in texts)


def block_height(block: Block, width: int, scale: int) -> int:
    """Return the least height of a block without its title, at a step of the type sizes."""
    points = TEXT_SIZES[scale]
    if isinstance(block, Table):
        note = text_height([text_of(block.note)], NOTE_POINTS, width) if block.note else 0
        return sum(row_heights(block, width, TABLE_SIZES[scale])) + note
    if isinstance(block, KeyFigures):
        each = width // max(3, len(block.items)) - GAP
        captions = (text_height([text_of(item.caption)], points, each) for item in block.items)
        return round(_KEY_FIGURE_POINTS * POINT * _LINE) + max(captions, default=0) + GAP // 2
    if isinstance(block, PointColumns):
        each = width // max(1, len(block.columns)) - GAP
        listed = (
            text_height([column.title, *(f"00 {text_of(line)}" for line in column.lines)], points, each)
            for column in block.columns
        )
        return max(listed, default=0)
    if isinstance(block, Prose):
        return text_height(map(text_of, block.lines), points, width)
    if isinstance(block, Missing):
        return text_height(block.lines, QUIET_POINTS, width)
    return min(CHART, _BAR * (1 + len(block.steps))) if isinstance(block, Bars) else CHART


def row_heights(block: Table, width: int, points: int) -> list[int]:
    """Return the height of a table's head and of each of its rows."""
    widths = column_widths(block, width, points)
    rows = [_head(block), *([_said(cell) for cell in row] for row in block.rows)]
    line = round(points * POINT * _LINE)
    return [
        max(
            (lines_in(text, points, at - _CELL_SIDES) for text, at in zip(row, widths, strict=False)),
            default=1,
        )
        * line
        + _CELL_TOPS
        for row in rows
    ]


def column_widths(block: Table, whole: int, points: int) -> list[int]:
    """Return the columns' widths: what stands in them on one line, or no word broken, as room allows."""
    columns = [
        [title, *(_said(row[at]) for row in block.rows if at < len(row))]
        for at, title in enumerate(_head(block))
    ]
    # Heads and what counts most are bold.
    natural = [
        round(max(width_of(text, points) for text in texts) * _BOLD) + _CELL_SIDES for texts in columns
    ]
    least = [
        min(round(max(width_of(word, points) for text in texts for word in _words(text)) * _BOLD), whole // 3)
        + _CELL_SIDES
        for texts in columns
    ]
    spare = whole - sum(natural)
    if spare >= 0:
        free = [at for at, column in enumerate(block.columns) if not column.numeric] or [0]
        grown = sum(natural[at] for at in free)
        widths = [
            need + (spare * need // grown if at in free and grown else 0) for at, need in enumerate(natural)
        ]
    else:
        widths = _squeezed(natural, least, whole)
    widths[-1] += whole - sum(widths)
    return widths


def _squeezed(natural: Sequence[int], least: Sequence[int], whole: int) -> list[int]:
    """Take what is missing from the columns that can be broken, by what they have above their least."""
    over = sum(natural) - whole
    slack = [need - low for need, low in zip(natural, least, strict=True)]
    if over > sum(slack) > 0 or not sum(slack):
        return [low * whole // sum(least) for low in least]
    return [need - over * free // sum(slack) for need, free in zip(natural, slack, strict=True)]


def _words(text: str) -> list[str]:
    return text.split() or [""]


def _head(block: Table) -> list[str]:
    return [cleaned(column.title) for column in block.columns]


def _said(cell: Cell) -> str:
    return cleaned(text_of(cell.line))[:CELL_LENGTH]
