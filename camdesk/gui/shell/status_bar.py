"""The line below the screens: how much there is, how it is kept, that nothing is unsaved."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import label, row


class StatusBar(QFrame):
    """Say how many partners are shown, where they are kept, and that nothing is unsaved."""

    def __init__(self, *, kept: str) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self._count = label("", size=SMALL, tone=Tone.MUTED)
        self._kept = label(kept, size=SMALL, tone=Tone.MUTED)
        self._state = label("All changes saved", size=SMALL, tone=Tone.MUTED)
        line = row(self._count, self._kept, 1, self._state, gap=18)
        line.setContentsMargins(14, 5, 14, 5)
        self.setLayout(line)

    def say_count(self, words: str) -> None:
        self._count.setText(words)

    def hide_ours(self, *, hidden: bool) -> None:
        """Say nothing of how many partners there are while one of them looks on."""
        self._count.setHidden(hidden)

    def say_state(self, words: str) -> None:
        self._state.setText(words)
