"""Check mapped rows one by one: good ones become records, each bad one a problem with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from camdesk.base.errors import Problem
from camdesk.base.progress import Progress
from camdesk.portfolio.model import Entity
from camdesk.sync.cells import as_text
from camdesk.sync.connector import Cell
from camdesk.sync.refusal import Refused
from camdesk.sync.reshape import URL, MappedRow, MappedTable
from camdesk.sync.values import ColumnReader, Ids, Stored, reader_for

_EVERY = 2_000
_SHOWN = 60
_PERIOD = ("period_start", "period_end")


@dataclass(slots=True)
class Record:
    """One row as the schema wants it, and where it came from."""

    values: tuple[Stored, ...]
    """In the order of the entity's columns, then the url."""
    file: str
    line: int


@dataclass
class Checked:
    """What a source says about one entity."""

    entity: Entity
    records: dict[str, Record] = field(default_factory=dict)
    rejected_ids: set[str] = field(default_factory=set)
    """Ids of rows that were there but could not be taken: what is stored of them stays."""
    unreadable: bool = False
    """A whole file could not be taken, so nothing can be said to have vanished."""
    read: int = 0


@dataclass
class Findings:
    """All entities of a source, with what is wrong and what is worth saying."""

    entities: dict[str, Checked] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def check(tables: Sequence[MappedTable], *, ids: Ids, progress: Progress) -> Findings:
    """Convert every row of every table."""
    findings = Findings()
    for table in tables:
        checked = findings.entities.setdefault(table.entity.name, Checked(table.entity))
        findings.problems.extend(table.problems)
        if any(problem.line is not None for problem in table.problems):
            checked.unreadable = True
            continue
        if not table.columns:
            continue
        _check_table(table, checked, findings, ids=ids, progress=progress)
        if table.unused:
            findings.notices.append(f"{table.file}: columns not used: {', '.join(table.unused)}.")
        if table.blank_lines:
            findings.notices.append(f"{table.file}: {table.blank_lines:,} blank lines passed over.")
        if table.entity.name == "partners" and not checked.read:
            findings.notices.append(f"{table.file} has a header and no partner below it.")
    return findings


def _check_table(
    table: MappedTable, checked: Checked, findings: Findings, *, ids: Ids, progress: Progress
) -> None:
    readers = [
        reader_for(column, [row.cells[index] for row in table.rows], formats=table.formats[index], ids=ids)
        for index, column in enumerate(table.columns)
    ]
    for index, reader in enumerate(readers):
        said = (f"{table.file} {table.shown[index]}: {suspicion}." for suspicion in reader.suspicions)
        findings.notices.extend(said)
    rows = _Rows(table, checked, readers)
    for number, row in enumerate(table.rows):
        if number % _EVERY == 0:
            progress.check()
        problem = rows.take(row)
        if problem is not None:
            findings.problems.append(problem)
    checked.read += len(table.rows)
    table.rows.clear()  # a large file need not be in memory twice while it is stored
    rounded = sum(reader.rounded for reader in readers)
    if rounded:
        findings.notices.append(
            f"{table.file}: {rounded:,} amounts with more than four decimals were rounded to four."
        )


class _Rows:
    """Turn the rows of one table into records, one after the other."""

    def __init__(self, table: MappedTable, checked: Checked, readers: list[ColumnReader]) -> None:
        self._table, self._checked, self._readers = table, checked, readers
        names = [column.name for column in table.columns]
        columns = (*checked.entity.columns, URL)
        absent = [column for column in columns if column.name not in names]
        self._defaults = [column.default for column in absent]
        every = [*names, *(column.name for column in absent)]
        self._in_order = itemgetter(*(every.index(column.name) for column in columns))
        self._key = names.index(checked.entity.key)
        self._period = tuple(names.index(name) for name in _PERIOD if name in names)

    def take(self, row: MappedRow) -> Problem | None:
        """Keep the row's record, or return why it cannot be kept."""
        if row.problem is not None:
            self._note_rejected(row)
            return row.problem
        values: list[Stored] = []
        bad: list[tuple[int, str]] = []
        for index, reader in enumerate(self._readers):
            try:
                values.append(reader.read(row.cells[index]))
            except Refused as refused:
                values.append(None)
                bad.append((index, refused.reason))
        if not bad and self._ends_too_early(values):
            bad.append((self._period[1], "the period ends before it starts"))
        if bad:
            self._note_rejected(row)
            return self._problem(row, bad)
        record = Record(self._in_order([*values, *self._defaults]), self._table.file, row.line)
        first = self._checked.records.setdefault(str(values[self._key]), record)
        if first is record:
            return None
        where = f"line {first.line}" if first.file == record.file else f"{first.file} line {first.line}"
        return self._problem(row, [(self._key, f"the same id as {where}, which was kept")])

    def _ends_too_early(self, values: Sequence[Stored]) -> bool:
        if len(self._period) < len(_PERIOD):
            return False
        start, end = (values[index] for index in self._period)
        return isinstance(start, str) and isinstance(end, str) and end < start

    def _note_rejected(self, row: MappedRow) -> None:
        try:
            found = self._readers[self._key].read(row.cells[self._key])
        except Refused:
            return
        self._checked.rejected_ids.add(str(found))

    def _problem(self, row: MappedRow, bad: list[tuple[int, str]]) -> Problem:
        index, reason = bad[0]
        problem = Problem(
            self._table.file, row.line, self._table.shown[index], brief(row.cells[index]), reason
        )
        if len(bad) == 1:
            return problem
        others = Counter(self._table.shown[other] for other, _ in bad[1:])
        return replace(problem, reason=f"{reason} (also wrong: {', '.join(others)})")


def brief(cell: Cell) -> str:
    """Return a value as a report shows it: short, and on one line."""
    text = " ".join(as_text(cell).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
