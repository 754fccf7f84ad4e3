"""Something to tick off, drawn as the tables draw it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QSizePolicy

_BOX, _TICKED = "☐", "☑"


class Tick(QPushButton):
    """A line with a box before it; Space and a click tick it. `key` is what it stands for."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__()
        self.key = key
        self._words = words
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "tick")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show)
        self._show()

    def _show(self) -> None:
        box = _TICKED if self.isChecked() else _BOX
        self.setText(f"{box}  {self._words}".replace("&", "&&"))
