"""Which screens there are, and the stack of them: each is made when first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from camdesk.gui.context import Context
from camdesk.gui.screen import Screen


def _today(context: Context) -> Screen:
    from camdesk.gui.today.screen import TodayScreen

    return TodayScreen(context)


def _portfolio(context: Context) -> Screen:
    from camdesk.gui.portfolio.screen import PortfolioScreen

    return PortfolioScreen(context)


def _forecast(context: Context) -> Screen:
    from camdesk.gui.forecast.screen import ForecastScreen

    return ForecastScreen(context)


def _programme(context: Context) -> Screen:
    from camdesk.gui.programme.screen import ProgrammeScreen

    return ProgrammeScreen(context)


def _sources(context: Context) -> Screen:
    from camdesk.gui.sources.screen import SourcesScreen

    return SourcesScreen(context)


def _partner(context: Context) -> Screen:
    from camdesk.gui.partner.page import PartnerPage

    return PartnerPage(context)


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen: its key, its title and sign in the navigation, its shortcut, and how it is made."""

    key: str
    title: str
    picture: str
    shortcut: str
    make: Callable[[Context], Screen]


ENTRIES = (
    Entry("today", "Today", "today", "Ctrl+1", _today),
    Entry("portfolio", "Portfolio", "portfolio", "Ctrl+2", _portfolio),
    Entry("forecast", "Forecast", "forecast", "Ctrl+3", _forecast),
    Entry("programme", "Programme", "programme", "Ctrl+4", _programme),
    Entry("sources", "Sources", "sources", "Ctrl+7", _sources),
)
"""The screens of the navigation, in its order; the first is the one the window opens on."""
PARTNER = "partner"
_BESIDE = {PARTNER: _partner}
"""Screens that are reached from others."""


_WIDEST = 2400


class Screens(QStackedWidget):
    """The stack, in the middle of a window wider than can be read; `get` makes a screen not there yet."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._made: dict[str, Screen] = {}
        self._makers = {entry.key: entry.make for entry in ENTRIES} | _BESIDE

    def get(self, key: str) -> Screen:
        screen = self._made.get(key)
        if screen is None:
            screen = self._makers[key](self._context)
            screen.install_actions()
            self._made[key] = screen
            self.addWidget(screen)
        return screen

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = max(event.size().width() - _WIDEST, 0) // 2
        self.setContentsMargins(beside, 0, beside, 0)
        super().resizeEvent(event)

    def shown(self) -> Screen | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def unmade(self) -> list[str]:
        """Return the keys of screens nobody has needed yet."""
        return [key for key in self._makers if key not in self._made]
