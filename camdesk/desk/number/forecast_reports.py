"""What the verbs about the number return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from camdesk.insight.accuracy import Accuracy, HeldCall
from camdesk.insight.forecast import ForecastDeal
from camdesk.insight.results import Partner
from camdesk.store.forecast_calls import ForecastCall


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

    @property
    def says_something(self) -> bool:
        """Tell whether there is a target, a sale, a deal in the number or a call."""
        of = self.figures
        return bool(self.call or of.target is not None or of.booked or of.commit or of.best_case)


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
