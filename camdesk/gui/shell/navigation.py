"""The left side: which screens there are. Shrinks to signs where the window is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from camdesk.gui.theme.fonts import TINY
from camdesk.gui.theme.icons import icon
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import button, label, row

_WIDE = 188
_NARROW = 56


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen in the navigation: its key, title, icon and shortcut."""

    key: str
    title: str
    picture: str
    shortcut: str


class Navigation(QFrame):
    """`chosen` carries the key of a screen."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[Entry, ...], theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self._theme = theme
        self._entries = entries
        self._buttons: dict[str, QPushButton] = {}
        self._hints: list[QLabel] = []
        self._group = QButtonGroup(self)
        self._brand_end = label("Desk", size=15, bold=True, tone=Tone.ACCENT)
        self._brand_start = label("CAM", size=15, bold=True)
        brand = row(self._brand_start, self._brand_end, 1, gap=0)
        brand.setContentsMargins(9, 4, 0, 14)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(10, 14, 10, 14)
        lines.setSpacing(4)
        lines.addLayout(brand)
        for place, entry in enumerate(entries):
            lines.addWidget(self._make(entry, place))
        lines.addStretch(1)
        self._group.idClicked.connect(self._choose)
        theme.changed.connect(self._paint_icons)
        self._paint_icons()
        self.set_narrow(narrow=False)

    def _make(self, entry: Entry, place: int) -> QPushButton:
        made = button("", kind="nav", tooltip=f"{entry.title} ({entry.shortcut})")
        made.setCheckable(True)
        made.setAccessibleName(entry.title)
        made.setIconSize(QSize(18, 18))
        hint = label(entry.shortcut, size=TINY, tone=Tone.FAINT)
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(hint)
        self._hints.append(hint)
        self._buttons[entry.key] = made
        self._group.addButton(made, place)
        return made

    def show_chosen(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._paint_icons()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show signs alone, or signs with titles."""
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        for entry in self._entries:
            self._buttons[entry.key].setText("" if narrow else f" {entry.title}")
        for hint in self._hints:
            hint.setVisible(not narrow)
        self._brand_start.setText("C" if narrow else "CAM")
        self._brand_end.setText("D" if narrow else "Desk")

    def _choose(self, place: int) -> None:
        self._paint_icons()
        self.chosen.emit(self._entries[place].key)

    def _paint_icons(self) -> None:
        tokens = self._theme.tokens
        for entry in self._entries:
            one = self._buttons[entry.key]
            one.setIcon(icon(entry.picture, tokens.accent if one.isChecked() else tokens.ink_2))
