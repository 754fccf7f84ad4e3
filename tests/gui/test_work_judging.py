"""A score, a stage or a class by hand, the brief, and what the header's menu offers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.partner.work.brief import BriefTab
from camdesk.gui.partner.work.tab import WorkTab
from camdesk.gui.shell.window import MainWindow
from tests.gui.window_parts import partner
from tests.gui.work_parts import WAIT_MS, a_partner, focused, form_sheet_of, log_sheet_of, open_tab


def judge(window: MainWindow, qtbot: QtBot, **typed: str) -> None:
    sheet = form_sheet_of(window)
    assert sheet.form is not None
    sheet.form.type_in(typed)
    sheet.save()
    qtbot.waitUntil(sheet.isHidden, timeout=WAIT_MS)


def test_a_stage_and_a_score_are_set_shown_and_taken_back(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    tab = cast("WorkTab", open_tab(sample_window, qtbot, partner_id, "work"))
    doing = partner(sample_window).doing
    doing.judge("stage")
    judge(sample_window, qtbot, value="advocate", reason="They speak for us", until="in 2 months")
    doing.judge("score")
    judge(sample_window, qtbot, value="65", reason="Orders are late")
    held = {one.about: one for one in sample_desk.work(partner_id).judgements}
    assert (held["stage"].value, held["stage"].expires_on) == ("advocate", date(2027, 1, 20))
    assert held["score"].value == 65
    qtbot.waitUntil(lambda: tab.judgements.table.grid.rowCount() == 2, timeout=WAIT_MS)
    shown = {cell.text for row in tab.judgements.table.grid.rows for cell in row.cells}
    assert {"Stage: Advocate", "Score: 65", "They speak for us"} <= shown
    assert any(text.endswith("until 20 Jan 2027") for text in shown)
    qtbot.waitUntil(
        lambda: sum("Take back" in one.text() for one in doing.make_menu().actions()) == 2, timeout=WAIT_MS
    )
    place = tab.judgements.table.grid.row_of("score")
    assert place is not None
    tab.judgements.table.go_to(place)
    QTest.keyClick(tab.judgements.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tab.judgements.table.grid.rowCount() == 1, timeout=WAIT_MS)


def test_a_judgement_without_a_reason_stays_open_with_what_was_typed(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    open_tab(sample_window, qtbot, a_partner(sample_desk), "work")
    partner(sample_window).doing.judge("score")
    sheet = form_sheet_of(sample_window)
    assert sheet.form is not None
    sheet.form.type_in({"value": "250"})
    sheet.save()
    assert sheet.form.fields["reason"].words.text() == "! Why is missing."
    sheet.form.type_in({"reason": "Because"})
    sheet.save()
    qtbot.waitUntil(lambda: "0 to 100" in sheet.problem.text(), timeout=WAIT_MS)
    assert sheet.form.fields["value"].typed() == "250"
    sheet.discard()


def test_shares_of_the_types_are_weighed(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    partner_id = next(
        one.partner_id for one in sample_desk.insight.partners().values() if len(one.other_types) == 1
    )
    open_tab(sample_window, qtbot, partner_id, "work")
    partner(sample_window).doing.judge("hats")
    sheet = form_sheet_of(sample_window)
    assert sheet.form is not None
    names = [name for name in sheet.form.fields if name.startswith("share ")]
    judge(sample_window, qtbot, reason="More of the first", **dict(zip(names, ("70", "30"), strict=True)))
    weighed = sample_desk.work(partner_id).judgements[0].value
    assert sorted(weighed.values()) == [0.3, 0.7]


def test_the_menu_has_what_one_may_do_with_its_keys(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    open_tab(sample_window, qtbot, a_partner(sample_desk), "work")
    menu = partner(sample_window).doing.make_menu()
    texts = [one.text() for one in menu.actions()]
    assert "Log a call, meeting or mail\tL" in texts
    assert "Write a note\tN" in texts
    assert "Set the class by hand\t" in texts
    adding = next(one.menu() for one in menu.actions() if one.text().startswith("Add a row"))
    assert "Milestone" in [one.text() for one in adding.actions()]


def test_the_brief_is_one_page_and_takes_the_notes_of_the_meeting(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    partner_id = a_partner(sample_desk)
    open_tab(sample_window, qtbot, partner_id, "timeline")
    QTest.keyClick(focused(), Qt.Key.Key_B)
    page = partner(sample_window)
    tab = cast("BriefTab", page.tabs["brief"])
    qtbot.waitUntil(lambda: tab.page is not None, timeout=WAIT_MS)
    assert page.tab is tab
    assert tab.page is not None
    document = sample_desk.brief(partner_id)
    assert len(tab.page.sections) == len(document.sections)
    shown = {one.accessibleName() for one in tab.page.findChildren(object) if hasattr(one, "accessibleName")}
    assert any("commitments" in words.lower() or "Ours:" in words for words in shown)
    listed = next(one for one in document.figures if one.metric is None and one.records)
    tab.page.sections[0].opened.emit(listed.key)
    qtbot.waitUntil(lambda: bool(page.figure.tables), timeout=WAIT_MS)
    assert len(page.figure.tables[0].grid.rows) == len(listed.records)
    page.close_figure()
    tab.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_L)
    sheet = log_sheet_of(sample_window)
    assert sheet.isVisible()
    sheet.discard()
    with qtbot.waitSignal(tab.context.guide.said, timeout=WAIT_MS):
        tab.write_copy(tmp_path / "brief.pdf")
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_a_call_is_logged_from_today(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    sample_window.go_to("today")
    today = sample_window.screens.get("today")
    qtbot.waitUntil(today.has_alert, timeout=WAIT_MS)
    today.focus_content()
    QTest.keyClick(focused(), Qt.Key.Key_L)
    sheet = log_sheet_of(sample_window)
    qtbot.waitUntil(lambda: " with " in sheet.title.text(), timeout=WAIT_MS)
    QTest.keyClicks(focused(), "Spoke about the alert")
    sheet.save()
    qtbot.waitUntil(sheet.isHidden, timeout=WAIT_MS)
    assert sample_desk.undoable is not None
    assert sample_desk.undoable.said.startswith("Logged a call with ")
