"""Partners taken out of the portfolio for a spreadsheet: by the clipboard, or as a file."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from camdesk.gui.portfolio.book import Book
from camdesk.gui.portfolio.columns import ALL, ColumnSpec, rows_of, specs, standard
from camdesk.gui.portfolio.entries import Entry
from camdesk.gui.portfolio.tables import Tables
from camdesk.gui.portfolio.view import BOARD, View
from camdesk.gui.widgets.clipboard import as_tsv
from camdesk.gui.widgets.exporting import export_rows

_TITLE = "Portfolio"
Taken = tuple[str, tuple[ColumnSpec, ...], list[Entry]]


def copy(taken: Taken) -> None:
    _, columns, entries = taken
    heads = [one.column for one in columns]
    QGuiApplication.clipboard().setText(as_tsv(heads, rows_of(entries, columns)))


def export(near: QWidget, taken: Taken) -> None:
    title, columns, entries = taken
    export_rows(near, title, [one.column for one in columns], rows_of(entries, columns))


def chosen_of(book: Book, view: View, tables: Tables, *, keys: Collection[str]) -> Taken:
    """Return partners with their columns: of one table its own, of several those of the one list."""
    by_key = {entry.key: entry for entry in book.entries}
    entries = [by_key[key] for key in keys if key in by_key]
    if view.kind != BOARD:
        wanted = frozenset(keys)
        held = [panel for panel in tables.shown() if any(row.key in wanted for row in panel.table.grid.rows)]
        if len({panel.spec.table for panel in held}) == 1:
            title = held[0].spec.title if len(held) == 1 else _TITLE
            return title, held[0].spec.columns, entries
    return _TITLE, specs(book, view.columns.get(ALL) or standard(book, ALL), table=ALL), entries


def shown_keys(tables: Tables) -> tuple[str, ...]:
    """Return every partner the tables show, from top to bottom."""
    return tuple(row.key for panel in tables.shown() for row in panel.table.grid.rows)
