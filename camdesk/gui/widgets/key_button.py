"""A button that shows the key that presses it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from camdesk.gui.widgets.parts import key_cap

_GAP = 8
_EDGE = 9


class KeyButton(QPushButton):
    """Its title at the left, its key in a small box at the right; the key itself is somebody else's."""

    def __init__(self, title: str, key: str, *, kind: str = "") -> None:
        super().__init__(title)
        self._key = key_cap(key)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoDefault(False)
        self.setProperty("keyed", True)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, _EDGE, 0)
        inside.addStretch(1)
        inside.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        self.say(title)

    def say(self, title: str) -> None:
        """Give the button another title."""
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(f"{title} ({self._key.text()})")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        plain = super().sizeHint()
        return QSize(plain.width() + self._key.sizeHint().width() + _GAP - _EDGE + 4, plain.height())
