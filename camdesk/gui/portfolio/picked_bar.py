"""What can be done with the partners that are selected, in one line at the foot of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar, QPushButton

from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure, Job, Receivers, Step
from camdesk.gui.portfolio import doing
from camdesk.gui.portfolio.facets import stage_title
from camdesk.gui.widgets.asking import AskingLine
from camdesk.gui.widgets.flow import FlowLayout
from camdesk.gui.widgets.parts import button, label

if TYPE_CHECKING:
    from camdesk.desk.portfolio.tending import ReviewsDrafted

_GROUP = "Selected partners"
_CLASSES = ("A", "B", "C")


class PickedBar(QFrame):
    """Acts on `keys`, each time as one act, taken back as one. `copied` and `exported` ask for that."""

    copied = Signal()
    exported = Signal()
    dropped = Signal()

    def __init__(self, context: Context, asking: AskingLine) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._context = context
        self._asking = asking
        self._job: Job | None = None
        self.keys: tuple[str, ...] = ()
        self.names: Mapping[str, str] = {}
        self._count = label("", bold=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(120)
        self.progress.setAccessibleName("Reviews drafted")
        self.stop = button("Stop")
        self.classes = QMenu(self)
        for name in _CLASSES:
            self.classes.addAction(f"Class {name}").triggered.connect(partial(self.ask_class, name))
        self._lay_out()
        self.stop.clicked.connect(self._stop)
        self.hide()

    def _lay_out(self) -> None:
        line = FlowLayout(self, gap=8)
        line.setContentsMargins(12, 7, 8, 7)
        line.addWidget(self._count)
        for action in self.actions_here():
            line.addWidget(self._button(action))
        line.addWidget(self.progress)
        line.addWidget(self.stop)
        self.progress.hide()
        self.stop.hide()

    def _button(self, action: Action) -> QPushButton:
        made = button(action.title, kind="pill", tooltip=action.shortcut)
        if action.run == self.choose_class:
            made.setMenu(self.classes)
        else:
            made.clicked.connect(action.run)
        return made

    def actions_here(self) -> tuple[Action, ...]:
        """Return what can be done with the selection."""
        return (
            Action("Pin", self.pin, "P", _GROUP, self.is_possible),
            Action("Set class…", self.choose_class, "", _GROUP, self.is_possible),
            Action("Add a task…", self.ask_task, "T", _GROUP, self.is_possible),
            Action("Acknowledge alerts", self.acknowledge, "E", _GROUP, self.is_possible),
            Action("Draft reviews", self.draft_reviews, "", _GROUP, self.is_possible),
            Action("Copy", self.copied.emit, "", _GROUP, self.is_possible),
            Action("Export…", self.exported.emit, "", _GROUP, self.is_possible),
            Action("Select none", self.dropped.emit, "", _GROUP, self.is_possible),
        )

    def is_possible(self) -> bool:
        return bool(self.keys)

    def show_picked(self, keys: tuple[str, ...], names: Mapping[str, str], *, shows: bool) -> None:
        """Act on these partners from now on; the bar comes where several are meant."""
        self.keys, self.names = keys, names
        self._count.setText(f"{len(keys):,} selected")
        self.setVisible((shows and bool(keys)) or self._job is not None)

    def _whom(self) -> str:
        return (
            self.names.get(self.keys[0], self.keys[0])
            if len(self.keys) == 1
            else f"{len(self.keys)} partners"
        )

    def pin(self) -> None:
        if self.keys:
            self._context.deeds.do(partial(doing.pin, partner_ids=self.keys))

    def choose_class(self) -> None:
        if self.keys:
            self.classes.popup(self.mapToGlobal(self.rect().topLeft()))

    def ask_class(self, attention: str, _checked: bool = False) -> None:
        keys = self.keys
        self._asking.ask(
            f"Why class {attention} for {self._whom()}?",
            lambda reason, _: self._classify(keys, attention, reason),
            hint="A few words, kept with your name",
            action="Set class",
        )

    def _classify(self, keys: tuple[str, ...], attention: str, reason: str) -> None:
        deed = partial(doing.classify, partner_ids=keys, attention=attention, reason=reason)
        self._context.deeds.do(deed)

    def ask_stage(self, partner_id: str, stage: str) -> None:
        """Ask why a partner is to stand in a stage of one's own choice."""
        name = self.names.get(partner_id, partner_id)
        self._asking.ask(
            f"Why is {name} in the stage {stage_title(stage).lower()}?",
            lambda reason, _: self._set_stage(partner_id, stage, reason),
            hint="What the facts do not show; the derived stage stays beside it",
            action="Set stage",
        )

    def _set_stage(self, partner_id: str, stage: str, reason: str) -> None:
        deed = partial(doing.set_stage, partner_id=partner_id, stage=stage, reason=reason)
        self._context.deeds.do(deed)

    def ask_task(self) -> None:
        keys = self.keys
        if keys:
            self._asking.ask(
                f"Task for {self._whom()}",
                lambda text, place: self._add_tasks(keys, text, doing.DUE[max(place, 0)][1]),
                hint="What is to be done",
                action="Add task",
                choices=[f"due {words}" if days else words for words, days in doing.DUE],
            )

    def _add_tasks(self, keys: tuple[str, ...], text: str, days: int | None) -> None:
        self._context.deeds.do(partial(doing.add_tasks, partner_ids=keys, text=text, days=days))

    def acknowledge(self) -> None:
        if self.keys:
            deed = partial(doing.acknowledge, partner_ids=self.keys)
            self._context.deeds.do(deed, then=self._say_acknowledged)

    def _say_acknowledged(self, count: int) -> None:
        if not count:
            self._context.guide.say("Nothing new to acknowledge there.")

    # Drafting takes its time: with progress, and a way to stop

    def draft_reviews(self) -> None:
        """Draft the review of the last quarter for each, where there is none yet."""
        if self.keys and self._job is None:
            self.progress.setRange(0, len(self.keys))
            self.progress.setValue(0)
            self.progress.show()
            self.stop.show()
            work = partial(doing.draft_reviews, self._context.desk, self.keys)
            self._job = self._context.jobs.start(
                work, Receivers(self._take_drafted, self._take_failure, self._take_step, self._end)
            )

    def _take_step(self, step: Step) -> None:
        self.progress.setRange(0, step.total)
        self.progress.setValue(step.done)
        self.progress.setToolTip(step.label)

    def _take_drafted(self, outcome: ReviewsDrafted) -> None:
        self._context.guide.changed.emit()
        if outcome.drafted:
            self._context.deeds.done.emit(doing.told(outcome), True)
        else:
            self._context.guide.say(doing.told(outcome))

    def _take_failure(self, failure: Failure) -> None:
        self._context.guide.fail(failure)

    def _end(self) -> None:
        self._job = None
        self.progress.hide()
        self.stop.hide()
        self.setVisible(bool(self.keys))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
