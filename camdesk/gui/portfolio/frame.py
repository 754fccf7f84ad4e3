"""How the parts of the portfolio stand: heading, facets, content with the chooser beside it, foot."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from camdesk.gui.portfolio.view import BOARD, LIST, TYPES
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.widgets.parts import ElidedLabel, button, label, row

_SIDE = 20


class Heading(QWidget):
    """The title, the portfolio in two lines, and the ways to look at it."""

    def __init__(self, views: QPushButton) -> None:
        super().__init__()
        self.summary = ElidedLabel()
        self.quarter = ElidedLabel(size=SMALL)
        self.by_type = button("By partner type", kind="pill", tooltip="Ctrl+Shift+1")
        self.one_list = button("One list", kind="pill", tooltip="Ctrl+Shift+2")
        self.board = button("Lifecycle board", kind="pill", tooltip="Ctrl+Shift+3")
        self.columns = button("Columns", kind="pill", tooltip="Which columns, in which order (Ctrl+Shift+C)")
        self.kinds = QButtonGroup(self)
        self.by_kind = {TYPES: self.by_type, LIST: self.one_list, BOARD: self.board}
        for one in self.by_kind.values():
            one.setCheckable(True)
            self.kinds.addButton(one)
        self.by_type.setChecked(True)
        first = row(label("Portfolio", size=TITLE, bold=True), self.summary, *self.by_kind.values())
        first.addWidget(views)
        first.addWidget(self.columns)
        first.setStretch(1, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_SIDE, 16, _SIDE, 0)
        lines.setSpacing(2)
        lines.addLayout(first)
        lines.addLayout(row(self.quarter))

    def chosen_kind(self) -> str:
        return next((kind for kind, one in self.by_kind.items() if one.isChecked()), TYPES)

    def show_kind(self, kind: str) -> None:
        self.by_kind[kind].setChecked(True)
        self.columns.setVisible(kind != BOARD)


def lay_out(
    screen: QWidget, heading: QWidget, facets: QWidget, content: QWidget, beside: QWidget, *foot: QWidget
) -> None:
    """Put the parts of the screen together."""
    line = row(facets)
    line.setContentsMargins(_SIDE, 8, _SIDE, 8)
    middle = QHBoxLayout()
    middle.setContentsMargins(0, 0, 0, 0)
    middle.setSpacing(0)
    middle.addWidget(content, 1)
    middle.addWidget(beside)
    whole = QVBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(heading)
    whole.addLayout(line)
    whole.addLayout(middle, 1)
    for part in foot:
        below = row(part)
        below.setContentsMargins(_SIDE, 4, _SIDE, 4)
        whole.addLayout(below)
