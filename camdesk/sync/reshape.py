"""Lay a mapping over the tables of a source: which cells of which file become which columns."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from camdesk.base.errors import Problem
from camdesk.base.progress import Progress
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind
from camdesk.sync.cells import Getter, Labels, conditions_of, getter, plain_name
from camdesk.sync.connector import Cell, RawTable
from camdesk.sync.mapping import Formats, Mapping, Origin, TableMapping

URL = Column("url", Kind.TEXT)
_EVERY = 2_000


class MappedRow(NamedTuple):
    """One row with its cells in the order of the table's columns, still as written."""

    line: int
    cells: list[Cell]
    problem: Problem | None


@dataclass
class MappedTable:
    """What one file brings for one entity."""

    entity: Entity
    file: str
    columns: list[Column]
    shown: list[str]
    """The header in the file behind each column, as problems name it."""
    formats: list[Formats]
    quoted_in: str | None = None
    rows: list[MappedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unused: tuple[str, ...] = ()
    """Columns of the file that nobody asked for; a misspelt name would be among them."""
    blank_lines: int = 0


@dataclass(frozen=True)
class Reshaped:
    """Everything a source brings, and the files nobody asked for."""

    tables: list[MappedTable]
    ignored: tuple[str, ...]


def reshape(tables: Sequence[RawTable], mapping: Mapping, progress: Progress) -> Reshaped:
    """Read all tables a mapping or their own name gives an entity."""
    by_name = {plain_name(table.name): table for table in tables}
    wanted: list[tuple[RawTable, TableMapping]] = []
    used: set[str] = set()
    for table_mapping in mapping.table:
        names = {plain_name(name) for name in table_mapping.file}
        wanted += [(table, table_mapping) for table in tables if plain_name(table.name) in names]
        used |= names | {plain_name(name) for name in _looked_up(table_mapping)}
    for table in tables:
        entity = ENTITIES.get(plain_name(table.name))
        if entity is not None and plain_name(table.name) not in used:
            wanted.append((table, TableMapping(entity=entity.name, file=(table.name,))))
            used.add(plain_name(table.name))
    total = sum(table.size for table, _ in wanted)
    done = 0
    found: list[MappedTable] = []
    labels = Labels(by_name)
    for table, table_mapping in wanted:
        progress.report(done, total, table.file)
        found.append(_read(table, table_mapping, labels, _Share(progress, done, total, table)))
        done += table.size
    ignored = tuple(table.file for table in tables if plain_name(table.name) not in used)
    return Reshaped(found, ignored)


class _Share:
    """Report one table's part of the whole, by the rows read so far."""

    def __init__(self, progress: Progress, before: int, total: int, table: RawTable) -> None:
        self._progress, self._before, self._total, self._table = progress, before, total, table
        self._seen = 0

    def row(self, cells: Sequence[Cell], number: int) -> None:
        if number % _EVERY:
            return
        self._progress.check()
        self._seen += _EVERY * (sum(len(cell) + 1 for cell in cells if isinstance(cell, str)) or 1)
        here = min(self._seen, self._table.size)
        self._progress.report(self._before + here, self._total, self._table.file)


def _read(table: RawTable, table_mapping: TableMapping, labels: Labels, share: _Share) -> MappedTable:
    entity = ENTITIES[table_mapping.entity]
    header = table.header()
    positions: dict[str, int] = {}
    for index, title in enumerate(header):
        positions.setdefault(title, index)
    origins = _origins(entity, table_mapping, header)
    mapped = MappedTable(entity, table.file, [], [], [], table_mapping.quoted_in)
    if not header:
        mapped.problems = [Problem(table.file, None, "", "", "the file is empty")]
        return mapped
    mapped.problems = _missing(entity, table.file, origins, positions, table_mapping)
    if mapped.problems:
        return mapped
    asked = {title for origin in origins.values() for title in origin.headers}
    mapped.problems = _twice(table.file, header, asked)
    if not table_mapping.only_listed:
        mapped.unused = tuple(title for title in positions if title and title not in asked)
    getters: list[Getter] = []
    for name, origin in origins.items():
        if all(title in positions for title in origin.headers):
            mapped.columns.append(entity.by_name.get(name, URL))
            mapped.shown.append(origin.headers[0] if origin.headers else name)
            mapped.formats.append(_formats(table_mapping, origin))
            getters.append(getter(origin, positions, labels))
            if origin.lookup is not None and (missing := labels.missing(origin.lookup)):
                mapped.problems.append(Problem(table.file, None, name, "", missing))
    skip = conditions_of(table_mapping.skip, positions)
    keep = conditions_of(table_mapping.keep, positions)
    for number, row in enumerate(table.rows()):
        share.row(row.cells, number)
        if row.problem is not None:
            mapped.rows.append(MappedRow(row.line, _partly(getters, row.cells), row.problem))
        elif not any(cell not in ("", None) for cell in row.cells):
            mapped.blank_lines += 1
        elif not any(test(row.cells) for test in skip) and all(test(row.cells) for test in keep):
            mapped.rows.append(MappedRow(row.line, [get(row.cells) for get in getters], None))
    return mapped


def _partly(getters: Sequence[Getter], cells: Sequence[Cell]) -> list[Cell]:
    """Return what can be made out of a broken row: its id, mostly."""
    found: list[Cell] = []
    for get in getters:
        try:
            found.append(get(cells))
        except IndexError:
            found.append(None)
    return found


def _origins(entity: Entity, table_mapping: TableMapping, header: Sequence[str]) -> dict[str, Origin]:
    """Return where each column comes from: what the mapping says, then columns that bear the name."""
    origins = dict(table_mapping.columns)
    if table_mapping.only_listed:
        return origins
    for title in header:
        name = plain_name(title)
        if name in entity.by_name or name == URL.name:
            origins.setdefault(name, Origin.model_validate({"from": title}))
    return origins


def _missing(
    entity: Entity,
    file: str,
    origins: Map[str, Origin],
    positions: Map[str, int],
    table_mapping: TableMapping,
) -> list[Problem]:
    problems = []
    for column in entity.columns:
        origin = origins.get(column.name)
        if column.required and origin is None:
            problems.append(
                Problem(file, 1, column.name, "", "the file has no such column, and it is required")
            )
    asked = [(name, title) for name, origin in origins.items() for title in origin.headers]
    asked += [("", test.column) for test in (*table_mapping.skip, *table_mapping.keep)]
    for name, title in asked:
        if title not in positions:
            reason = "the mapping names a column that the file does not have"
            problems.append(Problem(file, 1, name, title, reason))
    return problems


def _twice(file: str, header: Sequence[str], asked: set[str]) -> list[Problem]:
    reason = "the column occurs more than once; the first was read"
    return [Problem(file, None, title, "", reason) for title in sorted(asked) if header.count(title) > 1]


def _formats(table_mapping: TableMapping, origin: Origin) -> Formats:
    """Return the formats of one column: its own, else its table's."""
    own = {name: getattr(origin, name) for name in Formats.model_fields if name in origin.model_fields_set}
    shared = {name: getattr(table_mapping, name) for name in Formats.model_fields}
    return Formats.model_construct(**(shared | own))


def _looked_up(table_mapping: TableMapping) -> list[str]:
    files: list[str] = []
    for origin in table_mapping.columns.values():
        lookup = origin.lookup
        while lookup is not None:
            files.append(lookup.file)
            lookup = lookup.then
    return files
