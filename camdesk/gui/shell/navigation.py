"""The left side: which screens there are. Shrinks to signs where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from camdesk.gui.shell.pinned import PinnedPartner
from camdesk.gui.shell.screens import Entry
from camdesk.gui.theme.fonts import SMALL, TINY, text_font
from camdesk.gui.theme.icons import icon
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import ElidedLabel, button, key_cap, label, row, set_tone

_WIDE = 196
_NARROW = 56


class Navigation(QFrame):
    """`chosen` carries the key of a screen, `partner_chosen` the id of a pinned partner."""

    chosen = Signal(str)
    partner_chosen = Signal(str)

    def __init__(self, entries: tuple[Entry, ...], theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self._theme = theme
        self._entries = entries
        self._buttons: dict[str, QPushButton] = {}
        self._hints: dict[str, QLabel] = {}
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
        self._pinned_title = label("Pinned partners", size=TINY, bold=True, tone=Tone.FAINT)
        self._pinned_title.setContentsMargins(9, 18, 0, 4)
        self._pinned_title.hide()
        self._pinned = QVBoxLayout()
        self._pinned.setSpacing(2)
        lines.addWidget(self._pinned_title)
        lines.addLayout(self._pinned)
        lines.addStretch(1)
        self._is_narrow = False
        self._pins: Sequence[PinnedPartner] = ()
        self._group.idClicked.connect(self._choose)
        theme.changed.connect(self._paint)
        self._paint()
        self.set_narrow(narrow=False)

    def _make(self, entry: Entry, place: int) -> QPushButton:
        made = button("", kind="nav", tooltip=f"{entry.title} ({entry.shortcut})")
        made.setCheckable(True)
        made.setAccessibleName(entry.title)
        made.setIconSize(QSize(18, 18))
        hint = key_cap(entry.shortcut)
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(hint)
        self._hints[entry.key] = hint
        self._buttons[entry.key] = made
        self._group.addButton(made, place)
        return made

    def show_chosen(self, key: str) -> None:
        self._group.setExclusive(False)
        for known, one in self._buttons.items():
            one.setChecked(known == key)
        self._group.setExclusive(True)
        self._paint()

    def say_count(self, key: str, number: int) -> None:
        """Show how much waits on a screen in place of its shortcut; nothing waits at 0."""
        entry = next(entry for entry in self._entries if entry.key == key)
        hint = self._hints[key]
        hint.setText(f"{number:,}" if number else entry.shortcut)
        hint.setProperty("kind", "count" if number else "key")
        self._paint()
        self._buttons[key].setAccessibleName(f"{entry.title}, {number:,}" if number else entry.title)

    def show_pinned(self, pins: Sequence[PinnedPartner]) -> None:
        """Show the partners kept at hand, each with a dot for how it stands."""
        self._pins = pins
        while (item := self._pinned.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for pin in pins:
            made = button("", kind="nav", tooltip=f"{pin.name}: {pin.standing}")
            made.setAccessibleName(f"{pin.name}, {pin.standing}")
            made.clicked.connect(partial(self.partner_chosen.emit, pin.partner_id))
            name, dot = ElidedLabel(tone=Tone.NORMAL), label("●", size=TINY, tone=pin.tone)
            name.say(pin.name)
            name.setHidden(self._is_narrow)
            line = row(name, dot)
            line.setStretch(0, 1)
            line.setContentsMargins(9, 0, 10, 0)
            for part in (name, dot):
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            made.setLayout(line)
            self._pinned.addWidget(made)
        self._pinned_title.setVisible(bool(pins) and not self._is_narrow)

    def pinned(self) -> list[QPushButton]:
        """Return the buttons of the pinned partners, from top to bottom."""
        items = (self._pinned.itemAt(place) for place in range(self._pinned.count()))
        parts = (item.widget() for item in items if item is not None)
        return [part for part in parts if isinstance(part, QPushButton)]

    def set_narrow(self, *, narrow: bool) -> None:
        """Show signs alone, or signs with titles."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self.show_pinned(self._pins)
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        for entry in self._entries:
            self._buttons[entry.key].setText("" if narrow else f" {entry.title}")
        for hint in self._hints.values():
            hint.setVisible(not narrow)
        self._brand_start.setText("C" if narrow else "CAM")
        self._brand_end.setText("D" if narrow else "Desk")

    def _choose(self, place: int) -> None:
        self._paint()
        self.chosen.emit(self._entries[place].key)

    def _paint(self) -> None:
        tokens = self._theme.tokens
        for entry in self._entries:
            one = self._buttons[entry.key]
            one.setIcon(icon(entry.picture, tokens.accent if one.isChecked() else tokens.ink_2))
            hint = self._hints[entry.key]
            is_count = hint.property("kind") == "count"
            hint.setFont(text_font(SMALL if is_count else TINY, bold=is_count))
            set_tone(hint, Tone.ACCENT if is_count and one.isChecked() else Tone.MUTED)
