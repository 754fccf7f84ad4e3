"""The same definitions on DuckDB: the engine's own statements, put into DuckDB's words one by one.

What DuckDB cannot run even so is left out on both sides of a comparison, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from camdesk.base.settings import Settings
from camdesk.insight import moments, relations, targets, views
from camdesk.insight.aggregation import Presence, aggregate
from camdesk.insight.catalog import Catalog
from camdesk.insight.working_hours import WorkingClock
from camdesk.portfolio.entities import ENTITIES
from camdesk.store.database import Database
from camdesk.store.tables import METADATA

_SKIPPED = ("CREATE INDEX", "ANALYZE", "PRAGMA")
_TABLES = ("source", "sync_run", "document", "document_version")
_JULIAN_DAY = "CREATE MACRO julianday(day) AS epoch(CAST(day AS TIMESTAMP)) / 86400.0 + 2440587.5"
_DAY_OF = """
CREATE MACRO day_of(day) AS strftime(CAST(day AS DATE), '%Y-%m-%d'),
  (day, step) AS strftime(CAST(day AS DATE) + CAST(ltrim(step, '+') AS INTERVAL), '%Y-%m-%d')
"""
_TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE", "NUMERIC": "DOUBLE", "BLOB": "BLOB"}


class Rows(list[tuple[Any, ...]]):
    """The rows of a statement, read as the engine reads them."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self[0] if self else None


class Duck:
    """A DuckDB connection that answers to the statements written for SQLite."""

    def __init__(self, settings: Settings, threads: int) -> None:
        self._connection = duckdb.connect(config={"threads": threads})
        self._connection.execute("SET scalar_subquery_error_on_multiple_rows = false")
        self._connection.execute("SET python_enable_replacements = false")
        self._connection.execute("CREATE SCHEMA facts")
        for macro in (_JULIAN_DAY, _DAY_OF):
            self._connection.execute(macro)
        clock = WorkingClock(settings.working_time)
        self._connection.create_function(
            "working_hours", clock.hours_between, ["VARCHAR", "VARCHAR"], "DOUBLE", null_handling="special"
        )
        self.refused: list[str] = []

    def load(self, database: Database) -> None:
        """Copy the facts out of the encrypted file, column by column as they are."""
        names = [*ENTITIES, *(f"{name}_past" for name in ENTITIES), *_TABLES]
        with database.read() as connection:
            for name in names:
                table = METADATA.tables[name]
                kept = [column for column in table.columns if str(column.type) != "BLOB"]
                columns = ", ".join(f'"{column.name}"' for column in kept)
                typed = ", ".join(
                    f'"{column.name}" {_TYPES.get(str(column.type).split("(")[0], "VARCHAR")}'
                    for column in kept
                )
                self._connection.execute(f"CREATE TABLE facts.{name} ({typed})")
                driver: Any = connection.connection.driver_connection
                rows = driver.execute(f"SELECT {columns} FROM {name}").fetchall()
                if rows:
                    frame = pd.DataFrame(rows, columns=[column.name for column in kept], dtype=object)
                    self._connection.register("frame", frame)
                    self._connection.execute(f"INSERT INTO facts.{name} SELECT * FROM frame")
                    self._connection.unregister("frame")

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Rows:
        """Run a statement; one that makes a relation and cannot is noted, and so fails who reads it."""
        if sql.lstrip().startswith(_SKIPPED):
            return Rows([])
        try:
            self._connection.execute(in_its_words(sql), list(parameters))
        except duckdb.Error as error:
            if sql.lstrip().startswith(("SELECT", "WITH")):
                raise
            self.refused.append(f"{' '.join(sql.split())[:60]}: {str(error).splitlines()[0]}")
            return Rows([])
        return Rows(self._connection.fetchall() if self._connection.description else [])

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        given = list(rows)
        if given:
            self._connection.executemany(in_its_words(sql), given)


