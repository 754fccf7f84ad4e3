"""What a planned year is to bring: the target on record or an assumed one, and its quarters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.booked import booked, target_metric
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import FrozenFigure, FrozenRecord
from camdesk.insight.results import Unit
from camdesk.insight.wording import write_day

# With fewer records a quarter's part says more about single deals than about the season.
_SHAPING_RECORDS = 24


@dataclass(frozen=True, slots=True)
class YearTarget:
    """What the year is to bring, in ten-thousandths or pieces; `assumed` where nobody set it."""

    metric: str
    title: str
    unit: Unit
    value: float
    base: float | None  # of the twelve months before
    assumed: bool
    quarters: tuple[tuple[Period, float], ...]
    shaped: bool  # by the partner's own year, not in four equal parts
    figure: str

    @property
    def growth(self) -> float | None:
        return self.value / self.base - 1 if self.base else None


def year_target(draft: Draft, period: Period) -> YearTarget | None:
    """Return the year's target: the one on record, else last year's result and the type's assumed growth.

    It is measured by what the type's attainment is; by its contribution where the partner has neither a
    target nor a result of that.
    """
    names = [name for name in (target_metric(draft), draft.profile.contribution) if name is not None]
    return next((found for name in names if (found := _target(draft, period, name)) is not None), None)


def _target(draft: Draft, period: Period, name: str) -> YearTarget | None:
    metric = draft.insight.catalog.metrics[name]
    if metric.unit is not Unit.MONEY:
        return None
    base = draft.insight.figure(draft.partner.partner_id, name, day=draft.today).value
    written = [row for row in draft.rows.of("targets") if row["metric"] == name and _inside(row, period)]
    if not written and (base is None or base <= 0):
        return None
    if base is not None:
        draft.frozen.metric(name, on=draft.today)  # the baseline comes before the target in the annex
    growth = 1 + draft.profile.assumed_growth
    value = sum(amount(row, "value") for row in written) if written else round((base or 0) * growth)
    shares = _shares(draft, name)
    return YearTarget(
        metric=name,
        title=metric.title,
        unit=metric.unit,
        value=value,
        base=base,
        assumed=not written,
        quarters=_quarters(period, value, shares),
        shaped=shares is not None,
        figure=_target_key(draft, period, name, value, written),
    )


def _inside(row: Row, period: Period) -> bool:
    start, end = day(row["period_start"]), day(row["period_end"])
    return start is not None and end is not None and start in period and end in period


def _target_key(draft: Draft, period: Period, name: str, value: float, written: list[Row]) -> str:
    if written:
        return draft.listed(
            "year-target",
            f"Target {write_day(period.start)} to {write_day(period.last)}",
            "The targets on record whose period lies in the year.",
            "targets",
            written,
            column="value",
        )
    growth = f"{draft.profile.assumed_growth * 100:g}%"
    title = draft.insight.catalog.metrics[name].title
    return draft.frozen.keep(
        FrozenFigure(
            "year-target",
            "Assumed target",
            None,
            value,
            draft.frozen.write_in_full(value, Unit.MONEY),
            (),
            f"{write_day(period.start)} to {write_day(period.last)}",
            draft.today,
            1,
            f"No target is on record for the year: the baseline and {growth} growth, the type's assumption.",
            (FrozenRecord("", title, "", draft.frozen.metric(name, on=draft.today).written),),
            "baseline",
        )
    )


def _shares(draft: Draft, name: str) -> tuple[Fraction, ...] | None:
    """Return each fiscal quarter's part of the partner's last four ended quarters; None without all four."""
    calendar = draft.calendar
    parts = [Fraction(0)] * 4
    records = 0
    for end in calendar.quarter_ends(draft.today, 4):
        found = booked(draft, name, Period(calendar.quarter(end).start, end + ONE_DAY))
        if found is None:
            return None
        records += len(found.rows)
        parts[calendar.quarter_number(end) - 1] = Fraction(found.value)
    total = sum(parts)
    if total <= 0 or min(parts) <= 0 or records < _SHAPING_RECORDS:
        return None
    return tuple(part / total for part in parts)


def _quarters(
    period: Period, value: float, shares: tuple[Fraction, ...] | None
) -> tuple[tuple[Period, float], ...]:
    """Return the four quarters with their parts, which add up to the whole."""
    parts = shares or (Fraction(1, 4),) * 4
    starts = [add_months(period.start, 3 * index) for index in range(5)]
    amounts = [round(value * float(part)) for part in parts[:3]]
    amounts.append(round(value) - sum(amounts))
    return tuple((Period(starts[index], starts[index + 1]), amounts[index]) for index in range(4))
