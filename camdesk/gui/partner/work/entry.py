"""One entry of the timeline: what it was, who was there, the words with their marks, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from camdesk.desk.partner.timeline import ItemKind, TimelineItem
from camdesk.gui.partner.work.markdown import to_html
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import badge, button, label

_TIME_WIDTH, _GAP = 46, 8
_HEAD_HEIGHT = 26  # with buttons and without
_SAFE = ("http", "https", "mailto")
_LONG = 60
_KIND_WORDS = {
    ItemKind.MEETING: "Meeting",
    ItemKind.NOTE: "Note",
    ItemKind.DOCUMENT: "Document",
    ItemKind.ALERT: "Alert",
    ItemKind.ACTIVITY: "Activity",
}


class MarkdownText(QLabel):
    """Words with Markdown; a link opens only where it leads to the web or to a mail."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self._text, self._theme = text, theme
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setOpenExternalLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setAccessibleName(text)
        self.linkActivated.connect(self._follow)
        theme.changed.connect(self._write)
        self._write()

    def _write(self) -> None:
        self.setText(to_html(self._text, self._theme.tokens))

    def _follow(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme() in _SAFE:
            QDesktopServices.openUrl(url)


class Entry(QFrame):
    """Takes the keyboard: E or Enter edits an own note, Delete removes it, arrows go on to the next entry."""

    edited = Signal(object)
    removed = Signal(object)
    stepped = Signal(int)

    def __init__(self, item: TimelineItem, theme: Theme) -> None:
        super().__init__()
        self.item = item
        self.setProperty("kind", "entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = ", ".join(filter(None, (item.title, item.detail, item.text)))
        self.setAccessibleName(words)
        said = QVBoxLayout()
        said.setContentsMargins(_TIME_WIDTH + _GAP, 0, 0, 0)
        said.setSpacing(3)
        if item.detail:
            said.addWidget(label(item.detail, size=SMALL, tone=Tone.MUTED, wrap=_is_long(item.detail)))
        if item.text:
            said.addWidget(MarkdownText(item.text, theme))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(9, 4, 10, 6)
        lines.setSpacing(0)
        lines.addLayout(self._head())
        lines.addLayout(said)

    @property
    def can_be_written(self) -> bool:
        """Whether there is a note of one's own in it."""
        return bool(self.item.note_id)

    def _head(self) -> QHBoxLayout:
        item, head = self.item, QHBoxLayout()
        head.setSpacing(_GAP)
        time = label(item.time, size=SMALL, tone=Tone.MUTED)
        time.setFixedWidth(_TIME_WIDTH)
        time.setMinimumHeight(_HEAD_HEIGHT)
        head.addWidget(time)
        title = label(item.title, bold=True, wrap=_is_long(item.title))
        head.addWidget(title, 1)
        parts: list[QWidget] = []
        if item.author:
            parts.append(label(item.author, size=SMALL, tone=Tone.MUTED))
        elif item.source and not item.is_own:
            parts.append(label(f"from {item.source}", size=SMALL, tone=Tone.MUTED))
        if item.text:
            internal = badge("Internal")
            internal.setToolTip("Your own words: they leave in no document")
            parts.append(internal)
        if item.note_id:
            for words, tip, signal in (
                ("Edit", "Write the note anew  E", self.edited),
                ("Remove", "Take the note out  Del", self.removed),
            ):
                made = button(words, kind="link", tooltip=tip)
                made.setAccessibleName(f"{words} the note")
                made.setProperty("deed", words)
                made.clicked.connect(self._edit if signal is self.edited else self._remove)
                parts.append(made)
        if item.kind is not ItemKind.NOTE:
            parts.append(badge(_KIND_WORDS[item.kind]))
        for part in parts:
            head.addWidget(part)
        return head

    def _edit(self) -> None:
        if self.item.note_id:
            self.edited.emit(self.item)

    def _remove(self) -> None:
        if self.item.note_id:
            self.removed.emit(self.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_E, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.item.note_id:
            self._edit()
        elif key == Qt.Key.Key_Delete and self.item.note_id:
            self._remove()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus(is_here=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus(is_here=False)

    def _show_focus(self, *, is_here: bool) -> None:
        self.setProperty("held", is_here)
        self.style().unpolish(self)
        self.style().polish(self)


def _is_long(words: str) -> bool:
    """Tell whether words may need a second line; those that do not are laid out much faster."""
    return len(words) > _LONG
