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
    short: str = ""  # the value as sentences write it


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
    """Two values and what lies between them: scores, revenue. The axis may start above zero, and says so."""

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
class StackedColumns:
    """Months or quarters as columns, each of one or more parts on top of each other, on an axis from zero."""

    title: str
    labels: tuple[str, ...]
    parts: tuple[Series, ...]  # the lowest first, three at most; a single one has no legend and no figure
    totals: tuple[Span, ...]  # written above each column, may be empty
    alt: str
    kind: Literal["stacked_columns"] = "stacked_columns"


@dataclass(frozen=True, slots=True)
class Radar:
    """Two views of the same questions, each answered on a scale from 0 to 100."""

    title: str
    axes: tuple[str, ...]
    first: Series
    second: Series
    alt: str
    kind: Literal["radar"] = "radar"


@dataclass(frozen=True, slots=True)
class ParityRow:
    label: str
    ours: Step
    theirs: Step


@dataclass(frozen=True, slots=True)
class ParityBars:
    """What each side puts in, from the middle outwards, on one scale."""

    title: str
    our_name: str
    their_name: str
    rows: tuple[ParityRow, ...]
    alt: str
    kind: Literal["parity_bars"] = "parity_bars"


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
class Promise:
    """A commitment in a document: one on record that is still open, or one the draft proposes."""

    side: Literal["vendor", "partner"]
    text: str
    owner: str  # side and person: "Northlight Software · Dana Voss"
    due: date | None
    commitment_id: str | None  # of the record; None for a proposed one
    why: Line = ()  # what it answers; for one on record how it stands


@dataclass(frozen=True, slots=True)
class Promises:
    """Commitments of both sides, ours first."""

    items: tuple[Promise, ...]
    title: str = ""
    note: Line = ()
    kind: Literal["promises"] = "promises"


@dataclass(frozen=True, slots=True)
class SignOff:
    names: tuple[tuple[str, str], ...]  # (for whom, name and role where known)
    kind: Literal["sign_off"] = "sign_off"


Block = Annotated[
    Table
    | KeyFigures
    | Waterfall
    | PairedBars
    | StackedColumns
    | Radar
    | ParityBars
    | Bars
    | PointColumns
    | Prose
    | Missing
    | Promises
    | SignOff,
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
class Commentary:
    """A section's words as a person wrote them, in Markdown with figure tokens; the drafted ones stay."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class FrozenMilestone:
    """A dated step both sides work towards, as it stood on the day of the draft."""

    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed to the document as it stands, and when."""

    on: date
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A change made after the document had been agreed."""

    at: str  # an instant
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """One target of a plan as data, so that its progress can be read from facts later.

    With `parts` it is a sum over the plan's days, each part due by its day; without, a level to be reached
    on the last day from the baseline.
    """

    metric: str
    title: str
    unit: str  # of results.Unit
    side: Literal["vendor", "partner", "both"]
    value: float | int
    baseline: float | int | None
    start: date
    last: date
    parts: tuple[tuple[date, float | int], ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A review or a plan as drafted: the whole of what its PDF is made from."""

    kind: Literal["review", "plan", "brief", "report", "file"]
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
    targets: tuple[PlanTarget, ...] = ()  # of a plan
    commentary: tuple[Commentary, ...] = ()
    promises: tuple[Promise, ...] = ()  # that a person added to those of the sections
    declined: tuple[str, ...] = ()  # the texts of proposed promises that a person took out
    milestones: tuple[FrozenMilestone, ...] = ()
    agreement: Agreement | None = None
    log: tuple[LogEntry, ...] = ()
    sources: tuple[str, ...] = ()  # each with the day its data came in
    missing: tuple[str, ...] = ()  # what has no value and why
    compact: bool = False  # one or two pages in all: set closer


_ADAPTER: TypeAdapter[Document] = TypeAdapter(Document)


def to_json(body: Document) -> str:
    """Return the stored form; the same document always gives the same text."""
    return _ADAPTER.dump_json(body).decode()


def from_json(text: str) -> Document:
    return _ADAPTER.validate_json(text)
