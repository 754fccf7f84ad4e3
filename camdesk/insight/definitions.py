"""The shapes of definition files: metrics and profiles. What a file may say is said here, once."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from camdesk.insight.results import Group, Unit

Aggregation = Literal[
    "sum", "remainder", "difference", "mean", "median", "distinct", "ratio", "share", "growth",
    "distinct_share", "distinct_growth", "top_share", "lowest",
]  # fmt: skip
Better = Literal["higher", "lower", "range", "none"]


def _is_a_query(records: str) -> str:
    if not records.strip().upper().startswith(("SELECT", "WITH")):
        raise ValueError("must be one SELECT")
    return records


Query = Annotated[str, AfterValidator(_is_a_query)]


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MetricExample(_Definition):
    """A small portfolio by entity, the day it is looked at, and what the figure of `partner` then is.

    Amounts are in whole currency units (EUR unless a row says otherwise), percentages fractions; `value`
    left out: no data.
    """

    as_of: str
    rows: dict[str, list[dict[str, Any]]]
    partner: str = "P-1"
    value: float | None = None
    n: int


class Metric(_Definition):
    """A query for the records that count, and how their `n` and `d` become one value.

    `present` names entities or relations: where a partner has a row of one of them on or before the
    day, a sum, count or numerator without records is 0 instead of no data; `within` narrows that to the
    partners that stand in a relation that day. `portfolio_present` does the same for a share whose
    denominator stands on its own, if any partner of the portfolio has such a row.
    """

    id: str = ""
    title: str
    short_title: str
    unit: Unit
    better: Better
    window: str
    aggregation: Aggregation
    words: str
    source: str
    records: Query
    least: int = 0
    least_d: float = 0
    top: int = 5
    counts_money: bool = False
    """A share of money: `n` and `d` are amounts, the value is not."""
    target_of: str | None = None
    history: Literal["dated", "from first sync"] = "dated"
    present: tuple[str, ...] = ()
    within: str | None = None
    sums: str | None = None
    """The same records added up already, where to add them up in one go takes long: moment, partner_id, the
    sums of n and d, and how many records carry n, d, either."""
    portfolio_present: tuple[str, ...] = ()
    example: MetricExample | None = None


PLAN_SECTIONS = (
    "why-together", "goals-of-both-sides", "baseline", "whitespace", "goal", "bridge", "what-it-takes",
    "plays", "investments", "capability", "commitments", "milestones", "risks", "governance", "sign-off",
)  # fmt: skip
"""A joint plan without anything of the type's own."""

Marks = Annotated[tuple[float, ...], Field(min_length=4, max_length=6)]


class Line(_Definition):
    """A line of a scorecard: a metric, its weight and its marks (zero, floor, target, stretch)."""

    metric: str
    group: Group
    weight: float = 0
    marks: Marks | None = None
    hurdle: float | None = None

    @model_validator(mode="after")
    def _weighs_only_with_marks(self) -> Line:
        if self.weight and self.marks is None:
            raise ValueError("a line with a weight needs marks")
        if self.marks is not None and len(self.marks) == 5:
            raise ValueError("marks are four numbers, or six for a range")
        if self.weight and self.group not in (Group.OUTCOME, Group.LEADING):
            raise ValueError("only outcome and leading lines carry weight")
        return self


class Tier(_Definition):
    """A level of a programme and what it asks for; requirement names are metric ids or certified_*."""

    name: str
    requirements: dict[str, float] = {}
    mandatory: tuple[str, ...] = ()
    discount: float | None = None
    fund_accrual: float | None = None
    protection_days: int | None = None


class Cadence(_Definition):
    """How often to meet, in days; None where that kind of meeting is not expected."""

    working: int | None
    review: int | None
    executive: int | None = None


class ActivationStep(_Definition):
    """A milestone of activation: the day of the window it is due, and the query for the day it occurred."""

    name: str
    day: int
    fact: str


class Profile(_Definition):
    """One partner type: what it is judged on, shown by, met for and warned about."""

    type: str
    version: str
    title: str
    plural: str
    short_title: str
    judged_on: str
    place: int = 100
    """Where the type stands among the others on a screen; then by name."""
    origin: str
    dark_after_days: int
    activation_days: int
    outcome_share: float = 0.6
    assumed_growth: float = 0.10
    contribution: str
    attainment: str
    cadence: dict[str, Cadence]
    columns: tuple[str, ...]
    milestones: tuple[ActivationStep, ...] = ()
    tiers: tuple[Tier, ...] = ()
    lines: tuple[Line, ...]
    our_side: tuple[Line, ...]
    rules: dict[str, dict[str, float]] = {}
    """The rules switched on, with the thresholds this type sets differently."""
    sections: tuple[str, ...] = ()
    """The type's own sections of a review, by name."""
    plan_sections: tuple[str, ...] = PLAN_SECTIONS
    """The sections of a joint plan in their order, by name: the common ones and the type's own."""

    def tier(self, name: str | None) -> Tier | None:
        return next((tier for tier in self.tiers if tier.name == name), None)

    def next_tier(self, name: str | None) -> Tier | None:
        """Return the tier above `name`; the lowest where the partner has none or one unknown here."""
        names = [tier.name for tier in self.tiers]
        place = names.index(name) + 1 if name in names else 0
        return self.tiers[place] if place < len(names) else None

    def all_lines(self) -> tuple[Line, ...]:
        return (*self.lines, *self.our_side)
