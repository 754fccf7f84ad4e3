"""How near a forecast came: calls held against what was finally booked. Pure arithmetic.

An error is the call less what was booked: above 0 the call was too high. A share of what was booked has
no value where nothing was. Bias is the sum of errors over the sum booked, so that large partners weigh
more; the mean absolute percentage error weighs every call alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from camdesk.base.periods import Period

Number = float | int
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class HeldCall:
    """A call of a finished quarter, with what was booked and what the CRM had as commit that same day."""

    partner_id: str
    quarter_from: date
    week_on: date
    called_on: date
    weeks_before_end: int
    call: int
    booked: Number
    commit: Number | None

    @property
    def error(self) -> Number:
        return self.call - self.booked

    @property
    def percent(self) -> float | None:
        return share(self.error, self.booked)

    @property
    def commit_error(self) -> Number | None:
        return None if self.commit is None else self.commit - self.booked

    @property
    def commit_percent(self) -> float | None:
        return None if self.commit is None else share(self.commit - self.booked, self.booked)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How near a set of calls came. `compared` of them have a commit of the same day to be held beside."""

    calls: int
    call: Number
    booked: Number
    error: Number
    bias: float | None
    mape: float | None
    compared: int
    call_mape: float | None  # over the compared calls only, so that both are judged by the same weeks
    commit_mape: float | None
    commit_error: Number | None
    commit_bias: float | None

    @property
    def beats_commit(self) -> bool | None:
        """Tell whether the calls came nearer than commit did; None where that cannot be said."""
        if self.call_mape is None or self.commit_mape is None:
            return None
        return self.call_mape < self.commit_mape

    @property
    def direction(self) -> str | None:
        """Return over, under or even; None where nothing was called."""
        if not self.calls:
            return None
        return "over" if self.error > 0 else "under" if self.error < 0 else "even"


def accuracy(held: Collection[HeldCall]) -> Accuracy:
    """Return how near a set of calls came as a whole; its amounts are the sums of theirs."""
    compared = [one for one in held if one.commit is not None]
    error, booked = sum(one.error for one in held), sum(one.booked for one in held)
    commit_error = sum(one.commit_error for one in compared if one.commit_error is not None)
    return Accuracy(
        len(held),
        sum(one.call for one in held),
        booked,
        error,
        share(error, booked),
        _mean_size(one.percent for one in held),
        len(compared),
        _mean_size(one.percent for one in compared),
        _mean_size(one.commit_percent for one in compared),
        commit_error if compared else None,
        share(commit_error, sum(one.booked for one in compared)) if compared else None,
    )


def by_weeks_before_end(held: Iterable[HeldCall]) -> tuple[tuple[int, Accuracy], ...]:
    """Return the accuracy of calls made as many weeks before their quarter's end, earliest first."""
    weeks: dict[int, list[HeldCall]] = {}
    for one in held:
        weeks.setdefault(one.weeks_before_end, []).append(one)
    return tuple((number, accuracy(weeks[number])) for number in sorted(weeks, reverse=True))


def week_of(day: date) -> date:
    """Return the Monday of the ISO week."""
    return day - timedelta(days=day.weekday())


def weeks_before(week_on: date, quarter: Period) -> int:
    """Return how many weeks lie between a week and the quarter's last one, which is 0."""
    return (week_of(quarter.last) - week_on) // WEEK


def day_of_call(week_on: date, written_on: date, quarter: Period) -> date:
    """Return the day a call speaks from: the day it was written, if that lies in its week.

    A call written down for another week speaks from that week's last day; always within the quarter.
    """
    last = week_on + WEEK - timedelta(days=1)
    day = written_on if week_on <= written_on <= last else last
    return min(max(day, quarter.start), quarter.last)


def share(part: Number, whole: Number) -> float | None:
    """Return a part as a fraction of the whole; None where the whole is not above 0."""
    return part / whole if whole > 0 else None


def _mean_size(shares: Iterable[float | None]) -> float | None:
    known = [abs(one) for one in shares if one is not None]
    return sum(known) / len(known) if known else None
