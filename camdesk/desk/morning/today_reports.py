"""What the verbs of a morning return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from camdesk.desk.reports import AlertDetail, NewsItem, QuarterFigures
from camdesk.insight.results import ScoreLine


@dataclass(frozen=True, slots=True)
class TodayAlert:
    """An alert as a list shows it: one row per partner and rule. A notice has no partner."""

    id: int
    partner_id: str
    partner_name: str
    type_short_title: str
    tier: str | None
    rule_title: str
    severity: str
    state: str
    value_at_stake: int | None
    due_on: date | None
    message: str
    next_action: str
    first_seen: date
    rows: int
    asleep_until: date | None = None  # of a snoozed one; None: until it gets worse


@dataclass(frozen=True, slots=True)
class QuietRule:
    """A rule that is held back, by the title a person knows it by."""

    title: str
    because: str


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A planned meeting; `at` is the source's own clock."""

    partner_id: str
    partner_name: str
    at: datetime
    kind: str
    subject: str | None


@dataclass(frozen=True, slots=True)
class TodayReport:
    """The morning: the number, every open alert in one of four lists, and the meetings of a week.

    `needs_you` are the seven highest that nobody has dealt with; what is acknowledged keeps its place
    among the seven for the day on which that was said, so that a morning's work has an end. The digest
    lists the highest of what can wait; the lowest of a very large portfolio are only counted.
    """

    as_of: date
    base_currency: str
    mine_only: bool
    partners: int
    types: int
    quarter: QuarterFigures
    needs_you: tuple[TodayAlert, ...]
    digest: tuple[TodayAlert, ...]
    in_hand: tuple[TodayAlert, ...]  # acknowledged
    asleep: tuple[TodayAlert, ...]  # snoozed, the first to wake in front, then muted
    notices: tuple[TodayAlert, ...]  # about the portfolio as a whole
    held_back: tuple[QuietRule, ...]
    meetings: tuple[MeetingAhead, ...]
    left_out: int = 0  # alerts of the digest below those it lists


@dataclass(frozen=True, slots=True)
class OpenedAlert:
    """An alert with the lines of the scorecard that its rule is about, the weakest first."""

    detail: AlertDetail
    figures: tuple[ScoreLine, ...]


@dataclass(frozen=True, slots=True)
class SinceMet:
    """What happened with a partner since the last meeting held; without one, in the last 30 days."""

    met_on: date | None
    since: date
    items: tuple[NewsItem, ...]


@dataclass(frozen=True, slots=True)
class PartnerChange:
    """What is new with one partner: the sentence that matters most, how many more, and its tone."""

    partner_id: str
    name: str
    text: str
    tone: str  # good | bad | plain
    more: int


@dataclass(frozen=True, slots=True)
class LastTime:
    """What changed since the last sync but one; the partners that need a look first."""

    since: date
    partners: tuple[PartnerChange, ...]
