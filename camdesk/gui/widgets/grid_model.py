"""The Qt model over a table of plain values. Sorts and replaces its list; there is no proxy."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind, Order, sorted_rows

# Roles arrive as plain ints: comparing them with enum members doubles the time of a repaint.
_DISPLAY = Qt.ItemDataRole.DisplayRole.value
_TOOLTIP = Qt.ItemDataRole.ToolTipRole.value
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole.value
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole.value
_HORIZONTAL = Qt.Orientation.Horizontal
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex
_SORTING = "Click to sort, Shift+click to sort by it as well."


class GridModel(QAbstractTableModel):
    """Show rows of `GridCell`s under `Column`s."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[GridRow] = []
        self._orders: tuple[Order, ...] = ()

    @property
    def rows(self) -> Sequence[GridRow]:
        return self._rows

    @property
    def orders(self) -> tuple[Order, ...]:
        """What the rows are sorted by, what counts most in front; nothing: as they came."""
        return self._orders

    def cell(self, row: int, column: int) -> GridCell:
        return self._rows[row].cells[column]

    def replace(self, rows: Sequence[GridRow]) -> None:
        """Show other rows, in the order the user has chosen."""
        self.beginResetModel()
        self._rows = sorted_rows(rows, self._orders)
        self.endResetModel()

    def row_of(self, key: str) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def places(self, keys: Collection[str]) -> list[int]:
        """Return where rows stand, those of them that are there."""
        return [place for place, row in enumerate(self._rows) if row.key in keys]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> str | int | None:
        if role not in _ANSWERED or not index.isValid():
            return None
        cell = self._rows[index.row()].cells[index.column()]
        if role == _DISPLAY:
            return cell.text
        if role == _TOOLTIP:
            return cell.tooltip or None
        if role == _SPOKEN:
            return cell.spoken or cell.text
        return _RIGHT if self.columns[index.column()].kind is Kind.NUMBER else _LEFT

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> str | int | None:
        if role not in _ANSWERED or orientation != _HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _TOOLTIP:
            return "\n".join(filter(None, (column.tooltip, _SORTING if column.sortable else ""))) or None
        if role == _ALIGNMENT:
            return _RIGHT if column.kind is Kind.NUMBER else _LEFT
        return column.title

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sortable:
            self.sort_by((Order(column, order == Qt.SortOrder.DescendingOrder),))

    def sort_by(self, orders: Sequence[Order]) -> None:
        """Sort by several columns, the first counts most; kept indexes follow their rows."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        keys = [self._rows[index.row()].key for index in kept]
        self._orders = tuple(orders)
        self._rows = sorted_rows(self._rows, self._orders)
        if kept:
            places = {row.key: place for place, row in enumerate(self._rows)}
            self.changePersistentIndexList(
                kept, [self.index(places[key], index.column()) for key, index in zip(keys, kept, strict=True)]
            )
        self.layoutChanged.emit()


_ANSWERED = frozenset({_DISPLAY, _TOOLTIP, _ALIGNMENT, _SPOKEN})
