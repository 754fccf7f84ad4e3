"""The field in which a call is typed, on its cell; wrong input stays, with one sentence beside it.

A field that is emptied takes the call away.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from camdesk.base.amounts import read_amount
from camdesk.base.errors import UsageError
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import label

_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_GAP = 6


class CallField(QLineEdit):
    """`called` carries an amount, None to take the call away.

    `finished` carries to which row one goes on: 1 down, -1 up.
    """

    called = Signal(object)
    finished = Signal(int)

    def __init__(self, over: QWidget, *, currency: str) -> None:
        super().__init__(over)
        self._over = over
        self._currency = currency
        self._before = ""
        self._is_open = False
        self.setProperty("kind", "cell")
        self.setAccessibleName("Your call")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.complaint = label("", size=SMALL, tone=Tone.BAD)
        self.complaint.setParent(over)
        self.complaint.setProperty("kind", "complaint")
        self.complaint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self._forget_complaint)
        self.hide()
        self.complaint.hide()

    @property
    def is_open(self) -> bool:
        return self._is_open

    def begin(self, name: str, *, standing: str, typed: str) -> None:
        """Open with the call that stands, or with the first sign that was typed in its place."""
        self._before = standing
        self._forget_complaint()
        self.setAccessibleName(f"Your call for {name}")
        self.setText(typed or standing)
        if not typed:
            self.selectAll()
        self._is_open = True
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, cell: QRect) -> None:
        self.setGeometry(cell.adjusted(0, 1, 0, 0))
        self._place_complaint()

    def finish(self, step: int) -> None:
        """Keep what was typed and go on, unless it is no amount."""
        if self.settle():
            self.finished.emit(step)

    def settle(self) -> bool:
        """Keep what was typed; where it is no amount say so, keep it open, and return False."""
        typed = self.text().strip()
        if typed == self._before:
            self._leave()
            return True
        try:
            amount = read_amount(typed, self._currency) if typed else None
        except UsageError as error:
            self._complain(f"{error.message} {error.hint}")
            return False
        self._leave()
        self.called.emit(amount)
        return True

    def give_up(self) -> None:
        self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif step is not None:
            self.finish(step)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 -- Qt's name
        if not self._is_open:
            return super().focusNextPrevChild(next)
        self.finish(1 if next else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._is_open and event.reason() == Qt.FocusReason.MouseFocusReason:
            self.settle()

    def _leave(self) -> None:
        """Close, and give the keyboard back to the table unless it has gone elsewhere."""
        self._is_open = False
        if self.hasFocus():
            self._over.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.complaint.hide()

    def _complain(self, words: str) -> None:
        self.complaint.setText(words)
        self.setAccessibleDescription(words)
        self.complaint.show()
        self.complaint.raise_()
        self._place_complaint()

    def _forget_complaint(self) -> None:
        self.complaint.hide()
        self.setAccessibleDescription("")

    def _place_complaint(self) -> None:
        cell = self.geometry()
        width = min(self.complaint.sizeHint().width() + 2 * _GAP, max(cell.left() - _GAP, 0))
        self.complaint.setGeometry(cell.left() - _GAP - width, cell.top(), width, cell.height())
