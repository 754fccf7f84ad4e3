"""A screen of a heading, its content, and beside that a page for what is opened."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from camdesk.gui.widgets.parts import Page


def lay_out_beside(
    screen: QWidget, heading: QWidget, content: QWidget, beside: Page, opened: QWidget
) -> None:
    """Put the parts of the screen together; what is opened stands beside the content, closed at first."""
    beside.body.addWidget(opened)
    beside.body.addStretch(1)
    beside.hide()
    middle = QHBoxLayout()
    middle.setSpacing(0)
    middle.addWidget(content, 1)
    middle.addWidget(beside)
    whole = QVBoxLayout(screen)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(heading)
    whole.addLayout(middle, 1)
