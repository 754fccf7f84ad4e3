"""Opens the panel in which columns are chosen, and carries what is chosen there into the view."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from camdesk.desk.reports import ColumnHead
from camdesk.gui.context import Context
from camdesk.gui.portfolio.book import Book
from camdesk.gui.portfolio.chooser import ColumnChooser
from camdesk.gui.portfolio.columns import ALL, master_specs, metric_spec, specs, standard
from camdesk.gui.portfolio.reading import column_choices
from camdesk.gui.portfolio.view import LIST, TYPES, View
from camdesk.gui.screen import Reading


class Choosing(QObject):
    """`wanted` carries the view with other columns; `closed` that the panel is gone."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._reading = Reading(context, self._take, parent=self)
        self._heads: tuple[ColumnHead, ...] | None = None
        self._view = View()
        self._book: Book | None = None
        self.panel = ColumnChooser(context.theme)
        # The list tells of a tick from its midst: only afterwards can it be filled anew.
        self._fill_later = QTimer(self, singleShot=True, interval=0)
        self._fill_later.timeout.connect(self._fill)
        self.panel.chosen.connect(self._choose)
        self.panel.turned.connect(self._fill)
        self.panel.closed.connect(self.close)

    def turn(self) -> None:
        """Open the panel, or close it where it is open."""
        if self.panel.isVisible():
            self.close()
        elif self._book is not None:
            self._offer_tables()
            self.panel.show()
            self.panel.take_focus()
            if self._heads is None:
                self._reading.start(column_choices)
            self._fill()

    def close(self) -> None:
        self.panel.hide()
        self.closed.emit()

    def show_view(self, view: View, book: Book) -> None:
        """Follow what is shown."""
        turned = view.kind != self._view.kind
        self._view, self._book = view, book
        if not self.panel.isVisible():
            return
        if view.kind not in (TYPES, LIST):
            self.panel.hide()
        elif turned:
            self._offer_tables()
        self._fill_later.start()

    def _offer_tables(self) -> None:
        if self._book is None:
            return
        if self._view.kind == LIST:
            self.panel.show_tables([(ALL, "All partners")], current=ALL)
            return
        found = [(section.type, section.plural) for section in self._book.report.sections]
        known = [key for key, _ in found]
        if found:
            self.panel.show_tables(found, current=self.panel.table if self.panel.table in known else known[0])

    def _take(self, heads: tuple[ColumnHead, ...]) -> None:
        self._heads = heads
        self._fill()

    def _fill(self) -> None:
        book, table = self._book, self.panel.table
        if book is None or not self.panel.isVisible():
            return
        chosen = specs(book, self._view.columns.get(table) or standard(book, table), table=table)
        ids = {one.id for one in chosen}
        metrics = [metric_spec(head) for head in self._heads or ()]
        others = [one for one in (*master_specs(), *metrics) if one.id not in ids]
        self.panel.show_columns(chosen, others)

    def _choose(self, table: str, ids: tuple[str, ...] | None) -> None:
        self.wanted.emit(self._view.with_columns(table, ids))
        self._fill_later.start()
