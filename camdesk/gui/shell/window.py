"""The main window: puts the screens together and keeps the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from camdesk.desk.reports import PortfolioReport, SourceState
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure
from camdesk.gui.shell.navigation import Entry, Navigation
from camdesk.gui.shell.remembered import Remembered
from camdesk.gui.shell.screens import Screens
from camdesk.gui.shell.status_bar import StatusBar
from camdesk.gui.shell.toast import Toast
from camdesk.gui.shell.top_bar import TopBar
from camdesk.gui.sources.rows import ago, newest_sync
from camdesk.gui.theme.theme import Theme
from camdesk.gui.verbs import SyncOutcome

if TYPE_CHECKING:
    from camdesk.gui.partner.page import PartnerPage
    from camdesk.gui.sources.screen import SourcesScreen

_PORTFOLIO, _SOURCES, _PARTNER = "portfolio", "sources", "partner"
_ENTRIES = (
    Entry(_PORTFOLIO, "Portfolio", "portfolio", "Ctrl+1"),
    Entry(_SOURCES, "Sources", "sources", "Ctrl+2"),
)
_NARROW_BELOW = 1180
_REST_AFTER_MS = 50  # the first key or click of the user comes first
_SMALLEST = (860, 560)
_FIRST_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """Belongs to one open workspace. Closing it stops what is under way and waits for it."""

    def __init__(self, context: Context, *, title: str, kept: str, remembered: Remembered) -> None:
        super().__init__()
        self._context = context
        self._remembered = remembered
        self._way_back: list[tuple[str, str]] = []
        self._place = (_PORTFOLIO, "")
        self._is_finished = False
        self._finish_later = QTimer(self, singleShot=True, interval=_REST_AFTER_MS)
        self._finish_later.timeout.connect(self._finish)
        self._shows_portfolio_next = False
        self.navigation = Navigation(_ENTRIES, context.theme)
        self.top_bar = TopBar(context.theme)
        self.status = StatusBar(kept=kept)
        self._screens = Screens(context)
        self.portfolio = self._screens.portfolio
        self.setWindowTitle(title)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST_SIZE)
        self._lay_out()
        self.toast = Toast(self)
        self._connect()
        self._add_shortcuts()
        self._restore()
        self._show_place()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self._screens, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        whole = QWidget()
        whole.setProperty("kind", "ground")
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(middle, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.go_to)
        self.top_bar.back.clicked.connect(self.go_back)
        find = self.top_bar.find_field
        find.textChanged.connect(self._find)
        find.returnPressed.connect(self.portfolio.open_first)
        find.entered.connect(self.portfolio.focus_table)
        find.given_up.connect(self.portfolio.focus_table)
        self.portfolio.find_cleared.connect(find.clear)
        self.portfolio.sources_wanted.connect(self._go_to_sources)
        self.portfolio.partner_opened.connect(self.open_partner)
        self.portfolio.loaded.connect(self._take_portfolio)
        self._screens.freshness.connect(self._take_sources)
        self._screens.synced.connect(self._take_outcomes)
        self._screens.busy.connect(self._take_busy)
        self._screens.failed.connect(self.tell_failure)

    @property
    def partner(self) -> PartnerPage:
        return self._screens.partner

    @property
    def sources(self) -> SourcesScreen:
        return self._screens.sources

    def _add_shortcuts(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+1", self._go_to_portfolio),
            ("Ctrl+2", self._go_to_sources),
            ("Ctrl+K", self.focus_find),
            ("Alt+Left", self.go_back),
            ("F5", self._sync),
        )
        for key, slot in keys:
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def start(self) -> None:
        """Ask for the first data; call it once the window is on screen."""
        self.portfolio.load()

    def start_with_sync(self) -> None:
        """Begin with a first sync instead; the portfolio follows it. For a workspace just made."""
        self._finish_once()
        self._shows_portfolio_next = True
        self._sync()

    def _finish_once(self) -> None:
        if not self._is_finished:
            self._is_finished = True
            self._finish_later.start()

    def _finish(self) -> None:
        """Make the other screens once the first one has been painted."""
        self._screens.make_rest()
        self.sources.load()

    def go_to(self, key: str) -> None:
        """Turn to a screen of the navigation."""
        self._move((key, ""))

    def open_partner(self, partner_id: str) -> None:
        self._move((_PARTNER, partner_id))

    def go_back(self) -> None:
        """Return to where the user was before."""
        if self._way_back:
            self._place = self._way_back.pop()
            self._show_place()

    def focus_find(self) -> None:
        self.top_bar.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.find_field.selectAll()

    def tell_failure(self, failure: Failure) -> None:
        """Say what could not be done and what to do next."""
        self.toast.say(f"{failure.message} {failure.hint}".strip(), stays=not failure.cancelled)
        self._finish_once()

    def _move(self, place: tuple[str, str]) -> None:
        if place != self._place:
            self._way_back.append(self._place)
            self._place = place
        self._show_place()

    def _show_place(self) -> None:
        screen, partner_id = self._place
        self.top_bar.back.setEnabled(bool(self._way_back))
        if screen == _PARTNER:
            self._screens.setCurrentWidget(self.partner)
            self.partner.open_partner(partner_id)
            self.partner.focus_content()
        elif screen == _SOURCES:
            self._screens.setCurrentWidget(self.sources)
            self.sources.table.setFocus()
        else:
            self._screens.setCurrentWidget(self.portfolio)
            self.portfolio.focus_table()
        self.navigation.show_chosen(_SOURCES if screen == _SOURCES else _PORTFOLIO)

    def _go_to_portfolio(self) -> None:
        self.go_to(_PORTFOLIO)

    def _go_to_sources(self) -> None:
        self.go_to(_SOURCES)

    def _find(self, words: str) -> None:
        if words and self._place[0] != _PORTFOLIO:
            self.go_to(_PORTFOLIO)
            self.top_bar.find_field.setFocus()
        self.portfolio.filter_by(words)

    def _sync(self) -> None:
        self.go_to(_SOURCES)
        self.sources.sync()

    def _take_portfolio(self, report: PortfolioReport) -> None:
        types = sum(bool(section.rows) for section in report.sections)
        partners = sum(len(section.rows) for section in report.sections)
        self.status.say_count(f"{_counted(partners, 'partner')} · {_counted(types, 'type')}")
        quarter = report.quarter
        days = "1 day left" if quarter.days_left == 1 else f"{quarter.days_left} days left"
        self.top_bar.say_quarter(f"{quarter.title} · {days}")
        self._finish_once()
        if self._place[0] == _PORTFOLIO and not self.top_bar.find_field.hasFocus():
            self.portfolio.focus_table()

    def _take_sources(self, sources: Sequence[SourceState]) -> None:
        newest = newest_sync(sources)
        words = "Never synced" if newest is None else f"Synced {ago(newest, now=datetime.now(UTC))}"
        self.top_bar.say_freshness(words, tooltip="Everything but the sync works offline")

    def _take_outcomes(self, outcomes: Sequence[SyncOutcome]) -> None:
        rejected = sum(len(outcome.rejected) for outcome in outcomes)
        news = any(outcome.added or outcome.changed or outcome.removed for outcome in outcomes)
        words = "Synced." if news else "Synced, nothing new."
        taken = "1 row was not taken." if rejected == 1 else f"{rejected:,} rows were not taken."
        self.toast.say(f"{words} {taken}" if rejected else words)
        self.portfolio.load()
        if self._shows_portfolio_next:
            self._shows_portfolio_next = False
            if not rejected:
                self.go_to(_PORTFOLIO)

    def _take_busy(self, busy: bool) -> None:
        self.status.say_state("Syncing…" if busy else "All changes saved")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.toast.isVisible():
                self.toast.hide()
            else:
                self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.set_narrow(narrow=self.width() < _NARROW_BELOW)

    @property
    def appearance(self) -> Theme:
        """The look in force, and the way to choose another."""
        return self._context.theme

    def _restore(self) -> None:
        geometry = self._remembered.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)
        if self._remembered.as_one_list:
            self.portfolio.one_list.setChecked(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remembered.keep(
            self.saveGeometry(),
            self._context.theme.appearance,
            as_one_list=self.portfolio.one_list.isChecked(),
        )
        self._context.jobs.close()
        super().closeEvent(event)


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
