"""Small parts with the window's manners: labels, badges, pills, panels, pages that scroll."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtGui import Qt as TextRules
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from camdesk.gui.theme.fonts import BODY, SMALL, TINY, text_font
from camdesk.gui.theme.tokens import Tone

GAP = 14
# A name written from right to left stays where names stand.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


def label(
    text: str, *, size: int = BODY, bold: bool = False, tone: Tone = Tone.NORMAL, wrap: bool = False
) -> QLabel:
    """Return plain text; markup in it stays text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(text_font(size, bold=bold))
    made.setWordWrap(wrap)
    made.setAlignment(_LEFT)
    set_tone(made, tone)
    return made


def set_tone(target: QLabel, tone: Tone) -> None:
    """Give a label the colour of a tone; a style already worked out is worked out again."""
    target.setProperty("tone", tone.value)
    if target.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        target.style().unpolish(target)
        target.style().polish(target)


def badge(text: str) -> QLabel:
    made = label(text, size=TINY, bold=True)
    made.setProperty("kind", "badge")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def key_cap(text: str) -> QLabel:
    """Return a key as it is drawn beside what it does."""
    made = label(text, size=TINY, tone=Tone.MUTED)
    made.setProperty("kind", "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def chip(text: str) -> QLabel:
    made = label(text, size=SMALL)
    made.setProperty("kind", "chip")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def button(text: str, *, kind: str = "", tooltip: str = "") -> QPushButton:
    """Return a push button; `kind` is one of the style sheet's: primary, pill, link, nav, icon."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if kind == "pill":
        made.setFont(text_font(SMALL))
    if tooltip:
        made.setToolTip(tooltip)
    return made


def row(*parts: QWidget | int, gap: int = 8) -> QHBoxLayout:
    """Return a line of widgets; a number is a stretch."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            line.addStretch(part)
        else:
            line.addWidget(part)
    return line


def as_plain(words: str) -> str:
    """Return what a tooltip shows letter by letter, also where it looks like markup."""
    return (
        f"<span>{html.escape(words)}</span>".replace("\n", "<br>")
        if TextRules.mightBeRichText(words)
        else words
    )


class Panel(QFrame):
    """A white box with a hairline; `body` takes its content."""

    def __init__(
        self,
        *,
        margins: tuple[int, int, int, int] = (11, 11, 11, 11),
        gap: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(gap)


class Page(QScrollArea):
    """A screen that scrolls down, never sideways; `body` takes its content."""

    def __init__(self, *, name: str, margins: tuple[int, int, int, int] = (20, 18, 20, 20)) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.content = QWidget()
        # Opaque by its palette, not by a style: so scrolling moves pixels and paints only what comes in.
        self.content.setAutoFillBackground(True)
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(GAP)
        self.setWidget(self.content)

    @staticmethod
    def settle(part: QWidget) -> None:
        """Lay out the page `part` stands on, from `part` outwards, before anything of it is painted.

        Left to themselves layouts tell one another of a new size a turn of the event loop each, and what is
        painted meanwhile is squeezed.
        """
        around: QWidget | None = part
        while around is not None:
            if (lines := around.layout()) is not None:
                lines.activate()
            outer = around.parentWidget()
            if outer is not None and isinstance(outer.parentWidget(), QScrollArea):
                QCoreApplication.sendPostedEvents(around, QEvent.Type.LayoutRequest)
                return
            around = outer

    def viewport_height(self) -> int:
        """Return how many pixels of the page can be seen at once."""
        return self.maximumViewportSize().height()

    def reveal(self, part: QWidget, area: QRect) -> None:
        """Scroll so that `area` of `part` can be seen."""
        top = part.mapTo(self.content, QPoint(0, area.top())).y()
        self.ensureVisible(0, top + area.height() // 2, 0, area.height() + 20)


class ElidedLabel(QLabel):
    """One line that ends in … where it is too long, and says all of it on hover.

    It takes the room there is; a `snug` one no more than its words need.
    """

    def __init__(
        self, *, size: int = BODY, bold: bool = False, tone: Tone = Tone.MUTED, snug: bool = False
    ) -> None:
        super().__init__()
        self._words = ""
        self.setFont(text_font(size, bold=bold))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(_LEFT)
        across = QSizePolicy.Policy.Maximum if snug else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        set_tone(self, tone)

    def say(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._words) + 1
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(as_plain(self._words) if shown != self._words else "")
