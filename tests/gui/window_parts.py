"""The screens of a window by what they are."""

from __future__ import annotations

from typing import cast

from camdesk.gui.partner.alerts import AlertsTab
from camdesk.gui.partner.page import PartnerPage
from camdesk.gui.partner.scorecard import ScorecardTab
from camdesk.gui.partner.terms import TermsTab
from camdesk.gui.portfolio.screen import PortfolioScreen
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.sources.screen import SourcesScreen


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
