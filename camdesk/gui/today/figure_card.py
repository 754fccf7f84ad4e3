"""One figure in a small box: its value, what changed, how it went, and what it is held against."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Trend
from camdesk.gui.widgets.painting import draw_trend
from camdesk.gui.widgets.parts import ElidedLabel, Panel, label, row
from camdesk.insight.results import ScoreLine
from camdesk.insight.wording import write, write_change

_HEIGHT = 34


class SmallTrend(QWidget):
    """The newest quarter ends and now, as a line; `description` says them."""

    def __init__(self, theme: Theme, trend: Trend, *, description: str) -> None:
        super().__init__()
        self._theme = theme
        self._trend = trend
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Trend")
        self.setAccessibleDescription(description)
        self.setToolTip(description)

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_trend(painter, QRectF(self.rect()).adjusted(2, 5, 0, -5), self._trend, self._theme.tokens)
        painter.end()


class FigureCard(Panel):
    """A line of the scorecard as a card."""

    def __init__(self, line: ScoreLine, theme: Theme, *, currency: str) -> None:
        super().__init__(gap=2)
        title = ElidedLabel(size=SMALL)
        title.say(line.title)
        value = label(write(line.value, line.unit, currency=currency), size=TITLE - 2, bold=True)
        tone = change_tone(line, currency=currency)
        changed = label(
            write_change(line.value, line.previous_value, line.unit, currency=currency), size=SMALL, tone=tone
        )
        changed.setToolTip("since the end of the last quarter")
        if line.previous_value is None:
            changed.hide()
        self.body.addWidget(title)
        self.body.addLayout(row(value, changed, 1, gap=6))
        values = (*line.history, line.value)
        said = ", ".join(write(one, line.unit, currency=currency) for one in values)
        known = sum(one is not None for one in values)
        trend = Trend(values if known > 1 else (), tone)  # one point is no trend
        self.body.addWidget(SmallTrend(theme, trend, description=f"Last eight quarter ends, and now: {said}"))
        held = ElidedLabel(size=SMALL)
        held.say(held_against(line, currency=currency))
        self.body.addWidget(held)
        self.setAccessibleName(f"{line.title}: {write(line.value, line.unit, currency=currency)}")


def change_tone(line: ScoreLine, *, currency: str) -> Tone:
    """Return whether a figure has got better or worse since the end of the last quarter."""
    if line.value is None or line.previous_value is None:
        return Tone.MUTED
    if write_change(line.value, line.previous_value, line.unit, currency=currency) == "±0":
        return Tone.MUTED
    if line.better not in ("higher", "lower"):
        return Tone.MUTED
    return Tone.GOOD if (line.value > line.previous_value) == (line.better == "higher") else Tone.BAD


def held_against(line: ScoreLine, *, currency: str) -> str:
    """Return the target and the peers' median in one line."""
    parts = []
    if line.target is not None:
        assumed = " (assumed)" if line.target.assumed else ""
        parts.append(f"Target {write(line.target.value, line.unit, currency=currency)}{assumed}")
    if line.median is not None:
        parts.append(f"peers' median {write(line.median, line.unit, currency=currency)}")
    words = " · ".join(parts) or "No target is set"
    return words[:1].upper() + words[1:]
