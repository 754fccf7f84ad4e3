"""A question in one line, answered by typing and Enter, given up by Esc: in place of a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit

from camdesk.gui.widgets.parts import button, label, row


class AskingLine(QFrame):
    """`closed` tells that the keyboard may go back to where it was."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._then: Callable[[str, int], None] | None = None
        self._question = label("", bold=True)
        self.field = QLineEdit()
        self.field.setAccessibleName("Answer")
        self.choice = QComboBox()
        self.done = button("Do it", kind="primary")
        self.cancel = button("Cancel")
        line = row(self._question, self.field, self.choice, self.done, self.cancel)
        line.setStretch(1, 1)
        line.setContentsMargins(12, 7, 8, 7)
        self.setLayout(line)
        self.field.returnPressed.connect(self._answer)
        self.field.textChanged.connect(self._check)
        self.done.clicked.connect(self._answer)
        self.cancel.clicked.connect(self._close)
        self.hide()

    def ask(
        self,
        question: str,
        then: Callable[[str, int], None],
        *,
        hint: str = "",
        action: str = "Do it",
        choices: Sequence[str] = (),
        text: str = "",
    ) -> None:
        """Ask; `then` hears what was typed, and the place of what was chosen of `choices` (-1: none)."""
        self._then = then
        self._question.setText(question)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(question)
        self.field.setText(text)
        self.choice.clear()
        self.choice.addItems(list(choices))
        self.choice.setVisible(bool(choices))
        self.choice.setAccessibleName("Due")
        self.done.setText(action)
        self.done.setAccessibleName(action)
        self._check()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _check(self) -> None:
        self.done.setEnabled(bool(self.field.text().strip()))

    def _answer(self) -> None:
        words, then = self.field.text().strip(), self._then
        if words and then is not None:
            self._close()
            then(words, self.choice.currentIndex())

    def _close(self) -> None:
        self._then = None
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)
