"""The partner page: who it is, and what there is to know about it in tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTabBar, QVBoxLayout

from camdesk.base.errors import NotFoundError
from camdesk.desk.reports import FigureReport, PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.guide import Place
from camdesk.gui.jobs import Failure
from camdesk.gui.partner.alerts import AlertsTab
from camdesk.gui.partner.documents import DocumentsTab
from camdesk.gui.partner.header import Header
from camdesk.gui.partner.news import NewsTab
from camdesk.gui.partner.part_tab import PART_TABS
from camdesk.gui.partner.scorecard import ScorecardTab
from camdesk.gui.partner.summary import Summary
from camdesk.gui.partner.tab import Tab, TabEntry
from camdesk.gui.partner.tabs import Tabs
from camdesk.gui.partner.terms import TermsTab
from camdesk.gui.partner.work.brief import BriefTab
from camdesk.gui.partner.work.doing import PartnerDoing
from camdesk.gui.partner.work.tab import WorkTab
from camdesk.gui.partner.work.timeline import TimelineTab
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.figure_panel import FigurePanel
from camdesk.gui.widgets.parts import GAP, Page
from camdesk.insight.results import ScoreLine

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

TABS: tuple[TabEntry, ...] = (
    ScorecardTab.entry(),
    NewsTab.entry(),
    AlertsTab.entry(),
    TermsTab.entry(),
    *PART_TABS,
    TimelineTab.entry(),
    WorkTab.entry(),
    BriefTab.entry(),
    DocumentsTab.entry(),
)
"""The parts of the page, in their order; the first is where a partner opens."""


_GONE = "It may have left the portfolio with the last sync."


class PartnerPage(Screen):
    """Reads its partner in the background; an opened figure stands beside what it was opened from."""

    loaded = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take_partner, self._fail, parent=self)
        self._figure_reading = Reading(context, self._take_figure, parent=self)
        self._content_reading = Reading(context, self._take_content, parent=self)
        self._partner_id = ""
        self._wanted = Place("partner")
        self._report: PartnerReport | None = None
        self._summed_up: PartnerReport | None = None
        self.header = Header(context)
        self.tab_bar = QTabBar()
        self.tabs = Tabs(context, TABS, added=self._add_tab)
        self.doing = PartnerDoing(context, self.header, self.tabs.actions)
        self._read_already: set[str] = set()
        self.summary = Summary(context)
        self.figure = FigurePanel(context.theme, currency=context.desk.settings.base_currency)
        self._place_of_tabs = QVBoxLayout()
        self._page = Page(name="Partner", margins=(20, GAP, 20, 20))
        self._beside = Page(name="Opened figure", margins=(0, GAP, 20, 20))
        self._instead = EmptyNote()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.tab_bar.setDrawBase(False)
        self.tab_bar.setExpanding(False)
        self.tab_bar.setUsesScrollButtons(True)
        self.tab_bar.setAccessibleName("Parts of the partner page")
        for key, entry in self.tabs.entries.items():
            self.tab_bar.setTabData(self.tab_bar.addTab(entry.title), key)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 0)
        top.setSpacing(6)
        top.addWidget(self.header)
        top.addWidget(self.tab_bar)
        beside = QHBoxLayout()
        beside.setSpacing(GAP)
        beside.addLayout(self._place_of_tabs, 1)
        beside.addWidget(self.summary, 0)
        self._page.body.addLayout(beside)
        self._page.body.addStretch(1)
        self._beside.body.addWidget(self.figure)
        self._beside.body.addStretch(1)
        self._beside.hide()
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._page, 1)
        below.addWidget(self._beside, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._instead)
        whole.addLayout(below, 1)
        self._instead.hide()

    def _connect(self) -> None:
        self._turn_to(0)
        self.tab_bar.currentChanged.connect(self._turn_to)
        self.summary.figure_wanted.connect(self.open_figure)
        scorecard = self.tabs[ScorecardTab.key]
        if isinstance(scorecard, ScorecardTab):
            self.summary.change_shown.connect(scorecard.show_change)
        self.summary.alerts_wanted.connect(partial(self.turn_to_tab, AlertsTab.key))
        self.figure.closed.connect(self.close_figure)
        self._instead.pressed.connect(partial(self.context.guide.go, "portfolio"))
        self.context.room.changed.connect(self._turn_over)

    def _add_tab(self, tab: Tab) -> None:
        tab.hide()
        self._place_of_tabs.addWidget(tab)
        tab.figure_wanted.connect(self.open_figure)
        tab.records_wanted.connect(self.open_records)
        tab.reading_wanted.connect(self._read_anew)

    @property
    def partner_id(self) -> str:
        return self._partner_id

    @property
    def tab(self) -> Tab:
        """The tab that is shown."""
        return self.tabs[self.tab_bar.tabData(self.tab_bar.currentIndex())]

    def turn_to(self, place: Place) -> None:
        """Show a partner; what was shown before goes at once."""
        self._wanted = place
        if place.about != self._partner_id:
            self._partner_id = place.about
            self.is_stale = True
            self._show_nobody()
        elif place.part:
            self._follow_place()

    def _show_nobody(self) -> None:
        """Take away who was shown: no figure, and no key, is about the one before."""
        self._report = None
        self._content_reading.stop()
        self._figure_reading.stop()
        self.header.clear()
        self.close_figure()
        self.tab_bar.setCurrentIndex(0)
        self._page.verticalScrollBar().setValue(0)
        self._hide_content()
        self.tab_bar.hide()
        self._instead.hide()
        self._enable_keys(enabled=False)

    def _hide_content(self) -> None:
        """Take away the content; a keyboard that was in it stays on the page, for what comes next."""
        keyboard = QApplication.focusWidget()
        is_here = keyboard is not None and self.isAncestorOf(keyboard)
        self._page.content.hide()
        if is_here:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable_keys(self, *, enabled: bool) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(enabled)

    def _fail(self, failure: Failure) -> None:
        """Say in place of the page why there is none; a page that is still true stays."""
        if self._report is None or isinstance(failure.error, NotFoundError):
            self._show_nobody()
            self.is_stale = True
            hint = _GONE if isinstance(failure.error, NotFoundError) else failure.hint
            self._instead.say(failure.message, hint, action="Go to the portfolio")
            self._instead.show()
            self.header.hide()
            self._take_keyboard()
        else:
            self.context.guide.fail(failure)

    def _take_keyboard(self) -> None:
        """Put the keyboard where work begins, where it stands on nothing."""
        if self.isVisible() and QApplication.focusWidget() in (None, self, self.tab, self._page):
            self.focus_content()

    def refresh(self) -> None:
        if self._partner_id:
            self._reading.start(partial(_read_partner, partner_id=self._partner_id))

    def _take_partner(self, report: PartnerReport) -> None:
        self._report = report
        self._read_already.clear()
        self.setWindowTitle(report.partner.name)
        self.header.show_report(report)
        self.doing.show_report(report)
        self.tabs.take(report)
        for place, entry in enumerate(self.tabs.entries.values()):
            applies = entry.applies(report) and (entry.for_the_room or not self.context.room.has_guest)
            self.tab_bar.setTabVisible(place, applies)
            if applies:
                self.tab_bar.setTabText(place, entry.title_for(report))
        self._show_summary()
        self._read_content()
        self._instead.hide()
        self.header.show()
        self.tab_bar.show()
        self._page.content.show()
        self._enable_keys(enabled=True)
        self._take_keyboard()
        if self._wanted.part:
            self._follow_place()
        self.loaded.emit(report)

    def _show_summary(self) -> None:
        """Show what stands beside some of the tabs; beside the others it waits, as the tabs themselves do."""
        if self.tab.has_summary and self._report is not None and self._summed_up is not self._report:
            self._summed_up = self._report
            self.summary.show_report(self._report)

    def _follow_place(self) -> None:
        """Turn to the tab, and stand on the record, that were asked for."""
        wanted, self._wanted = self._wanted, Place("partner", self._partner_id)
        self.turn_to_tab(wanted.part)
        if wanted.record and wanted.part == self.tab.key:
            self.tab.stand_on(wanted.record)

    def open_figure(self, metric: str) -> None:
        """Open the records of a figure beside the tab."""
        if not metric:
            return
        self.open_records(self._title_of(metric), partial(_read_figure, metric=metric))

    def open_records(self, title: str, read: Callable[[Desk, str], FigureReport]) -> None:
        """Open what `read` brings of the partner beside the tab."""
        self.figure.wait_for(title)
        self.summary.hide()
        self._beside.show()
        self._beside.verticalScrollBar().setValue(0)
        self._fit()
        self._figure_reading.start(partial(_read_beside, read=read, partner_id=self._partner_id))

    def _turn_over(self) -> None:
        """Take away what is shown before somebody comes in, or once they have gone, and read it anew."""
        self.close_figure()
        self.tab_bar.setCurrentIndex(0)
        self._hide_content()
        self.header.hide_ours(hidden=self.context.room.has_guest)
        self.refresh()

    def _take_figure(self, figure: FigureReport) -> None:
        line = self._line(figure.metric)
        self.figure.show_figure(figure, target=line.target.value if line and line.target else None)

    def close_figure(self) -> bool:
        """Close the opened figure; return whether there was one."""
        was_open = not self._beside.isHidden()
        self._beside.hide()
        self.summary.setVisible(self.tab.has_summary)
        self._fit()
        return was_open

    def focus_content(self) -> None:
        if self._page.content.isHidden():
            (self if self._instead.isHidden() else self._instead).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.tab.focus_first()
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.tab.setFocus()  # nothing to stand on yet: the keys of the page count all the same

    def _title_of(self, metric: str) -> str:
        line = self._line(metric)
        return line.title if line else metric

    def _line(self, metric: str) -> ScoreLine | None:
        cards = (self._report.scorecard, *self._report.other_cards) if self._report else ()
        lines = (line for card in cards for line in (*card.lines, *card.our_side))
        return next((line for line in lines if line.metric == metric), None)

    def actions_here(self) -> tuple[Action, ...]:
        found = (
            *self.header.actions_here(),
            *self.doing.actions_here(),
            Action("Next part of the page", self.turn_on, "Ctrl+PgDown", "Partner"),
            Action("Part of the page before", self.turn_back, "Ctrl+PgUp", "Partner"),
            *self.tabs.actions(),
        )
        return tuple(replace(one, possible=partial(self._is_possible, one)) for one in found)

    def _is_possible(self, action: Action) -> bool:
        return self._report is not None and action.possible()

    def turn_to_tab(self, key: str) -> None:
        """Show one part of the page."""
        places = (at for at in range(self.tab_bar.count()) if self.tab_bar.tabData(at) == key)
        at = next(places, None)
        if at is not None and self.tab_bar.isTabVisible(at):
            self.tab_bar.setCurrentIndex(at)

    def turn_on(self) -> None:
        """Show the next part of the page that the partner has."""
        self._step(1)

    def turn_back(self) -> None:
        """Show the part before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        shown = [at for at in range(self.tab_bar.count()) if self.tab_bar.isTabVisible(at)]
        place = shown.index(self.tab_bar.currentIndex()) + by
        self.tab_bar.setCurrentIndex(shown[place % len(shown)])
        self.focus_content()

    def _turn_to(self, place: int) -> None:
        # Not a stack: that is as tall as the tallest of its pages.
        shown = self.tabs[self.tab_bar.tabData(place)]
        for tab in self.tabs.made():
            tab.setVisible(tab is shown)
        self._show_summary()
        self.close_figure()
        self._page.verticalScrollBar().setValue(0)
        self._read_content()

    def _read_content(self) -> None:
        """Read what the shown tab needs beside the report, unless it has it."""
        tab = self.tab
        if self._report is None or tab.key in self._read_already:
            return
        self._content_reading.start(partial(_read_content, tab=tab, partner_id=self._partner_id))

    def is_complete(self) -> bool:
        """Tell whether the shown tab has all it shows."""
        return self._report is not None and self.tab.key in self._read_already

    def _read_anew(self) -> None:
        self._read_already.discard(self.tab.key)
        self._read_content()

    def _take_content(self, of_tab: tuple[str, Any]) -> None:
        key, content = of_tab
        self._read_already.add(key)
        if content is not None:
            self.tabs[key].show_content(content)
        self._take_keyboard()

    def _fit(self) -> None:
        width = self.width()
        self.summary.setFixedWidth(min(max(int(width * 0.26), 250), 330))
        self._beside.setFixedWidth(min(max(int(width * 0.44), 420), 620))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.close_figure():
            self.focus_content()
        else:
            super().keyPressEvent(event)


def _read_partner(desk: Desk, *, partner_id: str) -> PartnerReport:
    return desk.partner(partner_id)


def _read_figure(desk: Desk, partner_id: str, *, metric: str) -> FigureReport:
    return desk.open_figure(partner_id, metric)


def _read_beside(desk: Desk, *, read: Callable[[Desk, str], FigureReport], partner_id: str) -> FigureReport:
    return read(desk, partner_id)


def _read_content(desk: Desk, *, tab: Tab, partner_id: str) -> tuple[str, Any]:
    return tab.key, tab.read(desk, partner_id)
