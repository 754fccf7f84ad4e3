"""Any table as a workbook (.xlsx) or plain text (.csv): words stay words, numbers stay numbers."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from camdesk.base.errors import UsageError
from camdesk.documents.exports.tables import as_csv
from camdesk.documents.placing import place
from camdesk.documents.plain import cleaned, neutral

_WIDEST, _NARROWEST = 48, 9
_MEASURED_ROWS = 200
_CELL_LENGTH = 32_767
_NAME_SIGNS, _NAME_LENGTH = "[]:*?/\\'", 31  # what a workbook does not take in the name of a sheet


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction that is read as a percentage."""

    value: float


Value = str | int | float | Share | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heads; None is an empty cell."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_sheet(sheet: Sheet, target: Path) -> Path:
    """Write a table to `target`, by its ending; raises UsageError where that is neither .xlsx nor .csv.

    What was at `target` is replaced only once the new file is complete.
    """
    ending = target.suffix.lower()
    if ending not in {".xlsx", ".csv"}:
        raise UsageError(
            f"A table is not written as {ending or 'a file without ending'}.",
            "Give the file a name that ends in .xlsx or .csv.",
        )
    made = _workbook(sheet) if ending == ".xlsx" else _plain(sheet)
    with tempfile.TemporaryDirectory(prefix="camdesk-") as folder:
        aside = Path(folder) / f"table{ending}"
        aside.write_bytes(made)
        return place(aside, target)


def _plain(sheet: Sheet) -> bytes:
    rows = [[_written(value) for value in row] for row in sheet.rows]
    return as_csv([[neutral(head) for head in sheet.heads], *rows])


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Share):
        return f"{round(value.value * 100, 6):.15g}%"
    return neutral(value) if isinstance(value, str) else f"{value:.15g}"


def _workbook(sheet: Sheet) -> bytes:
    from xlsxwriter import Workbook

    file = io.BytesIO()
    # Rows are written one after the other and never touched again, so none needs to be held.
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(_sheet_name(sheet.title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        share = book.add_format({"num_format": "0.0%"})
        number = book.add_format({"num_format": "#,##0.##"})
        whole = book.add_format({"num_format": "#,##0"})
        for column, head in enumerate(sheet.heads):
            page.write_string(0, column, cleaned(head), bold)
            page.set_column(column, column, _width(sheet, column))
        for line, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, Share):
                    page.write_number(line, column, value.value, share)
                elif isinstance(value, str):
                    page.write_string(line, column, _cut(cleaned(value), _CELL_LENGTH))
                elif value is not None:
                    page.write_number(line, column, value, whole if value == int(value) else number)
        page.freeze_panes(1, 1)
        if sheet.rows and sheet.heads:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)
    return file.getvalue()


def _width(sheet: Sheet, column: int) -> int:
    shown = [sheet.heads[column], *(_written(row[column]) for row in sheet.rows[:_MEASURED_ROWS])]
    return min(max(*map(len, shown), _NARROWEST), _WIDEST) + 2


def _sheet_name(title: str) -> str:
    plain = "".join(sign for sign in cleaned(title) if sign not in _NAME_SIGNS).strip()
    return _cut(plain, _NAME_LENGTH).strip() or "Table"


def _cut(text: str, longest: int) -> str:
    """Return as much of a text as fits, measured as a workbook does: in units of UTF-16."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", errors="ignore")
