"""How much of each list has room on the one page: heights as the template sets them, estimated from words.

The estimate errs on the large side; the smaller of the two papers decides, so that one brief fits both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from camdesk.documents.model import Line

ROOM = 655.0
"""Points between header and footer: Letter's 658, less a hair."""
_HALF_LINE = 44  # characters of a line in half a page's width
_LINE, _ITEM_GAP = 12.6, 2.6
_LIST_HEAD, _TABLE_HEAD = 26.0, 48.0
_ROW_LINE, _ROW_GAP = 11.2, 7.6
_TITLE_LINE, _LEAD_LINE = 20.5, 14.0
_KEY_FIGURES = 84.0


def words_of(line: Line) -> str:
    return "".join(span.text for span in line)


def opening_height(message: str, lead: Line) -> float:
    """Return the height of title, lead and key figures."""
    titles, leads = _lines(message, 42), _lines(words_of(lead), 80)
    return _TITLE_LINE * titles + _LEAD_LINE * leads + _KEY_FIGURES


def list_height(lines: Sequence[Line]) -> float:
    """Return the height of a list in one of two columns."""
    return _LIST_HEAD + sum(_LINE * _lines(words_of(line), _HALF_LINE) + _ITEM_GAP for line in lines)


def table_height(rows: Sequence[Sequence[tuple[str, int]]]) -> float:
    """Return the height of a table; a cell is its words, and how many letters a line of it holds."""
    return _TABLE_HEAD + sum(
        _ROW_LINE * max(_lines(words, width) for words, width in row) + _ROW_GAP for row in rows
    )


def _lines(words: str, width: int) -> int:
    return max(1, math.ceil(len(words) / width))
