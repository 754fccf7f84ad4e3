"""The one table of the window: tall as its rows, keyboard through and through, copies to a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QScrollArea, QTableView, QWidget

from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets import exporting
from camdesk.gui.widgets.clipboard import as_tsv
from camdesk.gui.widgets.grid import Column, GridRow, Order
from camdesk.gui.widgets.grid_delegate import ROW_HEIGHT, GridDelegate
from camdesk.gui.widgets.grid_header import GridHeader, page_around, with_room_for_heads
from camdesk.gui.widgets.grid_menu import fill_menu
from camdesk.gui.widgets.grid_model import GridModel, Index

_PAGE_ROWS = 12
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE_ROWS,
    Qt.Key.Key_PageUp: -_PAGE_ROWS,
}
_Flag = QItemSelectionModel.SelectionFlag
_PLAIN = Qt.KeyboardModifier.NoModifier


class GridView(QTableView):
    """Show a `GridModel` at its full height inside a page that scrolls; its heads stay while it passes.

    `opened` carries the key of a row on Enter, a double click or a click on its first cell; `left` tells
    that the keyboard wants to go on above (-1) or below (+1); `reached` where the page should scroll to;
    `picked` that other rows are selected; `reordered` that the user sorts by something else; `menu_wanted`
    carries the menu before it opens. Space picks rows one by one: the arrows then leave the others be.
    """

    opened = Signal(str)
    left = Signal(int)
    reached = Signal(QRect)
    picked = Signal()
    reordered = Signal()
    menu_wanted = Signal(object)

    def __init__(
        self, columns: Sequence[Column], theme: Theme, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.grid = GridModel(columns, self)
        self.is_picking = False
        self._page: QScrollArea | None = None
        self._hovered = -1
        self._chosen: frozenset[int] | None = frozenset()  # None: to be worked out again
        self._sideways_height, self._always_sideways = 0, False
        self._plan: Callable[[int], Sequence[int]] | None = None
        # A viewport of our own: asked for Qt's, the binding loads every kind of widget to name its type.
        self.setViewport(QWidget())
        self.setModel(self.grid)
        self._delegate = GridDelegate(self.grid, theme)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self._head = GridHeader(self.grid, theme, self)
        self.setHorizontalHeader(self._head)
        self._dress()
        self._head.sectionClicked.connect(self._sort_by_head)
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
        """Replace the rows and keep those that were current and selected, where they are still there."""
        current, chosen = self.current_key(), self.selected_keys()
        self.grid.replace(rows)
        self._chosen, self._hovered = None, -1
        self.setFixedHeight(self._wanted_height())
        self._choose_again(current, chosen)
        if chosen:
            self.picked.emit()

    def _choose_again(self, current: str | None, chosen: Collection[str]) -> None:
        place = self.grid.row_of(current) if current is not None else None
        if place is None:
            if self.hasFocus() and self.grid.rowCount():
                self.go_to(0)
        elif len(chosen) > 1 or self.is_picking:
            self.select_rows(self.grid.places(frozenset(chosen)))
            self.stand_on(place)
        else:
            self.go_to(place)

    def set_plan(self, plan: Callable[[int], Sequence[int]]) -> None:
        """Let `plan` say, now and at every new size, how wide each column is; 0 hides one."""
        self._plan = plan
        self._fit()

    def _fit(self) -> None:
        if self._plan is None:
            return
        widths = with_room_for_heads(self._plan(self.viewport().width()), self.grid.columns)
        for column, width in enumerate(widths):
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)
        if self.isVisible() and not self._always_sideways:
            self._let_sideways(is_wider=sum(widths) > self.viewport().width())

    def scroll_sideways(self) -> None:
        """Keep room for scrolling left and right, as a table that is wider than its place does by itself."""
        self._always_sideways = True
        self._let_sideways(is_wider=True)

    def _let_sideways(self, *, is_wider: bool) -> None:
        if is_wider == bool(self._sideways_height):
            return
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_wider else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._sideways_height = self.horizontalScrollBar().sizeHint().height() if is_wider else 0
        self.setFixedHeight(self._wanted_height())

    def hide_head(self) -> None:
        self.horizontalHeader().hide()
        self.setFixedHeight(self._wanted_height())

    def current_key(self) -> str | None:
        index = self.currentIndex()
        return self.grid.rows[index.row()].key if index.isValid() else None

    def selected_keys(self) -> tuple[str, ...]:
        """Return the keys of the selected rows, from top to bottom."""
        rows = self.grid.rows
        return tuple(rows[place].key for place in sorted(self._selected()))

    def _selected(self) -> frozenset[int]:
        if self._chosen is None:
            chosen = self.selectionModel()
            ranges = chosen.selection().toList() if chosen.hasSelection() else []
            self._chosen = frozenset(row for one in ranges for row in range(one.top(), one.bottom() + 1))
        return self._chosen

    def select_rows(self, places: Sequence[int]) -> None:
        """Select these rows and no others; `places` go up."""
        chosen, last = QItemSelection(), self.grid.columnCount() - 1
        start = 0
        for end in range(1, len(places) + 1):
            if end == len(places) or places[end] != places[end - 1] + 1:
                chosen.select(self.grid.index(places[start], 0), self.grid.index(places[end - 1], last))
                start = end
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)

    def drop_selection(self) -> None:
        """Select nothing and pick no more; the keyboard stays where it is."""
        self.is_picking = False
        self.selectionModel().clearSelection()

    def forget_place(self) -> None:
        """Select nothing, and stand nowhere: the keyboard works in another table."""
        self.is_picking = False
        self.selectionModel().clear()

    def go_to(self, row: int, *, column: int = 0) -> None:
        """Make a row the current and only selected one."""
        index = self.grid.index(row, column)
        self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)

    def stand_on(self, row: int, *, column: int = 0) -> None:
        """Make a row the current one and leave the selection as it is."""
        self.selectionModel().setCurrentIndex(self.grid.index(row, column), _Flag.NoUpdate)

    def copy(self) -> None:
        """Put the selected rows, with heads, on the clipboard."""
        rows = self.grid.rows
        shown = [rows[row] for row in sorted(self._selected())] or rows
        QGuiApplication.clipboard().setText(as_tsv(self.grid.columns, shown))

    def shown_columns(self) -> list[int]:
        """Return the places of the columns that are not hidden."""
        return [place for place in range(self.grid.columnCount()) if not self.isColumnHidden(place)]

    def export(self) -> None:
        """Ask for a file and write the whole table as it is shown."""
        exporting.export_table(self)

    # Heads that stay

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._page is None:
            self._page = page_around(self)
            if self._page is not None:
                self._page.verticalScrollBar().valueChanged.connect(self._place_head)
                self._page.verticalScrollBar().rangeChanged.connect(self._place_head)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_head()

    def _place_head(self) -> None:
        """Keep the heads at the upper edge of the page while rows of this table pass below."""
        if self._page is None or self._head.isHidden():
            return
        self._head.stay_in_sight(self._page, lowest=self.height() - self._head.height() - ROW_HEIGHT)

    def _wanted_height(self) -> int:
        above = 0 if self._head.isHidden() else self._head.sizeHint().height()
        return above + self.grid.rowCount() * ROW_HEIGHT + self._sideways_height

    # Order

    def _sort_by_head(self, column: int) -> None:
        """Sort by the head that was clicked; with Shift, by it after what counts already."""
        wanted, orders = self.grid.columns[column], self.grid.orders
        if not wanted.sortable:
            return
        old = next((order for order in orders if order.column == column), None)
        made = Order(column, not old.descending if old else wanted.descending_first)
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            kept = [made if order == old else order for order in orders]
            self.choose_order(kept if old else [*kept, made])
        else:
            self.choose_order([made])

    def choose_order(self, orders: Sequence[Order]) -> None:
        """Sort as the user wants it, and tell of it."""
        self.sort_by(orders)
        self.reordered.emit()

    def sort_by(self, orders: Sequence[Order]) -> None:
        """Sort by several columns, the first counts most."""
        self.grid.sort_by(orders)
        self._chosen = None
        self._head.viewport().update()

    # Keyboard

    def open_current(self) -> None:
        key = self.current_key()
        if key is not None:
            self.opened.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), event.modifiers() == _PLAIN
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif key == Qt.Key.Key_Space and plain:
            self._pick()
        elif key in _STEPS and plain:
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_Escape and (self.is_picking or len(self._selected()) > 1):
            self.is_picking = False
            self.go_to(max(self.currentIndex().row(), 0))
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        """Pick the current row, or put it back. The first press only says that more are to come."""
        index = self.currentIndex()
        if index.isValid():
            first = not self.is_picking and index.row() in self._selected()
            self.is_picking = True
            self.selectionModel().select(index, (_Flag.Select if first else _Flag.Toggle) | _Flag.Rows)
            self.picked.emit()

    def _step(self, by: int) -> None:
        row, last = self.currentIndex().row(), self.grid.rowCount() - 1
        if abs(by) == 1 and not 0 <= row + by <= last:
            self.left.emit(by)
            return
        place, column = min(max(row + by, 0), last), max(self.currentIndex().column(), 0)
        if self.is_picking:
            self.stand_on(place, column=column)
        else:
            self.go_to(place, column=column)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.modifiers() == _PLAIN and event.button() == Qt.MouseButton.LeftButton:
            self.is_picking = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == _PLAIN and event.button() == Qt.MouseButton.LeftButton
        if plain and len(self._selected()) == 1 and index.isValid() and index.column() == 0:
            self.open_current()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() > 0:
            self.open_current()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row())
        on_link = index.isValid() and index.column() == 0
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if on_link else Qt.CursorShape.ArrowCursor
        )

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        old, self._hovered = self._hovered, row
        for place in {old, row} - {-1} if old != row else ():
            top = self.rowViewportPosition(place)
            self.viewport().update(0, top, self.viewport().width(), ROW_HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()  # the page around scrolls, not the table

    # Painting, and what follows from changes

    def paintEvent(self, event: QPaintEvent) -> None:
        current = self.currentIndex()
        focus = (current.row(), current.column()) if self.hasFocus() and current.isValid() else None
        self._delegate.mark(self._selected(), focus=focus, hovered=self._hovered)
        super().paintEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._chosen = None
        self.picked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason  # which then says where it is
        if not by_mouse and not self.currentIndex().isValid() and self.grid.rowCount():
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
        menu = fill_menu(QMenu(self), self)
        self.menu_wanted.emit(menu)
        return menu

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(self._wanted_height())
