"""What the programme's screen shows beside the figures of its groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MONTHS = (1, 2, 3, 4, 5, 6, 9, 12)
"""So many months after enrolment one looks how many are activated."""


@dataclass(frozen=True, slots=True)
class ActivatedWithin:
    """How many were activated within so many months; `is_over` once everybody has had that long."""

    n: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class ActivationCohort:
    """Who enrolled in a fiscal quarter, and how many were activated within so many months each.

    Partners without any known milestone count in `enrolled` alone. None where nobody has come
    beyond the month looked at before.
    """

    quarter: str  # FY26 Q4
    start: date
    enrolled: int
    known: int
    activated: tuple[ActivatedWithin | None, ...]  # as MONTHS


@dataclass(frozen=True, slots=True)
class LargePartner:
    """One of those that bring the most in twelve months; `share` is of what all bring."""

    partner_id: str
    name: str
    amount: int
    share: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much hangs on the largest partners; `share` None where nobody brings anything."""

    largest: tuple[LargePartner, ...]
    share: float | None
    partners: int  # that bring anything
    half: int  # so many of the largest bring half of it


@dataclass(frozen=True, slots=True)
class InvestmentOutcome:
    """What one kind of investment came to; amounts as written, each with the figure that lists it."""

    title: str
    n: int
    spent: tuple[str, str] | None
    pipeline: tuple[str, str] | None
    won: tuple[str, str] | None
    caution: str  # below twenty of a kind
    reading: str


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """Activation, concentration and investments of the partners in view."""

    cohorts: tuple[ActivationCohort, ...]
    concentration: Concentration
    investments: tuple[InvestmentOutcome, ...]
