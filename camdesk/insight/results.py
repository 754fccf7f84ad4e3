"""What insight hands out. Money values are ten-thousandths of the base currency, percentages fractions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Unit(Enum):
    """What a value counts; decides how it is written."""

    MONEY = "money"
    PERCENT = "percent"
    RATIO = "ratio"
    COUNT = "count"
    DAYS = "days"
    HOURS = "hours"
    SCORE = "score"  # 1 to 5, or 0 to 100
    POINTS = "points"


class Group(Enum):
    """What a scorecard line is: only outcomes and leading signs carry weight."""

    OUTCOME = "outcome"
    LEADING = "leading"
    ACTIVITY = "activity"
    SHOWN = "shown"
    OUR_SIDE = "our_side"


class Band(Enum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one partner on one day; `value` None means no data, never 0."""

    partner_id: str
    metric: str
    as_of: date
    value: float | int | None
    n: int


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """A record that made a figure, with what it put in: `n`, and `d` where the figure is a ratio."""

    entity: str
    record_id: str
    n: float | int | str | None
    d: float | int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure opened: its definition, the days it looks at, and exactly the records that made it."""

    metric: str
    title: str
    unit: Unit
    value: float | int | None
    n: int
    definition: str
    window_start: date | None
    window_end: date
    records: tuple[EvidenceRecord, ...]


@dataclass(frozen=True, slots=True)
class LineTarget:
    """What a line is held against, in the line's unit; `assumed` where nobody set it."""

    value: float | int
    assumed: bool


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of a scorecard. `history` holds the 8 newest quarter ends, oldest first."""

    metric: str
    title: str
    group: Group
    unit: Unit
    better: str  # higher | lower | range
    value: float | int | None
    n: int
    target: LineTarget | None
    marks: tuple[float, ...]  # zero, floor, target, stretch; six for a range; empty where the line has none
    points: float | None
    weight: float
    contribution: float | None
    previous_value: float | int | None  # at the end of the quarter before
    year_ago_value: float | int | None
    median: float | None  # of the partner's type, from 8 partners on
    history: tuple[float | int | None, ...]
    connected: bool


@dataclass(frozen=True, slots=True)
class HatScore:
    """One of a partner's types and what it scores there; `share` is its part of the blend."""

    type: str
    title: str
    share: float
    score: float | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Blend:
    """A partner's score over all its types; with one type, that type's own score."""

    score: float | None
    band: Band | None
    provisional: bool
    outcome: float | None
    leading: float | None
    coverage: float
    enough_data: bool
    history: tuple[float | None, ...]  # the score at the 8 newest quarter ends


@dataclass(frozen=True, slots=True)
class JudgedScore:
    """A score that the CAM gave in place of the computed one."""

    score: float
    band: Band
    reason: str
    author: str
    made_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class PastScore:
    """A score as it showed on the day of a sync, with the profile of that day."""

    taken_on: date
    profile_version: str
    score: float | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How a partner does by what its own business model is judged on. Contributions add up to the score.

    A partner with several hats has one card for each; `blend` is its score over all of them.
    """

    partner_id: str
    type: str
    as_of: date
    profile_version: str
    score: float | None
    band: Band | None
    provisional: bool
    outcome: float | None
    leading: float | None
    coverage: float  # weight with a value over weight connected
    connected_weight: float
    enough_data: bool
    capped_by: str | None  # the metric whose hurdle keeps the band at amber
    to_connect: tuple[str, ...]  # entities that would connect more weight
    onboarding: bool
    lines: tuple[ScoreLine, ...]
    our_side: tuple[ScoreLine, ...]
    our_side_points: float | None
    rank: int | None
    ranked: int  # partners of the type with a score; rank and quartile only from 8 on
    quartile: int | None  # 1 is the best
    history: tuple[float | None, ...]  # the score at the 8 newest quarter ends
    hats: tuple[HatScore, ...]  # the primary type first
    blend: Blend
    judged: JudgedScore | None


@dataclass(frozen=True, slots=True)
class Movement:
    """What one line moved a score by; `metric` None is "weights moved"."""

    metric: str | None
    title: str
    points: float


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """Two scores and exactly what lies between them."""

    before: date
    after: date
    score_before: float | None
    score_after: float | None
    movements: tuple[Movement, ...]  # largest first


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of a tier, with what the partner has."""

    name: str
    title: str
    needed: float | int
    has: float | int | None
    met: bool | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class TierState:
    """Where a partner stands in its programme."""

    tier: str | None
    known: bool
    requirements: tuple[Requirement, ...]
    next_tier: str | None
    next_requirements: tuple[Requirement, ...]
    discount: float | None
    fund_accrual: float | None
    protection_days: int | None


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of activation: due on a day of the window, done on the day its fact occurred."""

    name: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner as every list shows it."""

    partner_id: str
    name: str
    type: str
    other_types: tuple[str, ...]
    tier: str | None
    status: str
    attention: str  # A | B | C
    attention_derived: bool
    stage: str  # recruit | onboard | develop | active | advocate
    dark: bool
    mine: bool
    region: str | None
    country: str | None
    currency: str | None
    parent_partner_id: str | None
    enrolled_on: date | None
    industry: str | None = None
    stage_reason: str = ""  # one sentence: the facts, or what the CAM gave as reason
    stage_derived: bool = True  # not set by hand
    derived_stage: str = ""  # stays beside one set by hand
    derived_stage_reason: str = ""
    derived_attention: str = ""  # as the source gives it, or by contribution
    attention_reason: str = ""  # where it was set by hand
    enrolled: bool = True  # of that status, begun and not ended by the day


@dataclass(frozen=True, slots=True)
class ProgrammeFigures:
    """How a set of partners does as a whole; rates as fractions, money in ten-thousandths.

    Who was enrolled, active or dark is a state: None before the first sync.
    """

    enrolled: int | None
    active: int | None
    active_rate: float | None
    activation_rate: float | None
    revenue_per_active_partner: float | None
    retention: float | None
    dark: int | None
    contribution: int | None
    time_to_first_revenue: float | None = None  # median days
    active_retention: float | None = None
    top_ten_share: float | None = None  # what the ten largest bring of the contribution


@dataclass(frozen=True, slots=True)
class AlertEvidence:
    entity: str
    record_id: str


@dataclass(frozen=True, slots=True)
class AlertSubject:
    """One row inside an alert: a contract, a deal, a certificate, or the partner itself."""

    subject: str
    label: str
    state: str
    value_at_stake: int | None
    due_on: date | None
    severity: str
    evidence: tuple[AlertEvidence, ...]


@dataclass(frozen=True, slots=True)
class PastFiring:
    """One time an alert was open, and what a person did about it then."""

    opened_on: date
    closed_on: date | None = None
    returned: bool = False  # within 14 days of the firing before
    subjects: tuple[str, ...] = ()
    acknowledged_on: date | None = None
    resolved_on: date | None = None  # by hand
    reason: str | None = None
    not_useful: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """What a CAM sees: one alert per partner and rule, its subjects inside."""

    id: int
    partner_id: str
    rule: str
    severity: str  # critical | warning | notice
    state: str  # new | acknowledged | snoozed | resolved | muted
    priority: float
    value_at_stake: int | None
    due_on: date | None
    message: str
    why: str
    next_action: str
    first_seen: date
    reopened: bool
    subjects: tuple[AlertSubject, ...]
    earlier: tuple[PastFiring, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A rule that says nothing while the news it would rest on is missing."""

    rule: str
    because: str
