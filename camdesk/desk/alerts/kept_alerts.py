"""The open alerts as they were last worked out, kept partner by partner: a page reads its own alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from camdesk.base.settings import Settings
from camdesk.desk.keeping import adapter_of, state_of
from camdesk.desk.reports import AlertReport
from camdesk.insight.catalog import Catalog
from camdesk.insight.results import Alert
from camdesk.store.database import BusyError
from camdesk.store.kept_reports import read_parts, read_report, write_parts, write_report
from camdesk.store.workspace import Workspace

_NAME = "alerts"


@dataclass(frozen=True, slots=True)
class _Head:
    """What is kept beside the alerts: the report without them, and their order."""

    report: AlertReport
    order: tuple[int, ...]


class KeptAlerts:
    """The alerts of all partners as they stand now; `make` works them out where that is not known yet."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        catalog: Catalog,
        settings: Settings,
        as_of: date,
        make: Callable[[], AlertReport],
    ) -> None:
        self._workspace = workspace
        self._catalog, self._settings, self._as_of = catalog, settings, as_of
        self._make = make
        self._heads, self._parts = adapter_of(_Head), adapter_of(tuple[Alert, ...])

    def whole(self) -> AlertReport:
        """Return all alerts by priority."""
        state = self._state()
        head = self._head(state)
        if head is None:
            return self._made()
        found: dict[int, Alert] = {}
        with self._workspace.database.read() as connection:
            # Part by part: one long reading of it all would hold up every other thread meanwhile.
            for body in read_parts(connection, _NAME, made_from=state):
                found |= {one.id: one for one in self._parts.validate_json(body)}
        return replace(head.report, alerts=tuple(found[number] for number in head.order))

    def of_partner(self, partner_id: str) -> AlertReport:
        """Return the report with the alerts of one partner alone, by priority."""
        state = self._state()
        head = self._head(state)
        if head is None:
            made = self._made()
            own = tuple(one for one in made.alerts if one.partner_id == partner_id)
            return replace(made, alerts=own)
        with self._workspace.database.read() as connection:
            bodies = list(read_parts(connection, _NAME, made_from=state, part=partner_id))
        return replace(
            head.report, alerts=tuple(one for body in bodies for one in self._parts.validate_json(body))
        )

    def _made(self) -> AlertReport:
        report = self._make()
        state = self._state()  # making it may move alerts on
        by_partner: defaultdict[str, list[Alert]] = defaultdict(list)
        for one in report.alerts:
            by_partner[one.partner_id].append(one)
        parts = {name: self._parts.dump_json(tuple(alerts)).decode() for name, alerts in by_partner.items()}
        head = _Head(replace(report, alerts=()), tuple(one.id for one in report.alerts))
        body = self._heads.dump_json(head).decode()
        with suppress(BusyError), self._workspace.database.write() as connection:
            write_report(connection, _NAME, made_from=state, body=body)
            write_parts(connection, _NAME, made_from=state, parts=parts)
        return report

    def _head(self, state: str) -> _Head | None:
        with self._workspace.database.read() as connection:
            body = read_report(connection, _NAME, made_from=state)
        return self._heads.validate_json(body) if body is not None else None

    def _state(self) -> str:
        return state_of(self._workspace, self._catalog, self._settings, self._as_of)
