"""One table of the portfolio with its title line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from camdesk.gui.portfolio.rows import FIXED_COLUMNS, matching
from camdesk.gui.portfolio.widths import plan
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridRow
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import ElidedLabel, Panel, label, row


class SectionPanel(Panel):
    """The partners of one type, or all of them; `left` and `reached` name the panel they come from."""

    opened = Signal(str)
    left = Signal(object, int)
    reached = Signal(object, QRect)

    def __init__(self, title: str, columns: Sequence[Column], theme: Theme, *, parent: QWidget) -> None:
        super().__init__(margins=(1, 1, 1, 1), gap=0, parent=parent)
        self.columns = tuple(columns)
        self._rows: Sequence[GridRow] = ()
        self._words = ""
        self._about = ""
        self._note = ElidedLabel(size=SMALL, tone=Tone.MUTED)
        head = row(label(title, bold=True), self._note, gap=6)
        head.setContentsMargins(11, 8, 11, 8)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.table = GridView(columns, theme, name=title)
        self.body.addWidget(self.table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.table.opened.connect(self.opened)
        self.table.left.connect(self._pass_left)
        self.table.reached.connect(self._pass_reached)

    @property
    def figures(self) -> int:
        return len(self.columns) - FIXED_COLUMNS

    def show_section(self, rows: Sequence[GridRow], *, about: str) -> None:
        self._rows, self._about = rows, about
        self._show()

    def filter_by(self, words: str) -> int:
        """Show only what matches and return how much that is."""
        if words != self._words:
            self._words = words
            self._show()
        return self.table.grid.rowCount()

    def line_up(self, *, most_figures: int) -> None:
        """Take column widths that line up with tables of up to `most_figures` figures."""
        self.table.set_plan(partial(plan, figures=self.figures, most_figures=most_figures))

    def _show(self) -> None:
        found = matching(self._rows, self._words)
        count = f"{len(found)} of {len(self._rows)}" if self._words.strip() else f"{len(self._rows)}"
        self._note.say(f"{count} · {self._about}" if self._about else count)
        self.table.show_rows(found)
        self.setVisible(bool(found))

    def _pass_left(self, way: int) -> None:
        self.left.emit(self, way)

    def _pass_reached(self, area: QRect) -> None:
        self.reached.emit(self, area)
