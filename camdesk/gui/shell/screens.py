"""The screens of the window, made when first needed: the portfolio at once, the others after it stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from camdesk.gui.context import Context
from camdesk.gui.portfolio.screen import PortfolioScreen

if TYPE_CHECKING:
    from camdesk.gui.partner.page import PartnerPage
    from camdesk.gui.sources.screen import SourcesScreen


class Screens(QStackedWidget):
    """A stack of screens; what any of them could not do comes out as `failed`."""

    failed = Signal(object)
    freshness = Signal(object)
    synced = Signal(object)
    busy = Signal(bool)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.portfolio = PortfolioScreen(context)
        self.portfolio.failed.connect(self.failed)
        self.addWidget(self.portfolio)

    @cached_property
    def partner(self) -> PartnerPage:
        from camdesk.gui.partner.page import PartnerPage

        page = PartnerPage(self._context)
        page.failed.connect(self.failed)
        self.addWidget(page)
        return page

    @cached_property
    def sources(self) -> SourcesScreen:
        from camdesk.gui.sources.screen import SourcesScreen

        screen = SourcesScreen(self._context)
        screen.failed.connect(self.failed)
        screen.loaded.connect(self.freshness)
        screen.synced.connect(self.synced)
        screen.busy.connect(self.busy)
        self.addWidget(screen)
        return screen

    def make_rest(self) -> None:
        """Make what is not there yet, so that its first opening is as quick as any."""
        self.partner.ensurePolished()
        self.sources.ensurePolished()
