"""What stands where there is nothing to show: a sentence, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from camdesk.gui.theme.fonts import TITLE
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import button, label

_UNNAMED = "Next step"


class EmptyNote(QFrame):
    """A sentence in the middle and one button."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sentence = label("", size=TITLE, bold=True, wrap=True)
        self._hint = label("", tone=Tone.MUTED, wrap=True)
        self._button = button("", kind="primary")
        self._button.setAccessibleName(_UNNAMED)
        self._button.setAutoDefault(True)  # so that Enter presses it, too
        self._button.clicked.connect(self.pressed)
        self.setFocusProxy(self._button)
        middle = Qt.AlignmentFlag.AlignHCenter
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 90, 0, 90)
        lines.setSpacing(10)
        for part in (self._sentence, self._hint):
            part.setAlignment(middle)
            lines.addWidget(part)
        lines.addWidget(self._button, 0, middle)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    @property
    def action(self) -> str:
        """What the button says; empty without one."""
        return self._button.text()

    def say(self, sentence: str, hint: str, *, action: str = "") -> None:
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(action)
        self._button.setAccessibleName(action or _UNNAMED)
        self._button.setVisible(bool(action))
