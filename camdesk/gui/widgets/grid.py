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
    """A row with the key of what it stands for; its cells may be worked out when they are looked at."""

    key: str
    cells: Sequence[GridCell]


@dataclass(frozen=True, slots=True)
class Order:
    """One column that rows are sorted by."""

    column: int
    descending: bool


def sorted_rows(rows: Sequence[GridRow], orders: Sequence[Order]) -> list[GridRow]:
    """Return the rows by the first order, those alike in it by the next; no value comes last either way."""
    made = list(rows)
    for order in reversed(orders):
        made = _sorted_by(made, order.column, descending=order.descending)
    return made


def _sorted_by(rows: Sequence[GridRow], column: int, *, descending: bool) -> list[GridRow]:
    known, unknown = [], []
    for row in rows:
        value = row.cells[column].sort
        if value is None:
            unknown.append(row)
        else:
            known.append((_key(value), row))
    known.sort(key=_first, reverse=descending)
    return [row for _, row in known] + unknown


def _first(pair: tuple[tuple[int, float | int | str], GridRow]) -> tuple[int, float | int | str]:
    return pair[0]


def _key(value: float | int | str) -> tuple[int, float | int | str]:
    """Keep numbers and words apart, so that a mixed column still sorts."""
    return (1, value.casefold()) if isinstance(value, str) else (0, value)
