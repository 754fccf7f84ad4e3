"""Connect sources and bring their facts in. What reads files loads with the first verb that does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import text

from camdesk.base.progress import Progress
from camdesk.desk.reports import SourceState
from camdesk.store.changes import last_report
from camdesk.store.sources import read_sources
from camdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from camdesk.sync.report import SourceReport
    from camdesk.sync.sources import SourceTest

_LAST = "SELECT started_at FROM sync_run WHERE source = :name ORDER BY sync_id DESC LIMIT 1"


def states(workspace: Workspace) -> tuple[SourceState, ...]:
    """Return every source with when it was last read, how many rows it brought and how many it could not."""
    with workspace.database.read() as connection:
        found = []
        for source in read_sources(connection):
            report = last_report(connection, source.name) or {}
            last = connection.execute(text(_LAST), {"name": source.name}).scalar()
            rows, problems = int(report.get("read", 0)), len(report.get("rejected", ()))
            found.append(SourceState(source.name, source.kind, last, rows, problems))
        return tuple(found)


def add(workspace: Workspace, name: str, kind: str, options: dict[str, str]) -> None:
    from camdesk.sync import sources as connected

    with workspace.database.write() as connection:
        connected.add_source(
            connection, name, kind=kind, options=options, own_folder=workspace.definitions("mappings")
        )


def remove(workspace: Workspace, name: str, *, as_of: date) -> int:
    from camdesk.sync import sources as connected

    with workspace.database.write() as connection:
        return connected.remove_source(connection, name, as_of=as_of)


def attempt(workspace: Workspace, name: str, *, progress: Progress) -> SourceTest:
    from camdesk.sync import sources as connected

    with workspace.database.read() as connection:
        source = connected.source_named(connection, name)
    return connected.try_source(source, progress=progress, own_folder=workspace.definitions("mappings"))


def sync(
    workspace: Workspace,
    names: Sequence[str],
    *,
    as_of: date,
    started_at: str,
    types: frozenset[str],
    metrics: frozenset[str],
    full: bool,
    dry_run: bool,
    accept_shrunken: bool,
    progress: Progress,
) -> tuple[SourceReport, ...]:
    """Sync the named sources, or all, in the order in which they were added."""
    from camdesk.sync import engine
    from camdesk.sync import sources as connected

    with workspace.database.read() as connection:
        wanted = [connected.source_named(connection, name) for name in names]
        wanted = wanted or connected.list_sources(connection)
    return tuple(
        engine.sync_source(
            workspace,
            source,
            as_of=as_of,
            started_at=started_at,
            types=types,
            metrics=metrics,
            progress=progress,
            full=full,
            dry_run=dry_run,
            accept_shrunken=accept_shrunken,
        )
        for source in wanted
    )