def figures(
    duck: Any, catalog: Catalog, settings: Settings, days: Sequence[date], *, known_from: date | None
) -> dict[str, dict[int, dict[str, Any]]]:
    """Return the values of every metric that DuckDB can run, by moment and partner."""
    _put_moments(duck, settings, days, known_from)
    views.make_views(duck)
    targets.prepare_targets(duck, catalog.metrics.values(), catalog.profiles.values())
    for window_from, sign in (("prior_year_from", 1), ("year_from", -1)):
        _put_moments(duck, settings, days, known_from, window_from=window_from)
        targets.add_sums(duck, catalog.metrics.values(), sign=sign)
    _put_moments(duck, settings, days, known_from)
    relations.make_relations(duck, catalog.profiles, catalog.metrics)
    targets.make_targets(duck)
    presence = Presence(duck)
    found = {}
    for name, metric in catalog.metrics.items():
        try:
            found[name] = aggregate(duck, metric, presence=presence)
        except (duckdb.Error, TypeError) as error:
            duck.refused.append(f"{name}: {str(error).splitlines()[0]}")
    return found


def _put_moments(
    duck: Any, settings: Settings, days: Sequence[date], known_from: date | None, *, window_from: str = ""
) -> None:
    columns = ", ".join(f"{name} VARCHAR" for name in moments.COLUMNS[1:-1])
    duck.execute("DROP TABLE IF EXISTS moments")
    duck.execute(f"CREATE TEMP TABLE moments (moment INTEGER, {columns}, known BOOLEAN)")
    numbered = [
        moments.Moment(number, day, known=known_from is not None and day >= known_from)
        for number, day in enumerate(days)
    ]
    marks = ", ".join("?" * len(moments.COLUMNS))
    duck.executemany(f"INSERT INTO moments VALUES ({marks})", moments.rows(numbered, settings.calendar))
    if window_from:
        duck.execute(f"UPDATE moments SET m12_from = {window_from}")


def in_its_words(sql: str) -> str:
    """Return a statement as DuckDB would have it."""
    sql = re.sub(r"\bCREATE TEMP\b", "CREATE", sql)
    sql = re.sub(r"\btemp\.", "", sql)
    sql = re.sub(r"\bmain\.(?=\w)", "facts.", sql)
    sql = re.sub(r"\bWITHOUT ROWID\b", "", sql)
    sql = re.sub(r"\bREAL\b", "DOUBLE", sql)
    sql = re.sub(r"\bdate\(", "day_of(", sql)
    sql = _plain_joins(sql)
    sql = re.sub(r"\bINSERT OR IGNORE\b", "INSERT", sql)
    return _scalar_extremes(sql)


def _plain_joins(sql: str) -> str:
    """Write a CROSS JOIN that has a condition as the plain one it is; in SQLite it also fixes the order."""
    start = 0
    while (found := sql.find("CROSS JOIN ", start)) >= 0:
        start = found + len("CROSS JOIN ")
        joined = _closing(sql, start + 1) if sql[start] == "(" else start
        if re.match(r"\)? ?(\w+ )?\w+\s+ON\b", sql[joined:]):
            sql = f"{sql[:found]}JOIN {sql[start:]}"
            start -= len("CROSS ")
    return sql


def _closing(sql: str, start: int) -> int:
    """Return the place of the bracket that closes what opened before `start`."""
    depth = 1
    for place in range(start, len(sql)):
        depth += (sql[place] == "(") - (sql[place] == ")")
        if depth == 0:
            return place
    return len(sql)


def _scalar_extremes(sql: str) -> str:
    """Write MIN and MAX of several values as LEAST and GREATEST."""
    for name, scalar in (("MIN", "LEAST"), ("MAX", "GREATEST")):
        start = 0
        while (found := sql.find(f"{name}(", start)) >= 0:
            start = found + len(name) + 1
            if _has_comma(sql, start):
                sql = sql[:found] + scalar + sql[found + len(name) :]
    return sql


def _has_comma(sql: str, start: int) -> bool:
    depth = 0
    for sign in sql[start : _closing(sql, start)]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            return True
    return False
