"""A table of the window as a file for a spreadsheet: its shown columns, its rows in the order shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from camdesk.base.progress import Progress
from camdesk.gui.context import Context
from camdesk.gui.jobs import Receivers
from camdesk.gui.screen import Screen
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind

if TYPE_CHECKING:
    from camdesk.documents.exports.sheets import Value
    from camdesk.gui.widgets.grid_view import GridView

_WORKBOOK, _TEXT = "Excel workbook (*.xlsx)", "Comma-separated values (*.csv)"
_ENDINGS = {_WORKBOOK: ".xlsx", _TEXT: ".csv"}
_NUMBER = re.compile(
    r"(?P<sign>[-−]?)(?:[A-Z]{3}\s?|[€$£¥])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?P<share>%?)"
)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class _Told(QObject):
    """Where the end of an export arrives."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def take(self, written: Path) -> None:
        self._context.guide.say(f"Written to {written}")


def can_export(view: QWidget) -> bool:
    """Tell whether a table stands on a screen, which can write its file in the background."""
    return context_of(view) is not None


def export_table(view: GridView) -> None:
    """Ask for a file and write what a table shows."""
    export_rows(view, view.accessibleName(), view.grid.columns, view.grid.rows, shown=view.shown_columns())


def export_rows(
    near: QWidget,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[GridRow],
    *,
    shown: Sequence[int] | None = None,
) -> None:
    """Ask for a file and write rows under their columns, in the background; the screen says where."""
    context = context_of(near)
    target = _asked_for(near, title) if context is not None else None
    if context is None or target is None:
        return
    places = range(len(columns)) if shown is None else shown
    kept = [place for place in places if columns[place].kind is not Kind.TREND]
    told = _Told(context, near)
    work = partial(_write, title, [(place, columns[place]) for place in kept], tuple(rows), target)
    context.jobs.start(work, Receivers(told.take, context.guide.fail, ended=told.deleteLater))


def cell_value(cell: GridCell, kind: Kind) -> Value:
    """Return what a spreadsheet gets: a number where a number stands, words otherwise."""
    from camdesk.documents.exports.sheets import Share

    text = cell.copied if cell.copied is not None else cell.text
    found = _NUMBER.fullmatch(text) if cell.copied is not None or kind is Kind.NUMBER else None
    if found is None:
        return text or None
    number = float(f"{found['whole'].replace(',', '')}{found['part'] or ''}") * (-1 if found["sign"] else 1)
    if found["share"]:
        return Share(number / 100)
    return number if found["part"] else int(number)


def _write(
    title: str,
    columns: Sequence[tuple[int, Column]],
    rows: Sequence[GridRow],
    target: Path,
    progress: Progress,
) -> Path:
    from camdesk.documents.exports.sheets import Sheet, write_sheet

    progress.check()
    values = tuple(tuple(cell_value(row.cells[place], one.kind) for place, one in columns) for row in rows)
    return write_sheet(Sheet(title, tuple(one.title for _, one in columns), values), target)


def _asked_for(near: QWidget, title: str) -> Path | None:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = _NOT_IN_NAMES.sub(" ", title).strip() or "Table"
    chosen, kind = QFileDialog.getSaveFileName(
        near, "Export table", str(Path(folder) / f"{name}.xlsx"), f"{_WORKBOOK};;{_TEXT}"
    )
    if not chosen:
        return None
    target = Path(chosen)
    known = target.suffix.lower() in _ENDINGS.values()
    return target if known else target.with_name(f"{target.name}{_ENDINGS.get(kind, '.xlsx')}")


def context_of(part: QWidget) -> Context | None:
    around: QWidget | None = part
    while around is not None and not isinstance(around, Screen):
        around = around.parentWidget()
    return around.context if around is not None else None
