"""All keys on one sheet, by where they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from camdesk.gui.actions import Action
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.overlay import Overlay
from camdesk.gui.widgets.parts import GAP, button, key_cap, label, row

_WIDTH = 880
_COLUMNS = 3
_IN_TABLES = (
    ("Open what the row is about", "Enter"),
    ("Next, previous row", "↓  ↑"),
    ("Select several", "Shift+↓"),
    ("Select all", "Ctrl+A"),
    ("Copy with heads", "Ctrl+C"),
    ("Sort, copy, export, act on the row", "Menu"),
)


class KeySheet(Overlay):
    """Made anew each time it is opened: the keys of the screen that is shown come first."""

    def __init__(self, window: QWidget, actions: Callable[[], Sequence[Action]]) -> None:
        super().__init__(window, name="Keyboard shortcuts", width=_WIDTH)
        self._actions = actions
        self._content: QWidget | None = None
        self.close_button = button("Close", tooltip="Esc")
        self.close_button.clicked.connect(self.close_down)
        head = row(label("Keyboard shortcuts", size=TITLE, bold=True), 1, self.close_button)
        head.setContentsMargins(20, 14, 14, 4)
        self.panel.body.addLayout(head)

    def open_up(self) -> None:
        self._fill()
        super().open_up()
        self.close_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?":
            self.close_down()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        if self._content is not None:
            self._content.hide()  # it takes room until it has gone
            self._content.deleteLater()
        self._content = QWidget()
        beside = QHBoxLayout(self._content)
        beside.setContentsMargins(20, 6, 20, 18)
        beside.setSpacing(36)
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for title, keys in self._groups():
            shortest = heights.index(min(heights))
            heights[shortest] += len(keys) + 2
            columns[shortest].addLayout(_group(title, keys))
        for column in columns:
            column.setSpacing(GAP)
            column.addStretch(1)
            beside.addLayout(column, 1)
        self.panel.body.addWidget(self._content)

    def _groups(self) -> list[tuple[str, Sequence[tuple[str, str]]]]:
        keyed = [action for action in self._actions() if action.shortcut]
        order = {group: place for place, group in enumerate(dict.fromkeys(one.group for one in keyed))}
        keyed.sort(key=lambda one: order[one.group])
        groups: list[tuple[str, Sequence[tuple[str, str]]]] = [
            (group, [(one.title, one.shortcut) for one in ones])
            for group, ones in groupby(keyed, key=lambda one: one.group)
        ]
        return [*groups, ("In tables", _IN_TABLES)]


def _group(title: str, keys: Sequence[tuple[str, str]]) -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setSpacing(5)
    lines.addWidget(label(title, bold=True))
    for words, key in keys:
        line = row(label(words, size=SMALL, tone=Tone.MUTED, wrap=True), key_cap(key))
        line.setStretch(0, 1)
        lines.addLayout(line)
    return lines
