"""A table in a white box, with its title and a sentence above it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid import Column, GridRow
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Panel, label


class TablePanel(Panel):
    """A table under a title and a sentence; without rows and sentence it is not there."""

    def __init__(
        self, title: str, columns: Sequence[Column], theme: Theme, *, fixed: Sequence[int], name: str = ""
    ) -> None:
        super().__init__(margins=(1, 12, 1, 1), gap=4)
        self.title = label(title, bold=True)
        self.note = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.table = GridView(columns, theme, name=name or title)
        self.table.set_plan(partial(last_fixed, fixed=fixed))
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 10, 8)
        words.addWidget(self.title)
        words.addWidget(self.note)
        self.body.addLayout(words)
        self.body.addWidget(self.table)

    def fill(self, rows: list[GridRow], *, words: str = "") -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.setVisible(bool(rows or words))
