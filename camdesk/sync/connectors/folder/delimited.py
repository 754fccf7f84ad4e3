"""Comma, semicolon or tab separated text, read so that one broken row costs one row."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from camdesk.base.errors import Problem
from camdesk.sync.connector import RawRow, Reading
from camdesk.sync.connectors.folder.encoding import decode, is_damaged, shown

LONGEST_CELL = 100_000
_LONGEST_RECORD_LINES = 500
_SHOWN = 60


@dataclass
class DelimitedTable:
    """One delimited file. It is read when its rows are asked for, and again when asked again."""

    name: str
    file: str
    size: int
    read: Callable[[], bytes]
    reading: Reading = field(default_factory=Reading)

    def header(self) -> tuple[str, ...]:
        for row in self._records():
            return tuple(shown(str(cell)).strip() for cell in row.cells)
        return ()

    def rows(self) -> Iterator[RawRow]:
        records = self._records()
        width = len(next(records, RawRow(1, ())).cells)
        for row in records:
            cells = row.cells
            if len(cells) == width and row.problem is None:
                yield row
            elif row.problem is None and not any(cells):
                yield RawRow(row.line, [""] * width)
            elif len(cells) > width and row.problem is None and not any(cells[width:]):
                yield RawRow(row.line, cells[:width])
            else:
                yield self._ragged(row, width)

    def _ragged(self, row: RawRow, width: int) -> RawRow:
        reason = f"the line has {len(row.cells)} cells where the header has {width}"
        problem = row.problem or Problem(self.file, row.line, "", _beginning(row.cells), reason)
        return RawRow(row.line, row.cells, problem)

    def _records(self) -> Iterator[RawRow]:
        # The limit is one for the whole process; the length of a cell is judged here, row by row.
        csv.field_size_limit(2**31 - 1)
        text = decode(self.read(), stated=self.reading.encoding)
        lines = _Lines(text)
        delimiter = self.reading.delimiter or _take_delimiter(lines)
        for _ in range(self.reading.header_line - 1 - lines.number):
            next(lines, None)
        reader = csv.reader(lines, delimiter=delimiter)
        width: int | None = None
        while True:
            lines.begin()
            cells = next(reader, None)
            if cells is None:
                return
            if width is None and not any(cells):
                continue
            ragged = width is not None and len(cells) != width and lines.taken > 1
            if width is not None and (ragged or lines.ran_out):
                # A quote that is never closed swallows what follows: give those lines back.
                lines.give_back_all_but_first()
                reader = csv.reader(lines, delimiter=delimiter)
                reason = "a quotation mark is opened and not closed"
                broken = Problem(self.file, lines.began, "", _beginning(cells), reason)
                yield RawRow(lines.began, [str(cell).partition("\n")[0] for cell in cells], broken)
                continue
            width = width or len(cells)
            yield RawRow(lines.began, cells, self._damage(cells, lines.began))

    def _damage(self, cells: list[str], line: int) -> Problem | None:
        for cell in cells:
            if len(cell) > LONGEST_CELL:
                reason = f"a cell of {len(cell):,} characters; {LONGEST_CELL:,} is the most"
            elif "\0" in cell:
                reason = "the cell holds NUL bytes; the file is damaged here"
            elif is_damaged(cell):
                reason = "the cell holds bytes that are not text in the file's encoding"
            else:
                continue
            return Problem(self.file, line, "", _beginning([cell]), reason)
        return None


class _Lines:
    """Physical lines with their line ends, that can be given back."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text, newline="")
        self._waiting: deque[str] = deque()
        self._record: list[str] = []
        self.ran_out = False
        """Whether the record being read wanted more lines than there are, or than one record may have."""
        self.number = 0
        self.began = 1

    @property
    def taken(self) -> int:
        return len(self._record)

    def begin(self) -> None:
        self._record.clear()
        self.ran_out = False
        self.began = self.number + 1

    def give_back(self, line: str) -> None:
        self._waiting.appendleft(line)
        self.number -= 1

    def give_back_all_but_first(self) -> None:
        self._waiting.extendleft(reversed(self._record[1:]))
        self.number -= len(self._record) - 1
        del self._record[1:]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = ""
        if len(self._record) < _LONGEST_RECORD_LINES:
            line = self._waiting.popleft() if self._waiting else self._stream.readline()
        if not line:
            self.ran_out = True
            raise StopIteration
        self.number += 1
        self._record.append(line)
        return line


def _take_delimiter(lines: _Lines) -> str:
    """Return the delimiter the first line with text uses, giving that line back."""
    for line in lines:
        if line.lower().startswith("sep=") and len(line.strip()) == len("sep=,"):
            return line[4]
        if line.strip():
            lines.give_back(line)
            outside = "".join(line.split('"')[0::2])
            return max(",;\t|", key=outside.count)
    return ","


def _beginning(cells: object) -> str:
    text = ",".join(str(cell) for cell in cells) if isinstance(cells, list) else str(cells)
    return shown(text[:_SHOWN]).replace("\0", "␀") + ("…" if len(text) > _SHOWN else "")
