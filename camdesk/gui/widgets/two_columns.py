"""Panels in two columns, or one below the other where there is no room for two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from camdesk.gui.widgets.parts import GAP


class TwoColumns(QBoxLayout):
    """Whoever holds it says with `fit` how much room there is."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], *, from_width: int) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._from_width = from_width
        self.setSpacing(GAP)
        for side in (left, right):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for panel in side:
                column.addWidget(panel)
            column.addStretch(1)
            self.addLayout(column, 1)

    def fit(self, width: int) -> None:
        """Stand side by side in the width, or one below the other."""
        is_wide = width >= self._from_width
        self.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
