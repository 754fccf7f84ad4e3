"""The partner page: who it is, and what there is to know about it in tabs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from camdesk.base.progress import Progress
from camdesk.desk.reports import FigureReport, PartnerReport
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Receivers
from camdesk.gui.partner.alerts import AlertsTab
from camdesk.gui.partner.figure import FigurePanel
from camdesk.gui.partner.rows import STAGES
from camdesk.gui.partner.scorecard import ScorecardTab
from camdesk.gui.partner.summary import Summary
from camdesk.gui.partner.terms import TermsTab
from camdesk.gui.theme.fonts import TITLE
from camdesk.gui.verbs import DeskVerbs
from camdesk.gui.widgets.parts import GAP, ElidedLabel, Page, badge, label, row

_SCORECARD, _ALERTS, _TERMS = range(3)


class PartnerPage(QWidget):
    """Reads its partner in the background; an opened figure stands beside the scorecard."""

    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._partner_id = ""
        self._metric = ""
        self._report: PartnerReport | None = None
        self._name = label("", size=TITLE, bold=True)
        self._badges = QHBoxLayout()
        self._facts = ElidedLabel()
        self.tabs = QTabBar()
        self.scorecard = ScorecardTab(context.theme)
        self.alerts = AlertsTab(context.theme)
        self.terms = TermsTab(context.theme)
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
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Parts of the partner page")
        for title in ("Scorecard", "Alerts", "Terms"):
            self.tabs.addTab(title)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 0)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self._facts)
        top.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        for tab in (self.scorecard, self.alerts, self.terms):
            self._stack.addWidget(tab)
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
        self._turn_to(_SCORECARD)
        self.tabs.currentChanged.connect(self._turn_to)
        self.scorecard.figure_wanted.connect(self.open_figure)
        self.summary.figure_wanted.connect(self.open_figure)
        self.summary.alerts_wanted.connect(self._turn_to_alerts)
        self.figure.closed.connect(self.close_figure)

    @property
    def partner_id(self) -> str:
        return self._partner_id

    def open_partner(self, partner_id: str) -> None:
        """Show a partner; what was shown before goes at once."""
        if partner_id != self._partner_id:
            self._partner_id = partner_id
            self.close_figure()
            self.tabs.setCurrentIndex(_SCORECARD)
            self._page.verticalScrollBar().setValue(0)
        read = partial(_read_partner, self._context.desk, partner_id)
        self._context.jobs.start(read, Receivers(self._take_partner, self._fail))

    def _take_partner(self, report: PartnerReport) -> None:
        if report.partner.partner_id != self._partner_id:
            return  # the user has gone on to another one meanwhile
        self._report = report
        self._show_head(report)
        self.scorecard.show_report(report)
        self.alerts.show_report(report)
        self.terms.show_report(report)
        self.summary.show_report(report)
        self.tabs.setTabText(_ALERTS, f"Alerts {len(report.alerts)}" if report.alerts else "Alerts")
        self._page.content.show()
        self.loaded.emit(report)

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
        """Open the records of a figure beside the scorecard."""
        if not metric:
            return
        self.tabs.setCurrentIndex(_SCORECARD)
        self._metric = metric
        self.figure.wait_for(self._title_of(metric))
        self.summary.hide()
        self.figure.show()
        self._fit()
        read = partial(_read_figure, self._context.desk, self._partner_id, metric)
        self._context.jobs.start(read, Receivers(self._take_figure, self._fail))

    def _take_figure(self, figure: FigureReport) -> None:
        if figure.metric == self._metric:
            self.figure.show_figure(figure)

    def close_figure(self) -> bool:
        """Close the opened figure; return whether there was one."""
        was_open = not self.figure.isHidden()
        self._metric = ""
        self.figure.hide()
        self.summary.setVisible(self.tabs.currentIndex() == _SCORECARD)
        self._fit()
        return was_open

    def focus_content(self) -> None:
        self.scorecard.focus_first()

    def _title_of(self, metric: str) -> str:
        card = self._report.scorecard if self._report else None
        lines = (*card.lines, *card.our_side) if card else ()
        return next((line.title for line in lines if line.metric == metric), metric)

    def _turn_to(self, tab: int) -> None:
        for place, part in enumerate((self.scorecard, self.alerts, self.terms)):
            shown = QSizePolicy.Policy.Preferred if place == tab else QSizePolicy.Policy.Ignored
            part.setSizePolicy(QSizePolicy.Policy.Preferred, shown)
        self._stack.setCurrentIndex(tab)
        self.close_figure()
        self._page.verticalScrollBar().setValue(0)

    def _turn_to_alerts(self) -> None:
        self.tabs.setCurrentIndex(_ALERTS)

    def _fail(self, failure: Failure) -> None:
        self.failed.emit(failure)

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


def _read_partner(desk: DeskVerbs, partner_id: str, progress: Progress) -> PartnerReport:
    progress.check()
    return desk.partner(partner_id)


def _read_figure(desk: DeskVerbs, partner_id: str, metric: str, progress: Progress) -> FigureReport:
    progress.check()
    return desk.open_figure(partner_id, metric)
