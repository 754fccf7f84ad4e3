"""Stored figures: made once per day, state of the facts and definitions; screens read them back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, text

from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.insight.catalog import Catalog
from camdesk.insight.connection import brought_by_type
from camdesk.insight.engine import Computed, open_run
from camdesk.store.database import BusyError, Database, generation

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


def figures_on(
    database: Database,
    catalog: Catalog,
    settings: Settings,
    days: Collection[date],
    *,
    progress: Progress | None = None,
) -> dict[date, DayFigures]:
    """Return the figures of `days`, making and storing those that are missing or out of date."""
    definitions = f"{catalog.digest}:{settings.fiscal_year_start_month}:{settings.working_time}"
    with database.read() as connection:
        facts = generation(connection)
        kept = _stored_days(connection, facts, definitions)
        missing = sorted(set(days) - kept.keys())
        found = {day: _load(connection, day, kept[day]) for day in days if day in kept}
    if missing:
        with open_run(database, catalog, settings, missing) as run:
            computed = list(run.compute(catalog.metrics, progress=progress))
            brought = {missing[moment]: types for moment, types in brought_by_type(run).items()}
        # Another window may be writing for long; the figures are made again next time, that is all.
        with suppress(BusyError):
            _store(database, missing, computed, brought, facts=facts, definitions=definitions)
        found |= _collected(missing, computed, brought)
    return found


Brought = Mapping[str, frozenset[str]]


def _stored_days(connection: Connection, facts: int, definitions: str) -> dict[date, Brought]:
    rows = connection.execute(
        text("SELECT as_of, brought FROM figure_run WHERE facts = :facts AND definitions = :definitions"),
        {"facts": facts, "definitions": definitions},
    )
    return {
        date.fromisoformat(day): {kind: frozenset(names) for kind, names in json.loads(brought).items()}
        for day, brought in rows
    }


def _load(connection: Connection, day: date, brought: Brought) -> DayFigures:
    values: dict[str, dict[str, Number]] = {}
    counts: dict[str, dict[str, int]] = {}
    rows = connection.exec_driver_sql(
        "SELECT partner_id, metric, value, n FROM figure WHERE as_of = ?", (day.isoformat(),)
    )
    for partner_id, metric, value, n in rows:
        values.setdefault(partner_id, {})[metric] = value
        counts.setdefault(partner_id, {})[metric] = n
    return DayFigures(day, values, counts, brought)


def _collected(
    days: Iterable[date], computed: Iterable[Computed], brought: Mapping[date, Brought]
) -> dict[date, DayFigures]:
    found: dict[date, tuple[dict[str, dict[str, Number]], dict[str, dict[str, int]]]] = {
        day: ({}, {}) for day in days
    }
    for figures in computed:
        values, counts = found[figures.day]
        for partner_id, value in figures.values.items():
            if value.value is not None:
                values.setdefault(partner_id, {})[figures.metric] = value.value
                counts.setdefault(partner_id, {})[figures.metric] = value.n
    return {day: DayFigures(day, *pair, brought.get(day, {})) for day, pair in found.items()}


def _store(
    database: Database,
    days: Collection[date],
    computed: Iterable[Computed],
    brought: Mapping[date, Brought],
    *,
    facts: int,
    definitions: str,
) -> None:
    rows = [
        (figures.day.isoformat(), partner_id, figures.metric, value.value, value.n, value.n_sum, value.d_sum)
        for figures in computed
        for partner_id, value in figures.values.items()
        if value.value is not None
    ]
    rows.sort(key=lambda row: row[:3])
    texts = [day.isoformat() for day in days]
    with database.write() as connection:
        if generation(connection) != facts:
            return  # facts changed while the figures were made: they are not today's
        for table in ("figure", "figure_run"):
            connection.execute(
                text(f"DELETE FROM {table} WHERE as_of IN :days").bindparams(
                    bindparam("days", expanding=True)
                ),
                {"days": texts},
            )
        if rows:
            connection.exec_driver_sql("INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.exec_driver_sql(
            "INSERT INTO figure_run VALUES (?, ?, ?, ?)",
            [
                (
                    day.isoformat(),
                    facts,
                    definitions,
                    json.dumps({kind: sorted(names) for kind, names in brought.get(day, {}).items()}),
                )
                for day in days
            ],
        )
