"""The programme: how its parts do, how new partners come on, what hangs on the largest, what money led to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from camdesk.desk.reports import FigureReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure
from camdesk.gui.leaving import Leaving
from camdesk.gui.programme import frame
from camdesk.gui.programme.panels import ActivationPanel, GroupsPanel, InvestmentsPanel, LargestPanel
from camdesk.gui.programme.rows import (
    GROUP_COLUMNS,
    ODDS_COLUMNS,
    ODDS_TITLE,
    WAYS,
    Programme,
    opened_title,
    programme,
)
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.widgets.beside import lay_out_beside
from camdesk.gui.widgets.clipboard import as_tsv
from camdesk.gui.widgets.columns import shares
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.figure_panel import FigurePanel
from camdesk.gui.widgets.parts import Page
from camdesk.gui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from camdesk.desk.desk import Desk

_GROUP = "Programme"
_SCREEN = "programme"
_BESIDE_EACH_OTHER_FROM = 900
_RETRY = "Try again"


class ProgrammeScreen(Screen):
    """Reads in the background; an opened figure stands beside what it was opened from."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take, self._fail, parent=self)
        self._figure_reading = Reading(context, self._take_figure, parent=self)
        self._programme: Programme | None = None
        self._by, self._mine, self._knows_mine, self._knows_left = WAYS[0], True, False, False
        self._leaving = Leaving(_SCREEN, context, self._left, parent=self)
        self.head = frame.Heading()
        self.groups = GroupsPanel(context.theme)
        self.activation = ActivationPanel(context.theme)
        self.largest = LargestPanel(context.theme)
        self.investments = InvestmentsPanel(context.theme)
        self.odds = TablePanel(ODDS_TITLE, ODDS_COLUMNS, context.theme, fixed=())
        self.odds.table.set_plan(partial(shares, parts=(30, 12, 8, 50)))
        self.figure = FigurePanel(context.theme, currency=context.desk.settings.base_currency)
        self.page = Page(name="Programme", margins=(20, 2, 20, 20))
        self.beside = Page(name="Opened figure", margins=(0, 2, 20, 20))
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._empty = EmptyNote()
        self._content = QStackedWidget()
        self._before = self.groups.table
        for part in (self.page, self._empty):
            self._content.addWidget(part)
        self._empty.say("Working out the programme…", "")
        self._content.setCurrentWidget(self._empty)
        frame.fill(
            self.page, self._pair, self.groups, self.activation, self.largest, self.investments, self.odds
        )
        lay_out_beside(self, self.head, self._content, self.beside, self.figure)
        self._connect()

    def _connect(self) -> None:
        self.head.ways.buttonClicked.connect(self._take_way)
        self.head.owner.buttonClicked.connect(self._take_owner)
        self.head.copy_button.clicked.connect(self.copy)
        self.groups.figure_wanted.connect(self.open_figure)
        self.activation.cohort_wanted.connect(self.open_cohort)
        self.largest.partner_wanted.connect(self._go_to_partner)
        self.largest.all_wanted.connect(self._open_largest)
        self.investments.figure_wanted.connect(self.open_investment)
        self.odds.table.opened.connect(self._go_to_partner)
        for panel in (self.groups, self.activation, self.investments):
            panel.reached.connect(self.page.reveal)
        self.odds.table.reached.connect(partial(self.page.reveal, self.odds.table))
        self.figure.closed.connect(self.close_figure)
        self._empty.pressed.connect(self._follow_hint)

    def actions_here(self) -> tuple[Action, ...]:
        def action(title: str, run: Callable[[], object], key: str) -> Action:
            return Action(title, run, key, _GROUP, self._has_programme, in_the_room=False)

        return (
            *(
                action(f"Programme by {way}", partial(self.turn_to_way, way), f"Ctrl+Shift+{place}")
                for place, way in enumerate(WAYS, start=1)
            ),
            action("Copy the programme's figures", self.copy, "Ctrl+Shift+C"),
            action("Export the programme's figures", self.groups.table.export, "Ctrl+E"),
        )

    def _has_programme(self) -> bool:
        return self._programme is not None

    # Reading

    def refresh(self) -> None:
        looked = (self._by, self._mine) if self._knows_left else None
        self._reading.start(partial(_read, looked=looked))

    def _take(self, found: tuple[str, bool, Programme]) -> None:
        self._by, self._mine, read = found
        self._knows_left = True
        self.head.show_way(self._by)
        first, is_news = self._programme is None, self._programme != read
        self._programme = read
        self._knows_mine = self._knows_mine or read.report.mine_only
        self.head.show_programme(read, knows_mine=self._knows_mine, mine=self._mine)
        if not read.report.whole.partners:
            self._say_nobody(read)
            return
        if is_news:
            self._fill(read)
        self._content.setCurrentWidget(self.page)
        if first and self.isVisible():
            self.focus_content()

    def _fill(self, read: Programme) -> None:
        for panel in (self.groups, self.activation, self.largest, self.investments):
            panel.show_programme(read)
        self.odds.fill(list(read.odds))
        self._fit()

    def _say_nobody(self, read: Programme) -> None:
        if read.report.mine_only:
            self._empty.say("None of the partners is yours.", "", action="Show all partners")
        else:
            self._empty.say(
                "No partners yet.", "Connect a folder of exports, then sync it.", action="Go to sources"
            )
        self._content.setCurrentWidget(self._empty)

    def _fail(self, failure: Failure) -> None:
        if self._programme is None:
            self._empty.say(
                "The programme cannot be shown.", f"{failure.message} {failure.hint}", action=_RETRY
            )
        self.context.guide.fail(failure)

    def _follow_hint(self) -> None:
        if self._programme is None:
            self.refresh()
        elif self._programme.report.mine_only:
            self.head.everyone.setChecked(True)
            self._take_owner()
        else:
            self.context.guide.go("sources")

    # Looking at it in other ways

    def turn_to_way(self, way: str) -> None:
        """Divide the programme by type, tier, region, industry, country or year of enrolment."""
        self.head.show_way(way)
        self._look()
        self.close_figure()
        self.refresh()

    def _take_way(self) -> None:
        self.turn_to_way(self.head.chosen_way())

    def _take_owner(self) -> None:
        self._look()
        self.close_figure()
        self.refresh()

    def _look(self) -> None:
        self._by, self._mine = self.head.chosen_way(), self.head.mine.isChecked()
        self._knows_left = True
        self._leaving.keep_soon()

    def _left(self) -> dict[str, str | bool]:
        return {"by": self._by, "mine": self._mine}

    def focus_content(self) -> None:
        is_empty = self._content.currentWidget() is self._empty
        (self._empty if is_empty else self._before).setFocus(Qt.FocusReason.OtherFocusReason)

    # Opening figures

    def open_figure(self, metric: str, group: str | None, name: str) -> None:
        """Open the records of a figure of a group, of all without one, beside the tables."""
        self._before = self.groups.whole if group is None else self.groups.table
        read = partial(_read_figure, metric=metric, by=self._by, group=group, mine=self._mine)
        self._open(opened_title(metric, name), partial(_named, read=read, name=name))

    def open_cohort(self, quarter: str) -> None:
        """Open who enrolled in a quarter."""
        self._open(f"Enrolled in {quarter}", partial(_read_cohort, quarter=quarter, mine=self._mine))

    def open_investment(self, figure: str, title: str) -> None:
        """Open the records of what an investment came to."""
        self._open(title, partial(_read_investment, figure=figure, mine=self._mine))

    def _open_largest(self) -> None:
        self.open_figure("top_ten_share", None, "")

    def _open(self, title: str, read: Callable[[Desk], FigureReport]) -> None:
        self.figure.wait_for(title)
        self._fit()
        self.beside.show()
        self._fit()
        self.beside.verticalScrollBar().setValue(0)
        self._figure_reading.start(read)

    def _take_figure(self, figure: FigureReport) -> None:
        if not self.beside.isHidden():
            self.figure.show_figure(figure)
            first = next(iter(self.figure.tables), None)
            (first or self.figure.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_figure(self) -> None:
        """Close the opened figure and go back to where it was opened."""
        if not self.beside.isHidden():
            self.beside.hide()
            self._fit()
            self.focus_content()

    def _go_to_partner(self, partner_id: str) -> None:
        self.context.guide.go("partner", partner_id)

    # To a spreadsheet

    def copy(self) -> None:
        """Put the figures of every group and of all on the clipboard, with heads."""
        if self._programme is not None:
            rows = [*self.groups.table.grid.rows, self._programme.whole]
            QGuiApplication.clipboard().setText(as_tsv(GROUP_COLUMNS, rows))
            self.context.guide.say("Copied, to be pasted into a spreadsheet.")

    def _fit(self) -> None:
        room = self.width()
        if not self.beside.isHidden():
            self.beside.setFixedWidth(min(max(int(room * 0.44), 400), 620))
            room -= self.beside.width()
        has_cohorts = self._programme is not None and bool(self._programme.cohorts)
        wide = room >= _BESIDE_EACH_OTHER_FROM and has_cohorts
        self._pair.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.beside.isHidden():
            self.close_figure()
        else:
            super().keyPressEvent(event)


def _read(desk: Desk, *, looked: tuple[str, bool] | None) -> tuple[str, bool, Programme]:
    by, mine = looked or _left_as(desk)
    return by, mine, programme(desk.programme(by, mine=mine), desk.programme_page(mine=mine))


def _left_as(desk: Desk) -> tuple[str, bool]:
    """Return by what the programme was divided when it was left, and whether for one's own partners."""
    left = desk.remembered_view(_SCREEN) or {}
    by = left.get("by")
    return by if by in WAYS else WAYS[0], left.get("mine") is not False


def _read_figure(desk: Desk, *, metric: str, by: str, group: str | None, mine: bool) -> FigureReport:
    return desk.open_programme_figure(metric, by=by, group=group, mine=mine)


def _named(desk: Desk, *, read: Callable[[Desk], FigureReport], name: str) -> FigureReport:
    figure = read(desk)
    return replace(figure, title=f"{figure.title}: {name}") if name else figure


def _read_cohort(desk: Desk, *, quarter: str, mine: bool) -> FigureReport:
    return desk.open_cohort(quarter, mine=mine)


def _read_investment(desk: Desk, *, figure: str, mine: bool) -> FigureReport:
    return desk.open_investment(figure, mine=mine)
