"""The composition root: an open workspace, the definitions in force, the day, and every verb on them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from camdesk.base.errors import Problem
from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.desk import alerting, figures, papers, partner_page, portfolio, sources
from camdesk.desk.reports import AlertReport, FigureReport, PartnerReport, PortfolioReport, SourceState
from camdesk.documents.library import StoredDocument
from camdesk.documents.pdf import Paper
from camdesk.insight.catalog import Catalog, load_catalog
from camdesk.insight.insight import Insight
from camdesk.insight.results import Evidence, Scorecard, ScoreChange
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode, PassphraseSource
from camdesk.store.workspace import Workspace
from camdesk.sync.report import SourceReport
from camdesk.sync.sources import SourceTest


class Desk:
    """One workspace as its user works with it. Verbs may be called from any thread."""

    def __init__(self, workspace: Workspace, *, as_of: date | None = None) -> None:
        self.workspace = workspace
        self.settings: Settings = workspace.settings()
        self.as_of: date = as_of or self.settings.fixed_day or datetime.now(UTC).date()
        self.catalog: Catalog
        self.definition_problems: tuple[Problem, ...]
        self.catalog, self.definition_problems = load_catalog(workspace.home)
        self._lock = threading.RLock()
        self._insight: Insight | None = None

    @classmethod
    def open(cls, home: Path, *, ask: PassphraseSource, as_of: date | None = None) -> Desk:
        """Open the workspace in `home`; `ask` is called where it needs a passphrase."""
        return cls(workspaces.open_workspace(home, ask=ask), as_of=as_of)

    @classmethod
    def create(
        cls,
        home: Path,
        settings: Settings,
        *,
        ask: PassphraseSource,
        mode: KeyMode | None = None,
        as_of: date | None = None,
    ) -> Desk:
        """Make a workspace in `home` and open it."""
        return cls(workspaces.create(home, settings, ask=ask, mode=mode), as_of=as_of)

    def close(self) -> None:
        self.workspace.close()

    @property
    def insight(self) -> Insight:
        """The workspace as it stands now, seen from the desk's day; renewed after every change of facts."""
        with self._lock:
            if self._insight is None:
                self._insight = Insight(self.workspace, self.catalog, self.settings, self.as_of)
            return self._insight

    def prepare(self, *, progress: Progress | None = None) -> None:
        """Make the figures that screens show, where they are missing; the rest then answers at once."""
        with self._lock:
            self.insight.prepare(progress=progress)

    def facts_changed(self) -> None:
        """Forget what was read: facts are no longer those."""
        with self._lock:
            self._insight = None

    # What the screens show

    def portfolio(self, *, mine: bool = True) -> PortfolioReport:
        """Return the partners by type; `mine` those of the addresses in the settings, if there are any."""
        with self._lock:
            alerts = self.alerts(mine=False)
            return portfolio.report(self.insight, alerts, mine=mine)

    def partner(self, partner_id: str) -> PartnerReport:
        """Return what a partner's page shows; raises NotFoundError."""
        with self._lock:
            return partner_page.report(self.insight, partner_id, alerts=self.alerts(mine=False))

    def scorecard(self, partner_id: str) -> Scorecard:
        with self._lock:
            return self.insight.scorecard(partner_id)

    def score_change(self, partner_id: str, *, before: date, after: date) -> ScoreChange:
        with self._lock:
            return self.insight.score_change(partner_id, before=before, after=after)

    def explain(self, partner_id: str, metric: str) -> Evidence:
        """Return a figure with exactly the records that made it."""
        with self._lock:
            return self.insight.evidence(partner_id, metric)

    def open_figure(self, partner_id: str, metric: str) -> FigureReport:
        """Return a figure as the window opens it: definition, trend and readable records."""
        with self._lock:
            return figures.report(self.insight, partner_id, metric)

    def alerts(self, *, mine: bool = True) -> AlertReport:
        """Return the open alerts by priority; stored states move forward with the day, never back."""
        with self._lock:
            return alerting.report(self.insight, mine=mine)

    # Sources

    def sources(self) -> tuple[SourceState, ...]:
        return sources.states(self.workspace)

    def add_source(self, name: str, kind: str, options: dict[str, str]) -> None:
        """Connect a source; raises CamDeskError where it cannot be opened."""
        sources.add(self.workspace, name, kind, options)

    def remove_source(self, name: str) -> int:
        """Disconnect a source; its rows are kept as removed. Returns how many there were."""
        removed = sources.remove(self.workspace, name, as_of=self.as_of)
        self.facts_changed()
        return removed

    def try_source(self, name: str, *, progress: Progress) -> SourceTest:
        """Read a source without keeping anything."""
        return sources.attempt(self.workspace, name, progress=progress)

    def sync(
        self,
        names: Sequence[str] = (),
        *,
        full: bool = False,
        dry_run: bool = False,
        accept_shrunken: bool = False,
        progress: Progress,
    ) -> tuple[SourceReport, ...]:
        """Bring facts up to date from the named sources, or from all; one transaction each."""
        try:
            return sources.sync(
                self.workspace,
                names,
                as_of=self.as_of,
                started_at=instant_now(),
                types=self.catalog.types,
                full=full,
                dry_run=dry_run,
                accept_shrunken=accept_shrunken,
                progress=progress,
            )
        finally:
            self.facts_changed()

    # Documents

    def draft_review(self, partner_id: str, *, period: str | None = None) -> int:
        """Draft a review of a fiscal quarter (`2026-Q3`; the newest finished one by default)."""
        with self._lock:
            return papers.draft_review(self.insight, partner_id, period=period, saved_at=instant_now())

    def draft_plan(self, partner_id: str, *, year: int | None = None) -> int:
        """Draft a joint business plan for a fiscal year; the next one by default."""
        with self._lock:
            return papers.draft_plan(self.insight, partner_id, year=year, saved_at=instant_now())

    def documents(self, partner_id: str | None = None) -> tuple[StoredDocument, ...]:
        return papers.stored(self.workspace, partner_id)

    def export_pdf(self, document_id: int, target: Path, *, paper: Paper = "a4") -> Path:
        """Write a document as PDF; the file appears whole or not at all."""
        return papers.export_pdf(self.workspace, document_id, target, paper=paper)


def instant_now() -> str:
    """Return this moment in the form the store keeps."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
