"""Days, months and the fiscal calendar. Ranges are half-open: `start` is in, `end` is not."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A range of days, `start` ≤ day < `end`."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        return self.end - ONE_DAY


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """Fiscal years that start in `start_month` and are named after the year in which they end."""

    start_month: int = 1

    def year(self, day: date) -> Period:
        """Return the fiscal year that contains `day`."""
        first_year = day.year if day.month >= self.start_month else day.year - 1
        start = date(first_year, self.start_month, 1)
        return Period(start, add_months(start, 12))

    def year_named(self, year: int) -> Period:
        """Return the fiscal year that ends in the calendar year `year`."""
        return self.year(date(year if self.start_month == 1 else year - 1, self.start_month, 1))

    def quarter(self, day: date) -> Period:
        """Return the fiscal quarter that contains `day`."""
        year = self.year(day)
        passed = (day.year - year.start.year) * 12 + day.month - year.start.month
        start = add_months(year.start, passed // 3 * 3)
        return Period(start, add_months(start, 3))

    def year_number(self, day: date) -> int:
        """Return the fiscal year's name: the calendar year in which it ends."""
        return self.year(day).last.year

    def quarter_number(self, day: date) -> int:
        start, year = self.quarter(day).start, self.year(day).start
        return ((start.year - year.year) * 12 + start.month - year.month) // 3 + 1

    def quarter_name(self, day: date) -> str:
        """Return `2026-Q3`, the form commands take."""
        return f"{self.year_number(day)}-Q{self.quarter_number(day)}"

    def quarter_title(self, day: date) -> str:
        """Return `FY26 Q3`, the form screens and documents show."""
        return f"FY{self.year_number(day) % 100:02d} Q{self.quarter_number(day)}"

    def quarter_named(self, name: str) -> Period | None:
        """Return the quarter called `2026-Q3`, or None where the name is not one."""
        year_text, _, number = name.partition("-Q")
        if not (year_text.isdigit() and len(year_text) == 4 and number in {"1", "2", "3", "4"}):
            return None
        start = add_months(self.year_named(int(year_text)).start, (int(number) - 1) * 3)
        return Period(start, add_months(start, 3))

    def quarter_ends(self, day: date, count: int) -> list[date]:
        """Return the last days of the `count` newest quarters that ended on or before `day`, oldest first."""
        quarter = self.quarter(day)
        newest = quarter.last if quarter.last == day else quarter.start - ONE_DAY
        ends = [newest]
        while len(ends) < count:
            ends.append(self.quarter(ends[-1]).start - ONE_DAY)
        return ends[::-1]
