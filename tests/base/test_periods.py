"""Months that have no such day, and fiscal years named after the year in which they end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base.periods import FiscalCalendar, add_months

days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.integers(1, 12), days)
def test_every_day_lies_in_its_own_quarter_and_year(start_month: int, day: date) -> None:
    calendar = FiscalCalendar(start_month)
    quarter, year = calendar.quarter(day), calendar.year(day)
    assert day in quarter
    assert day in year
    assert year.start <= quarter.start < quarter.end <= year.end
    assert calendar.quarter_named(calendar.quarter_name(day)) == quarter


def test_a_year_is_named_after_the_year_in_which_it_ends() -> None:
    calendar = FiscalCalendar(2)
    assert calendar.quarter_name(date(2026, 1, 31)) == "2026-Q4"
    assert calendar.quarter_name(date(2026, 2, 1)) == "2027-Q1"
    assert calendar.quarter_title(date(2026, 2, 1)) == "FY27 Q1"


@given(st.integers(1, 12), days)
def test_quarter_ends_are_consecutive_and_past(start_month: int, day: date) -> None:
    calendar = FiscalCalendar(start_month)
    ends = calendar.quarter_ends(day, 8)
    assert len(ends) == len(set(ends)) == 8
    assert ends == sorted(ends)
    assert ends[-1] <= day
    assert all(calendar.quarter(end).last == end for end in ends)


@pytest.mark.parametrize("name", ["2026", "2026-Q5", "26-Q1", "Q3 2026", "2026-q1", ""])
def test_what_is_not_a_quarter_is_none(name: str) -> None:
    assert FiscalCalendar().quarter_named(name) is None
