"""Connect, try and disconnect sources."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.base.progress import Progress, SilentProgress
from camdesk.portfolio.entities import SYNCED
from camdesk.store import facts
from camdesk.store.database import next_generation
from camdesk.store.sources import (
    OWN,
    SourceRow,
    delete_source,
    insert_source,
    read_source,
    read_sources,
)
from camdesk.sync.connector import Connector, Reading, connector_for
from camdesk.sync.mapping import Mapping, load_mapping
from camdesk.sync.reshape import reshape

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,59}")


@dataclass(frozen=True, slots=True)
class SourceTest:
    """What a source would bring: rows and used columns by entity, files not used, what is wrong."""

    rows: Map[str, int]
    columns: Map[str, tuple[str, ...]]
    ignored: tuple[str, ...]
    problems: tuple[str, ...]


def open_source(source: SourceRow, *, own_folder: Path | None = None) -> tuple[Connector, Mapping]:
    """Open a source with its mapping; raise CamDeskError where either cannot be read."""
    name = source.options.get("mapping")
    mapping = load_mapping(name, own_folder=own_folder) if name else Mapping()
    reading = Reading(mapping.encoding, mapping.delimiter, mapping.header_line)
    return connector_for(source.kind, source.options, reading), mapping


def add_source(
    connection: Connection, name: str, *, kind: str, options: Map[str, str], own_folder: Path | None = None
) -> SourceRow:
    """Connect a source; raise CamDeskError where it cannot be opened, so that no dead one is kept."""
    if not _NAME.fullmatch(name) or name == OWN:
        raise UsageError(
            f"A source cannot be called {name}.", "Use letters, digits, spaces, points and dashes; not “me”."
        )
    if read_source(connection, name) is not None:
        raise UsageError(f"There already is a source called {name}.", "Choose another name.")
    kept = {key: _absolute(key, value) for key, value in options.items() if value}
    connector, _ = open_source(SourceRow(name, kind, kept, 0, 1, None), own_folder=own_folder)
    connector.tables()
    return insert_source(connection, name, kind=kind, options=kept)


def list_sources(connection: Connection) -> list[SourceRow]:
    """Return the connected sources in the order in which they were added."""
    return read_sources(connection)


def source_named(connection: Connection, name: str) -> SourceRow:
    """Return a source; raise NotFoundError where there is none of that name."""
    found = read_source(connection, name)
    if found is None:
        known = ", ".join(source.name for source in read_sources(connection)) or "none yet"
        raise NotFoundError(f"There is no source called {name}.", f"There are: {known}.")
    return found


def remove_source(connection: Connection, name: str, *, as_of: date) -> int:
    """Disconnect a source and return how many rows went; they stay in the past as removed.

    What was taken over from it (notes, commitments) belongs to the CAM and stays.
    """
    source_named(connection, name)
    removed = 0
    for entity in SYNCED:
        ids = list(facts.row_hashes(connection, entity, name))
        facts.retire_rows(
            connection,
            entity,
            name,
            ids=ids,
            as_of=as_of.isoformat(),
            removed=True,
            progress=SilentProgress(),
        )
        removed += len(ids)
    delete_source(connection, name)
    if removed:
        next_generation(connection)
    return removed


def try_source(source: SourceRow, *, progress: Progress, own_folder: Path | None = None) -> SourceTest:
    """Read a source without storing anything and say what it would bring."""
    connector, mapping = open_source(source, own_folder=own_folder)
    reshaped = reshape(connector.tables(), mapping, progress)
    rows: dict[str, int] = {}
    columns: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for table in reshaped.tables:
        rows[table.entity.name] = rows.get(table.entity.name, 0) + len(table.rows)
        columns[table.entity.name] = tuple(column.name for column in table.columns)
        problems += [str(problem) for problem in table.problems]
    return SourceTest(rows, columns, reshaped.ignored, tuple(problems))


def _absolute(key: str, value: str) -> str:
    """Return paths as seen from anywhere; a shipped mapping's name is none."""
    is_path = key == "path" or (key == "mapping" and Path(value).is_file())
    return str(Path(value).expanduser().resolve()) if is_path else value
