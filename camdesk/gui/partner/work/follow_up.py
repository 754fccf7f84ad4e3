"""The mail after a call: offered once it is logged, and copied by one key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from camdesk.gui.context import Context
from camdesk.gui.screen import Reading
from camdesk.gui.widgets.parts import button, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.documents.briefs import FollowUp

_SHOWN_MS = 20_000
_EDGE = 24
_ABOVE_TOAST = 84


class FollowUpCard(QFrame):
    """Stands above the toast for a while; takes no keyboard from anybody."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._over = context, window
        self._partner_id = ""
        self._reading = Reading(context, self._take, parent=self)
        self.setProperty("kind", "panel")
        self.setAccessibleName("Follow-up mail")
        self.copy_button = button(
            "Copy follow-up mail", kind="primary", tooltip="Only what was agreed  Ctrl+Shift+M"
        )
        close = button("Close")
        line = row(label("Logged. Only what was agreed goes into the mail."), self.copy_button, close, gap=12)
        line.setContentsMargins(16, 10, 10, 10)
        self.setLayout(line)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.copy_button.clicked.connect(self.copy_offered)
        close.clicked.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def offer(self, partner_id: str) -> None:
        """Offer the mail after the call that was just logged with a partner."""
        self._partner_id = partner_id
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def copy_offered(self) -> None:
        self.copy(self._partner_id)

    def copy(self, partner_id: str) -> None:
        """Put the mail after the last meeting with a partner on the clipboard."""
        self.hide()
        self._reading.start(partial(_read_mail, partner_id=partner_id))

    def _take(self, mail: FollowUp) -> None:
        head = [f"To: {', '.join(mail.to)}"] if mail.to else []
        words = "\n".join((*head, f"Subject: {mail.subject}", "", mail.text))
        QGuiApplication.clipboard().setText(words)
        self._context.guide.say("Follow-up mail copied: paste it into an e-mail.")

    def _place(self) -> None:
        self.adjustSize()
        left = (self._over.width() - self.width()) // 2
        self.move(max(left, _EDGE), self._over.height() - self.height() - _ABOVE_TOAST)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def follow_up_card(near: QWidget, context: Context) -> FollowUpCard:
    """Return the card of a window, made when it is first needed."""
    window = near.window()
    found = window.findChild(FollowUpCard, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, FollowUpCard) else FollowUpCard(context, window)


def offer_follow_up(context: Context, near: QWidget, partner_id: str) -> None:
    """Offer the mail after what was just logged."""
    follow_up_card(near, context).offer(partner_id)


def _read_mail(desk: Desk, *, partner_id: str) -> FollowUp:
    return desk.follow_up(partner_id)
