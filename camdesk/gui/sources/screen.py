"""The sources screen: what is connected, bringing it up to date, and what could not be taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from camdesk.base.errors import ConsentNeededError
from camdesk.base.progress import Progress
from camdesk.desk.reports import SourceState
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Job, Receivers, Step
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.sources.rows import (
    REJECTED_COLUMNS,
    SOURCE_COLUMNS,
    rejected_rows,
    report_words,
    source_rows,
)
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.widgets.columns import last_fixed, shares
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import ElidedLabel, Page, Panel, button, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.sync.report import SourceReport

_SOURCE_NUMBERS = (130, 150, 120, 110)
_REJECTED_PARTS = (18, 7, 15, 18, 42)


class SourcesScreen(Screen):
    """One sync at a time, in the background; the window stays usable and it can be stopped."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take_sources, parent=self)
        self._job: Job | None = None
        self._about = ElidedLabel()
        self.sync_button = button("Sync", kind="primary", tooltip="F5")
        self.stop_button = button("Stop")
        self.progress = QProgressBar()
        self.table = GridView(SOURCE_COLUMNS, context.theme, name="Sources")
        self.rejected = GridView(REJECTED_COLUMNS, context.theme, name="Rows not taken")
        self._step = ElidedLabel(size=SMALL)
        self._under_way = Panel()
        self._outcome = label("", wrap=True)
        self._report = Panel(margins=(1, 12, 1, 1))
        self._question = label("", wrap=True)
        self.go_on_button = button("Sync anyway")
        self._doubt = Panel()
        self._page = Page(name="Sources", margins=(20, 8, 20, 20))
        self.table.set_plan(partial(last_fixed, fixed=_SOURCE_NUMBERS))
        self.rejected.set_plan(partial(shares, parts=_REJECTED_PARTS))
        self._lay_out()
        self.sync_button.clicked.connect(self.sync)
        self.stop_button.clicked.connect(self.stop)
        self.go_on_button.clicked.connect(self._sync_anyway)

    def _lay_out(self) -> None:
        head = row(label("Sources", size=TITLE, bold=True), self._about, self.stop_button, self.sync_button)
        head.setStretch(1, 1)
        head.setContentsMargins(20, 14, 20, 6)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Sync progress")
        self._under_way.body.addWidget(self._step)
        self._under_way.body.addWidget(self.progress)
        connected = Panel(margins=(1, 1, 1, 1), gap=0)
        connected.body.addWidget(self.table)
        words = row(self._outcome)
        words.setContentsMargins(10, 0, 10, 6)
        self._report.body.addLayout(words)
        self._report.body.addWidget(self.rejected)
        self._doubt.body.addWidget(self._question)
        self._doubt.body.addLayout(row(self.go_on_button, 1))
        for part in (self._under_way, self._doubt, connected, self._report):
            self._page.body.addWidget(part)
        self._page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._page, 1)
        for hidden in (self._under_way, self._doubt, self._report, self.stop_button):
            hidden.hide()

    @property
    def is_syncing(self) -> bool:
        return self._job is not None

    def refresh(self) -> None:
        self._reading.start(_read_sources)

    def focus_content(self) -> None:
        self.table.setFocus()

    def _take_sources(self, sources: Sequence[SourceState]) -> None:
        self.table.show_rows(source_rows(sources, now=datetime.now(UTC)))
        count = "1 source" if len(sources) == 1 else f"{len(sources)} sources"
        self._about.say(f"{count} · everything but the sync works offline")
        self.sync_button.setEnabled(bool(sources) and not self.is_syncing)
        self.context.guide.sources.emit(sources)

    def sync(self) -> None:
        """Bring all sources up to date; does nothing while that is under way."""
        self._sync(accept_shrunken=False)

    def _sync_anyway(self) -> None:
        self._sync(accept_shrunken=True)

    def _sync(self, *, accept_shrunken: bool) -> None:
        if self.is_syncing:
            return
        self._doubt.hide()
        self._step.say("Starting…")
        self.progress.setRange(0, 0)
        self._under_way.show()
        self._report.hide()
        self.stop_button.setEnabled(True)
        self.stop_button.show()
        self.sync_button.setEnabled(False)
        receivers = Receivers(self._take_outcomes, self._fail_sync, self._take_step, self._end)
        work = partial(_sync, self.context.desk, accept_shrunken=accept_shrunken)
        self._job = self.context.jobs.start(work, receivers)
        self.context.guide.syncing.emit(True)

    def stop(self) -> None:
        """Ask the sync to stop; what it had not finished is not kept."""
        if self._job is not None:
            self._job.cancel()
            self._step.say("Stopping…")
            self.stop_button.setEnabled(False)

    def _take_step(self, step: Step) -> None:
        self._step.say(f"{step.label} · {step.done:,} of {step.total:,}" if step.total else step.label)
        self.progress.setRange(0, step.total)
        self.progress.setValue(step.done)

    def _take_outcomes(self, outcomes: Sequence[SourceReport]) -> None:
        self._outcome.setText(report_words(outcomes))
        rows = rejected_rows(outcomes)
        self.rejected.show_rows(rows)
        self.rejected.setVisible(bool(rows))
        self._report.show()
        self.context.guide.synced.emit(outcomes)

    def _end(self) -> None:
        self._job = None
        self._under_way.hide()
        self.stop_button.hide()
        self.sync_button.setEnabled(True)
        self.context.guide.syncing.emit(False)
        self.refresh()

    def _fail_sync(self, failure: Failure) -> None:
        """Ask before a source that suddenly brings little empties the portfolio; tell everything else."""
        if isinstance(failure.error, ConsentNeededError):
            self._question.setText(failure.message)
            self._doubt.show()
        else:
            self.context.guide.fail(failure)


def _read_sources(desk: Desk) -> Sequence[SourceState]:
    return desk.sources()


def _sync(desk: Desk, progress: Progress, *, accept_shrunken: bool) -> Sequence[SourceReport]:
    outcomes = desk.sync((), accept_shrunken=accept_shrunken, progress=progress)
    if any(one.added or one.changed or one.removed for one in outcomes):
        desk.take_stock(progress=progress)
    return outcomes
