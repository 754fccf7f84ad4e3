"""A table as plain values: columns, rows and cells formatted beforehand. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from camdesk.gui.theme.tokens import Tone


class Kind(Enum):
    """How a column is drawn."""

    TEXT = "text"
    NUMBER = "number"
    BADGE = "badge"
    SCORE = "score"
    TREND = "trend"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Meter:
    """A filled bar: `share` 0 to 1, hollow where the score is provisional, ticks at shares of it."""

    share: float | None
    tone: Tone
    hollow: bool = False
    ticks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """A small line; None leaves a gap."""

    values: tuple[float | int | None, ...]
    tone: Tone


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; `sortable` columns sort when their head is clicked."""

    title: str
    kind: Kind
    tooltip: str = ""
    strong: bool = False
    sortable: bool = True
    descending_first: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: what stands there, what it sorts by (None last) and what hovering says."""

    text: str
    sort: float | int | str | None = None
    tooltip: str = ""
    tone: Tone = Tone.NORMAL
    strong: bool = False
    mark: Meter | Trend | None = None
    spoken: str = ""
    copied: str | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with the key of what it stands for."""

    key: str
    cells: tuple[GridCell, ...]


def sorted_rows(rows: Sequence[GridRow], column: int, *, descending: bool) -> list[GridRow]:
    """Return the rows by one column; those without a value come last either way."""
    known = [row for row in rows if row.cells[column].sort is not None]
    unknown = [row for row in rows if row.cells[column].sort is None]
    known.sort(key=lambda row: _key(row.cells[column].sort), reverse=descending)
    return known + unknown


def _key(value: float | int | str | None) -> tuple[int, float | int | str]:
    """Keep numbers and words apart, so that a mixed column still sorts."""
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value if value is not None else 0
