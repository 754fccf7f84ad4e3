"""Sheets of an .xlsx workbook as tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from camdesk.base.errors import CamDeskError
from camdesk.sync.connector import RawRow, Reading

MOST_CELLS = 5_000_000


class WorkbookError(CamDeskError):
    """The workbook cannot be read."""


@dataclass
class SheetTable:
    """One sheet. Line numbers are the sheet's own row numbers."""

    name: str
    file: str
    size: int
    sheet: str
    read: Callable[[], bytes]
    reading: Reading = field(default_factory=Reading)

    def header(self) -> tuple[str, ...]:
        return tuple(str(cell).strip() for cell in self._cells()[1])

    def rows(self) -> Iterator[RawRow]:
        first, header, below = self._cells()
        for number, cells in enumerate(below, first + 1):
            yield RawRow(number, cells[: len(header)])

    def _cells(self) -> tuple[int, list[Any], list[list[Any]]]:
        """Return the header's row number, the header, and the rows below it."""
        with _explained(self.file):
            sheet = open_workbook(self.file, self.read()).get_sheet_by_name(self.sheet)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise WorkbookError(
                f"{self.file} has more than {MOST_CELLS:,} cells.",
                "Export it as CSV, or delete empty columns.",
            )
        grid = sheet.to_python(skip_empty_area=False)
        for index in range(self.reading.header_line - 1, len(grid)):
            if any(cell != "" for cell in grid[index]):
                return index + 1, grid[index], grid[index + 1 :]
        return 1, [], []


def open_workbook(file: str, data: bytes) -> Any:
    """Return calamine's workbook; raise WorkbookError where the file is not one."""
    from python_calamine import CalamineWorkbook

    with _explained(file):
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextmanager
def _explained(file: str) -> Iterator[None]:
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, OSError) as error:
        raise WorkbookError(
            f"{file} cannot be read as a workbook.", "Save it again as .xlsx or CSV."
        ) from error
