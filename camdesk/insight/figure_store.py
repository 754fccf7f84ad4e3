"""The stored figures in the database: of which state of the facts they are, read and written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from camdesk.insight.brought import Brought
from camdesk.insight.engine import Computed
from camdesk.store.database import GENERATIONS_KEPT, generation

Number = float | int


@dataclass(frozen=True)
class DayFigures:
    """All figures of one day: value and number of records by partner and metric; absent means no data."""

    day: date
    values: Mapping[str, Mapping[str, Number]]
    counts: Mapping[str, Mapping[str, int]]
    brought: Mapping[str, frozenset[str]]
    """What the partners of each type have records of by then."""

    def value(self, partner_id: str, metric: str) -> Number | None:
        return self.values.get(partner_id, {}).get(metric)

    def n(self, partner_id: str, metric: str) -> int:
        return self.counts.get(partner_id, {}).get(metric, 0)

    def of(self, partner_id: str) -> Mapping[str, Number]:
        return self.values.get(partner_id, {})


@dataclass(frozen=True)
class StoredDay:
    """A day whose figures are stored, and the generation of facts they were made from."""

    facts: int
    brought: Brought


@dataclass(frozen=True)
class Renewal:
    """Figures of one day that take the place of stored ones: of some partners, or of all of them."""

    day: date
    brought: Brought
    computed: tuple[Computed, ...]
    partners: frozenset[str] | None = None
    """Whose figures these are all of; None: everybody's."""
    metrics: tuple[str, ...] = ()
    """Metrics that are here for everybody, even where `partners` are given."""


def stored_days(connection: Connection, days: Collection[date], *, definitions: str) -> dict[date, StoredDay]:
    """Return which of `days` have figures made by these definitions."""
    marks = ", ".join("?" * len(days))
    rows = connection.exec_driver_sql(
        f"SELECT as_of, facts, brought FROM figure_run WHERE definitions = ? AND as_of IN ({marks})",
        (definitions, *(day.isoformat() for day in days)),
    )
    return {
        date.fromisoformat(day): StoredDay(facts, Brought.from_json(brought)) for day, facts, brought in rows
    }


def load_day(connection: Connection, day: date, brought: Brought) -> DayFigures:
    """Return all stored figures of a day."""
    rows = _driver(connection).execute(
        "SELECT partner_id, metric, value, n FROM figure WHERE as_of = ?", (day.isoformat(),)
    )
    values: dict[str, dict[str, Number]] = {}
    counts: dict[str, dict[str, int]] = {}
    last = None
    for partner_id, metric, value, n in rows:
        if partner_id != last:
            last = partner_id
            own_values = values[partner_id] = {}
            own_counts = counts[partner_id] = {}
        own_values[metric] = value
        own_counts[metric] = n
    return DayFigures(day, values, counts, brought.by_type())


def partner_figures(
    connection: Connection, partner_id: str, days: Collection[date]
) -> dict[date, dict[str, tuple[Number, int]]]:
    """Return the stored value and number of records of every metric of one partner, by day."""
    marks = ", ".join("?" * len(days))
    rows = _driver(connection).execute(
        f"SELECT as_of, metric, value, n FROM figure WHERE as_of IN ({marks}) AND partner_id = ?",
        (*(day.isoformat() for day in days), partner_id),
    )
    found: dict[date, dict[str, tuple[Number, int]]] = {day: {} for day in days}
    by_text = {day.isoformat(): figures for day, figures in found.items()}
    for day, metric, value, n in rows:
        by_text[day][metric] = value, n
    return found


def store(connection: Connection, renewals: Iterable[Renewal], *, facts: int, definitions: str) -> bool:
    """Put renewed figures in place; nothing, and False, where facts have changed while they were made."""
    if generation(connection) != facts:
        return False
    _forget_outdated(connection, facts=facts, definitions=definitions)
    rows: list[tuple[Any, ...]] = []
    for renewal in renewals:
        _make_room(connection, renewal)
        rows += [
            (figures.day.isoformat(), partner, figures.metric, value.value, value.n, value.n_sum, value.d_sum)
            for figures in renewal.computed
            for partner, value in figures.values.items()
            if value.value is not None
        ]
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO figure_run VALUES (?, ?, ?, ?)",
            (renewal.day.isoformat(), facts, definitions, renewal.brought.as_json()),
        )
    rows.sort(key=lambda row: row[:3])
    _driver(connection).executemany("INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return True


def _make_room(connection: Connection, renewal: Renewal) -> None:
    day = renewal.day.isoformat()
    if renewal.partners is None:
        connection.exec_driver_sql("DELETE FROM figure WHERE as_of = ?", (day,))
        return
    names = [(day, partner) for partner in renewal.partners]
    if names:
        connection.exec_driver_sql("DELETE FROM figure WHERE as_of = ? AND partner_id = ?", names)
    for metric in renewal.metrics:
        connection.exec_driver_sql("DELETE FROM figure WHERE as_of = ? AND metric = ?", (day, metric))


def _forget_outdated(connection: Connection, *, facts: int, definitions: str) -> None:
    """Drop days that can no longer be brought up to date: the file must not grow by every day seen."""
    old = connection.exec_driver_sql(
        "SELECT as_of FROM figure_run WHERE definitions <> ? OR facts < ?",
        (definitions, facts - GENERATIONS_KEPT),
    ).fetchall()
    for table in ("figure", "figure_run") if old else ():
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE as_of = ?", [(row[0],) for row in old])


def _driver(connection: Connection) -> Any:
    """Return the driver's own connection: SQLAlchemy's rows cost as much as reading them."""
    return connection.connection.driver_connection
