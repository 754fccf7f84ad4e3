"""A document as it is stored: frozen figures, and sections made of blocks that any writer can set.

Nothing here touches live data: a document read back years later says what it said on its first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

Tone = Literal["", "good", "warn", "bad", "quiet"]


@dataclass(frozen=True, slots=True)
class FrozenRecord:
    """One of the records that made a figure, as it read on the day of the draft."""

    record_id: str
    label: str
    day: str
    amount: str


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure with all that is needed to answer "where does this come from" without the database."""

    key: str
    title: str
    metric: str | None  # None for a list of records and for the score
    value: float | int | None
    written: str
    also: tuple[tuple[str, str], ...]  # the same figure on other days, its target: (what, written)
    window: str
    as_of: date
    n: int
    definition: str
    records: tuple[FrozenRecord, ...]  # the first 20
    record_kind: str  # "orders", "deals": what the records are


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a sentence; `figure` is the key of the frozen figure they state, and link to."""

    text: str
    figure: str | None = None


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    line: Line = ()
    tone: Tone = ""
    strong: bool = False
    spark: tuple[float | int | None, ...] = ()  # 8 quarter ends, oldest first


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    numeric: bool = False
    share: float = 0.0  # of the free width; 0: as wide as its widest cell


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    note: Line = ()
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    value: Span
    change: Span | None
    caption: Line


@dataclass(frozen=True, slots=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]
    kind: Literal["key_figures"] = "key_figures"


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    value: float
    written: str
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Two scores and what lies between them. The axis may start above zero; the template says so."""

    title: str
    before: Step
    after: Step
    steps: tuple[Step, ...]
    alt: str
    kind: Literal["waterfall"] = "waterfall"


@dataclass(frozen=True, slots=True)
class Series:
    title: str
    values: tuple[float | None, ...]
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class PairedBars:
    """Two series side by side over the same months, on an axis from zero."""

    title: str
    labels: tuple[str, ...]
    first: Series
    second: Series
    top: str  # the axis' largest value, as written
    alt: str
    kind: Literal["paired_bars"] = "paired_bars"


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars with their values beside them: a funnel, or the largest of something."""

    title: str
    steps: tuple[Step, ...]
    notes: tuple[Line, ...]  # one beside each bar, may be empty
    alt: str
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True)
class Points:
    """A short list under its own title."""

    title: str
    lines: tuple[Line, ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class PointColumns:
    columns: tuple[Points, ...]
    kind: Literal["point_columns"] = "point_columns"


@dataclass(frozen=True, slots=True)
class Prose:
    lines: tuple[Line, ...]
    title: str = ""
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not there and would have been shown, in one line."""

    lines: tuple[str, ...]
    kind: Literal["missing"] = "missing"


@dataclass(frozen=True, slots=True)
class SignOff:
    names: tuple[tuple[str, str], ...]  # (for whom, name and role where known)
    kind: Literal["sign_off"] = "sign_off"


Block = Annotated[
    Table | KeyFigures | Waterfall | PairedBars | Bars | PointColumns | Prose | Missing | SignOff,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document. `message` is its title and says what the section says."""

    name: str
    heading: str  # what it is about, for the outline: "Scorecard"
    message: str
    lead: Line
    blocks: tuple[Block, ...]
    new_page: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A review or a plan as drafted: the whole of what its PDF is made from."""

    kind: Literal["review", "plan"]
    title: str  # Quarterly business review
    partner_id: str
    partner_name: str
    our_name: str
    period: str  # 2026-Q3, 2027
    period_title: str  # FY26 Q3
    figures_as_of: date
    drafted_on: date
    sections: tuple[Section, ...]
    figures: tuple[FrozenFigure, ...]
    profile_version: str = ""


_ADAPTER: TypeAdapter[Document] = TypeAdapter(Document)


def to_json(body: Document) -> str:
    """Return the stored form; the same document always gives the same text."""
    return _ADAPTER.dump_json(body).decode()


def from_json(text: str) -> Document:
    return _ADAPTER.validate_json(text)
