"""The quarter in one line beside the title, its gap where the eye finds it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from camdesk.gui.theme.tokens import Tone
from camdesk.gui.today.rows import QuarterWords
from camdesk.gui.widgets.parts import ElidedLabel, label, set_tone


class QuarterLine(QWidget):
    """Target, booked, commit and best case; the gap; days left and the next meeting."""

    def __init__(self) -> None:
        super().__init__()
        self._before = label("", tone=Tone.MUTED)
        self.gap = label("", bold=True)
        self._after = ElidedLabel()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for part in (self._before, self.gap):
            line.addWidget(part)
        line.addWidget(self._after, 1)

    def say_earlier(self, day: str) -> None:
        """Say of which day the alerts are that stand below until today's figures are there."""
        words = f"As of {day}. Today's figures are being worked out…"
        self._before.setText(words)
        self.gap.hide()
        self._after.say("")
        self.setAccessibleName(words)

    def say(self, words: QuarterWords) -> None:
        self._before.setText(f"{words.before} · ")
        self.gap.setText(words.gap)
        self.gap.setVisible(bool(words.gap))
        set_tone(self.gap, Tone.BAD if words.behind else Tone.GOOD)
        self._after.say(f" · {words.after}" if words.gap else words.after)
        spoken = ", ".join(part for part in (words.before, words.gap, words.after) if part)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
