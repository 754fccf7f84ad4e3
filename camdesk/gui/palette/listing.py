"""The list below the palette's field: two lines an item, what was looked for in bold, keys at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camdesk.gui.palette.items import Item
from camdesk.gui.theme.fonts import BODY, SMALL, TINY, text_font
from camdesk.gui.theme.theme import Theme

_LOW, _HIGH = 36, 50
_SIDE = 16
_KIND_WIDTH = 92
_MOST_SHOWN = 440
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_PARENT = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole.value
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole.value

Index = QModelIndex | QPersistentModelIndex


class ItemModel(QAbstractListModel):
    """The items in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Item] = ()

    def replace(self, items: Sequence[Item]) -> None:
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = _DISPLAY) -> str | None:
        if not index.isValid() or role not in (_DISPLAY, _SPOKEN):
            return None
        item = self.items[index.row()]
        return ", ".join(filter(None, (item.title, item.kind, item.detail, item.shortcut)))


class ItemDelegate(QStyledItemDelegate):
    """Paints an item: its kind, its title, what tells it from others, its keys."""

    def __init__(self, model: ItemModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _HIGH if self._model.items[index.row()].detail else _LOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, tokens = self._model.items[index.row()], self._theme.tokens
        area: QRect = option.rect
        view = self.parent()
        if isinstance(view, QListView) and view.currentIndex() == index:
            painter.fillRect(area, QColor(tokens.selection))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(tokens.accent))
        inner = area.adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setFont(text_font(TINY))
        painter.setPen(QColor(tokens.ink_3))
        painter.drawText(inner, _RIGHT, item.shortcut or item.kind)
        inner.setRight(inner.right() - _KIND_WIDTH)
        first = QRect(inner)
        if item.detail:
            first.setHeight(area.height() // 2 + 3)
            second = QRect(inner.left(), first.bottom() - 3, inner.width(), area.height() - first.height())
            self._draw_marked(painter, second, item)
        title = text_font(BODY, bold=bool(item.detail))
        painter.setFont(title)
        painter.setPen(QColor(tokens.ink))
        words = QFontMetrics(title).elidedText(item.title, Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(first, _LEFT, words)

    def _draw_marked(self, painter: QPainter, area: QRect, item: Item) -> None:
        """Draw the second line, what was looked for in bold, as far as there is room."""
        tokens, across = self._theme.tokens, area.left()
        for words, marked in _stretches(item):
            font = text_font(SMALL, bold=marked)
            metrics = QFontMetrics(font)
            room = area.right() - across
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(QColor(tokens.ink if marked else tokens.ink_2))
            painter.drawText(QRect(across, area.top(), room, area.height()), _LEFT, shown)
            across += metrics.horizontalAdvance(words)
            if shown != words:
                break


def _stretches(item: Item) -> list[tuple[str, bool]]:
    """Return the second line cut where a mark begins or ends."""
    cut, at = [], 0
    for start, end in item.marks:
        cut += [(item.detail[at:start], False), (item.detail[start:end], True)]
        at = end
    return [(words, marked) for words, marked in (*cut, (item.detail[at:], False)) if words]


class Listing(QListView):
    """The list itself; the keyboard stays in the field above it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.entries = ItemModel()
        self.setViewport(QWidget())
        self.setModel(self.entries)
        self.setItemDelegate(ItemDelegate(self.entries, theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("What matches")
        self.setMouseTracking(True)

    def show_items(self, items: Sequence[Item]) -> None:
        self.entries.replace(items)
        heights = sum(_HIGH if item.detail else _LOW for item in items)
        self.setFixedHeight(min(heights, _MOST_SHOWN))
        self.move_to(0)

    def move_to(self, place: int) -> None:
        if self.entries.items:
            self.setCurrentIndex(self.entries.index(place % len(self.entries.items)))

    def move_by(self, step: int) -> None:
        self.move_to(self.currentIndex().row() + step)

    def current(self) -> Item | None:
        index = self.currentIndex()
        return self.entries.items[index.row()] if index.isValid() else None
