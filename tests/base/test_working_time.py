"""Business hours between two instants follow the workspace's week, holidays and time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base.working_time import WorkingTime, parse_instant

instants = st.integers(1_577_836_800, 1_893_456_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20T15:00:00Z", "2026-11-23T10:00:00Z", 3),  # Friday afternoon to Monday morning
        ("2026-11-21T08:00:00Z", "2026-11-22T20:00:00Z", 0),  # a weekend
        ("2026-11-23T07:00:00Z", "2026-11-23T19:00:00Z", 8),
        ("2026-11-23T19:00:00Z", "2026-11-23T07:00:00Z", 0),
    ],
)
def test_only_business_hours_count(start: str, end: str, hours: float) -> None:
    assert WorkingTime().hours_between(parse_instant(start), parse_instant(end)) == hours


def test_holidays_and_the_time_zone_move_the_hours() -> None:
    start, end = parse_instant("2026-11-23T08:00:00Z"), parse_instant("2026-11-23T10:00:00Z")
    assert WorkingTime(holidays=frozenset({date(2026, 11, 23)})).hours_between(start, end) == 0
    assert WorkingTime(time_zone="Europe/Berlin").hours_between(start, end) == 2


@given(instants, instants, instants)
def test_hours_add_up_over_a_point_between(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted([one, two, three])
    working = WorkingTime()
    parts = working.seconds_between(first, middle) + working.seconds_between(middle, last)
    assert abs(working.seconds_between(first, last) - parts) <= 1
    assert working.seconds_between(first, last) <= (last - first) / timedelta(seconds=1)
