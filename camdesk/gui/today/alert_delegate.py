"""How a row of the list is drawn: its sign, who it is about, the message over two lines, what is at stake."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from camdesk.desk.morning.today_reports import QuietRule, TodayAlert
from camdesk.gui.partner.severity import severity_sign, severity_tone
from camdesk.gui.theme.fonts import BODY, SMALL, TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.today.alert_model import AlertModel, Entry
from camdesk.gui.today.rows import is_late, stake, when
from camdesk.gui.widgets.painting import draw_badge

_EDGE = 14
_SIGN = 22
_ABOVE = 9
_LINE = 18
_BAR = 3
_LEAST_RIGHT = 58
_LEAST_TEXT = 60
_BADGE_GAP = 6
_LONGEST = 4096  # texts whose lines are remembered

Index = QModelIndex | QPersistentModelIndex


class _Ruler:
    """Measures texts in one font, each once: a long list is laid out several times."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetrics(font)
        self._widths: dict[str, int] = {}

    def width_of(self, words: str) -> int:
        known = self._widths.get(words)
        if known is None:
            if len(self._widths) >= _LONGEST:
                self._widths.clear()
            known = self._widths[words] = self._metrics.horizontalAdvance(words)
        return known


class AlertDelegate(QStyledItemDelegate):
    """Draw entries of an `AlertModel` in the colours of the theme."""

    def __init__(self, model: AlertModel, theme: Theme) -> None:
        super().__init__(model)
        self._entries = model
        self._theme = theme
        self.width = 0
        self.has_focus = False
        self._body = _Ruler(text_font(BODY))
        self._bold = _Ruler(text_font(BODY, bold=True))
        self._small = _Ruler(text_font(SMALL))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = self._entries.entries[index.row()]
        words = entry.because if isinstance(entry, QuietRule) else entry.message
        # Asked of every row of a list: the lines themselves are broken where they are drawn.
        is_long = self._body.width_of(words) > self._room(entry)
        return QSize(self.width, (3 if is_long else 2) * _LINE + 2 * _ABOVE + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        entry = self._entries.entries[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, is_chosen=is_chosen)
        if isinstance(entry, QuietRule):
            self._paint_quiet(painter, area, entry)
        else:
            self._paint_alert(painter, area, entry)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, *, is_chosen: bool) -> None:
        tokens = self._theme.tokens
        if is_chosen:
            painter.fillRect(area, QColor(tokens.selection))
            painter.fillRect(area.adjusted(0, 0, _BAR - area.width(), 0), QColor(tokens.accent))
            if self.has_focus:
                painter.setPen(QPen(QColor(tokens.accent), 1.5))
                painter.drawRect(QRectF(area).adjusted(1, 1, -1.5, -1.5))
        painter.fillRect(area.adjusted(0, area.height() - 1, 0, 0), QColor(tokens.hairline))

    def _paint_alert(self, painter: QPainter, area: QRect, alert: TodayAlert) -> None:
        right = self._right(alert)
        self._write(
            painter,
            severity_sign(alert.severity),
            QRect(area.left() + _EDGE, area.top() + _ABOVE, _SIGN, _LINE),
            severity_tone(alert.severity),
        )
        text = area.adjusted(_EDGE + _SIGN, _ABOVE, -_EDGE - right - 10, 0)
        first = QRect(text.left(), text.top(), text.width(), _LINE)
        self._paint_name(painter, first, alert)
        self._paint_lines(painter, first, alert)
        beside = QRect(area.right() + 1 - _EDGE - right, first.top(), right, _LINE)
        money = stake(alert, self._entries.currency)
        self._write(painter, money, beside, Tone.NORMAL, bold=True, right=True)
        late = is_late(alert, self._entries.today)
        due = when(alert, self._entries.today)
        self._write(
            painter,
            due,
            beside.translated(0, _LINE),
            Tone.BAD if late else Tone.FAINT,
            size=SMALL,
            right=True,
        )

    def _paint_name(self, painter: QPainter, area: QRect, alert: TodayAlert) -> None:
        font = text_font(BODY, bold=True)
        metrics = QFontMetrics(font)
        badge = alert.type_short_title
        tiny = text_font(TINY, bold=True)
        room = QFontMetrics(tiny).horizontalAdvance(badge) + 14 + _BADGE_GAP if badge else 0
        name = metrics.elidedText(
            alert.partner_name, Qt.TextElideMode.ElideRight, max(area.width() - room, 40)
        )
        self._write(painter, name, area, Tone.NORMAL, bold=True)
        if badge:
            left = area.left() + metrics.horizontalAdvance(name) + _BADGE_GAP
            painter.setFont(tiny)
            draw_badge(painter, QRectF(left, area.top(), room + 2, _LINE), badge, self._theme.tokens)

    def _paint_lines(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        for place, line in enumerate(self._lines(entry), start=1):
            self._write(painter, line, area.translated(0, place * _LINE), Tone.MUTED)

    def _paint_quiet(self, painter: QPainter, area: QRect, rule: QuietRule) -> None:
        first = QRect(
            area.left() + _EDGE + _SIGN, area.top() + _ABOVE, area.width() - 2 * _EDGE - _SIGN, _LINE
        )
        self._write(painter, f"Held back: {rule.title}", first, Tone.FAINT)
        self._paint_lines(painter, first, rule)

    def _write(
        self,
        painter: QPainter,
        words: str,
        area: QRect,
        tone: Tone,
        *,
        size: int = BODY,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        painter.setFont(text_font(size, bold=bold))
        painter.setPen(QColor(self._theme.tokens.of(tone)))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _right(self, alert: TodayAlert) -> int:
        money = self._bold.width_of(stake(alert, self._entries.currency))
        due = self._small.width_of(when(alert, self._entries.today))
        return max(money, due, _LEAST_RIGHT) + 1

    def _room(self, entry: Entry) -> int:
        """Return how wide a line of text may be."""
        beside = 0 if isinstance(entry, QuietRule) else self._right(entry) + 10
        return max(self.width - 2 * _EDGE - _SIGN - beside, _LEAST_TEXT)

    def _lines(self, entry: Entry) -> tuple[str, ...]:
        words = entry.because if isinstance(entry, QuietRule) else entry.message
        return two_lines(words, text_font(BODY), self._room(entry))


@lru_cache(maxsize=_LONGEST)
def _broken(words: str, family: str, size: int, width: int) -> tuple[str, ...]:
    font = QFont(family)
    font.setPixelSize(size)
    layout = QTextLayout(words, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    end = line.textLength()
    layout.endLayout()
    if end >= len(words):
        return (words,)
    rest = QFontMetrics(font).elidedText(words[end:].strip(), Qt.TextElideMode.ElideRight, width)
    return words[:end].rstrip(), rest


def two_lines(words: str, font: QFont, width: int) -> tuple[str, ...]:
    """Return a text as one line or two of a width, the second ending in … where it is too long."""
    return _broken(" ".join(words.split()), font.family(), font.pixelSize(), width)
