"""The portfolio: every partner by what its type is judged on, or all in one list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from camdesk.base.progress import Progress
from camdesk.desk.reports import PortfolioReport
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Receivers
from camdesk.gui.portfolio.rows import (
    LIST_COLUMNS,
    list_rows,
    quarter_line,
    summary,
    type_columns,
    type_rows,
)
from camdesk.gui.portfolio.section import SectionPanel
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.verbs import DeskVerbs
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.grid import Column
from camdesk.gui.widgets.parts import ElidedLabel, Page, button, label, row


class PortfolioScreen(QWidget):
    """Loads in the background, filters as one types, opens a partner on Enter."""

    partner_opened = Signal(str)
    loaded = Signal(object)
    failed = Signal(object)
    sources_wanted = Signal()
    find_cleared = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._report: PortfolioReport | None = None
        self._sections: dict[str, SectionPanel] = {}
        self._words = ""
        self._summary = ElidedLabel()
        self._quarter = ElidedLabel(size=SMALL)
        self.mine = button("Mine", kind="pill", tooltip="Only the partners you look after")
        self.everyone = button("All", kind="pill", tooltip="Every partner of the workspace")
        self.by_type = button("By partner type", kind="pill")
        self.one_list = button("One list", kind="pill")
        self._owner = self._switch(self.mine, self.everyone)
        self._view = self._switch(self.by_type, self.one_list)
        self._page = Page(name="Portfolio", margins=(20, 2, 20, 20))
        self._empty = EmptyNote()
        self._gap = QWidget()
        self._gap.setFixedWidth(8)
        self._lay_out()
        self._owner.buttonClicked.connect(self.load)
        self._view.buttonClicked.connect(self._show)

    def _switch(self, chosen: QPushButton, other: QPushButton) -> QButtonGroup:
        group = QButtonGroup(self)
        for one in (chosen, other):
            one.setCheckable(True)
            group.addButton(one)
        chosen.setChecked(True)
        return group

    def _lay_out(self) -> None:
        heading = row(
            label("Portfolio", size=TITLE, bold=True),
            self._summary,
            self.mine,
            self.everyone,
            self._gap,
            self.by_type,
            self.one_list,
        )
        heading.setStretch(1, 1)
        heading.setContentsMargins(20, 16, 20, 0)
        second = row(self._quarter)
        second.setContentsMargins(20, 2, 20, 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(heading)
        whole.addLayout(second)
        whole.addWidget(self._page, 1)
        self._page.body.addWidget(self._empty)
        self._page.body.addStretch(1)
        self._empty.hide()
        self._empty.pressed.connect(self._follow_hint)
        for part in (self.mine, self.everyone):
            part.hide()

    @property
    def report(self) -> PortfolioReport | None:
        return self._report

    def load(self) -> None:
        """Read the portfolio again, in the background."""
        read = partial(_read_portfolio, self._context.desk, mine=self.mine.isChecked())
        self._context.jobs.start(read, Receivers(self._take, self._fail))

    def _fail(self, failure: Failure) -> None:
        self.failed.emit(failure)

    def _take(self, report: PortfolioReport) -> None:
        self._report = report
        if report.mine_only:
            self.mine.show()
            self.everyone.show()
        self._summary.say(summary(report))
        self._quarter.say(quarter_line(report))
        self._show()
        self.loaded.emit(report)

    def filter_by(self, words: str) -> None:
        """Show only the partners that match."""
        self._words = words
        self._filter()

    def open_first(self) -> None:
        """Open the first partner shown, as Enter in the find field does."""
        shown = self._shown()
        if shown:
            self.partner_opened.emit(shown[0].table.grid.rows[0].key)

    def focus_table(self) -> None:
        """Put the keyboard into the first table."""
        shown = self._shown()
        current = next((one for one in shown if one.table.currentIndex().isValid()), None)
        if current or shown:
            (current or shown[0]).table.setFocus(Qt.FocusReason.OtherFocusReason)

    def sections(self) -> list[SectionPanel]:
        """Return the tables from top to bottom."""
        return list(self._sections.values())

    def _shown(self) -> list[SectionPanel]:
        return [one for one in self._sections.values() if one.table.grid.rowCount()]

    def _show(self) -> None:
        report = self._report
        if report is None:
            return
        wanted: dict[str, SectionPanel] = {}
        if self.one_list.isChecked():
            panel = self._section("", "All partners", LIST_COLUMNS)
            panel.show_section(list_rows(report), about="")
            wanted[""] = panel
        else:
            for section in report.sections:
                panel = self._section(section.type, section.plural, type_columns(section))
                rows = type_rows(section, currency=report.base_currency)
                panel.show_section(rows, about=f"judged on {section.judged_on}")
                wanted[section.type] = panel
        self._arrange(wanted)
        self._filter()
        self._line_up()

    def _section(self, key: str, title: str, columns: tuple[Column, ...]) -> SectionPanel:
        known = self._sections.get(key)
        if known is not None and known.columns == columns:
            return known
        panel = SectionPanel(title, columns, self._context.theme, parent=self._page.content)
        panel.opened.connect(self.partner_opened)
        panel.left.connect(self._go_on)
        panel.reached.connect(self._page.reveal)
        return panel

    def _arrange(self, wanted: dict[str, SectionPanel]) -> None:
        for old in self._sections.values():
            if old not in wanted.values():
                self._page.body.removeWidget(old)
                old.deleteLater()
        for place, panel in enumerate(wanted.values()):
            self._page.body.insertWidget(place, panel)
        self._sections = wanted

    def _filter(self) -> None:
        found = sum(panel.filter_by(self._words) for panel in self._sections.values())
        self._empty.setVisible(self._report is not None and found == 0)
        if self._words.strip():
            self._empty.say(f"No partner matches “{self._words.strip()}”.", "", action="Show all partners")
        else:
            self._empty.say(
                "No partners yet.", "Connect a folder of exports, then sync it.", action="Go to sources"
            )

    def _follow_hint(self) -> None:
        (self.find_cleared if self._words.strip() else self.sources_wanted).emit()

    def _go_on(self, panel: SectionPanel, way: int) -> None:
        shown = self._shown()
        place = shown.index(panel) + way
        if 0 <= place < len(shown):
            table = shown[place].table
            table.go_to(0 if way > 0 else table.grid.rowCount() - 1)
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line_up(self) -> None:
        most = max((panel.figures for panel in self._sections.values()), default=1)
        for panel in self._sections.values():
            panel.line_up(most_figures=most)


def _read_portfolio(desk: DeskVerbs, progress: Progress, *, mine: bool) -> PortfolioReport:
    progress.check()
    return desk.portfolio(mine=mine)
