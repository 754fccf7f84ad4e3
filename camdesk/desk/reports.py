"""What the verbs return: frozen values that a window, a terminal or a JSON writer can show as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from camdesk.insight.results import (
    Alert,
    Band,
    HeldBack,
    Milestone,
    Partner,
    ProgrammeFigures,
    Scorecard,
    ScoreChange,
    TierState,
    Unit,
)


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """The number: own target, booked, commit, best case and gap, in ten-thousandths; None without data."""

    title: str  # FY26 Q4
    days_left: int
    target: int | None
    booked: int | None
    commit: int | None
    best_case: int | None
    gap: int | None


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column of a type's table: a metric, its short title and how its values read."""

    metric: str
    title: str
    long_title: str
    unit: Unit
    better: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table. `points` (0 to 100) is what it earns in the scorecard, None without marks."""

    value: float | int | None
    points: float | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    partner: Partner
    score: float | None
    band: Band | None
    provisional: bool
    enough_data: bool
    onboarding: bool
    outcome: float | None
    leading: float | None
    coverage: float
    rank: int | None
    ranked: int
    score_history: tuple[float | None, ...]  # 8 quarter ends, oldest first
    cells: tuple[Cell, ...]
    alerts: int


@dataclass(frozen=True, slots=True)
class TypeSection:
    """The partners of one type, with the columns that type is judged by."""

    type: str
    title: str
    plural: str
    short_title: str
    judged_on: str
    figures: ProgrammeFigures
    quarter: QuarterFigures
    columns: tuple[ColumnHead, ...]
    rows: tuple[PortfolioRow, ...]


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    as_of: date
    base_currency: str
    mine_only: bool
    figures: ProgrammeFigures
    quarter: QuarterFigures
    sections: tuple[TypeSection, ...]


@dataclass(frozen=True, slots=True)
class AlertReport:
    """All open alerts by priority, the few that need the CAM today, and what is held back."""

    as_of: date
    needs_you: tuple[int, ...]
    alerts: tuple[Alert, ...]
    held_back: tuple[HeldBack, ...]
    notices: tuple[Alert, ...] = ()
    """About the portfolio as a whole; their subjects are partners."""


@dataclass(frozen=True, slots=True)
class PartnerReport:
    """Everything the partner page shows at first sight."""

    partner: Partner
    type_title: str
    type_short_title: str
    scorecard: Scorecard
    change: ScoreChange  # since the end of the quarter before
    tier: TierState
    milestones: tuple[Milestone, ...]
    alerts: tuple[Alert, ...]
    base_currency: str
    quarter_ends: tuple[date, ...]  # of the histories, oldest first
    facts: tuple[
        str, ...
    ]  # Rotterdam · enrolled Mar 2022 · Ines Kaya, COO (primary) · next meeting Thu 10:00


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Rows of one entity as a person reads them: heads and formatted cells, numbers marked."""

    entity: str
    title: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureReport:
    """A figure opened on screen: what it is, what it says, and the records behind it."""

    metric: str
    title: str
    value: str
    n: int
    definition: str
    window: str
    tables: tuple[RecordTable, ...]
    trend: tuple[tuple[date, float | int | None], ...]  # 8 quarter ends and today
    unit: Unit


@dataclass(frozen=True, slots=True)
class SourceState:
    """A connected source, for the sidebar and the status line."""

    name: str
    kind: str
    last_sync: str | None  # ISO instant
    rows: int
    problems: int


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """One record that a sync added, changed or removed; money as decimal strings in the row's currency."""

    as_of: date
    source: str
    entity: str
    record_id: str
    partner_id: str | None
    kind: str  # added | changed | removed
    changes: Mapping[str, tuple[Any, Any]]  # by column: before, after


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What syncs changed from `since` to `as_of`, newest first."""

    since: date
    as_of: date
    records: tuple[ChangedRecord, ...]
