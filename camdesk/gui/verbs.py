"""What the window asks of the desk: the verbs it calls and the values only they hand out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from camdesk.base.errors import Problem
from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.desk.reports import FigureReport, PartnerReport, PortfolioReport, SourceState


class SyncOutcome(Protocol):
    """What syncing one source did."""

    @property
    def name(self) -> str: ...
    @property
    def read(self) -> int: ...
    @property
    def added(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def removed(self) -> int: ...
    @property
    def rejected(self) -> Sequence[Problem]: ...
    @property
    def notices(self) -> Sequence[str]: ...


class Kept(Protocol):
    """How the workspace is kept."""

    @property
    def is_sample(self) -> bool: ...
    @property
    def home(self) -> Path | None: ...


class DeskVerbs(Protocol):
    """The part of the desk that the window uses; all may be called from any thread."""

    @property
    def as_of(self) -> date: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def workspace(self) -> Kept: ...
    def portfolio(self, *, mine: bool = True) -> PortfolioReport: ...
    def partner(self, partner_id: str) -> PartnerReport: ...
    def open_figure(self, partner_id: str, metric: str) -> FigureReport: ...
    def sources(self) -> Sequence[SourceState]: ...
    def sync(
        self, names: Sequence[str] = (), *, accept_shrunken: bool = False, progress: Progress
    ) -> Sequence[SyncOutcome]: ...
