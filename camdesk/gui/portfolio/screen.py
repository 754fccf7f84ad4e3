"""The portfolio: every partner by what its type is judged on, or all in one list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from camdesk.desk.reports import PortfolioReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.guide import Overview
from camdesk.gui.jobs import Failure
from camdesk.gui.portfolio.rows import FIXED_COLUMNS, SectionSpec, by_type, one_list, quarter_line, summary
from camdesk.gui.portfolio.section import SectionPanel
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.filter_field import FilterField
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import ElidedLabel, Page, button, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_RETRY = "Try again"
_SAY_AFTER_MS = 400
_REST_AFTER_MS = 15  # what can be seen is painted first


class PortfolioScreen(Screen):
    """Loads in the background, filters as one types, opens a partner on Enter."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take, self._fail, parent=self)
        self._report: PortfolioReport | None = None
        self._sections: dict[str, SectionPanel] = {}
        self._failed = False
        # Timers of this object, which end with it: a static single shot would outlive a closed window.
        self._complete_later = QTimer(self, singleShot=True, interval=_REST_AFTER_MS)
        self._complete_later.timeout.connect(self.complete)
        self._say_later = QTimer(self, singleShot=True, interval=_SAY_AFTER_MS)
        self._say_later.timeout.connect(self._say_working)
        self._left_out: list[SectionSpec] = []
        self._most_figures = 0
        self._words = ""
        self._summary = ElidedLabel()
        self._quarter = ElidedLabel(size=SMALL)
        self.mine = button("Mine", kind="pill", tooltip="Only the partners you look after")
        self.everyone = button("All", kind="pill", tooltip="Every partner of the workspace")
        self.by_type = button("By partner type", kind="pill")
        self.one_list = button("One list", kind="pill")
        self._owner = self._switch(self.mine, self.everyone)
        self._view = self._switch(self.by_type, self.one_list)
        self.filter_field = FilterField("Filter the portfolio")
        self.filter_field.setMaximumWidth(260)
        self._page = Page(name="Portfolio", margins=(20, 2, 20, 20))
        self._empty = EmptyNote()
        self._gap = QWidget()
        self._gap.setFixedWidth(8)
        self._lay_out()
        self._owner.buttonClicked.connect(self.refresh)
        self.filter_field.textChanged.connect(self.filter_by)
        self.filter_field.returnPressed.connect(self.open_first)
        self.filter_field.entered.connect(self.focus_content)
        self.filter_field.given_up.connect(self.focus_content)
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
            self.filter_field,
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

    def refresh(self) -> None:
        self._reading.start(partial(_read_portfolio, mine=self.mine.isChecked()))
        if self._report is None:
            self._say_later.start()

    def _say_working(self) -> None:
        """Say that it takes longer than usual: the figures are being worked out anew."""
        if self._report is None and not self._failed:
            self._empty.say("Working out the figures…", "Once after facts or definitions change.")
            self._empty.show()

    def _fail(self, failure: Failure) -> None:
        self._failed = True
        if self._report is None:
            self._empty.say(
                "The portfolio cannot be shown.", f"{failure.message} {failure.hint}", action=_RETRY
            )
            self._empty.show()
        self.context.guide.fail(failure)

    def _take(self, report: PortfolioReport) -> None:
        self._report = report
        if report.mine_only:
            self.mine.show()
            self.everyone.show()
        self._summary.say(summary(report))
        self._quarter.say(quarter_line(report))
        self._show()
        self.context.guide.overview.emit(overview(report))
        if self.isVisible() and not self.filter_field.hasFocus():
            self.focus_content()

    def filter_by(self, words: str) -> None:
        """Show only the partners that match."""
        self._words = words
        self._filter()
        if words.strip():
            self._page.verticalScrollBar().setValue(0)  # the first match, not where the eye was before

    def open_first(self) -> None:
        """Open the first partner shown, as Enter in the find field does."""
        shown = self._shown()
        if shown:
            self._open(shown[0].table.grid.rows[0].key)

    def focus_filter(self) -> None:
        self.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_field.selectAll()

    def actions_here(self) -> tuple[Action, ...]:
        return (Action("Filter the portfolio", self.focus_filter, "/", "Portfolio"),)

    def _open(self, partner_id: str) -> None:
        self.context.guide.go("partner", partner_id)

    def focus_content(self) -> None:
        """Put the keyboard into the first table."""
        shown = self._shown()
        current = next((one for one in shown if one.table.currentIndex().isValid()), None)
        if current or shown:
            (current or shown[0]).table.setFocus(Qt.FocusReason.OtherFocusReason)

    def sections(self) -> list[SectionPanel]:
        """Return the tables from top to bottom."""
        self.complete()
        return list(self._sections.values())

    def first_table(self) -> GridView | None:
        """Return the topmost table, there as soon as the report is."""
        return next((panel.table for panel in self._sections.values()), None)

    def complete(self) -> None:
        """Make the tables that were left out because they lie below what is seen at first."""
        left, self._left_out = self._left_out, []
        for spec in left:
            self._add(spec)
        if left:
            self._filter()

    def _shown(self) -> list[SectionPanel]:
        return [one for one in self.sections() if one.table.grid.rowCount()]

    def _show(self) -> None:
        """Show the report as chosen; at first only as many tables as can be seen, the others right after."""
        report = self._report
        if report is None:
            return
        specs = one_list(report) if self.one_list.isChecked() else by_type(report)
        self._most_figures = max((len(spec.columns) for spec in specs), default=0) - FIXED_COLUMNS
        self._drop_all_but(specs)
        room = self._page.viewport_height()
        self._left_out = []
        for place, spec in enumerate(specs):
            if room > 0 or spec.key in self._sections:
                self._add(spec)
                room -= self._sections[spec.key].sizeHint().height()
            else:
                self._left_out = specs[place:]
                self._complete_later.start()
                break
        self._filter()

    def _add(self, spec: SectionSpec) -> None:
        panel = self._sections.get(spec.key)
        if panel is None:
            panel = SectionPanel(spec.title, spec.columns, self.context.theme, parent=self._page.content)
            panel.opened.connect(self._open)
            panel.left.connect(self._go_on)
            panel.reached.connect(self._page.reveal)
            self._sections[spec.key] = panel
            self._page.body.insertWidget(len(self._sections) - 1, panel)
        panel.show_section(spec.rows(), about=spec.about)
        panel.line_up(most_figures=self._most_figures)

    def _drop_all_but(self, wanted: Sequence[SectionSpec]) -> None:
        """Take away the tables that are no longer wanted, or not in this order or with these columns."""
        known = [(key, panel.columns) for key, panel in self._sections.items()]
        if known == [(spec.key, spec.columns) for spec in wanted][: len(known)]:
            return
        for panel in self._sections.values():
            self._page.body.removeWidget(panel)
            panel.deleteLater()
        self._sections = {}

    def _filter(self) -> None:
        if self._words.strip():
            self.complete()
        found = sum(panel.filter_by(self._words) for panel in self._sections.values())
        self._empty.setVisible(self._report is not None and found == 0)
        if self._words.strip():
            self._empty.say(f"No partner matches “{self._words.strip()}”.", "", action="Show all partners")
        else:
            self._empty.say(
                "No partners yet.", "Connect a folder of exports, then sync it.", action="Go to sources"
            )

    def _follow_hint(self) -> None:
        if self._report is None:
            self._failed = False
            self._say_working()
            self.refresh()
        elif self._words.strip():
            self.filter_field.clear()
        else:
            self.context.guide.go("sources")

    def _go_on(self, panel: SectionPanel, way: int) -> None:
        shown = self._shown()
        place = shown.index(panel) + way
        if 0 <= place < len(shown):
            table = shown[place].table
            table.go_to(0 if way > 0 else table.grid.rowCount() - 1)
            table.setFocus(Qt.FocusReason.OtherFocusReason)


def overview(report: PortfolioReport) -> Overview:
    """Return what stands around every screen."""
    quarter = report.quarter
    days = "1 day left" if quarter.days_left == 1 else f"{quarter.days_left} days left"
    return Overview(
        sum(len(section.rows) for section in report.sections),
        sum(bool(section.rows) for section in report.sections),
        f"{quarter.title} · {days}",
    )


def _read_portfolio(desk: Desk, *, mine: bool) -> PortfolioReport:
    return desk.portfolio(mine=mine)
