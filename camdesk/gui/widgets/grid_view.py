"""The one table of the window: tall as its rows, keyboard through and through, copies to a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTableView, QWidget

from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.clipboard import as_tsv
from camdesk.gui.widgets.grid import Column, GridRow
from camdesk.gui.widgets.grid_delegate import ROW_HEIGHT, GridDelegate
from camdesk.gui.widgets.grid_header import GridHeader
from camdesk.gui.widgets.grid_model import GridModel, Index

_PAGE_ROWS = 12


class GridView(QTableView):
    """Show a `GridModel` at its full height inside a page that scrolls.

    `opened` carries the key of a row on Enter, a double click or a click on its first cell; `left` tells
    that the keyboard wants to go on above (-1) or below (+1); `reached` where the page should scroll to.
    """

    opened = Signal(str)
    left = Signal(int)
    reached = Signal(QRect)

    def __init__(
        self, columns: Sequence[Column], theme: Theme, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.grid = GridModel(columns, self)
        # A viewport of our own: asked for Qt's, the binding loads every kind of widget to name its type.
        self.setViewport(QWidget())
        self.setModel(self.grid)
        self._delegate = GridDelegate(self.grid, theme)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setHorizontalHeader(GridHeader(self.grid, theme, self))
        self._dress()
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self._sideways_height = 0
        self._plan: Callable[[int], Sequence[int]] | None = None
        self.setFixedHeight(self._wanted_height())

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()

    def show_rows(self, rows: Sequence[GridRow]) -> None:
        """Replace the rows and keep the one that was current, where it is still there."""
        current = self.current_key()
        self.grid.replace(rows)
        self.setFixedHeight(self._wanted_height())
        place = self.grid.row_of(current) if current is not None else None
        if place is not None:
            self.go_to(place)
        elif self.hasFocus() and rows:
            self.go_to(0)

    def set_plan(self, plan: Callable[[int], Sequence[int]]) -> None:
        """Let `plan` say, now and at every new size, how wide each column is; 0 hides one."""
        self._plan = plan
        self._fit()

    def _fit(self) -> None:
        widths = self._plan(self.viewport().width()) if self._plan else ()
        for column, width in enumerate(widths):
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)

    def scroll_sideways(self) -> None:
        """Let a table that is wider than its place scroll by itself, left and right."""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._sideways_height = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self._wanted_height())

    def hide_head(self) -> None:
        self.horizontalHeader().hide()
        self.setFixedHeight(self._wanted_height())

    def current_key(self) -> str | None:
        index = self.currentIndex()
        return self.grid.rows[index.row()].key if index.isValid() else None

    def go_to(self, row: int, *, column: int = 0) -> None:
        """Make a row the current and only selected one."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.grid.index(row, column), flags.ClearAndSelect | flags.Rows)

    def copy(self) -> None:
        """Put the selected rows, with heads, on the clipboard."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        shown = [self.grid.rows[row] for row in chosen] or self.grid.rows
        QGuiApplication.clipboard().setText(as_tsv(self.grid.columns, shown))

    def _wanted_height(self) -> int:
        head = self.horizontalHeader()
        above = 0 if head.isHidden() else head.sizeHint().height()
        return above + self.grid.rowCount() * ROW_HEIGHT + self._sideways_height

    def _sort_by(self, column: int) -> None:
        wanted = self.grid.columns[column]
        order = self.grid.order
        descending = not order[1] if order and order[0] == column else wanted.descending_first
        self._sort(column, descending=descending)

    def _sort(self, column: int, *, descending: bool) -> None:
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.grid.sort(column, way)
        self.horizontalHeader().viewport().update()

    def _open_current(self) -> None:
        key = self.current_key()
        if key is not None:
            self.opened.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, last = self.currentIndex().row(), self.grid.rowCount() - 1
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        elif (key == Qt.Key.Key_Down and row >= last) or (key == Qt.Key.Key_Up and row <= 0):
            self.left.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = _PAGE_ROWS if key == Qt.Key.Key_PageDown else -_PAGE_ROWS
            self.go_to(min(max(row + step, 0), last), column=max(self.currentIndex().column(), 0))
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        one_row = len(self.selectionModel().selectedRows()) == 1
        if (
            plain
            and one_row
            and index.isValid()
            and index.column() == 0
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self._open_current()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() > 0:
            self._open_current()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        on_link = index.isValid() and index.column() == 0
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if on_link else Qt.CursorShape.ArrowCursor
        )

    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()  # the page around scrolls, not the table

    def paintEvent(self, event: QPaintEvent) -> None:
        chosen = self.selectionModel()
        ranges = chosen.selection().toList() if chosen.hasSelection() else []
        rows = frozenset(row for one in ranges for row in range(one.top(), one.bottom() + 1))
        current = self.currentIndex()
        focus = (current.row(), current.column()) if self.hasFocus() and current.isValid() else None
        self._delegate.mark(rows, focus=focus)
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.grid.rowCount():
            self.go_to(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.reached.emit(self.visualRect(current).translated(self.viewport().pos()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.make_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """Return what can be done with the current cell, for the mouse and the menu key."""
        menu = QMenu(self)
        if self.currentIndex().isValid():
            menu.addAction("Open").triggered.connect(self._open_current)
        menu.addAction("Copy with heads\tCtrl+C").triggered.connect(self.copy)
        column = self.currentIndex().column()
        if column >= 0 and self.grid.columns[column].sortable:
            menu.addSeparator()
            title = self.grid.columns[column].title
            menu.addAction(f"Sort by {title}, largest first").triggered.connect(self._sort_down)
            menu.addAction(f"Sort by {title}, smallest first").triggered.connect(self._sort_up)
        return menu

    def _sort_down(self) -> None:
        self._sort(self.currentIndex().column(), descending=True)

    def _sort_up(self) -> None:
        self._sort(self.currentIndex().column(), descending=False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(self._wanted_height())
