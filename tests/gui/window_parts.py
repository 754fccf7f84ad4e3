"""A window put on screen, and its screens by what they are."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.app import make_window
from camdesk.gui.guide import Place
from camdesk.gui.partner.alerts import AlertsTab
from camdesk.gui.partner.page import PartnerPage
from camdesk.gui.partner.scorecard import ScorecardTab
from camdesk.gui.partner.terms import TermsTab
from camdesk.gui.portfolio.screen import PortfolioScreen
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.sources.screen import SourcesScreen


def put_on_screen(desk: Desk, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    """Show the window of a desk and wait for the keyboard to be in it; it turns to no screen yet."""
    window = make_window(desk, qapp)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def start(window: MainWindow, qtbot: QtBot, place: Place | None = None) -> None:
    """Turn to the first screen and wait for it; the others are made when a test turns to them."""
    window.start(place)
    qtbot.waitUntil(lambda: window._is_finished, timeout=30_000)  # shown, or told why not
    window._finish_later.stop()


def portfolio(window: MainWindow) -> PortfolioScreen:
    return cast("PortfolioScreen", window.screens.get("portfolio"))


def partner(window: MainWindow) -> PartnerPage:
    return cast("PartnerPage", window.screens.get("partner"))


def sources(window: MainWindow) -> SourcesScreen:
    return cast("SourcesScreen", window.screens.get("sources"))


def scorecard(window: MainWindow) -> ScorecardTab:
    return cast("ScorecardTab", partner(window).tabs["scorecard"])


def alerts(window: MainWindow) -> AlertsTab:
    return cast("AlertsTab", partner(window).tabs["alerts"])


def terms(window: MainWindow) -> TermsTab:
    return cast("TermsTab", partner(window).tabs["terms"])
