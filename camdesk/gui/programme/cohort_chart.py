"""New partners by the quarter they enrolled in and the months since: the darker, the more are activated."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from camdesk.desk.portfolio.programme_reports import MONTHS, ActivatedWithin, ActivationCohort
from camdesk.gui.theme.fonts import SMALL, TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tokens
from camdesk.gui.widgets.chart_base import HEAD, Chart, ChartValues, Mark
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.insight.wording import DASH

_ROW = 30.0
_NAME = 118.0
_DEEPEST = 0.5  # of the accent
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class CohortChart(Chart):
    """Every cell says its share in figures too. `opened` carries a quarter, such as FY26 Q4."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        self._cohorts: tuple[ActivationCohort, ...] = ()
        super().__init__(theme, name=name, height=int(HEAD + _ROW))

    def show_cohorts(self, cohorts: Sequence[ActivationCohort]) -> None:
        self._cohorts = tuple(cohorts)
        self.set_height(int(HEAD + _ROW * len(self._cohorts)) + 4)
        self.tell("; ".join(_whole(one) for one in cohorts))

    def marks(self, size: QSizeF) -> Sequence[Mark]:
        return [
            Mark(_cell(size, row, column), _said(cohort, column), cohort.quarter)
            for row, cohort in enumerate(self._cohorts)
            for column in range(len(MONTHS))
        ]

    def values(self) -> ChartValues:
        columns = (
            Column("Enrolled in", Kind.TEXT, strong=True, sortable=False),
            Column("Partners", Kind.NUMBER, sortable=False),
            *(Column(_month(months), Kind.NUMBER, sortable=False) for months in MONTHS),
        )
        rows = (
            GridRow(
                one.quarter,
                (
                    GridCell(one.quarter, strong=True),
                    GridCell(f"{one.enrolled:,}", one.enrolled),
                    *(_value(one, within, _said(one, place)) for place, within in enumerate(one.activated)),
                ),
            )
            for one in self._cohorts
        )
        return ChartValues(columns, tuple(rows))

    def draw(self, painter: QPainter, size: QSizeF, tokens: Tokens, *, picked: int | None) -> None:
        painter.setPen(QColor(tokens.ink_2))
        painter.setFont(text_font(TINY, bold=True))
        for column, months in enumerate(MONTHS):
            head = _cell(size, 0, column)
            painter.drawText(QRectF(head.left(), 0, head.width(), HEAD), _MIDDLE, _month(months))
        for row, cohort in enumerate(self._cohorts):
            painter.setFont(text_font(SMALL))
            painter.setPen(QColor(tokens.ink))
            name = QRectF(0, HEAD + _ROW * row, _NAME, _ROW)
            painter.drawText(name, _LEFT, f"{cohort.quarter} · {cohort.enrolled:,}")
            for column, within in enumerate(cohort.activated):
                place = row * len(MONTHS) + column
                area = _cell(size, row, column).adjusted(1.5, 1.5, -1.5, -1.5)
                _draw_cell(painter, area, cohort, within=within, tokens=tokens)
                if place == picked:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(QColor(tokens.ink), 2))
                    painter.drawRect(area)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -len(MONTHS), Qt.Key.Key_Down: len(MONTHS)}.get(Qt.Key(event.key()))
        if step is None or self._picked is None:
            super().keyPressEvent(event)
            return
        target = self._picked + step
        if 0 <= target < len(self._cohorts) * len(MONTHS):
            self.pick(target)


def _draw_cell(
    painter: QPainter,
    area: QRectF,
    cohort: ActivationCohort,
    *,
    within: ActivatedWithin | None,
    tokens: Tokens,
) -> None:
    painter.setFont(text_font(SMALL))
    if within is None or not cohort.known:
        painter.setPen(QColor(tokens.ink_3))
        painter.drawText(area, _MIDDLE, "·")
        return
    share = within.n / cohort.known
    painter.setBrush(QColor(cell_ground(share, tokens)))
    line = Qt.PenStyle.SolidLine if within.is_over else Qt.PenStyle.DashLine
    painter.setPen(QPen(QColor(tokens.hairline if within.is_over else tokens.ink_2), 1, line))
    painter.drawRect(area)
    painter.setPen(QColor(tokens.ink))
    painter.drawText(area, _MIDDLE, f"{share:.0%}")


def cell_ground(share: float, tokens: Tokens) -> str:
    """Return the colour of a share: never so deep that the figure on it could not be read."""
    one, other = QColor(tokens.panel), QColor(tokens.accent)
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(low + (high - low) * share * _DEEPEST) for low, high in pairs)).name()


def _cell(size: QSizeF, row: int, column: int) -> QRectF:
    width = max((size.width() - _NAME) / len(MONTHS), 20.0)
    return QRectF(_NAME + width * column, HEAD + _ROW * row, width, _ROW)


def _month(months: int) -> str:
    return f"{months} mo"


def _value(cohort: ActivationCohort, within: ActivatedWithin | None, said: str) -> GridCell:
    if within is None or not cohort.known:
        return GridCell(DASH, None, said, spoken=said, copied="")
    share = within.n / cohort.known
    text = f"{share:.0%}" if within.is_over else f"{share:.0%}+"
    return GridCell(text, share, said, spoken=said, copied=f"{share:.2%}")


def _said(cohort: ActivationCohort, column: int) -> str:
    within, months = cohort.activated[column], MONTHS[column]
    span = "1 month" if months == 1 else f"{months} months"
    if not cohort.known:
        return f"{cohort.quarter}: no milestone of these partners is recorded"
    if within is None:
        return f"{cohort.quarter}: that is still to come"
    so_far = "" if within.is_over else ", not all have had that long yet"
    return f"{cohort.quarter}: {within.n} of {cohort.known} activated within {span}{so_far}"


def _whole(cohort: ActivationCohort) -> str:
    known = [place for place, within in enumerate(cohort.activated) if within is not None]
    return _said(cohort, known[-1] if known else 0)
