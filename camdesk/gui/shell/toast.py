"""A message that comes, is read, and goes; a problem stays until it is closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from camdesk.gui.widgets.parts import button, label, row

_SHOWN_MS = 6000
_WIDEST = 520


class Toast(QFrame):
    """Sits above the lower edge of its window; `undo_wanted` where what it tells can be taken back."""

    undo_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("kind", "toast")
        self._words = label("", wrap=True)
        self.undo = button("Undo", tooltip="Ctrl+Z")
        self.undo.clicked.connect(self.hide)
        self.undo.clicked.connect(self.undo_wanted)
        self._close = button("Close")
        self._close.clicked.connect(self.hide)
        line = row(self._words, self.undo, self._close, gap=14)
        line.setStretch(0, 1)
        line.setContentsMargins(16, 10, 10, 10)
        self._line = line
        self.setLayout(line)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, words: str, *, stays: bool = False, undo: bool = False) -> None:
        self.undo.setVisible(undo)
        self._words.setText(words)
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        if stays:
            self._timer.stop()
        else:
            self._timer.start()

    def _place(self) -> None:
        width = min(_WIDEST, self._window.width() - 40)
        self.setFixedWidth(width)
        self._line.activate()
        self.resize(width, self._line.totalHeightForWidth(width))
        self.move((self._window.width() - width) // 2, self._window.height() - self.height() - 44)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
