"""The work tab: what both sides promised, tasks, targets, judgements, and the rows a CAM wrote."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from camdesk.desk.reports import PartnerReport
from camdesk.desk.writing.work_page import WorkReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.partner.tab import Late, Tab
from camdesk.gui.partner.work import asking, deeds
from camdesk.gui.partner.work import work_rows as rows
from camdesk.gui.partner.work.judging_rows import JUDGEMENT_COLUMNS, judgement_rows
from camdesk.gui.partner.work.panels import WorkPanel
from camdesk.gui.partner.work.row_fields import ADD_A_ROW, entity_titles
from camdesk.gui.screen import Reading
from camdesk.gui.widgets.asking import AskingLine
from camdesk.gui.widgets.form_sheet import FormSheet, sheet_over
from camdesk.gui.widgets.key_button import KeyButton
from camdesk.gui.widgets.parts import GAP, button
from camdesk.gui.widgets.two_columns import TwoColumns

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.store.judgements import About

_TWO_COLUMNS_FROM = 1000
_OPEN = frozenset({"open", "overdue"})


class WorkTab(Tab):
    """Space ticks off, Delete drops, Enter opens; each panel says what its keys do."""

    key = "work"
    title = "Work"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._name = ""
        self._record = ""
        self._report: WorkReport | None = None
        self._shows_all = False
        self._dropping = ""
        self._asked: Callable[[WorkReport], None] | None = None
        self._reading = Reading(context, self._take_for_asking, parent=self)
        self.asking = AskingLine()
        self._make_panels()
        self.commitments.ask_in(self.asking)
        self._beside = TwoColumns(
            (self.commitments, self.tasks),
            (self.targets, self.judgements, self.own),
            from_width=_TWO_COLUMNS_FROM,
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        lines.addWidget(self.offers)
        lines.addLayout(self._beside)
        lines.addStretch(1)
        self._connect()

    def _make_panels(self) -> None:
        theme = self.context.theme
        self.commitments = WorkPanel(
            "Commitments",
            rows.COMMITMENT_COLUMNS,
            theme,
            fixed=(64, 110, 168),
            empty="Nothing is promised and open. Add what either side promises (C).",
            keys="Space: kept · Enter: change · Del: drop, with a reason",
        )
        self.tasks = WorkPanel(
            "Tasks",
            rows.TASK_COLUMNS,
            theme,
            fixed=(168,),
            empty="No task. Add one (T).",
            keys="Space: done · Enter: change · Del: remove",
        )
        self.targets = WorkPanel(
            "Targets",
            rows.TARGET_COLUMNS,
            theme,
            fixed=(104, 74, 78, 190),
            empty="No target of this fiscal year. Set one: figures are then held against it.",
            keys="Del: remove one of your own",
        )
        self.judgements = WorkPanel(
            "Judgements of your own",
            JUDGEMENT_COLUMNS,
            theme,
            fixed=(150, 190),
            empty="Score, stage and class are as worked out. Say otherwise in the … menu above.",
            keys="Del: take back",
        )
        self.own = WorkPanel(
            "Rows of your own",
            rows.OWN_COLUMNS,
            theme,
            fixed=(100, 96, 150),
            empty="Add what the CRM does not have: contacts, milestones, requests, terms and more.",
            keys="Enter: change · Del: remove",
        )
        self.offers = WorkPanel(
            "Looks like rows from the CRM",
            rows.OFFER_COLUMNS,
            theme,
            fixed=(420,),
            empty="",
            keys="Space: merge, the CRM's row takes the place of yours · Del: keep both",
        )
        self.offers.hide()

    def _connect(self) -> None:
        for panel, made, run in (
            (self.commitments, KeyButton("Add", "C"), self.add_commitment),
            (self.tasks, KeyButton("Add", "T"), self.add_task),
            (self.targets, button("Set target"), self.set_target),
        ):
            made.setAccessibleName(f"{made.text()}: {panel.title.text().lower()}")
            made.clicked.connect(run)
            panel.add_button(made)
        self.add_button = button("Add a row ▾")
        self.add_button.clicked.connect(self.open_add_menu)
        self.own.add_button(self.add_button)
        self.merge_button, self.keep_button = button("Merge", kind="primary"), button("Keep both")
        for made in (self.merge_button, self.keep_button):
            self.offers.add_button(made)
        self.merge_button.clicked.connect(self._merge_current)
        self.keep_button.clicked.connect(self._keep_current)
        self.commitments.table.ticked.connect(self._keep)
        self.commitments.table.opened.connect(self._change_commitment)
        self.commitments.table.dropped.connect(self._ask_reason)
        self.asking.closed.connect(self.commitments.table.setFocus)
        self.tasks.table.ticked.connect(self._finish_task)
        self.tasks.table.opened.connect(self._change_task)
        self.tasks.table.dropped.connect(self._remove_task)
        self.targets.table.dropped.connect(self._remove_target)
        self.judgements.table.dropped.connect(self._take_back)
        self.own.table.opened.connect(self._change_row)
        self.own.table.dropped.connect(self._remove_row)
        self.offers.table.ticked.connect(self._merge)
        self.offers.table.dropped.connect(self._keep_apart)
        for panel in (self.commitments, self.tasks):
            panel.table.has_boxes = True
            panel.more.clicked.connect(self._show_all)

    # Showing

    def show_report(self, report: PartnerReport) -> None:
        if report.partner.partner_id != self._partner_id:
            self._report, self._shows_all = None, False
            for panel in self.panels:
                panel.fill([])
            self.offers.hide()
        self._name = report.partner.name
        super().show_report(report)

    @property
    def panels(self) -> tuple[WorkPanel, ...]:
        return self.commitments, self.tasks, self.targets, self.judgements, self.own, self.offers

    def read(self, desk: Desk, partner_id: str) -> WorkReport:
        return desk.work(partner_id)

    def show_content(self, content: WorkReport) -> None:
        self._report = content
        self._fill(content)
        if self._record:
            self.stand_on(self._record)

    def _fill(self, report: WorkReport) -> None:
        today, everything = report.as_of, self._shows_all
        calendar = self.context.desk.settings.calendar
        promised = rows.commitment_rows(report.commitments, today=today, everything=everything)
        late = sum(one.state == "overdue" for one in report.commitments)
        waiting = sum(one.state in _OPEN for one in report.commitments)
        words = f"{waiting} open, {late} overdue" if late else f"{waiting} open" if waiting else ""
        self.commitments.fill(promised, count=words, more=len(promised) < len(report.commitments))
        tasks = rows.task_rows(report.tasks, today=today, everything=everything)
        to_do = sum(task.done_on is None for task in report.tasks)
        self.tasks.fill(tasks, count=f"{to_do} to do" if to_do else "", more=len(tasks) < len(report.tasks))
        self.targets.fill(rows.target_rows(report.targets, today=today, calendar=calendar))
        self.judgements.fill(judgement_rows(report.judgements))
        own = rows.own_rows(report.own_rows)
        self.own.fill(own, count=str(len(own)) if own else "")
        self.offers.fill(rows.offer_rows(report.offers))
        self.offers.setVisible(bool(report.offers))
        if report.offers and self.offers.table.current_key() is None:
            self.offers.table.go_to(0)

    def _show_all(self) -> None:
        self._shows_all = True
        if self._report is not None:
            self._fill(self._report)

    def stand_on(self, record: str) -> None:
        if self._report is None:
            self._record = record  # not read yet: once it is
            return
        self._record = ""
        if not self._found(record):
            self._show_all()
            self._found(record)

    def _found(self, record: str) -> bool:
        panels = (self.commitments, self.tasks, self.targets)
        return any(panel.stand_on(record) for panel in panels)

    def focus_first(self) -> None:
        shown = (panel.table for panel in self.panels if panel.table.grid.rowCount())
        (next(shown, None) or self).setFocus()

    # Adding

    @classmethod
    def actions_of(cls, tab: Late[Self]) -> tuple[Action, ...]:
        adding = (
            (f"{ADD_A_ROW}{noun}", partial(cls.add_row, entity=entity), "")
            for entity, noun in entity_titles()
        )
        doing: tuple[tuple[str, Callable[[Self], None], str], ...] = (
            ("Add a commitment", cls.add_commitment, "C"),
            ("Add a task", cls.add_task, "T"),
            ("Set a target", cls.set_target, ""),
            *adding,
        )
        return tuple(
            Action(title, tab.then(do), key, "Partner", in_the_room=False) for title, do, key in doing
        )

    @property
    def _sheet(self) -> FormSheet:
        return sheet_over(self, self.context)

    def add_commitment(self) -> None:
        """Ask what a side promises."""
        if self._partner_id:
            people = [one.name for one in self._report.contacts] if self._report else []
            asking.commitment(self._sheet, self._partner_id, self._name, people=people)

    def add_task(self) -> None:
        """Ask what is to be done."""
        if self._partner_id:
            asking.task(self._sheet, self._partner_id, self._name)

    def set_target(self) -> None:
        """Ask for a target, once it is known what can be held against one."""
        self._once_read(self._ask_target)

    def add_row(self, entity: str) -> None:
        """Ask for a row of an entity, once it is known who there is."""
        self._once_read(partial(self._ask_row, entity))

    def _ask_target(self, report: WorkReport) -> None:
        self._report = report
        calendar = self.context.desk.settings.calendar
        asking.target(self._sheet, self._partner_id, self._name, report.target_choices, calendar)

    def _ask_row(self, entity: str, report: WorkReport) -> None:
        self._report = report
        asking.add_row(self._sheet, self._partner_id, self._name, entity, report)

    def _once_read(self, ask: Callable[[WorkReport], None]) -> None:
        if self._report is not None:
            ask(self._report)
        elif self._partner_id:
            self._asked = ask
            self._reading.start(partial(_read_work, partner_id=self._partner_id))

    def _take_for_asking(self, report: WorkReport) -> None:
        ask, self._asked = self._asked, None
        if ask is not None:
            ask(report)

    def open_add_menu(self) -> None:
        """Offer the kinds of rows that can be added."""
        menu = self.make_add_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def make_add_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName("Add a row")
        for entity, noun in entity_titles():
            menu.addAction(noun.capitalize()).setData(entity)
        menu.triggered.connect(self._add_chosen)
        return menu

    def _add_chosen(self, chosen: QAction) -> None:
        self.add_row(chosen.data())

    # What is done with a row

    def _keep(self, commitment_id: str) -> None:
        if self._is_open(commitment_id):
            self.context.deeds.do(partial(deeds.finish_commitment, commitment_id=commitment_id))

    def _change_commitment(self, commitment_id: str) -> None:
        for one in self._report.commitments if self._report else ():
            if one.commitment_id == commitment_id:
                people = [contact.name for contact in self._report.contacts] if self._report else []
                asking.change_commitment(self._sheet, one, people=people)

    def _ask_reason(self, commitment_id: str) -> None:
        if self._is_open(commitment_id):
            self._dropping = commitment_id
            self.asking.ask("Why is it dropped?", self._drop, action="Drop it")

    def _drop(self, reason: str, _choice: int) -> None:
        deed = partial(deeds.drop_commitment, commitment_id=self._dropping, reason=reason)
        self.context.deeds.do(deed)

    def _is_open(self, commitment_id: str) -> bool:
        known = self._report.commitments if self._report else ()
        return any(one.commitment_id == commitment_id and one.state in _OPEN for one in known)

    def _finish_task(self, task_id: str) -> None:
        known = self._report.tasks if self._report else ()
        if any(str(task.task_id) == task_id and task.done_on is None for task in known):
            self.context.deeds.do(partial(deeds.finish_task, task_id=int(task_id)))

    def _change_task(self, task_id: str) -> None:
        for one in self._report.tasks if self._report else ():
            if str(one.task_id) == task_id:
                asking.change_task(self._sheet, one)

    def _remove_task(self, task_id: str) -> None:
        self.context.deeds.do(partial(deeds.remove_task, task_id=int(task_id)))

    def _remove_target(self, record_id: str) -> None:
        known = self._report.targets if self._report else ()
        found = next((one for one in known if one.record_id == record_id), None)
        if found is not None and found.is_own:
            self.context.deeds.do(partial(asking.remove_row, entity="targets", record_id=record_id))
        elif found is not None:
            self.context.guide.say(f"This target comes from {found.source}: set your own for its period.")

    def _take_back(self, about: About) -> None:
        self.context.deeds.do(partial(deeds.take_back, partner_id=self._partner_id, about=about))

    def _change_row(self, key: str) -> None:
        entity, _, record_id = key.partition(rows.KEY_END)
        report = self._report
        for one in report.own_rows if report is not None else ():
            if report is not None and (one.entity, one.record_id) == (entity, record_id):
                asking.change_own_row(self._sheet, one, report)

    def _remove_row(self, key: str) -> None:
        entity, _, record_id = key.partition(rows.KEY_END)
        self.context.deeds.do(partial(asking.remove_row, entity=entity, record_id=record_id))

    def _with_current_offer(self, deed: Callable[[str], None]) -> None:
        key = self.offers.table.current_key()
        if key is not None:
            deed(key)

    def _merge_current(self) -> None:
        self._with_current_offer(self._merge)

    def _keep_current(self) -> None:
        self._with_current_offer(self._keep_apart)

    def _merge(self, key: str) -> None:
        entity, record_id, into = key.split(rows.KEY_END)
        self.context.deeds.do(partial(deeds.merge, entity=entity, record_id=record_id, into=into))

    def _keep_apart(self, key: str) -> None:
        entity, record_id, _ = key.split(rows.KEY_END)
        self.context.deeds.do(partial(deeds.keep_apart, entity=entity, record_id=record_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._beside.fit(event.size().width())


def _read_work(desk: Desk, *, partner_id: str) -> WorkReport:
    return desk.work(partner_id)
