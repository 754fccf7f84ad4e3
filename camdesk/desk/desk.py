"""The composition root: an open workspace, the definitions in force, the day, and every verb on them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from camdesk.base.errors import Problem, UsageError
from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.desk import keeping
from camdesk.desk.alerts import alert_page, alerting, back_testing
from camdesk.desk.alerts.kept_alerts import KeptAlerts
from camdesk.desk.care import sample, sources
from camdesk.desk.care.settings import checked
from camdesk.desk.clock import instant_now, today
from camdesk.desk.finding.searching import Searching
from camdesk.desk.morning.today import Mornings
from camdesk.desk.number.forecasting import Forecasting
from camdesk.desk.papers.branding import Brand
from camdesk.desk.papers.briefing import Briefing
from camdesk.desk.papers.papers import Papers
from camdesk.desk.partner import figures, news, partner_page, terms
from camdesk.desk.partner.partner_parts import PartnerParts
from camdesk.desk.portfolio import changes, portfolio, stock
from camdesk.desk.portfolio.lifecycle import Lifecycle
from camdesk.desk.portfolio.overviewing import Overviewing
from camdesk.desk.portfolio.tending import Tending
from camdesk.desk.reports import (
    AlertDetail,
    AlertReport,
    BackTestReport,
    ChangeReport,
    FigureReport,
    NewsReport,
    PartnerReport,
    PortfolioReport,
    SourceState,
    TermsReport,
)
from camdesk.desk.writing.keepsakes import Keepsakes
from camdesk.desk.writing.working import Working
from camdesk.insight.alerts.usage import RuleUse, rule_uses
from camdesk.insight.catalog import Catalog
from camdesk.insight.insight import Insight
from camdesk.insight.results import Evidence, Figure, PastScore, Scorecard, ScoreChange
from camdesk.insight.soundness import load_definitions
from camdesk.store import audit, backup
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode, PassphraseSource
from camdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from camdesk.sync.report import SourceReport
    from camdesk.sync.sources import SourceTest


class Desk(
    Working,
    Lifecycle,
    Forecasting,
    Briefing,
    Papers,
    Brand,
    Keepsakes,
    Searching,
    Mornings,
    PartnerParts,
    Tending,
    Overviewing,
):
    """One workspace as its user works with it. Verbs may be called from any thread."""

    def __init__(self, workspace: Workspace, *, as_of: date | None = None) -> None:
        self.workspace = workspace
        self.settings: Settings = workspace.settings()
        self.as_of: date = as_of or self.settings.fixed_day or today()
        self.catalog: Catalog
        self.definition_problems: tuple[Problem, ...]
        self.catalog, self.definition_problems = load_definitions(workspace.home)
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
        return cls(workspaces.create(home, checked(settings), ask=ask, mode=mode), as_of=as_of)

    @classmethod
    def create_sample(cls, home: Path) -> Desk:
        """Make the workspace of fictitious data in `home`, its source connected and not yet synced."""
        shipped = sample.read_sample()
        desk = cls(sample.make_workspace(home, shipped.settings))
        desk.add_source(sample.SOURCE, "folder", {"path": str(shipped.folder)})
        return desk

    def close(self) -> None:
        """Close the workspace, and end the typesetter's process."""
        from camdesk.documents.typesetting import TYPESETTER

        TYPESETTER.close()
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

    def take_stock(self, *, progress: Progress | None = None) -> None:
        """Keep how every partner stands today: after a sync, so that trends have what showed then."""
        with self._lock:
            self.prepare(progress=progress)
            stock.take(self.insight)
            self.alerts(mine=False)

    def past_scores(self, partner_id: str) -> tuple[PastScore, ...]:
        """Return the scores that showed on the days of syncs, newest first, with the profile of that day."""
        with self._lock:
            return stock.past_scores(self.insight, partner_id)

    def facts_changed(self) -> None:
        """Forget what was read: facts are no longer those."""
        with self._lock:
            self._insight = None

    def save_settings(self, settings: Settings) -> None:
        """Keep the settings; figures follow at once. A base currency once used stays: UsageError."""
        if settings.base_currency != self.settings.base_currency and self.workspace.has_facts():
            # Exchange rates are given in the base currency, so in another one they would say something else.
            raise UsageError(
                f"The base currency stays {self.settings.base_currency}: its exchange rates are in use.",
                "Make another workspace with: camdesk --home FOLDER init --base-currency "
                f"{settings.base_currency}",
            )
        self.workspace.save_settings(checked(settings))
        with self._lock:
            self.settings = self.workspace.settings()
            self._insight = None

    # What the screens show

    def portfolio(self, *, mine: bool = True) -> PortfolioReport:
        """Return the partners by type; `mine` those of the addresses in the settings, if there are any."""
        with self._lock:
            return keeping.kept(
                self.workspace,
                f"portfolio, {'mine' if mine else 'all'}",
                shape=PortfolioReport,
                catalog=self.catalog,
                settings=self.settings,
                as_of=self.as_of,
                make=lambda: portfolio.report(self.insight, self.alerts(mine=False), mine=mine),
            )

    def partner(self, partner_id: str) -> PartnerReport:
        """Return what a partner's page shows; raises NotFoundError."""
        with self._lock:
            return partner_page.report(self.insight, partner_id, alerts=self.alerts_of(partner_id))

    def terms(self, partner_id: str) -> TermsReport:
        """Return where a partner stands in its programme and what is agreed; raises NotFoundError."""
        with self._lock:
            return terms.report(self.insight, self.find_partner(partner_id))

    def scorecard(self, partner_id: str, *, hat: str | None = None) -> Scorecard:
        """Return a partner's scorecard of its primary type, or of another of its types."""
        with self._lock:
            return self.insight.scorecard(partner_id, hat=hat)

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
            everything = self._kept_alerts().whole()
            return alerting.of_mine(self.insight, everything) if mine else everything

    def alerts_of(self, partner_id: str) -> AlertReport:
        """Return the report with the open alerts of one partner alone."""
        with self._lock:
            return self._kept_alerts().of_partner(partner_id)

    def _kept_alerts(self) -> KeptAlerts:
        return KeptAlerts(
            self.workspace,
            catalog=self.catalog,
            settings=self.settings,
            as_of=self.as_of,
            make=lambda: alerting.report(self.insight),
        )

    def figures(self, *, metrics: Sequence[str] = (), partners: Sequence[str] = ()) -> tuple[Figure, ...]:
        """Return every metric of every partner, or the named ones; also those without data."""
        with self._lock:
            return tuple(
                self.insight.figure(partner_id, metric)
                for partner_id in partners or sorted(self.insight.partners())
                for metric in metrics or self.catalog.metrics
            )

    def changes(self, *, since: date | None = None) -> ChangeReport:
        """Return what syncs changed from `since` on; in the last seven days without it."""
        return changes.report(self.workspace, since=since, as_of=self.as_of)

    def news(
        self, *, since: date | None = None, partner_id: str | None = None, mine: bool = True
    ) -> NewsReport:
        """Return what happened from `since` on, in sentences with what it led to; the last week's without."""
        with self._lock:
            start = since or self.as_of - news.USUAL_SPAN
            return news.report(self.insight, since=start, partner_id=partner_id, mine=mine)

    def since_last_sync(self) -> date | None:
        """Return the day from which on the news are what the last sync brought."""
        return news.since_last_sync(self.workspace, self.as_of)

    def since_last_meeting(self, partner_id: str) -> date | None:
        """Return the day of the last meeting held with a partner."""
        return news.since_last_meeting(self.workspace, partner_id, self.as_of)

    def alert(self, alert_id: int) -> AlertDetail:
        """Return one alert, open or closed, with everything it rests on; raises NotFoundError."""
        with self._lock:
            return alert_page.report(self.insight, alert_id)

    def rule_uses(self) -> tuple[RuleUse, ...]:
        """Return every rule with how often it fired, was acted upon and was of no use."""
        with self.workspace.database.read() as connection:
            return rule_uses(connection, self.catalog, until=self.as_of)

    def back_test(
        self,
        rule: str,
        *,
        start: date | None = None,
        end: date | None = None,
        step_days: int = 7,
        thresholds: Mapping[str, float] | None = None,
        progress: Progress | None = None,
    ) -> BackTestReport:
        """Replay a rule over past days, and beside it with changed thresholds. Changes no state."""
        return back_testing.report(
            Insight(self.workspace, self.catalog, self.settings, self.as_of),
            rule,
            start=start,
            end=end,
            step_days=step_days,
            thresholds=thresholds,
            progress=progress,
        )

    # What a person does with an alert, or with some of its rows (by id or label)

    def acknowledge_alert(self, alert_id: int, *, rows: Collection[str] = ()) -> None:
        with self._lock, self._doing(lambda names: f"Acknowledged: {names.alert(alert_id)}"):
            alerting.acknowledge(self.insight, alert_id, rows=rows)

    def snooze_alert(self, alert_id: int, *, until: date | None = None, rows: Collection[str] = ()) -> None:
        """Put an alert to sleep until a day, or until it gets worse."""
        with self._lock, self._doing(lambda names: f"Snoozed: {names.alert(alert_id)}"):
            alerting.snooze(self.insight, alert_id, until=until, rows=rows)

    def resolve_alert(self, alert_id: int, *, reason: str, rows: Collection[str] = ()) -> None:
        with self._lock, self._doing(lambda names: f"Resolved: {names.alert(alert_id)}"):
            alerting.resolve(self.insight, alert_id, reason=reason, rows=rows)

    def mute_alert(self, alert_id: int) -> None:
        """Silence the alert's rule for its partner."""
        with self._lock, self._doing(lambda names: f"Muted: {names.alert(alert_id)}"):
            alerting.mute(self.insight, alert_id)

    def unmute_alert(self, alert_id: int) -> None:
        with self._lock, self._doing(lambda names: f"Unmuted: {names.alert(alert_id)}"):
            alerting.unmute(self.insight, alert_id)

    def alert_not_useful(self, alert_id: int, *, reason: str | None = None) -> None:
        """Record, for its rule, that the alert was of no use; the alert stays as it is."""
        with self._lock, self._doing(lambda names: f"Noted as not useful: {names.alert(alert_id)}"):
            alerting.not_useful(self.insight, alert_id, reason=reason)

    # Sources

    def sources(self) -> tuple[SourceState, ...]:
        return sources.states(self.workspace)

    def add_source(self, name: str, kind: str, options: dict[str, str]) -> None:
        """Connect a source; raises CamDeskError where it cannot be opened."""
        sources.add(self.workspace, name, kind, options)
        self._audit("source added", f"{name}, {kind}")

    def remove_source(self, name: str) -> int:
        """Disconnect a source; its rows are kept as removed. Returns how many there were."""
        removed = sources.remove(self.workspace, name, as_of=self.as_of)
        self._audit("source removed", f"{name}, {removed} rows")
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
            reports = sources.sync(
                self.workspace,
                names,
                as_of=self.as_of,
                started_at=instant_now(),
                types=self.catalog.types,
                metrics=frozenset(self.catalog.metrics),
                full=full,
                dry_run=dry_run,
                accept_shrunken=accept_shrunken,
                progress=progress,
            )
        finally:
            # Also where nothing changed: which rules are held back depends on when a source was last read.
            self.facts_changed()
        return self._with_offers(reports)

    # Care

    def check(self) -> None:
        """Raise DamagedError unless every page of the database is as it was written."""
        self.workspace.database.check()

    def back_up(self, target: Path, *, passphrase: str | None = None) -> Path:
        """Write the workspace to one file, still encrypted; with a passphrase it opens elsewhere too."""
        written = backup.write_backup(self.workspace, target, passphrase=passphrase)
        self._audit("backup written", "")
        return written

    def write_diagnostics(self, target: Path) -> Path:
        """Write what somebody who helps needs to know, without a name or an amount, as a ZIP."""
        from camdesk.desk.care import diagnostics

        return diagnostics.write(self, target)

    def verify_audit(self) -> tuple[int, int | None]:
        """Return how many entries the audit holds, and the first that is missing or was altered."""
        with self.workspace.database.read() as connection:
            return audit.verify(connection)

    def _audit(self, action: str, detail: str) -> None:
        with self.workspace.database.write() as connection:
            audit.record(connection, action, detail=detail, at=instant_now())

    @staticmethod
    def restore(file: Path, home: Path, *, ask: PassphraseSource) -> Path | None:
        """Put a backup in `home`; return where what was there is kept, if anything was."""
        return backup.restore_backup(file, home, ask=ask, kept_as=f"{datetime.now(UTC):%Y%m%d-%H%M%S}")
