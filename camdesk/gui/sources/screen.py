"""The sources screen: what is connected, bringing it up to date, and what could not be taken."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout

from camdesk.base.errors import ConsentNeededError
from camdesk.base.progress import Progress
from camdesk.desk.reports import SourceState
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Job, Receivers, Step
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.sources.pace import Pace
from camdesk.gui.sources.rows import (
    REJECTED_COLUMNS,
    SOURCE_COLUMNS,
    name_for,
    rejected_rows,
    report_words,
    source_rows,
)
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.widgets.columns import last_fixed, shares
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import ElidedLabel, Page, Panel, button, label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.sync.report import SourceReport

_NONE_YET = "Nothing is connected yet."
_WHAT_A_SOURCE_IS = (
    "A source is a folder that exports lie in, of a CRM, a distributor or a portal. "
    "Its files are read into the encrypted database and never changed."
)
_SOURCE_NUMBERS = (130, 150, 120, 110)
_REJECTED_PARTS = (18, 7, 15, 18, 42)


class SourcesScreen(Screen):
    """One sync at a time, in the background; the window stays usable and it can be stopped."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take_sources, parent=self)
        self._job: Job | None = None
        self._pace = Pace()
        self._rows_of: dict[str, int] = {}
        self._about = ElidedLabel()
        self.sync_button = button("Sync", kind="primary", tooltip="F5")
        self.stop_button = button("Stop")
        self.connect_button = button("Connect a folder…", tooltip="Ctrl+N")
        self.empty = EmptyNote()
        self.progress = QProgressBar()
        self.table = GridView(SOURCE_COLUMNS, context.theme, name="Sources")
        self.rejected = GridView(REJECTED_COLUMNS, context.theme, name="Rows not taken")
        self._step = ElidedLabel(size=SMALL)
        self._under_way = Panel()
        self._connected = Panel(margins=(1, 1, 1, 1), gap=0)
        self._outcome = label("", wrap=True)
        self._report = Panel(margins=(1, 12, 1, 1))
        self._question = label("", wrap=True)
        self._if_so: Callable[[], None] = self._sync_anyway
        self.go_on_button, self.leave_button = button(""), button("Leave it as it is")
        self._doubt = Panel()
        self._page = Page(name="Sources", margins=(20, 8, 20, 20))
        self.table.set_plan(partial(last_fixed, fixed=_SOURCE_NUMBERS))
        self.rejected.set_plan(partial(shares, parts=_REJECTED_PARTS))
        self._lay_out()
        self.sync_button.clicked.connect(self.sync)
        self.connect_button.clicked.connect(self.choose_folder)
        self.empty.pressed.connect(self.choose_folder)
        self.stop_button.clicked.connect(self.stop)
        self.go_on_button.clicked.connect(self._go_on)
        self.leave_button.clicked.connect(self._leave)

    def _lay_out(self) -> None:
        buttons = (self.connect_button, self.stop_button, self.sync_button)
        head = row(label("Sources", size=TITLE, bold=True), self._about, *buttons)
        head.setStretch(1, 1)
        head.setContentsMargins(20, 14, 20, 6)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Sync progress")
        self._under_way.body.addWidget(self._step)
        self._under_way.body.addWidget(self.progress)
        self.empty.say(_NONE_YET, _WHAT_A_SOURCE_IS, action="Connect a folder…")
        connected = self._connected
        connected.body.addWidget(self.table)
        words = row(self._outcome)
        words.setContentsMargins(10, 0, 10, 6)
        self._report.body.addLayout(words)
        self._report.body.addWidget(self.rejected)
        self._doubt.body.addWidget(self._question)
        self._doubt.body.addLayout(row(self.go_on_button, self.leave_button, 1))
        for part in (self._under_way, self._doubt, self.empty, connected, self._report):
            self._page.body.addWidget(part)
        self._page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._page, 1)
        for hidden in (self.empty, self._under_way, self._doubt, self._report, self.stop_button):
            hidden.hide()

    @property
    def is_syncing(self) -> bool:
        return self._job is not None

    def refresh(self) -> None:
        self._reading.start(_read_sources)

    def focus_content(self) -> None:
        (self.empty if self.empty.isVisibleTo(self) else self.table).setFocus()

    def actions_here(self) -> tuple[Action, ...]:
        group = "Sources"
        return (
            Action("Connect a folder of exports", self.choose_folder, "Ctrl+N", group, in_the_room=False),
            Action(
                "Disconnect this source", self.ask_to_disconnect, "Del", group, self._can_disconnect, False
            ),
            Action("Stop the sync", self.stop, "", group, self._can_stop, in_the_room=False),
        )

    def _can_stop(self) -> bool:
        return self.is_syncing

    def _can_disconnect(self) -> bool:
        return self.table.current_key() is not None and not self.is_syncing

    def ask_to_disconnect(self) -> None:
        """Ask before the rows of the current source leave the portfolio: no undo brings them back."""
        name = self.table.current_key()
        if name is not None and self._can_disconnect():
            rows = self._rows_of.get(name, 0)
            told = "row leaves" if rows == 1 else "rows leave"
            self._ask(
                f"Disconnect {name}? Its {rows:,} {told} the portfolio; what you wrote yourself stays. "
                "Connecting the folder again brings back what the files hold.",
                "Disconnect",
                partial(self._disconnect, name),
            )

    def _disconnect(self, name: str) -> None:
        self.context.deeds.do(partial(_disconnect, name=name), then=self._take_disconnected)

    def _take_disconnected(self, name: str) -> None:
        self._report.hide()
        self.context.guide.say(f"Disconnected {name}.")

    def _ask(self, question: str, answer: str, if_so: Callable[[], None]) -> None:
        self._if_so = if_so
        self._question.setText(question)
        self.go_on_button.setText(answer)
        self._doubt.show()
        self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        self._leave()
        self._if_so()

    def _leave(self) -> None:
        self._doubt.hide()
        self.focus_content()

    def choose_folder(self) -> None:
        """Ask for a folder of exports, and connect it."""
        chosen = QFileDialog.getExistingDirectory(self, "The folder of the exports")
        if chosen:
            self.connect_folder(Path(chosen))

    def connect_folder(self, folder: Path) -> None:
        """Connect a folder under a name of its own, and bring its rows in."""
        name = name_for(folder, {row.key for row in self.table.grid.rows})
        self.context.deeds.do(partial(_connect, name=name, folder=folder), then=self._take_connected)

    def _take_connected(self, name: str) -> None:
        self.context.guide.say(f"Connected {name}. Reading it now.")
        self.sync()

    def _take_sources(self, sources: Sequence[SourceState]) -> None:
        self._rows_of = {one.name: one.rows for one in sources}
        self.table.show_rows(source_rows(sources, now=datetime.now(UTC)))
        count = "1 source" if len(sources) == 1 else f"{len(sources)} sources"
        self.empty.setVisible(not sources)
        self._connected.setVisible(bool(sources))
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
        self._pace = Pace()
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
        self._step.say(self._pace.words(step, time.monotonic()))
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
        """Ask before a source that suddenly brings little empties the portfolio; tell everything else.

        What is told stays here once the message has gone.
        """
        if isinstance(failure.error, ConsentNeededError):
            self._ask(failure.message, "Sync anyway", self._sync_anyway)
            return
        self.context.guide.fail(failure)
        if not failure.cancelled:
            self._outcome.setText(f"{failure.message} {failure.hint}".strip())
            self.rejected.hide()
            self._report.show()


def _read_sources(desk: Desk) -> Sequence[SourceState]:
    return desk.sources()


def _connect(desk: Desk, *, name: str, folder: Path) -> str:
    desk.add_source(name, "folder", {"path": str(folder)})
    return name


def _disconnect(desk: Desk, *, name: str) -> str:
    desk.remove_source(name)
    return name


def _sync(desk: Desk, progress: Progress, *, accept_shrunken: bool) -> Sequence[SourceReport]:
    outcomes = desk.sync((), accept_shrunken=accept_shrunken, progress=progress)
    if any(one.added or one.changed or one.removed for one in outcomes):
        desk.take_stock(progress=progress)
    return outcomes
