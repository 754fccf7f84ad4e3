"""The metrics engine: one read-only run over all wanted days, one statement per metric.

The same text makes the figures of the whole portfolio and lists the records behind one of them, so
that a figure and its evidence always reconcile.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from camdesk.base.periods import FiscalCalendar, Period
from camdesk.base.progress import Progress, SilentProgress
from camdesk.base.settings import Settings
from camdesk.base.working_time import WorkingTime, parse_instant
from camdesk.insight import moments, relations, safety, targets
from camdesk.insight.aggregation import Value, aggregate, contributes, zero_where_present
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric
from camdesk.insight.results import EvidenceRecord
from camdesk.store.database import Database

# Today's partners, and those that were there on one of the days.
_PARTNERS = """
SELECT partner_id FROM partners UNION
SELECT p.partner_id FROM moments m JOIN partners_history p ON p.valid_from <= m.day AND m.day < p.valid_until
"""


@dataclass(frozen=True, slots=True)
class Computed:
    """All figures of one metric and day, by partner."""

    metric: str
    day: date
    values: dict[str, Value]


class MetricRun:
    """A sealed connection with the moments of `days` in place. Made by `open_run`."""

    def __init__(
        self, connection: Any, catalog: Catalog, days: Sequence[date], known_from: date | None
    ) -> None:
        self.connection = connection
        self._catalog = catalog
        self._days = tuple(days)
        self._known_from = known_from
        self._limit = safety.TimeLimit(connection)
        self.partners = frozenset(row[0] for row in connection.execute(_PARTNERS))

    def compute(self, metrics: Iterable[str], *, progress: Progress | None = None) -> Iterator[Computed]:
        """Yield the figures of each metric for each day of the run."""
        wanted = list(metrics)
        progress = progress or SilentProgress()
        for done, name in enumerate(wanted):
            progress.check()
            progress.report(done, len(wanted), "Working out the figures")
            yield from self._compute(self._catalog.metrics[name])

    def evidence(self, metric: str, partner_id: str, day: date) -> tuple[EvidenceRecord, ...]:
        """Return exactly the records that make the figure, in the order of their ids."""
        definition = self._catalog.metrics[metric]
        if not self._is_known(definition, day):
            return ()
        self._limit.start()
        cursor = self.connection.execute(
            f"SELECT * FROM ({definition.records}) WHERE partner_id = ? AND moment = ?",
            (partner_id, self._days.index(day)),
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        found = [
            EvidenceRecord(row["entity"], row["record_id"], row.get("n"), row.get("d"))
            for row in rows
            if contributes(definition, n=row.get("n"), d=row.get("d"))
        ]
        return tuple(sorted(found, key=lambda record: (record.entity, record.record_id)))

    def target_period(self, metric: str, partner_id: str) -> Period | None:
        """Return the days of the target a metric is measured against, on the run's first day."""
        definition = self._catalog.metrics[metric]
        if definition.window != "target period":
            return None
        rows = self.query(
            "SELECT t.period_from, m.until, t.metric FROM target_at t JOIN moments m ON m.moment = t.moment "
            "WHERE t.moment = 0 AND t.partner_id = :partner",
            {"partner": partner_id},
        )
        for row in rows:
            if f"'{row['metric']}'" in definition.records:
                return Period(date.fromisoformat(row["period_from"]), date.fromisoformat(row["until"]))
        return None

    def query(self, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of another definition's query, such as a rule's."""
        self._limit.start()
        cursor = self.connection.execute(sql, parameters or {})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _compute(self, metric: Metric) -> Iterator[Computed]:
        self._limit.start()
        by_moment = aggregate(self.connection, metric)
        for number, day in enumerate(self._days):
            values = by_moment.get(number, {})
            if not self._is_known(metric, day):
                values = {}
            else:
                zero_where_present(self.connection, metric, number, values)
            kept = {partner: value for partner, value in values.items() if partner in self.partners}
            yield Computed(metric.id, day, kept)

    def knows_states(self, day: date) -> bool:
        """Tell whether states without a day of their own were already being recorded on `day`."""
        return self._known_from is not None and day >= self._known_from

    def _is_known(self, metric: Metric, day: date) -> bool:
        return metric.history == "dated" or self.knows_states(day)


@contextmanager
def open_run(
    database: Database,
    catalog: Catalog,
    settings: Settings,
    days: Collection[date],
    *,
    prepare: Callable[[Any], None] | None = None,
) -> Iterator[MetricRun]:
    """Yield a run over `days`; `prepare` may add relations before definitions are let in."""
    wanted = sorted(set(days))
    with database.sealed() as connection:
        _register_working_hours(connection, settings.working_time)
        known_from = connection.execute("SELECT MIN(as_of) FROM main.sync_run").fetchone()[0]
        relations.make_views(connection)
        _put_prior_years(connection, catalog, settings.calendar, wanted)
        _put_moments(connection, wanted, settings.calendar)
        relations.make_relations(connection, catalog.profiles, catalog.metrics)
        targets.make_targets(connection)
        if prepare is not None:
            prepare(connection)
        safety.make_safe(connection)
        yield MetricRun(connection, catalog, wanted, date.fromisoformat(known_from) if known_from else None)


def _put_moments(
    connection: Any, days: Sequence[date], calendar: FiscalCalendar, *, window_from: str | None = None
) -> None:
    """Put the moments in place; `window_from` names the bound that the twelve-month window begins at."""
    columns = ", ".join(f"{name} TEXT" for name in moments.COLUMNS[1:])
    connection.execute("DROP TABLE IF EXISTS temp.moments")
    connection.execute(f"CREATE TEMP TABLE moments (moment INTEGER PRIMARY KEY, {columns})")
    marks = ", ".join("?" * len(moments.COLUMNS))
    numbered = [moments.Moment(number, day) for number, day in enumerate(days)]
    connection.executemany(f"INSERT INTO moments VALUES ({marks})", moments.rows(numbered, calendar))
    if window_from is not None:
        connection.execute(f"UPDATE moments SET m12_from = {window_from}")


def _put_prior_years(
    connection: Any, catalog: Catalog, calendar: FiscalCalendar, days: Sequence[date]
) -> None:
    """Sum each target's metric over the fiscal year before each day, as seen from that day.

    What came since that year began, less what came since this one did: the definition serves as it is.
    """
    targets.prepare_targets(connection, catalog.metrics.values(), catalog.profiles.values())
    for window_from, sign in (("prior_year_from", 1), ("year_from", -1)):
        _put_moments(connection, days, calendar, window_from=window_from)
        targets.add_sums(connection, catalog.metrics.values(), sign=sign)


def _register_working_hours(connection: Any, working_time: WorkingTime) -> None:
    def working_hours(start: str | None, end: str | None) -> float | None:
        if start is None or end is None:
            return None
        return working_time.hours_between(parse_instant(start), parse_instant(end))

    connection.create_function("working_hours", 2, working_hours, deterministic=True)
