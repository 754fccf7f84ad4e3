"""What a planned year is to bring: the target on record or an assumed one, and its quarters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import FrozenFigure, FrozenRecord
from camdesk.insight.connection import targets_of
from camdesk.insight.results import Unit
from camdesk.insight.wording import write_day

# How the year falls over its quarters is read from the records that make the target's metric.
_SHAPED_BY = {
    "revenue": ("orders", "booked_on", "amount"),
    "sell_through": ("sell_through", "month", "value"),
}


@dataclass(frozen=True, slots=True)
class YearTarget:
    """What the year is to bring, in ten-thousandths or pieces; `assumed` where nobody set it."""

    metric: str
    title: str
    unit: Unit
    value: float
    assumed: bool
    growth: float
    quarters: tuple[tuple[Period, float], ...]
    shaped: bool  # by the partner's own year, not in four equal parts
    figure: str


def year_target(draft: Draft, period: Period) -> YearTarget | None:
    """Return the year's target: the one on record, else last year's result and the type's assumed growth."""
    metrics = draft.insight.catalog.metrics
    measured = sorted(targets_of(metrics[draft.profile.attainment]))
    name = measured[0] if measured else draft.profile.contribution
    metric = metrics[name]
    if metric.unit not in (Unit.MONEY, Unit.COUNT):
        return None
    base = draft.insight.figure(draft.partner.partner_id, name, day=draft.today).value
    if base is None or base <= 0:
        return None
    draft.frozen.metric(name, on=draft.today)  # the baseline comes before the target in the annex
    written = [row for row in draft.rows.of("targets") if row["metric"] == name and _inside(row, period)]
    growth = draft.profile.assumed_growth
    value = sum(amount(row, "value") for row in written) if written else round(base * (1 + growth))
    shares = _shares(draft, name)
    quarters = _quarters(period, value, shares)
    figure = _target_key(draft, period, name, value, written)
    return YearTarget(
        name,
        metric.title,
        metric.unit,
        value,
        not written,
        value / base - 1,
        quarters,
        shares is not None,
        figure,
    )


def _inside(row: Row, period: Period) -> bool:
    start, end = day(row["period_start"]), day(row["period_end"])
    return start is not None and end is not None and start in period and end in period


def _target_key(draft: Draft, period: Period, name: str, value: float, written: list[Row]) -> str:
    if written:
        return draft.frozen.listed(
            "year-target",
            f"Target {write_day(period.start)} to {write_day(period.last)}",
            "The targets on record whose period lies in the year.",
            "targets",
            written,
            on=draft.today,
            money_column="value",
        )
    growth = f"{draft.profile.assumed_growth * 100:g}%"
    title = draft.insight.catalog.metrics[name].title
    return draft.frozen.keep(
        FrozenFigure(
            "year-target",
            "Assumed target",
            None,
            value,
            draft.frozen.write(value, Unit.MONEY),
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
    if name not in _SHAPED_BY:
        return None
    entity, column, value = _SHAPED_BY[name]
    calendar = draft.calendar
    sums = [0, 0, 0, 0]
    ends = calendar.quarter_ends(draft.today, 4)
    year = Period(calendar.quarter(ends[0]).start, ends[-1] + ONE_DAY)
    for row in draft.rows.of(entity):
        when = day(row[column])
        if when is not None and when in year:
            sums[calendar.quarter_number(when) - 1] += amount(row, value)
    total = sum(sums)
    return tuple(Fraction(part, total) for part in sums) if total > 0 and min(sums) > 0 else None


def _quarters(
    period: Period, value: float, shares: tuple[Fraction, ...] | None
) -> tuple[tuple[Period, float], ...]:
    """Return the four quarters with their parts, which add up to the whole."""
    parts = shares or (Fraction(1, 4),) * 4
    starts = [add_months(period.start, 3 * index) for index in range(5)]
    amounts = [round(value * float(part)) for part in parts[:3]]
    amounts.append(round(value) - sum(amounts))
    return tuple((Period(starts[index], starts[index + 1]), amounts[index]) for index in range(4))
