"""Which screens there are, and the stack of them: each is made when first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from camdesk.gui.context import Context
from camdesk.gui.screen import Screen


def _today() -> type[Screen]:
    from camdesk.gui.today.screen import TodayScreen

    return TodayScreen


def _portfolio() -> type[Screen]:
    from camdesk.gui.portfolio.screen import PortfolioScreen

    return PortfolioScreen


def _forecast() -> type[Screen]:
    from camdesk.gui.forecast.screen import ForecastScreen

    return ForecastScreen


def _programme() -> type[Screen]:
    from camdesk.gui.programme.screen import ProgrammeScreen

    return ProgrammeScreen


def _sources() -> type[Screen]:
    from camdesk.gui.sources.screen import SourcesScreen

    return SourcesScreen


def _partner() -> type[Screen]:
    from camdesk.gui.partner.page import PartnerPage

    return PartnerPage


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen: its key, its title and sign in the navigation, its shortcut, and how its code is loaded."""

    key: str
    title: str
    picture: str
    shortcut: str
    load: Callable[[], Callable[[Context], Screen]]


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
        self._loaded: set[str] = set()
        self._loaders = {entry.key: entry.load for entry in ENTRIES} | _BESIDE

    def get(self, key: str) -> Screen:
        screen = self._made.get(key)
        if screen is None:
            screen = self._loaders[key]()(self._context)
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

    def prepare(self) -> bool:
        """Load the code of one screen nobody has needed yet, or make it; return whether more is to do."""
        key = next((key for key in self._loaders if key not in self._made), None)
        if key is None:
            return False
        if key in self._loaded:
            self.get(key).ensurePolished()
        else:
            self._loaders[key]()
            self._loaded.add(key)
        return True
