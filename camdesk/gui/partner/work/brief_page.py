"""A brief as the window shows it: its sections, and lists side by side where there is room."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from camdesk.desk.reports import FigureReport, RecordTable
from camdesk.documents.model import Block, Document, FrozenFigure, PointColumns
from camdesk.gui.partner.blocks import SectionPanel
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.parts import GAP, label
from camdesk.insight.results import Unit
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


class BriefPage(QWidget):
    """`figure_wanted` carries a metric whose figure of today is to be opened.

    `records_wanted` carries the title of what is no metric, and what returns its records.
    """

    figure_wanted = Signal(str)
    records_wanted = Signal(str, object)

    def __init__(self, document: Document, theme: Theme, *, currency: str) -> None:
        super().__init__()
        self._figures = {figure.key: figure for figure in document.figures}
        self.sections: list[BriefSection] = []
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        for section in document.sections:
            panel = BriefSection(section, theme, currency=currency)
            panel.opened.connect(self._open)
            self.sections.append(panel)
            lines.addWidget(panel)

    def _open(self, key: str) -> None:
        figure = self._figures.get(key)
        if figure is None:
            return
        if figure.metric:
            self.figure_wanted.emit(figure.metric)
        else:
            self.records_wanted.emit(figure.title, partial(_records, figure=figure))


class BriefSection(SectionPanel):
    """A section that may have lists side by side, as only briefs and plans have."""

    def _add(self, block: Block) -> None:
        if isinstance(block, PointColumns):
            self._add_columns(block)
        else:
            super()._add(block)

    def _add_columns(self, block: PointColumns) -> None:
        beside = QHBoxLayout()
        beside.setContentsMargins(10, 4, 10, 4)
        beside.setSpacing(28)
        for points in block.columns:
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(label(points.title, size=SMALL, bold=True))
            for line in points.lines:
                column.addWidget(self._sentence(line))
            column.addStretch(1)
            beside.addLayout(column, 1)
        self.body.addLayout(beside)


def _records(_desk: Desk, _partner_id: str, *, figure: FrozenFigure) -> FigureReport:
    """Return what a list of the brief rests on, as it was written down in it."""
    rows = tuple((one.label, one.day, one.amount) for one in figure.records)
    ids = tuple(one.record_id for one in figure.records)
    table = RecordTable("", "What it rests on", ("What", "Day", "Counts as"), (False, False, True), rows, ids)
    window = figure.window or f"as of {write_day(figure.as_of)}"
    return FigureReport(
        "", figure.title, figure.written, figure.n, figure.definition, window, (table,), (), Unit.COUNT
    )
