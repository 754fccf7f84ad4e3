"""The part of the desk for working through the portfolio: more columns, several partners at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from camdesk.base.errors import UsageError
from camdesk.base.progress import Progress
from camdesk.desk.clock import instant_now
from camdesk.desk.undoing import Undoing

if TYPE_CHECKING:
    from camdesk.desk.naming import Names
    from camdesk.desk.reports import Cell, ColumnHead
    from camdesk.insight.results import Milestone, Partner

_NOT_YET_ACTIVE = frozenset({"recruit", "onboard"})
_LAST = "last view of {}"


@dataclass(frozen=True, slots=True)
class ReviewsDrafted:
    """What drafting the reviews of several partners came to; those of the quarter made before are left."""

    drafted: int
    made_before: int
    failed: tuple[str, ...]  # a sentence each
    stopped: bool = False


class Tending(Undoing):
    """What is done with a part of the portfolio is one act, taken back as one."""

    # What a list shows beside the portfolio report

    def column_choices(self) -> tuple[ColumnHead, ...]:
        """Return every metric as the head of a column, by title."""
        from camdesk.desk.portfolio import portfolio

        heads = (portfolio.head(self.catalog, metric) for metric in self.catalog.metrics)
        return tuple(sorted(heads, key=lambda head: head.long_title.casefold()))

    def column_cells(self, metrics: Sequence[str]) -> Mapping[str, tuple[Cell, ...]]:
        """Return figures of every partner by its id, also those outside its scorecard."""
        from camdesk.desk.portfolio import portfolio

        known = [metric for metric in metrics if metric in self.catalog.metrics]
        if len(known) != len(metrics):
            raise UsageError("A column shows a figure that is no longer defined.", "Choose the columns anew.")
        with self._lock:
            insight = self.insight
            return {
                partner.partner_id: tuple(
                    portfolio.cell(
                        insight, insight.catalog.profiles[partner.type], partner.partner_id, metric
                    )
                    for metric in known
                )
                for partner in insight.partners().values()
            }

    def next_milestones(self) -> Mapping[str, Milestone]:
        """Return the milestone that partners not yet active have before them: the open one due first."""
        found = {}
        with self._lock:
            for partner in self.insight.partners().values():
                if partner.stage in _NOT_YET_ACTIVE:
                    steps = self.insight.milestones(partner.partner_id)
                    still_open = [step for step in steps if step.done_on is None]
                    if still_open:
                        found[partner.partner_id] = min(still_open, key=_due)
        return found

    # One act for several partners

    def pin_partners(self, partner_ids: Collection[str]) -> None:
        """Keep partners at hand, in the order given; raises NotFoundError before any of them is."""
        from camdesk.store.pins import write_pin

        with self._lock:
            for partner_id in partner_ids:
                self.insight.profile(partner_id)
        with (
            self._doing(lambda names: f"Pinned {_named(names, partner_ids)}"),
            self.workspace.database.write() as connection,
        ):
            for partner_id in partner_ids:
                write_pin(connection, partner_id)

    def classify_partners(self, partner_ids: Collection[str], attention: str, *, reason: str) -> None:
        """Give partners the attention class A, B or C; raises NotFoundError before any of them has it."""
        from camdesk.desk.portfolio.lifecycle import CLASSES
        from camdesk.store.judgements import Judgement, write_judgement

        if attention not in CLASSES:
            raise UsageError(f"There is no class {attention}.", f"Choose from: {', '.join(CLASSES)}.")
        if not reason.strip():
            raise UsageError("Say why.", "Add a reason, in a few words.")
        with self._lock:
            today = self.insight.as_of
            for partner_id in partner_ids:
                self.insight.profile(partner_id)
            with (
                self._doing(lambda names: f"Set the class to {attention} for {_named(names, partner_ids)}"),
                self.workspace.database.write() as connection,
            ):
                for partner_id in partner_ids:
                    made = Judgement(partner_id, "class", attention, reason.strip(), self.author, today, None)
                    write_judgement(connection, made)
            self.facts_changed()

    def add_tasks(self, partner_ids: Collection[str], text: str, *, due_on: date | None = None) -> None:
        """Keep the same task for each of several partners."""
        from camdesk.desk.naming import short
        from camdesk.desk.writing import tasks

        def said(names: Names) -> str:
            return f"Added a task for {_named(names, partner_ids)}: {short(text)}"

        at = instant_now()
        with self._doing(said), self.workspace.database.write() as connection:
            for partner_id in partner_ids:
                tasks.add(
                    connection, text, at=at, due_on=due_on, partner_id=partner_id, deal_id=None, alert_id=None
                )

    def acknowledge_partners(self, partner_ids: Collection[str]) -> int:
        """Note that every open alert of some partners is being seen to; return how many that were."""
        from camdesk.desk.alerts import alerting

        wanted = frozenset(partner_ids)
        with self._lock:
            found = alerting.report(self.insight).alerts
            waiting = [one.id for one in found if one.partner_id in wanted and one.state == "new"]
            alerts = "1 alert" if len(waiting) == 1 else f"{len(waiting)} alerts"
            with (
                self._doing(lambda names: f"Acknowledged {alerts} of {_named(names, partner_ids)}"),
                self.workspace.database.write(),
            ):
                for alert_id in waiting:
                    alerting.acknowledge(self.insight, alert_id)
        return len(waiting)

    def draft_reviews(self, partner_ids: Collection[str], *, progress: Progress) -> ReviewsDrafted:
        """Draft the review of the newest finished quarter for each, where there is none yet."""
        from camdesk.desk.papers import drafting, reviews_due
        from camdesk.documents.library import list_documents

        with self._lock:
            quarter = drafting.quarter_of(self.insight, None)
            period = self.settings.calendar.quarter_name(quarter.start)
            known = self.insight.partners()
        stored = list_documents(self.workspace.database)
        made = {one.partner_id for one in stored if one.kind == "review" and one.period == period}
        wanted = [partner_id for partner_id in partner_ids if partner_id not in made]

        def draft(partner: Partner) -> int:
            with self._lock:
                return drafting.review(
                    self.insight, partner.partner_id, quarter, saved_at=instant_now(), by=self.author
                )

        with self._doing(lambda names: f"Drafted the {period} review of {_named(names, wanted)}"):
            outcome = reviews_due.draft_each([known[one] for one in wanted], draft, progress=progress)
        failed = tuple(f"{partner.name}: {error.message}" for partner, error in outcome.failed)
        return ReviewsDrafted(
            len(outcome.drafted), len(partner_ids) - len(wanted), failed, stopped=outcome.stopped
        )

    # The view that a screen was left with: no act, nobody takes it back

    def remember_view(self, screen: str, body: Mapping[str, Any]) -> None:
        """Keep how a screen was left; what it names may be the user's own words, so it stays in here."""
        from camdesk.store.views import SavedView, write_view

        with self.workspace.database.write() as connection:
            write_view(connection, SavedView(_LAST.format(screen), "", body))

    def remembered_view(self, screen: str) -> Mapping[str, Any] | None:
        """Return how a screen was left; None the first time."""
        from camdesk.store.views import read_views

        with self.workspace.database.read() as connection:
            found = read_views(connection, _LAST.format(screen))
        return found[0].body if found else None


def _due(step: Milestone) -> date:
    return step.due_on or date.max


def _named(names: Names, partner_ids: Collection[str]) -> str:
    if len(partner_ids) == 1:
        return names.partner(next(iter(partner_ids)))
    return f"{len(partner_ids)} partners"
