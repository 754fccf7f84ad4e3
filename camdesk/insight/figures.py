"""Stored figures: made once per day, state of the facts and definitions; screens read them back.

After a change of facts only the partners it touched are worked out anew. What looks across the whole
portfolio is watched: where anybody's first records came or the last ones went, the day is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.insight.brought import Brought, read_brought
from camdesk.insight.catalog import Catalog, load_catalog
from camdesk.insight.engine import Computed, MetricRun, open_run
from camdesk.insight.figure_store import (
    DayFigures,
    Number,
    Renewal,
    StoredDay,
    load_day,
    partner_figures,
    store,
    stored_days,
)
from camdesk.store.database import BusyError, Database, generation, touched_since

_Number = TypeVar("_Number", int, Number)
__all__ = ["DayFigures", "figures_on", "partner_figures"]

_FORM = 2
"""Grows when figures are stored in another form."""
_REMEMBERED_DAYS = 16
_LARGE_PART = 4
"""From this part of all partners on (a quarter), making everything anew takes no longer."""


def figures_on(
    database: Database,
    catalog: Catalog,
    settings: Settings,
    days: Collection[date],
    *,
    keep: bool = True,
    progress: Progress | None = None,
) -> dict[date, DayFigures]:
    """Return the figures of `days`, making (and, to `keep`, storing) those missing or out of date."""
    definitions = f"{_FORM}:{catalog.digest}:{settings.fiscal_year_start_month}:{settings.working_time}"
    with database.read() as connection:
        facts = generation(connection)
        kept = stored_days(connection, days, definitions=definitions)
        memory = _MEMORIES.setdefault(database, _Memory())
        stored = {day: memory.day(connection, day, kept[day], definitions) for day in kept}
        touched = _touched(connection, kept, facts=facts)
    found = {day: figures for day, figures in stored.items() if kept[day].facts == facts}
    maker = _Maker(database, catalog, settings, progress)
    renewals: list[Renewal] = []
    if touched is not None:
        renewals = maker.of_touched({day: kept[day].brought for day in kept.keys() - found.keys()}, touched)
        found |= {each.day: _merged(stored[each.day], each) for each in renewals}
    missing = sorted(set(days) - found.keys())
    if missing:
        made = maker.of_everybody(missing)
        found |= {each.day: _merged(DayFigures(each.day, {}, {}, {}), each) for each in made}
        renewals += made
    if keep and renewals:
        # Another window may be writing for long; the figures are made again next time, that is all.
        with suppress(BusyError), database.write() as connection:
            if store(connection, renewals, facts=facts, definitions=definitions):
                memory.keep({each.day: found[each.day] for each in renewals}, facts, definitions)
    return found


class _Memory:
    """The figures last read of a workspace: most outlast a change of facts, and need no reading then."""

    def __init__(self) -> None:
        self._days: dict[date, tuple[str, int, DayFigures]] = {}

    def day(self, connection: Connection, day: date, stored: StoredDay, definitions: str) -> DayFigures:
        """Return the stored figures of a day."""
        known_by, facts, figures = self._days.get(day, ("", 0, None))
        if figures is None or (known_by, facts) != (definitions, stored.facts):
            figures = load_day(connection, day, stored.brought)
            self.keep({day: figures}, stored.facts, definitions)
        return figures

    def keep(self, figures: Mapping[date, DayFigures], facts: int, definitions: str) -> None:
        """Remember days as they are stored; of many, the newest."""
        for day, known in figures.items():
            self._days.pop(day, None)
            self._days[day] = definitions, facts, known
        for day in [*self._days][:-_REMEMBERED_DAYS]:
            del self._days[day]


_MEMORIES: WeakKeyDictionary[Database, _Memory] = WeakKeyDictionary()


def _touched(connection: Connection, kept: Mapping[date, StoredDay], *, facts: int) -> frozenset[str] | None:
    """Return who was touched since the days that are behind; None: nobody, or more than is worth telling."""
    behind = [stored.facts for stored in kept.values() if stored.facts != facts]
    touched = touched_since(connection, min(behind)) if behind else None
    if touched is None:
        return None
    partners = connection.exec_driver_sql("SELECT COUNT(DISTINCT partner_id) FROM partners").scalar_one()
    return None if len(touched) * _LARGE_PART > partners else touched


class _Maker:
    """Makes figures of everybody, or of a few partners."""

    def __init__(
        self, database: Database, catalog: Catalog, settings: Settings, progress: Progress | None
    ) -> None:
        self._open = partial(open_run, database, catalog, settings)
        self._catalog = catalog
        self._progress = progress

    def of_everybody(self, days: Collection[date]) -> list[Renewal]:
        """Make all figures of the days."""
        with self._open(days) as run:
            computed = _by_day(run.compute(self._catalog.metrics, progress=self._progress))
            brought = _brought(run, days)
        return [Renewal(day, brought[day], computed[day]) for day in days]

    def of_touched(self, old: Mapping[date, Brought], touched: frozenset[str]) -> list[Renewal]:
        """Make the touched partners' figures of stored days; leave out days that must be made anew."""
        wide = tuple(name for name in self._catalog.metrics if not _is_shipped(self._catalog, name))
        own = [name for name in self._catalog.metrics if name not in wide]
        with self._open(old.keys(), partners=touched) as run:
            brought = _brought(run, old.keys())
            same = sorted(day for day in old if brought[day].portfolio == old[day].portfolio)
            computed = _by_day(run.compute(own, progress=self._progress))
        across: dict[date, tuple[Computed, ...]] = {}
        if same and wide:
            with self._open(same) as run:
                across = _by_day(run.compute(wide, progress=self._progress))
        return [
            Renewal(
                day,
                old[day].with_changes(brought[day], touched),
                computed[day] + across.get(day, ()),
                touched,
                wide,
            )
            for day in same
        ]


def _is_shipped(catalog: Catalog, metric: str) -> bool:
    """Tell whether a definition is ours; what records a user's own rests a figure on, nobody knows."""
    shipped = load_catalog()[0].metrics.get(metric)
    return shipped is not None and shipped.records == catalog.metrics[metric].records


def _brought(run: MetricRun, days: Collection[date]) -> dict[date, Brought]:
    by_moment = read_brought(run)
    return {day: by_moment[number] for number, day in enumerate(sorted(days))}


def _by_day(computed: Iterable[Computed]) -> dict[date, tuple[Computed, ...]]:
    found: dict[date, list[Computed]] = {}
    for figures in computed:
        found.setdefault(figures.day, []).append(figures)
    return {day: tuple(figures) for day, figures in found.items()}


def _merged(before: DayFigures, renewal: Renewal) -> DayFigures:
    """Return a day's figures with those of the renewal in place."""
    anew = renewal.partners
    values = {
        name: _without(own, renewal.metrics)
        for name, own in before.values.items()
        if anew is None or name not in anew
    }
    counts = {
        name: _without(own, renewal.metrics)
        for name, own in before.counts.items()
        if anew is None or name not in anew
    }
    for figures in renewal.computed:
        for partner, value in figures.values.items():
            if value.value is not None:
                values.setdefault(partner, {})[figures.metric] = value.value
                counts.setdefault(partner, {})[figures.metric] = value.n
    return replace(before, values=values, counts=counts, brought=renewal.brought.by_type())


def _without(figures: Mapping[str, _Number], metrics: Collection[str]) -> dict[str, _Number]:
    if not metrics and isinstance(figures, dict):
        return figures  # of a partner that is not touched: nothing is written into it
    return {name: value for name, value in figures.items() if name not in metrics}
