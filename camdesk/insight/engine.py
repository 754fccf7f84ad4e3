"""The metrics engine: one read-only run over all wanted days, one statement per metric.

The same text makes the figures of the whole portfolio and lists the records behind one of them, so
that a figure and its evidence always reconcile.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from camdesk.base.periods import FiscalCalendar, Period
from camdesk.base.progress import Progress, SilentProgress
from camdesk.base.settings import Settings
from camdesk.insight import moments, rebates, relations, safety, targets, views
from camdesk.insight.activation import Activation
from camdesk.insight.aggregation import Presence, Value, aggregate, contributes
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Metric
from camdesk.insight.results import EvidenceRecord
from camdesk.insight.working_hours import register_working_hours
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
        self,
        connection: Any,
        catalog: Catalog,
        days: Sequence[date],
        known_from: date | None,
    ) -> None:
        self.connection = connection
        self._catalog = catalog
        self._days = tuple(days)
        self._known_from = known_from
        self._limit = safety.TimeLimit(connection)
        self._activation = Activation(connection, catalog.profiles, start=self._limit.start)
        self._presence = Presence(connection)
        self._has_rebates = False
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
        found = [record for _, record in self._records(metric, day, " AND partner_id = ?", partner_id)]
        return tuple(sorted(found, key=lambda record: (record.entity, record.record_id)))

    def everyones_evidence(self, metric: str) -> list[tuple[str, EvidenceRecord]]:
        """Return partner and record of all that make a figure on the first day of the run."""
        found = self._records(metric, self._days[0])
        return sorted(
            ((partner, record) for partner, record in found if partner in self.partners),
            key=lambda pair: (pair[1].entity, pair[1].record_id, pair[0]),
        )

    def _records(
        self, metric: str, day: date, condition: str = "", *values: str
    ) -> list[tuple[str, EvidenceRecord]]:
        definition = self._catalog.metrics[metric]
        if not self._is_known(definition, day):
            return []
        rows = self.query(
            f"SELECT * FROM ({definition.records}) WHERE moment = ?{condition}",
            (self._days.index(day), *values),
        )
        return [
            (row["partner_id"], EvidenceRecord(row["entity"], row["record_id"], row.get("n"), row.get("d")))
            for row in rows
            if contributes(definition, n=row.get("n"), d=row.get("d"))
        ]

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

    def query(
        self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] | None = None
    ) -> list[dict[str, Any]]:
        """Return the rows of another definition's query, such as a rule's."""
        self._make_ready(sql)
        self._limit.start()
        cursor = self.connection.execute(sql, parameters or {})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _compute(self, metric: Metric) -> Iterator[Computed]:
        self._make_ready(metric.records)
        self._limit.start()
        by_moment = aggregate(self.connection, metric, presence=self._presence)
        for number, day in enumerate(self._days):
            values = by_moment.get(number, {}) if self._is_known(metric, day) else {}
            kept = {partner: value for partner, value in values.items() if partner in self.partners}
            yield Computed(metric.id, day, kept)

    def _make_ready(self, sql: str) -> None:
        """Make the relations that few queries read, with the first that does."""
        self._activation.ready_for(sql)
        if not self._has_rebates and any(name in sql for name in rebates.RELATIONS):
            self._has_rebates = True
            with safety.lifted(self.connection):
                rebates.make_rebates(self.connection, self._catalog.metrics)

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
    partners: Collection[str] | None = None,
    prepare: Callable[[Any], None] | None = None,
) -> Iterator[MetricRun]:
    """Yield a run over `days`; `prepare` may add relations before definitions are let in.

    With `partners` it reads and yields theirs alone, in a small part of the time, and the same figures.
    """
    wanted = sorted(set(days))
    with database.sealed() as connection:
        register_working_hours(connection, settings.working_time)
        if partners is not None:
            # An index made for one statement costs more than a few partners' rows.
            connection.execute("PRAGMA automatic_index=OFF")
        first_sync = connection.execute("SELECT MIN(as_of) FROM main.sync_run").fetchone()[0]
        known_from = date.fromisoformat(first_sync) if first_sync else None
        named_lines = any("reseller_partner_id" in each.records for each in catalog.metrics.values())
        views.make_views(connection, partners, named_lines=named_lines)
        put = partial(_put_moments, connection, wanted, settings.calendar, known_from)
        _put_prior_years(connection, catalog, put)
        put()
        relations.make_relations(connection, catalog.profiles, catalog.metrics, scoped=partners is not None)
        targets.make_targets(connection)
        if prepare is not None:
            prepare(connection)
        safety.make_safe(connection)
        yield MetricRun(connection, catalog, wanted, known_from)


def _put_moments(
    connection: Any,
    days: Sequence[date],
    calendar: FiscalCalendar,
    known_from: date | None,
    *,
    window_from: str | None = None,
) -> None:
    """Put the moments in place; `window_from` names the bound that the twelve-month window begins at."""
    columns = ", ".join(f"{name} TEXT" for name in moments.COLUMNS[1:-1])
    connection.execute("DROP TABLE IF EXISTS temp.moments")
    connection.execute(
        f"CREATE TEMP TABLE moments (moment INTEGER PRIMARY KEY, {columns}, {moments.COLUMNS[-1]} INTEGER)"
    )
    marks = ", ".join("?" * len(moments.COLUMNS))
    numbered = [
        moments.Moment(number, day, known=known_from is not None and day >= known_from)
        for number, day in enumerate(days)
    ]
    connection.executemany(f"INSERT INTO moments VALUES ({marks})", moments.rows(numbered, calendar))
    if window_from is not None:
        connection.execute(f"UPDATE moments SET m12_from = {window_from}")


def _put_prior_years(connection: Any, catalog: Catalog, put: Callable[..., None]) -> None:
    """Sum each target's metric over the fiscal year before each day, as seen from that day.

    What came since that year began, less what came since this one did: the definition serves as it is.
    """
    targets.prepare_targets(connection, catalog.metrics.values(), catalog.profiles.values())
    for window_from, sign in (("prior_year_from", 1), ("year_from", -1)):
        put(window_from=window_from)
        targets.add_sums(connection, catalog.metrics.values(), sign=sign)
