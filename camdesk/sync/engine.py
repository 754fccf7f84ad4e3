"""One sync of one source: pull, map, check, plan, apply. All of it happens, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from sqlalchemy import Connection

from camdesk.base.errors import CamDeskError
from camdesk.base.progress import Progress
from camdesk.store import audit, changes, facts
from camdesk.store.database import next_generation
from camdesk.store.exchange import unknown_bases
from camdesk.store.sources import SourceRow, write_cursor
from camdesk.store.workspace import Workspace
from camdesk.sync.apply import apply
from camdesk.sync.check import Findings, check
from camdesk.sync.connector import Connector
from camdesk.sync.cross import cross_rates
from camdesk.sync.mapping import Mapping
from camdesk.sync.plan import Plan, guard, make_plan
from camdesk.sync.report import SourceReport, repeated
from camdesk.sync.reshape import reshape
from camdesk.sync.sources import open_source
from camdesk.sync.values import Ids

_RULES = 2
"""Grows when the same files would be read differently, so that a cursor of before no longer counts."""


class EmptySourceError(CamDeskError):
    """A source holds nothing that could be a portfolio."""


class _DryRun(Exception):  # noqa: N818  # leaves the transaction so that nothing of it is kept
    """Carry the report of a sync that was only tried out of its transaction."""

    def __init__(self, report: SourceReport) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True)
class _Pull:
    """What a sync works with: the opened source, its mapping and the state it was found in."""

    source: SourceRow
    connector: Connector
    mapping: Mapping
    base: str
    fingerprint: str


@dataclass(frozen=True)
class _Run:
    """When a sync happens, for which day, and who watches it."""

    as_of: date
    started_at: str
    began: float
    progress: Progress

    @property
    def seconds(self) -> float:
        return perf_counter() - self.began


def sync_source(
    workspace: Workspace,
    source: SourceRow,
    *,
    as_of: date,
    started_at: str,
    types: frozenset[str],
    metrics: frozenset[str],
    progress: Progress,
    full: bool = False,
    dry_run: bool = False,
    accept_shrunken: bool = False,
) -> SourceReport:
    """Bring the facts of one source up to date and say what was done.

    Raises ShrunkenSourceError where less than half is left, unless `accept_shrunken`; CancelledError
    where the user stopped it. In both cases, and in any other, nothing has changed.
    """
    began = perf_counter()
    run = _Run(as_of, started_at, began, progress)
    ids = Ids(types, metrics)
    pull = _pull(workspace, source, ids=ids)
    cursor = json.loads(source.cursor) if source.cursor else {}
    if cursor.get("fingerprint") == pull.fingerprint and not full:
        again = _again(workspace, source.name, run, dry_run=dry_run)
        if again is not None:
            return again
    findings = _findings(pull, ids=ids, progress=progress)
    with workspace.database.read() as connection:
        _need_partners(connection, findings)
    try:
        with workspace.database.write() as connection:
            plan = make_plan(connection, findings, source.name)
            if not accept_shrunken:
                guard(plan, source.name, problems=[*findings.problems, *plan.orphans])
            report = _apply(connection, pull, findings, plan, run)
            progress.check()
            if dry_run:
                raise _DryRun(report)
    except _DryRun as tried:
        return tried.report
    return report


def _pull(workspace: Workspace, source: SourceRow, *, ids: Ids) -> _Pull:
    connector, mapping = open_source(source, own_folder=workspace.definitions("mappings"))
    with workspace.database.read() as connection:
        elsewhere = facts.partner_ids_elsewhere(connection, source.name)
    base = workspace.settings().base_currency
    installed = (*sorted(ids.types), *sorted(ids.metrics))
    state = [str(_RULES), connector.fingerprint(), mapping.digest(), base, *installed, *elsewhere]
    fingerprint = hashlib.blake2b("\0".join(state).encode(), digest_size=16).hexdigest()
    return _Pull(source, connector, mapping, base, fingerprint)


def _again(workspace: Workspace, name: str, run: _Run, *, dry_run: bool) -> SourceReport | None:
    """Return the report of an unchanged input; what was wrong with it still is."""
    with workspace.database.read() as connection:
        earlier = changes.last_report(connection, name)
    if earlier is None:
        return None
    report = repeated(earlier, seconds=run.seconds)
    if not dry_run:
        with workspace.database.write() as connection:
            if _is_earliest(connection, run):
                next_generation(connection)
            _note(connection, report, run)
    return report


def _findings(pull: _Pull, *, ids: Ids, progress: Progress) -> Findings:
    reshaped = reshape(pull.connector.tables(), pull.mapping, progress)
    # A source that has been read before and is empty now is for the user to judge: see `guard`.
    if not reshaped.tables and pull.source.cursor is None:
        raise EmptySourceError(
            f"{pull.source.name} holds no file named like a part of a portfolio (partners, orders, …).",
            "Name the files so, such as partners.csv; files that keep other names need a mapping.",
        )
    findings = check(reshaped.tables, ids=ids, progress=progress)
    rates = findings.entities.get("exchange_rates")
    for table in reshaped.tables:
        if table.quoted_in is not None and rates is not None:
            findings.problems += cross_rates(
                rates, quoted_in=table.quoted_in, file=table.file, base=pull.base
            )
    if reshaped.ignored:
        findings.notices.append(f"Files not used: {', '.join(reshaped.ignored)}.")
    return findings


def _need_partners(connection: Connection, findings: Findings) -> None:
    if "partners" not in findings.entities and not facts.partner_ids(connection):
        raise EmptySourceError(
            "There is no file with partners, and no other source has any.",
            "Add partners.csv with the columns partner_id, name and type.",
        )


def _apply(connection: Connection, pull: _Pull, findings: Findings, plan: Plan, run: _Run) -> SourceReport:
    source = pull.source
    cursor = json.loads(source.cursor) if source.cursor else {}
    base_changed = bool(cursor) and cursor.get("base") != pull.base
    touched = apply(
        connection,
        plan,
        source.name,
        as_of=run.as_of.isoformat(),
        base=pull.base,
        base_changed=base_changed,
        sync_id=changes.next_sync_id(connection),
        progress=run.progress,
    )
    notices = [*findings.notices, *_unknown_rates(connection, source.name, base=pull.base)]
    report = _report(source.name, findings, plan, notices=notices, seconds=run.seconds)
    everybody = base_changed or _is_earliest(connection, run)
    _note(connection, report, run)
    left = json.dumps({"fingerprint": pull.fingerprint, "base": pull.base})
    write_cursor(connection, source.name, cursor=left)
    if plan.changes_anything or everybody:
        next_generation(connection, None if everybody else touched)
        facts.analyse(connection)
    return report


def _report(
    name: str, findings: Findings, plan: Plan, *, notices: Iterable[str], seconds: float
) -> SourceReport:
    counts = {entity.entity.name: entity.counts for entity in plan.entities}
    problems = sorted(
        (*findings.problems, *plan.orphans), key=lambda problem: (problem.file, problem.line or 0)
    )
    return SourceReport(
        name=name,
        read=sum(checked.read for checked in findings.entities.values()),
        added=sum(entity.added for entity in counts.values()),
        changed=sum(entity.changed for entity in counts.values()),
        unchanged=sum(entity.unchanged for entity in counts.values()),
        removed=sum(entity.removed for entity in counts.values()),
        rejected=tuple(problems),
        notices=tuple(notices),
        seconds=seconds,
        entities=counts,
    )


def _is_earliest(connection: Connection, run: _Run) -> bool:
    """Tell whether states, which are known from the first sync on, will be known of more days now."""
    known_from = facts.first_sync_on(connection)
    return known_from is None or run.as_of.isoformat() < known_from


def _note(connection: Connection, report: SourceReport, run: _Run) -> None:
    changes.write_sync(
        connection,
        sync_id=changes.next_sync_id(connection),
        source=report.name,
        as_of=run.as_of.isoformat(),
        started_at=run.started_at,
        report=report.as_json(),
    )
    counts = f"{report.added} added, {report.changed} changed, {report.removed} removed"
    audit.record(connection, "sync", detail=f"{report.name}: {counts}", at=run.started_at)


def _unknown_rates(connection: Connection, source: str, *, base: str) -> Iterable[str]:
    for place, (count, currencies) in unknown_bases(connection, source).items():
        named = f" ({currencies.replace(',', ', ')})" if currencies else ""
        yield f"{place}: {count:,} amounts have no exchange rate{named}; their value in {base} is unknown."
