"""The work tab: ticking off, dropping with a reason, tasks, targets, own rows and offers to merge."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.desk.writing.work_page import ADDED_BY_FORM
from camdesk.gui.guide import Place
from camdesk.gui.partner.work.panels import WorkPanel
from camdesk.gui.partner.work.row_fields import row_specs
from camdesk.gui.partner.work.tab import WorkTab
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.widgets.form_sheet import FormSheet
from camdesk.store.own_rows import ADDABLE
from tests.gui.window_parts import partner
from tests.gui.work_parts import WAIT_MS, a_partner, focused, form_sheet_of, open_tab

CONTROL = Qt.KeyboardModifier.ControlModifier


def on_work(window: MainWindow, desk: Desk, qtbot: QtBot) -> WorkTab:
    return cast("WorkTab", open_tab(window, qtbot, a_partner(desk), "work"))


def cells(panel: WorkPanel) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in panel.table.grid.rows]


def fill(window: MainWindow, qtbot: QtBot, **typed: str) -> FormSheet:
    sheet = form_sheet_of(window)
    assert sheet.form is not None
    sheet.form.type_in(typed)
    sheet.save()
    return sheet


def saved(sheet: FormSheet, qtbot: QtBot) -> None:
    qtbot.waitUntil(sheet.isHidden, timeout=WAIT_MS)


def test_ours_stand_before_theirs_and_space_ticks(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    tab = on_work(sample_window, sample_desk, qtbot)
    sides = [line[1] for line in cells(tab.commitments) if line[0].startswith("☐")]
    assert sides == sorted(sides)
    first = tab.commitments.table.grid.rows[0].key
    tab.commitments.table.setFocus()
    tab.commitments.table.go_to(0)
    QTest.keyClick(tab.commitments.table, Qt.Key.Key_Space)
    open_keys = lambda: {one.commitment_id for one in sample_desk.commitments(partner_id)}  # noqa: E731
    qtbot.waitUntil(lambda: first not in open_keys(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: any(line[3].startswith("kept 20 Nov") for line in cells(tab.commitments)))
    assert sample_window.toast.undo.isVisible()


def test_a_late_one_says_by_how_many_days(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    sample_desk.add_commitment(a_partner(sample_desk), "Late one", side="ours", due_on="2026-11-09")
    sample_desk.add_task("Late task", partner_id=a_partner(sample_desk), due_on=date(2026, 11, 19))
    tab = on_work(sample_window, sample_desk, qtbot)
    assert any(line[3] == "11 days late, 9 Nov 2026" for line in cells(tab.commitments))
    assert cells(tab.tasks)[0][1] == "1 day late, 19 Nov 2026"
    assert "overdue" in tab.commitments.count.text()


def test_dropping_asks_why(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    tab = on_work(sample_window, sample_desk, qtbot)
    dropped = tab.commitments.table.grid.rows[0].key
    tab.commitments.table.go_to(0)
    QTest.keyClick(tab.commitments.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(tab.asking.isVisible)
    tab.asking.field.setText("Plans have changed")
    QTest.keyClick(tab.asking.field, Qt.Key.Key_Return)
    everything = lambda: sample_desk.commitments(a_partner(sample_desk), everything=True)  # noqa: E731
    qtbot.waitUntil(
        lambda: any(
            one.commitment_id == dropped and one.dropped_because == "Plans have changed"
            for one in everything()
        ),
        timeout=WAIT_MS,
    )


def test_commitments_and_tasks_are_added_by_keyboard(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    tab = on_work(sample_window, sample_desk, qtbot)
    QTest.keyClick(focused(), Qt.Key.Key_C)
    QTest.keyClicks(focused(), "Name a sponsor")
    saved(fill(sample_window, qtbot, side="theirs", due_on="12.12."), qtbot)
    made = next(one for one in sample_desk.commitments(partner_id) if one.text == "Name a sponsor")
    assert (made.side, made.due_on) == ("partner", date(2026, 12, 12))
    tab.commitments.table.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_T)
    QTest.keyClicks(focused(), "Read the contract")
    QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    saved(form_sheet_of(sample_window), qtbot)
    assert sample_desk.tasks(partner_id)[0].text == "Read the contract"
    qtbot.waitUntil(lambda: bool(cells(tab.tasks)), timeout=WAIT_MS)
    tab.tasks.table.go_to(0)
    QTest.keyClick(tab.tasks.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not sample_desk.tasks(partner_id), timeout=WAIT_MS)


def test_a_task_is_changed_and_removed_by_keyboard(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    number = sample_desk.add_task("Read the contract", partner_id=partner_id, due_on=date(2026, 12, 1))
    tab = on_work(sample_window, sample_desk, qtbot)
    tab.tasks.stand_on(str(number))
    QTest.keyClick(tab.tasks.table, Qt.Key.Key_Return)
    sheet = form_sheet_of(sample_window)
    assert sheet.form is not None
    assert sheet.form.fields["text"].typed() == "Read the contract"
    saved(fill(sample_window, qtbot, text="Read both contracts", due_on=""), qtbot)
    (task,) = sample_desk.tasks(partner_id)
    assert (task.text, task.due_on) == ("Read both contracts", None)
    qtbot.waitUntil(lambda: cells(tab.tasks)[0][0].endswith("Read both contracts"), timeout=WAIT_MS)
    QTest.keyClick(tab.tasks.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not sample_desk.tasks(partner_id), timeout=WAIT_MS)
    qtbot.waitUntil(sample_window.toast.undo.isVisible, timeout=WAIT_MS)
    sample_window.toast.undo.click()
    qtbot.waitUntil(lambda: bool(sample_desk.tasks(partner_id)), timeout=WAIT_MS)


def test_a_target_is_set_and_says_where_it_counts(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    tab = on_work(sample_window, sample_desk, qtbot)
    tab.set_target()
    sheet = fill(sample_window, qtbot, metric="revenue", value="many", period="year 2027")
    assert sheet.form is not None
    assert "not a value" in sheet.form.fields["value"].words.text()
    assert sheet.isVisible()
    saved(fill(sample_window, qtbot, value="250k"), qtbot)
    qtbot.waitUntil(
        lambda: any(line[2] == "€250k" and line[1].startswith("FY27") for line in cells(tab.targets)),
        timeout=WAIT_MS,
    )
    line = next(line for line in cells(tab.targets) if line[2] == "€250k")
    assert "Revenue against target" in line[4]


@pytest.mark.parametrize("entity", ADDABLE)
def test_every_entity_has_a_form_with_its_required_marks(entity: str) -> None:
    specs = {spec.name: spec for spec in row_specs(entity)}
    assert "partner_id" not in specs
    for spec in specs.values():
        assert spec.title
        assert spec.title[0].isupper()
    assert entity in ADDED_BY_FORM or entity in ("notes", "commitments", "targets")


ROWS = {
    "contacts": {"name": "Jane New", "is_primary": "no", "influence": "champion"},
    "milestones": {"name": "First order", "due_on": "in 2 weeks"},
    "assessments": {"side": "vendor", "question": "Do we answer in time?", "score": "75"},
    "investments": {"side": "vendor", "amount": "12k", "kind": "cash"},
    "requests": {"kind": "technical", "subject": "An architect", "needed_by": "tomorrow 9:30"},
    "accounts": {"customer": "Harbour", "products": "Gateway, Desktop"},
    "terms": {"kind": "discount", "text": "25 % on licences", "valid_from": "today"},
    "agreements": {"kind": "nda", "signed_on": "yesterday"},
    "meetings": {"kind": "working", "status": "held", "attendees": ""},
}


@pytest.mark.parametrize("entity", tuple(ROWS))
def test_a_row_of_each_entity_is_added_by_its_form(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot, entity: str
) -> None:
    tab = on_work(sample_window, sample_desk, qtbot)
    tab.add_row(entity)
    saved(fill(sample_window, qtbot, **ROWS[entity]), qtbot)
    made = [row for row in sample_desk.own_rows(a_partner(sample_desk)) if row.entity == entity]
    assert len(made) == 1
    qtbot.waitUntil(lambda: len(cells(tab.own)) == 1, timeout=WAIT_MS)


def test_what_is_missing_is_said_at_its_field_and_esc_keeps_a_draft(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    tab = on_work(sample_window, sample_desk, qtbot)
    tab.add_row("contacts")
    sheet = fill(sample_window, qtbot, role="Director")
    assert sheet.form is not None
    assert "Name is missing" in sheet.form.fields["name"].words.text()
    assert sheet.form.fields["name"].editor.hasFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert sheet.isHidden()
    tab.add_row("contacts")
    assert sheet.form.fields["role"].typed() == "Director"
    sheet.discard()
    tab.add_row("contacts")
    assert sheet.form.fields["role"].typed() == ""
    sheet.discard()


def test_what_the_desk_refuses_is_said_at_its_field(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    tab = on_work(sample_window, sample_desk, qtbot)
    tab.add_row("investments")
    sheet = fill(sample_window, qtbot, side="vendor", amount="5", currency="euros")
    assert sheet.form is not None
    field = sheet.form.fields["currency"]
    qtbot.waitUntil(lambda: "“euros” cannot be taken" in field.words.text(), timeout=WAIT_MS)
    assert sheet.form.fields["amount"].typed() == "5"
    sheet.discard()


def test_an_own_row_is_changed_and_removed(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    sample_desk.add_row("contacts", partner_id, {"name": "Jane New", "role": "Director"})
    tab = on_work(sample_window, sample_desk, qtbot)
    tab.own.table.go_to(0)
    QTest.keyClick(tab.own.table, Qt.Key.Key_Return)
    saved(fill(sample_window, qtbot, role="CEO"), qtbot)
    assert sample_desk.own_rows(partner_id)[0].values["role"] == "CEO"
    assert sample_desk.own_rows(partner_id)[0].values["name"] == "Jane New"
    QTest.keyClick(tab.own.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not sample_desk.own_rows(partner_id), timeout=WAIT_MS)


def test_a_row_that_repeats_the_crm_is_merged(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    known = sample_desk.work(partner_id).contacts[0]
    sample_desk.add_row("contacts", partner_id, {"name": known.name})
    tab = on_work(sample_window, sample_desk, qtbot)
    assert tab.offers.isVisible()
    assert known.contact_id in cells(tab.offers)[0][1]
    tab.merge_button.click()
    qtbot.waitUntil(tab.offers.isHidden, timeout=WAIT_MS)
    assert sample_desk.own_rows(partner_id) == ()


def test_a_hit_is_stood_on_also_where_it_was_settled_long_ago(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    settled = [one for one in sample_desk.commitments(partner_id, everything=True) if one.done_on]
    oldest = min(settled, key=lambda one: one.done_on or date.max)
    sample_window.move_to(Place("partner", partner_id, "work", oldest.commitment_id))
    tab = cast("WorkTab", partner(sample_window).tabs["work"])
    qtbot.waitUntil(lambda: tab.commitments.table.current_key() == oldest.commitment_id, timeout=WAIT_MS)
