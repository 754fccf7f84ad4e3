"""A random portfolio being written, and the chances it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from .columns import COLUMNS
from .periods import fiscal_quarter, fiscal_year, month_end, month_of, plus_months

CUSTOMERS = [f"Customer {number:02}" for number in range(1, 141)]
# The last currency has no exchange rate at all: its amounts stay unknown in base currency.
CURRENCIES = ("EUR", "USD", "GBP", "SEK")
CURRENCY_WEIGHTS = (45, 28, 24, 3)

Cell = str | int | date | None
T = TypeVar("T")


@dataclass
class Draft:
    """A portfolio being written: the rows so far, and the chances of the seed."""

    rng: Random
    as_of: date
    partners: list[dict[str, str]] = field(default_factory=list)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def add(self, entity: str, **cells: Cell) -> None:
        """Add a row under the next id of its entity; a blank cell is None."""
        key = COLUMNS[entity][0]
        row = {key: f"{entity[:2].upper()}-{len(self.rows[entity]) + 1:05}"}
        row |= {column: _written(cell) for column, cell in cells.items()}
        self.rows[entity].append(row)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def maybe(self, cell: T, probability: float = 0.8) -> T | None:
        return cell if self.chance(probability) else None

    def pick(self, *choices: T) -> T:
        return self.rng.choice(choices)

    def day(self, back: int, ahead: int = 0) -> date:
        """Return a day around the as-of day, often one on the edge of a window."""
        if self.chance(0.25):
            edges = [day for day in self.edges() if -back <= (day - self.as_of).days <= ahead]
            if edges:
                return self.rng.choice(edges)
        return self.as_of + timedelta(self.rng.randint(-back, ahead))

    def edges(self) -> list[date]:
        """Return the days on which windows begin and end, with their neighbours; leap days, month ends."""
        bounds = [plus_months(self.as_of, -months) for months in (0, 12, 24, 36)]
        bounds += [self.as_of - timedelta(days) for days in (30, 60, 90, 180, 450)]
        bounds += [self.as_of + timedelta(days) for days in (60, 90)]
        bounds += [fiscal_quarter(self.as_of, 1).start, fiscal_quarter(self.as_of, 1).end]
        bounds += [fiscal_year(self.as_of, 1).start, plus_months(self.as_of, 12)]
        days = [bound + timedelta(step) for bound in bounds for step in (-1, 0, 1)]
        days += [month_end(plus_months(self.as_of, -back)) for back in range(15)]
        return days + [date(year, 2, 29) for year in (2020, 2024, 2028)]

    def instant(self, day: date | None) -> str | None:
        """Return an instant of the day, in and out of business hours, now and then at its very edge."""
        if day is None:
            return None
        clock = f"{self.rng.randint(0, 23):02}:{self.rng.randint(0, 59):02}:{self.rng.randint(0, 59):02}"
        if self.chance(0.2):
            clock = self.pick("00:00:00", "23:59:59", "09:00:00", "17:00:00")
        return f"{day.isoformat()}T{clock}Z"

    def amount(self, low: int, high: int) -> str:
        """Return an amount with up to four decimals, seldom five."""
        decimals = self.rng.choices((0, 1, 2, 3, 4, 5), (30, 5, 45, 5, 12, 3))[0]
        whole = self.rng.randint(low, high)
        if decimals == 0:
            return str(whole)
        fraction = "5" if self.chance(0.2) else str(self.rng.randint(0, 9))
        return f"{whole}.{''.join(str(self.rng.randint(0, 9)) for _ in range(decimals - 1))}{fraction}"

    def currency(self) -> str | None:
        return self.maybe(self.rng.choices(CURRENCIES, CURRENCY_WEIGHTS)[0], 0.7)

    def customer(self) -> str:
        return self.rng.choice(CUSTOMERS)

    def months(self, back: int, ahead: int = 1) -> list[date]:
        """Return first days of months around the as-of day, with a gap now and then."""
        this = month_of(self.as_of)
        return [plus_months(this, step) for step in range(-back, ahead + 1) if self.chance(0.95)]


def _written(cell: Cell) -> str:
    return "" if cell is None else str(cell)
