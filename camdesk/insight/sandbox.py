"""A sealed run over an empty portfolio, where a user's query is tried before it is let near any data."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlcipher3.dbapi2 as driver

from camdesk.base.settings import Settings
from camdesk.insight import safety
from camdesk.insight.aggregation import aggregate
from camdesk.insight.alerts import situation as inputs
from camdesk.insight.alerts.situation import Situation
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric
from camdesk.insight.engine import MetricRun, open_run
from camdesk.store import migrations
from camdesk.store.database import Database

DAY = date(2026, 1, 31)
SECONDS = 2.0
"""A query that takes longer over no rows at all never ends."""


class QueryError(Exception):
    """Why a query cannot be used, in words."""


class Sandbox:
    """Try queries; nothing in here holds a row. Made by `open_sandbox`."""

    def __init__(self, run: MetricRun) -> None:
        self._run = run

    def columns(self, sql: str, parameters: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """Return the names of the columns a query gives; raises QueryError where it does not run."""
        with self._tried():
            self._run.query(sql, parameters)
            # One row of nothing, so that there are columns to see. A comment may end the query.
            rows = self._run.query(f"SELECT q.* FROM (SELECT 1) LEFT JOIN (\n{sql}\n) q", parameters)
        return tuple(rows[0])

    def work_out(self, metric: Metric) -> None:
        """Make a metric's figures as a run makes them; raises QueryError where that does not work."""
        with self._tried():
            aggregate(self._run.connection, metric)

    @contextmanager
    def _tried(self) -> Iterator[None]:
        safety.TimeLimit(self._run.connection, SECONDS).start()
        try:
            yield
        except (driver.Error, driver.Warning) as error:
            raise QueryError(_reason(str(error))) from error


@contextmanager
def open_sandbox(catalog: Catalog) -> Iterator[Sandbox]:
    """Yield a sandbox with every relation that `catalog` brings, those of alert rules among them."""

    def prepare(raw: Any) -> None:
        inputs.put(raw, Situation(DAY, {}), catalog, Settings())

    with (
        empty_database() as database,
        open_run(database, catalog, Settings(), [DAY], prepare=prepare) as run,
    ):
        yield Sandbox(run)


@contextmanager
def empty_database() -> Iterator[Database]:
    """Yield a database without a row, thrown away afterwards."""
    with TemporaryDirectory(prefix="camdesk-") as folder:
        database = Database(Path(folder) / "empty.db", secrets.token_bytes(32))
        migrations.create(database)
        try:
            yield database
        finally:
            database.close()


def _reason(words: str) -> str:
    if "prohibited" in words or "not authorized" in words:
        return f"it may read the portfolio and nothing else ({words})"
    if "interrupted" in words:
        return "it does not come to an end"
    return f"the query does not run: {words}"
