"""The heads of a table: small, aligned like what stands below them, with a sign for the order."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from camdesk.gui.theme.fonts import TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid import Kind
from camdesk.gui.widgets.grid_model import GridModel

_HEIGHT = 30
_PADDING = 10
_WRAPPED = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
_RIGHT = Qt.AlignmentFlag.AlignRight.value | _WRAPPED
_LEFT = Qt.AlignmentFlag.AlignLeft.value | _WRAPPED


class GridHeader(QHeaderView):
    """Paint column titles on up to two lines and the sort sign beside the one that counts."""

    def __init__(self, model: GridModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self._theme = theme
        self._font = text_font(TINY, bold=True)
        self._small_font = text_font(TINY - 1, bold=True)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(20)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("Column heads")

    def sizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 -- Qt's name
        column = self._grid.columns[logicalIndex]
        right = column.kind is Kind.NUMBER
        order = self._grid.order
        title = column.title
        if order and order[0] == logicalIndex:
            title = f"{title} {'↓' if order[1] else '↑'}"
        inner = rect.adjusted(2 if right else _PADDING, 0, -_PADDING, 0)
        painter.save()
        painter.setFont(self._fitting(title, inner.width()))
        painter.setPen(QColor(self._theme.tokens.ink_2))
        painter.drawText(inner, _RIGHT if right else _LEFT, title)
        painter.restore()

    def _fitting(self, title: str, width: int) -> QFont:
        """Return the heads' face, a size smaller where one word is wider than its column."""
        metrics = QFontMetrics(self._font)
        too_wide = any(metrics.horizontalAdvance(word) > width for word in title.split())
        return self._small_font if too_wide else self._font
