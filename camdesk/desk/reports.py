"""What the verbs return: frozen values that a window, a terminal or a JSON writer can show as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from camdesk.insight.alerts.back_test import BackTest
from camdesk.insight.alerts.freshness import SourceAge
from camdesk.insight.results import (
    Alert,
    Band,
    HeldBack,
    Milestone,
    Partner,
    PastFiring,
    ProgrammeFigures,
    Scorecard,
    ScoreChange,
    TierState,
    Unit,
)

if TYPE_CHECKING:
    from camdesk.insight.accuracy import Accuracy, HeldCall
    from camdesk.insight.forecast import ForecastDeal
    from camdesk.store.forecast_calls import ForecastCall


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
    quartile: int | None
    computed_score: float | None  # beside `score`, which the CAM may have given
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
class NamedValue:
    """A number with its readable name, and how a person reads it."""

    name: str
    title: str
    value: float | int | str | None
    words: str


@dataclass(frozen=True, slots=True)
class AlertHappening:
    """Something that happened to an alert: opened, added, closed, acknowledged, snoozed, woken, muted …"""

    day: date
    event: str
    row: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class EarlierFiring:
    """One time before that an alert was open: in words, and how the records in it ended since."""

    firing: PastFiring
    words: str
    afterwards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """Everything about one alert: what it says and rests on, how old that is, what came before."""

    alert: Alert
    partner_name: str | None  # None: about the portfolio
    rule_title: str
    judged_by: str | None  # the type whose profile sets the thresholds
    thresholds: tuple[NamedValue, ...]
    baseline: tuple[NamedValue, ...]  # the numbers of the gravest row that the message is made of
    records: tuple[RecordTable, ...]
    sources: tuple[SourceAge, ...]
    earlier: tuple[EarlierFiring, ...]  # newest first
    history: tuple[AlertHappening, ...]  # oldest first
    base_currency: str


@dataclass(frozen=True, slots=True)
class BackTestReport:
    """A rule replayed over past days, and what that says in words; `names` are the partners'."""

    test: BackTest
    names: Mapping[str, str]
    summary: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class ForecastFigures:
    """The number of one partner or a set of them, in ten-thousandths; None without data."""

    target: float | int | None
    booked: float | int | None
    commit: float | int | None
    best_case: float | int | None
    gap: float | int | None


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A partner's quarter. `before` is the same a week ago, `call` what the CAM says it will be."""

    partner: Partner
    figures: ForecastFigures
    target_assumed: bool
    before: ForecastFigures | None
    call: ForecastCall | None
    last_week_call: ForecastCall | None  # what stood at the end of last week
    call_gap: float | int | None  # the call less commit


@dataclass(frozen=True, slots=True)
class ForecastTotal:
    """The own_* figures of a set of partners: the sums of theirs, as QuarterFigures has them.

    A distributor's booked is what it bought from us; a POS line counts for the partner that it names and
    for nobody else, so no record is in a total twice. `through_distribution` says how much of booked such
    lines are whose distributor is in the same total: goods that stand there on their way in, too.
    """

    title: str
    type: str | None  # None: all partners in view
    figures: ForecastFigures
    before: ForecastFigures | None
    call: int | None
    call_gap: float | int | None  # over the partners that have a call and a commit
    called: int  # partners with a call
    partners: int
    through_distribution: int


@dataclass(frozen=True, slots=True)
class ForecastReport:
    """The quarter by partner. `compared_with` is a week ago; None where that was another quarter."""

    as_of: date
    base_currency: str
    mine_only: bool
    quarter: str  # FY26 Q4
    quarter_start: date
    quarter_end: date  # its last day
    days_left: int
    compared_with: date | None
    total: ForecastTotal
    types: tuple[ForecastTotal, ...]
    rows: tuple[ForecastRow, ...]


@dataclass(frozen=True, slots=True)
class PartnerForecast:
    """A partner's quarter with the deals behind it, those gone within a week at the end, and its calls."""

    report: ForecastReport
    row: ForecastRow
    deals: tuple[ForecastDeal, ...]
    calls: tuple[ForecastCall, ...]  # of this quarter, oldest first


@dataclass(frozen=True, slots=True)
class CallsHeld:
    """The calls of one finished quarter: each one, and all partners together by weeks before its end."""

    quarter: str
    quarter_start: date
    quarter_end: date
    held: tuple[HeldCall, ...]
    weeks: tuple[tuple[int, Accuracy], ...]
    total: Accuracy


@dataclass(frozen=True, slots=True)
class AccuracyReport:
    """How near the CAM's calls came, newest quarter first."""

    as_of: date
    base_currency: str
    mine_only: bool
    names: Mapping[str, str]  # of the partners, by id
    quarters: tuple[CallsHeld, ...]
    weeks: tuple[tuple[int, Accuracy], ...]  # of all quarters
    total: Accuracy
    not_held: int  # calls of finished quarters for partners of whom no sale is known
