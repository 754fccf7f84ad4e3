"""The partner page: who it is, and what there is to know about it in tabs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout

from camdesk.desk.reports import FigureReport, PartnerReport
from camdesk.gui.context import Context
from camdesk.gui.guide import Place
from camdesk.gui.partner.alerts import AlertsTab
from camdesk.gui.partner.figure import FigurePanel
from camdesk.gui.partner.rows import STAGES
from camdesk.gui.partner.scorecard import ScorecardTab
from camdesk.gui.partner.summary import Summary
from camdesk.gui.partner.tab import Tab
from camdesk.gui.partner.terms import TermsTab
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.theme.fonts import TITLE
from camdesk.gui.widgets.parts import GAP, ElidedLabel, Page, badge, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

TABS: tuple[type[Tab], ...] = (ScorecardTab, AlertsTab, TermsTab)
"""The parts of the page, in their order; the first is where a partner opens."""


class PartnerPage(Screen):
    """Reads its partner in the background; an opened figure stands beside what it was opened from."""

    loaded = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take_partner, parent=self)
        self._figure_reading = Reading(context, self._take_figure, parent=self)
        self._content_reading = Reading(context, self._take_content, parent=self)
        self._partner_id = ""
        self._wanted = Place("partner")
        self._report: PartnerReport | None = None
        self._name = label("", size=TITLE, bold=True)
        self._badges = QHBoxLayout()
        self._facts = ElidedLabel()
        self.tab_bar = QTabBar()
        self.tabs = {kind.key: kind(context) for kind in TABS}
        self._read_already: set[str] = set()
        self.summary = Summary(context.theme, context.desk.settings)
        self.figure = FigurePanel(context.theme, currency=context.desk.settings.base_currency)
        self._stack = QStackedWidget()
        self._page = Page(name="Partner", margins=(20, GAP, 20, 20))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row(self._name)
        self._badges.setSpacing(8)
        head.addLayout(self._badges)
        head.addStretch(1)
        self.tab_bar.setDrawBase(False)
        self.tab_bar.setExpanding(False)
        self.tab_bar.setUsesScrollButtons(True)
        self.tab_bar.setAccessibleName("Parts of the partner page")
        for key, tab in self.tabs.items():
            self.tab_bar.setTabData(self.tab_bar.addTab(tab.title), key)
            self._stack.addWidget(tab)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 0)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self._facts)
        top.addWidget(self.tab_bar)
        beside = QHBoxLayout()
        beside.setSpacing(GAP)
        beside.addWidget(self._stack, 1)
        beside.addWidget(self.summary, 0)
        beside.addWidget(self.figure, 0)
        self.figure.hide()
        self._page.body.addLayout(beside)
        self._page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._page, 1)

    def _connect(self) -> None:
        self._turn_to(0)
        self.tab_bar.currentChanged.connect(self._turn_to)
        for tab in self.tabs.values():
            tab.figure_wanted.connect(self.open_figure)
        self.summary.figure_wanted.connect(self.open_figure)
        self.summary.alerts_wanted.connect(partial(self.turn_to_tab, AlertsTab.key))
        self.figure.closed.connect(self.close_figure)

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
            self.close_figure()
            self.tab_bar.setCurrentIndex(0)
            self._page.verticalScrollBar().setValue(0)
        elif place.part:
            self._follow_place()

    def refresh(self) -> None:
        if self._partner_id:
            self._reading.start(partial(_read_partner, partner_id=self._partner_id))

    def _take_partner(self, report: PartnerReport) -> None:
        self._report = report
        self._read_already.clear()
        self._show_head(report)
        for place in range(self.tab_bar.count()):
            tab = self.tabs[self.tab_bar.tabData(place)]
            applies = tab.applies(report)
            self.tab_bar.setTabVisible(place, applies)
            if applies:
                self.tab_bar.setTabText(place, tab.title_for(report))
                tab.show_report(report)
        self.summary.show_report(report)
        self._read_content()
        self._page.content.show()
        if self._wanted.part:
            self._follow_place()
        self.loaded.emit(report)

    def _follow_place(self) -> None:
        """Turn to the tab, and stand on the record, that were asked for."""
        wanted, self._wanted = self._wanted, Place("partner", self._partner_id)
        self.turn_to_tab(wanted.part)
        if wanted.record:
            self.tabs[wanted.part].stand_on(wanted.record)

    def _show_head(self, report: PartnerReport) -> None:
        partner = report.partner
        self._name.setText(partner.name)
        while (item := self._badges.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        words = [report.type_short_title, partner.tier, STAGES.get(partner.stage, partner.stage)]
        if partner.dark:
            words.append("Dark")
        for word in filter(None, words):
            self._badges.addWidget(badge(word), 0, Qt.AlignmentFlag.AlignVCenter)
        self._facts.say(" · ".join(report.facts))

    def open_figure(self, metric: str) -> None:
        """Open the records of a figure beside the tab."""
        if not metric:
            return
        self.figure.wait_for(self._title_of(metric))
        self.summary.hide()
        self.figure.show()
        self._fit()
        self._figure_reading.start(partial(_read_figure, partner_id=self._partner_id, metric=metric))

    def _take_figure(self, figure: FigureReport) -> None:
        self.figure.show_figure(figure)

    def close_figure(self) -> bool:
        """Close the opened figure; return whether there was one."""
        was_open = not self.figure.isHidden()
        self.figure.hide()
        self.summary.setVisible(self.tab.has_summary)
        self._fit()
        return was_open

    def focus_content(self) -> None:
        self.tab.focus_first()

    def _title_of(self, metric: str) -> str:
        card = self._report.scorecard if self._report else None
        lines = (*card.lines, *card.our_side) if card else ()
        return next((line.title for line in lines if line.metric == metric), metric)

    def turn_to_tab(self, key: str) -> None:
        """Show one part of the page."""
        places = (at for at in range(self.tab_bar.count()) if self.tab_bar.tabData(at) == key)
        at = next(places, None)
        if at is not None and self.tab_bar.isTabVisible(at):
            self.tab_bar.setCurrentIndex(at)

    def _turn_to(self, place: int) -> None:
        for at in range(self.tab_bar.count()):
            shown = QSizePolicy.Policy.Preferred if at == place else QSizePolicy.Policy.Ignored
            self.tabs[self.tab_bar.tabData(at)].setSizePolicy(QSizePolicy.Policy.Preferred, shown)
        self._stack.setCurrentIndex(place)
        self.close_figure()
        self._page.verticalScrollBar().setValue(0)
        self._read_content()

    def _read_content(self) -> None:
        """Read what the shown tab needs beside the report, unless it has it."""
        tab = self.tab
        if self._report is None or tab.key in self._read_already:
            return
        self._content_reading.start(partial(_read_content, tab=tab, partner_id=self._partner_id))

    def _take_content(self, of_tab: tuple[str, Any]) -> None:
        key, content = of_tab
        self._read_already.add(key)
        if content is not None:
            self.tabs[key].show_content(content)

    def _fit(self) -> None:
        width = self.width()
        self.summary.setFixedWidth(min(max(int(width * 0.26), 250), 330))
        self.figure.setFixedWidth(min(max(int(width * 0.44), 400), 600))

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


def _read_figure(desk: Desk, *, partner_id: str, metric: str) -> FigureReport:
    return desk.open_figure(partner_id, metric)


def _read_content(desk: Desk, *, tab: Tab, partner_id: str) -> tuple[str, Any]:
    return tab.key, tab.read(desk, partner_id)
