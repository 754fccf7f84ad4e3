"""The forecast of partners as a table in which calls are typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QMenu

from camdesk.base import money
from camdesk.gui.forecast.call_field import CallField
from camdesk.gui.forecast.rows import CALL, COLUMNS, Line
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid_view import GridView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_STARTS = "0123456789€$£¥"


class CallTable(GridView):
    """A digit, F2, or Enter beside the name begins a call; Enter on the name shows the deals behind it.

    `called` carries a partner's id and an amount, None to take the call away; `copy_wanted` asks for all
    that is shown.
    """

    called = Signal(str, object)
    copy_wanted = Signal()

    def __init__(self, theme: Theme, *, name: str, currency: str) -> None:
        super().__init__(COLUMNS, theme, name=name)
        self._lines: dict[str, Line] = {}
        self._typing_for = ""
        self.field = CallField(self.viewport(), currency=currency)
        self.field.called.connect(self._pass_call)
        self.field.finished.connect(self._go_on)
        self.horizontalScrollBar().valueChanged.connect(self._place_field)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the keyboard stays on its cell, and what is being typed is not touched."""
        column = self.currentIndex().column()
        self._lines = {line.key: line for line in lines}
        self.show_rows([line.row for line in lines])
        row = self.currentIndex().row()
        if row >= 0 and column > 0:
            self.stand_on(row, column=column)
        if self.field.is_open and self.grid.row_of(self._typing_for) is None:
            self.field.give_up()
        self._place_field()

    def begin_call(self, *, typed: str = "") -> None:
        """Open the field on the current row."""
        key = self.current_key()
        if key is None or key not in self._lines:
            return
        if self.field.is_open and not self.field.settle():
            return
        line = self._lines[key]
        self._typing_for = key
        standing = "" if line.call is None else money.plain(line.call).removesuffix(".00")
        self.field.begin(line.name, standing=standing, typed=typed)
        self._place_field()

    def clear_call(self) -> None:
        """Take the call of the current row away, where there is one."""
        key = self.current_key()
        if key is not None and key in self._lines and self._lines[key].call is not None:
            self.called.emit(key, None)

    def copy(self) -> None:
        """Copy the rows that were selected; where one only stands somewhere, the whole forecast."""
        if len(self.selected_keys()) > 1 or self.is_picking:
            super().copy()
        else:
            self.copy_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, on_name = Qt.Key(event.key()), self.currentIndex().column() <= 0
        if key == Qt.Key.Key_F2 or (key in _ENTER and not on_name and not self.is_picking):
            self.begin_call()
        elif key == Qt.Key.Key_Delete and event.modifiers() in _PLAIN:
            self.clear_call()
        elif event.modifiers() in _PLAIN and event.text() and event.text() in _STARTS:
            self.begin_call(typed=event.text())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == CALL:
            self.begin_call()
        else:
            super().mouseDoubleClickEvent(event)

    def make_menu(self) -> QMenu:
        menu = super().make_menu()
        menu.addSeparator()
        menu.addAction("Call this partner\tF2").triggered.connect(self._begin_from_menu)
        line = self._lines.get(self.current_key() or "")
        if line is not None and line.call is not None:
            menu.addAction("Take this call away\tDel").triggered.connect(self.clear_call)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_field()

    def _begin_from_menu(self) -> None:
        self.begin_call()

    def _place_field(self) -> None:
        row = self.grid.row_of(self._typing_for) if self.field.is_open else None
        if row is None:
            return
        cell = self.visualRect(self.grid.index(row, CALL))
        self.field.place(cell)
        self.reached.emit(QRect(cell).translated(self.viewport().pos()))

    def _pass_call(self, amount: int | None) -> None:
        self.called.emit(self._typing_for, amount)

    def _go_on(self, step: int) -> None:
        """Stand on the row that comes next; beyond the last one the screen goes on."""
        row = self.grid.row_of(self._typing_for)
        target = (row if row is not None else self.currentIndex().row()) + step
        if 0 <= target < self.grid.rowCount():
            self.go_to(target, column=CALL)
        else:
            self.left.emit(step)
