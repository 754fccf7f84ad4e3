"""A table in which every figure opens what made it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent

from camdesk.gui.widgets.grid_view import GridView


class FigureTable(GridView):
    """`figure_wanted` carries a row's key and a column: by Enter, or a click on a known figure."""

    figure_wanted = Signal(str, int)

    def open_current(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.figure_wanted.emit(self.grid.rows[index.row()].key, index.column())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        left = event.button() == Qt.MouseButton.LeftButton
        if plain and left and index.column() > 0 and self._opens(index.row(), index.column()):
            self.open_current()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click has opened it."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        opens = index.isValid() and self._opens(index.row(), index.column())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def _opens(self, row: int, column: int) -> bool:
        return bool(self.grid.cell(row, column).text)
