"""Months as charts show them: the twelve to a day or from it, with what falls into each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from camdesk.base.periods import add_months
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Series, Span, StackedColumns

MONTHS = 12
_HELD = 0.005  # of what there was: a smaller change over three months is none


def months_to(last: date, count: int = MONTHS) -> tuple[date, ...]:
    """Return the first days of the months that end with that of the day, oldest first."""
    this = last.replace(day=1)
    return tuple(add_months(this, index - count + 1) for index in range(count))


def months_from(first: date, count: int = MONTHS) -> tuple[date, ...]:
    this = first.replace(day=1)
    return tuple(add_months(this, index) for index in range(count))


def labels(months: Iterable[date]) -> tuple[str, ...]:
    """Return `Jan`, `Feb`, with the year where one begins and at the first."""
    return tuple(
        f"{month:%b} {month:%y}" if place == 0 or month.month == 1 else f"{month:%b}"
        for place, month in enumerate(months)
    )


def newest_month(rows: Iterable[Row], on: date) -> date | None:
    """Return the latest month with a row that has begun by the day."""
    found = (month for row in rows if (month := day(row["month"])) is not None and month <= on)
    return max(found, default=None)


def sum_by_month(rows: Iterable[Row], column: str, value: Callable[[Row], float | None]) -> dict[date, float]:
    """Return the sums of a value by month; months in which no row has one are left out."""
    sums: dict[date, float] = defaultdict(float)
    for row in rows:
        on, part = day(row[column]), value(row)
        if on is not None and part is not None:
            sums[on.replace(day=1)] += part
    return dict(sums)


def totals(
    values: Iterable[float | None], key: str, *, write: Callable[[float], str] = "{:,.0f}".format
) -> tuple[Span, ...]:
    """Return what stands above the columns of a figure; a dash where a month is not known."""
    return tuple(Span("–" if value is None else write(value), key) for value in values)


def columns_by_month(
    what: str, months: Sequence[date], parts: Sequence[Series], above: Sequence[Span], *, title: str = ""
) -> StackedColumns:
    """Return a column for each month; in words, `what` with what stands above every column."""
    names = labels(months)
    told = "; ".join(f"{name} {total.text or 'nothing'}" for name, total in zip(names, above, strict=True))
    return StackedColumns(title or what, names, tuple(parts), tuple(above), f"{what}: {told}.")


def over_three_months(what: str, values: Sequence[float | None]) -> str:
    """Return whether what is counted by month grows, holds or falls; the newest month is the last."""
    last, before = values[-1], values[-4]
    if last is None or not before:
        return f"{what} by month"
    moved = last / before - 1
    if abs(moved) < _HELD:
        return f"{what} hold over three months"
    return f"{what} {'grow' if moved > 0 else 'fall'} over three months"
