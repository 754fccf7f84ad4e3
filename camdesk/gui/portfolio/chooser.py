"""Which columns a table has, and in which order: a panel beside it, followed at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from camdesk.base.folding import folded
from camdesk.gui.portfolio.columns import ColumnSpec
from camdesk.gui.portfolio.entries import wanted_words
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.filter_field import FilterField
from camdesk.gui.widgets.parts import Panel, button, label, row

_WIDTH = 314
_LINE_HEIGHT = 28
_TEXT_FROM = 30
Index = QModelIndex | QPersistentModelIndex
_ID = Qt.ItemDataRole.UserRole


class TickDelegate(QStyledItemDelegate):
    """Draws a line of the list with its tick in the colours of the theme."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _LINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, area = self._theme.tokens, QRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._view.currentRow():
            painter.setPen(QPen(QColor(tokens.accent), 2) if self._view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
        box = QRect(area.left() + 8, area.center().y() - 6, 13, 13)
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        can_tick = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        painter.setPen(QPen(QColor(tokens.accent if is_ticked and can_tick else tokens.control), 1))
        painter.setBrush(QColor(tokens.accent) if is_ticked and can_tick else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if is_ticked:
            painter.setPen(QPen(QColor(tokens.on_accent if can_tick else tokens.control), 1.8))
            x, y = box.left(), box.top()
            painter.drawPolyline([QPoint(x + 3, y + 7), QPoint(x + 6, y + 10), QPoint(x + 10, y + 4)])
        painter.setPen(QColor(tokens.ink))
        words = area.adjusted(_TEXT_FROM, 0, -6, 0)
        fitting = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, fitting)


class ColumnChooser(QWidget):
    """`chosen` carries a table's key and its columns from now on, None for the standard ones."""

    chosen = Signal(str, object)
    turned = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        panel = Panel(margins=(12, 10, 12, 12), gap=8)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 2, 14, 14)
        around.addWidget(panel)
        self.tables = QComboBox()
        self.tables.setAccessibleName("Table")
        self.finder = FilterField("Find a column")
        self.list = QListWidget()
        self.list.setAccessibleName("Columns")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(TickDelegate(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.up = button("Up", tooltip="Alt+Up")
        self.down = button("Down", tooltip="Alt+Down")
        self.standard = button("Standard")
        self.close_button = button("Done", kind="primary")
        hint = label(
            "Space shows or hides, Alt+Up and Alt+Down move.", size=SMALL, tone=Tone.MUTED, wrap=True
        )
        panel.body.addLayout(row(label("Columns", bold=True), 1, self.close_button))
        for part in (self.tables, self.finder, self.list):
            panel.body.addWidget(part, 1 if part is self.list else 0)
        panel.body.addWidget(hint)
        panel.body.addLayout(row(self.up, self.down, 1, self.standard))
        self.list.installEventFilter(self)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.finder.textChanged.connect(self._narrow)
        self.finder.entered.connect(self._enter_list)
        self.finder.given_up.connect(self.closed)
        self.tables.activated.connect(self._turn)
        self.up.clicked.connect(self.move_up)
        self.down.clicked.connect(self.move_down)
        self.standard.clicked.connect(self._go_standard)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    @property
    def table(self) -> str:
        """The key of the table whose columns are chosen."""
        return str(self.tables.currentData() or "")

    def show_tables(self, tables: Sequence[tuple[str, str]], *, current: str) -> None:
        """Offer tables by key and title; with one there is nothing to choose."""
        self.tables.clear()
        for key, title in tables:
            self.tables.addItem(title, key)
        self.tables.setCurrentIndex(max([key for key, _ in tables].index(current), 0))
        self.tables.setVisible(len(tables) > 1)

    def show_columns(self, chosen: Sequence[ColumnSpec], others: Sequence[ColumnSpec]) -> None:
        """Offer columns: those of the table first, ticked and in its order. The first stays where it is."""
        at, top = self.list.currentRow(), self.list.verticalScrollBar().value()
        self.list.blockSignals(True)
        self.list.clear()
        for place, spec in enumerate((*chosen, *others)):
            item = QListWidgetItem(spec.long_title)
            item.setData(_ID, spec.id)
            item.setToolTip(spec.column.tooltip)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if place:
                flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled
            item.setFlags(flags)
            shown = place < len(chosen)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(max(min(at, self.list.count() - 1), 0))
        self.list.verticalScrollBar().setValue(top)
        self.list.blockSignals(False)
        self._narrow()

    def ids(self) -> tuple[str, ...]:
        """Return the ticked columns in their order."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(str(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def take_focus(self) -> None:
        self.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_list(self) -> None:
        """Go down to the first column that is found."""
        lines = range(self.list.count())
        self.list.setCurrentRow(next((line for line in lines if not self.list.item(line).isHidden()), 0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_up(self) -> None:
        self._move(-1)

    def move_down(self) -> None:
        self._move(1)

    def _move(self, way: int) -> None:
        """Move the current column one place among the ticked ones; the partner's name stays in front."""
        at = self.list.currentRow()
        last = len(self.ids()) - 1
        if not (1 <= at <= last and 1 <= at + way <= last):
            return
        self.list.blockSignals(True)
        item = self.list.takeItem(at)
        self.list.insertItem(at + way, item)
        self.list.setCurrentRow(at + way)
        self.list.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.table, self.ids())

    def _go_standard(self) -> None:
        self.chosen.emit(self.table, None)

    def _turn(self) -> None:
        self.list.setCurrentRow(0)
        self.turned.emit(self.table)

    def _narrow(self) -> None:
        words = wanted_words(self.finder.text())
        for place in range(self.list.count()):
            item = self.list.item(place)
            text = folded(item.text())
            item.setHidden(not all(word in text for word in words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in moves:
                self._move(moves[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
