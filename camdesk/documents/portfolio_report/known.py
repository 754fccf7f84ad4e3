"""What the report is told: the number by partner, the programme by type, cohorts and open alerts."""

from __future__ import annotations

from dataclasses import dataclass

from camdesk.insight.results import Alert, Partner, ProgrammeFigures

Amount = float | int | None


@dataclass(frozen=True, slots=True)
class Number:
    """The number of one partner or of all, in ten-thousandths; None without data."""

    target: Amount
    booked: Amount
    commit: Amount
    best_case: Amount
    gap: Amount


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A partner's quarter; `before` is its commit a week ago, `call` what its CAM says it will be."""

    partner: Partner
    number: Number
    assumed: bool
    before: Amount
    call: Amount


@dataclass(frozen=True, slots=True)
class TypeLine:
    title: str
    partners: int
    figures: ProgrammeFigures


@dataclass(frozen=True, slots=True)
class CohortLine:
    """The partners enrolled in a fiscal quarter, and how far their activation has come."""

    quarter: str
    enrolled: int
    in_time: int
    late: int
    missed: int
    on_the_way: int
    unknown: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """`whose` says which partners it is about: "All partners", or whose they are."""

    whose: str
    partners: tuple[Partner, ...]
    number: Number
    quarter: tuple[QuarterLine, ...]
    types: tuple[TypeLine, ...]
    whole: TypeLine
    cohorts: tuple[CohortLine, ...]
    alerts: tuple[Alert, ...]  # open, by priority
