"""Collect the rows of every entity and write them as CSV files."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from sample_maker.columns import COLUMNS, PREFIXES

Row = dict[str, Any]
SEED = 20261120


def rng_for(*names: str) -> Random:
    """Return a generator of its own for each topic, so that one change leaves the other rows alone."""
    return Random("/".join((str(SEED), *names)))


class Shares:
    """Deal out yes and no so that even a small sample keeps close to the share."""

    def __init__(self, share: float, rng: Random) -> None:
        self._share = share
        self._sum = rng.uniform(0.2, 0.8)

    def next(self) -> bool:
        """Return the next answer."""
        self._sum += self._share
        if self._sum >= 1:
            self._sum -= 1
            return True
        return False


class Book:
    """The rows of the portfolio by entity, in the order in which they were added."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {entity: [] for entity in COLUMNS}

    def add(self, entity: str, **values: Any) -> Row:
        """Add a row, with an id of its own unless one is given."""
        key = COLUMNS[entity][0]
        unknown = set(values) - set(COLUMNS[entity])
        if unknown:
            raise ValueError(f"{entity} has no column {', '.join(sorted(unknown))}")
        row = dict.fromkeys(COLUMNS[entity]) | values
        if row[key] is None:
            row[key] = f"{PREFIXES[entity]}-{len(self.rows[entity]) + 1:05d}"
        self.rows[entity].append(row)
        return row

    def of(self, entity: str, partner_id: str) -> list[Row]:
        """Return the partner's rows of an entity."""
        return [row for row in self.rows[entity] if row["partner_id"] == partner_id]

    def total(self, entity: str, column: str, *, where: Callable[[Row], bool]) -> float:
        """Return the sum of a column over the rows that match."""
        return float(sum(row[column] for row in self.rows[entity] if row[column] is not None and where(row)))

    def write(self, folder: Path) -> int:
        """Write one file per entity and return the number of rows."""
        folder.mkdir(parents=True, exist_ok=True)
        for entity, rows in self.rows.items():
            with (folder / f"{entity}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(COLUMNS[entity])
                writer.writerows([_text(row[column]) for column in COLUMNS[entity]] for row in rows)
        return sum(len(rows) for rows in self.rows.values())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ";".join(value)
    return str(value)
