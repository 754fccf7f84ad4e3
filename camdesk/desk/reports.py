"""What the verbs return: frozen values that a window, a terminal or a JSON writer can show as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from camdesk.desk.partner.parts import PartHead
from camdesk.insight.alerts.back_test import BackTest
from camdesk.insight.alerts.freshness import SourceAge
from camdesk.insight.alerts.past_alerts import PastAlert
from camdesk.insight.results import (
    Alert,
    AlertEvidence,
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
from camdesk.insight.survival import PartnerOdds
from camdesk.insight.terms import NOTHING_AGREED, Terms
from camdesk.store.sources import OWN

if TYPE_CHECKING:
    from camdesk.insight.consequences import AlertTurn


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
    odds: PartnerOdds | None = None  # of business in 90 days; dark and new partners only


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
class Family:
    """A partner together with its branches, and theirs: their sums, each record counted once."""

    branches: tuple[tuple[str, str], ...]  # id and name, in the order of their names
    contribution: int | None
    quarter: QuarterFigures


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
    other_cards: tuple[Scorecard, ...] = ()  # of the partner's other types
    terms: Terms = NOTHING_AGREED
    odds: PartnerOdds | None = None  # of business in 90 days; dark and new partners only
    family: Family | None = None  # of a partner that others name as their parent
    parts: tuple[PartHead, ...] = ()  # of its page, beside scorecard and terms
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Rows of one entity as a person reads them: heads and formatted cells, numbers marked."""

    entity: str
    title: str
    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    record_ids: tuple[str, ...]
    orders: tuple[tuple[float | int | str | None, ...], ...] = ()  # what each cell sorts by, None last
    urls: tuple[str | None, ...] = ()  # where each record is to be seen in its own system


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
    """A rule replayed over past days, and what that says in words; `names` are the partners'.

    With changed thresholds: the alerts that would no longer come, and those that would come in addition.
    """

    test: BackTest
    names: Mapping[str, str]
    summary: tuple[str, ...]
    no_longer: tuple[PastAlert, ...]
    added: tuple[PastAlert, ...]


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


OWN_SOURCE = OWN
"""The source of what the CAM writes; no source that is connected can be called so."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """A connected source, for the sidebar and the status line."""

    name: str
    kind: str
    last_sync: str | None  # ISO instant
    rows: int
    problems: int


@dataclass(frozen=True, slots=True)
class NewsItem:
    """What happened, in one sentence, with the records that say so and what it led to."""

    day: date
    text: str
    tone: str  # good | bad | plain
    value: int | None  # ten-thousandths
    evidence: tuple[AlertEvidence, ...]
    consequences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerNews:
    """What changed for one partner; `opened` and `closed` are alerts that time alone turned."""

    partner_id: str
    name: str
    score: ScoreChange | None  # where it moved
    items: tuple[NewsItem, ...]  # newest first
    opened: tuple[AlertTurn, ...]
    closed: tuple[AlertTurn, ...]


@dataclass(frozen=True, slots=True)
class NewsReport:
    """What happened from `since` to `as_of`; the partners that need a look first."""

    since: date
    as_of: date
    partners: tuple[PartnerNews, ...]


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
class TermsReport:
    """Where a partner stands in its programme, and everything agreed with it."""

    partner: Partner
    type_title: str
    as_of: date
    base_currency: str
    tier: TierState
    terms: Terms
