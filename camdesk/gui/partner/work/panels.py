"""Panels of the work tab: a table that ticks, its buttons, words where it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QWidget

from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid import Column, GridRow
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Panel, button, label, row

_BOX_WIDTH = 28


class TickGrid(GridView):
    """Space, or a click on its box, ticks the current row off; Delete takes it away. Both carry its key."""

    ticked = Signal(str)
    dropped = Signal(str)
    has_boxes = False
    """Whether the first cells begin with a box to tick."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index, key = self.indexAt(place), self.current_key()
        if self.has_boxes and index.column() == 0 and place.x() < _BOX_WIDTH and key is not None:
            self.ticked.emit(key)
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if event.key() == Qt.Key.Key_Space and key is not None:
            self.ticked.emit(key)
        elif event.key() == Qt.Key.Key_Delete and key is not None:
            self.dropped.emit(key)
        else:
            super().keyPressEvent(event)


class WorkPanel(Panel):
    """A title with its count and buttons, the table, and below it what Space and Delete do."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        theme: Theme,
        *,
        fixed: Sequence[int],
        empty: str,
        keys: str = "",
    ) -> None:
        super().__init__(margins=(1, 10, 1, 6), gap=6)
        self.title = label(title, bold=True)
        self.count = label("", size=SMALL, tone=Tone.MUTED)
        self.table = TickGrid(columns, theme, name=title)
        self.table.set_plan(partial(last_fixed, fixed=fixed))
        self.more = button("Show all", kind="link")
        self.more.setAccessibleName(f"Show all {title.lower()}")
        self._empty = label(empty, tone=Tone.MUTED, wrap=True)
        self._empty.setContentsMargins(10, 0, 10, 6)
        self._keys = label(keys, size=SMALL, tone=Tone.FAINT, wrap=True)
        self._head = row(self.title, self.count, 1)
        self._head.setContentsMargins(10, 0, 8, 0)
        foot = row(self._keys, self.more)
        foot.setStretch(0, 1)
        foot.setContentsMargins(10, 0, 10, 0)
        self.body.addLayout(self._head)
        self.body.addWidget(self.table)
        self.body.addWidget(self._empty)
        self.body.addLayout(foot)
        self.more.hide()

    def ask_in(self, line: QWidget) -> None:
        """Put a line to ask in above the table."""
        self.body.insertWidget(1, line)

    def add_button(self, made: QPushButton) -> None:
        self._head.addWidget(made)

    def fill(self, rows: list[GridRow], *, count: str = "", more: bool = False) -> None:
        """Show rows; `more` where not all of them are shown."""
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.count.setText(count)
        self._empty.setVisible(not rows)
        self._keys.setVisible(bool(rows and self._keys.text()))
        self.more.setVisible(more)

    def stand_on(self, record: str) -> bool:
        """Make a row the current one; return whether it is shown."""
        place = self.table.grid.row_of(record)
        if place is None:
            return False
        self.table.go_to(place)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
