"""Logging a call: by keyboard in a few keys, all of it or nothing, and what was typed is never lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.partner.work.follow_up import FollowUpCard
from camdesk.gui.partner.work.log_sheet import LogSheet
from camdesk.gui.shell.window import MainWindow
from tests.gui.work_parts import WAIT_MS, a_partner, focused, log_sheet_of, open_tab

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def begin(window: MainWindow, desk: Desk, qtbot: QtBot) -> LogSheet:
    open_tab(window, qtbot, a_partner(desk), "timeline")
    QTest.keyClick(focused(), Qt.Key.Key_L)
    sheet = log_sheet_of(window)
    qtbot.waitUntil(lambda: " with " in sheet.title.text(), timeout=WAIT_MS)
    return sheet


def save(sheet: LogSheet, qtbot: QtBot) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(sheet.isHidden, timeout=WAIT_MS)


def test_a_call_takes_three_strokes(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    sheet = begin(sample_window, sample_desk, qtbot)
    assert isinstance(focused(), QPlainTextEdit)
    QTest.keyClicks(focused(), "Price agreed")
    save(sheet, qtbot)
    newest = sample_desk.own_rows(a_partner(sample_desk))
    meeting = next(row for row in newest if row.entity == "meetings")
    assert meeting.values["subject"] == "Call"
    assert (meeting.values["kind"], meeting.values["status"]) == ("working", "held")
    assert sample_desk.notes(a_partner(sample_desk))[0].text == "Price agreed"
    assert "Logged a call" in sample_window.toast._words.text()


def test_everything_agreed_is_one_act(sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot) -> None:
    partner_id = a_partner(sample_desk)
    sheet = begin(sample_window, sample_desk, qtbot)
    QTest.keyClicks(focused(), "Talked through the plan")
    QTest.keyClick(focused(), Qt.Key.Key_2, ALT)
    assert sheet.fields["kind"].typed() == "working"
    first = sheet.ticks[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    sheet.who.setText("Jane New")
    sheet.fields["on"].type_in("yesterday")
    sheet.fields["promise"].type_in("Send the offer")
    sheet.fields["promise_due"].type_in("in 2 weeks")
    sheet.fields["task"].type_in("Call back")
    save(sheet, qtbot)
    kept = {one.commitment_id: one for one in sample_desk.commitments(partner_id, everything=True)}
    assert kept[first.key].done_on == date(2026, 11, 19)
    made = next(one for one in kept.values() if one.text == "Send the offer")
    assert (made.side, made.due_on) == ("vendor", date(2026, 12, 4))
    assert [task.text for task in sample_desk.tasks(partner_id)] == ["Call back"]
    assert any(row.label == "Jane New" for row in sample_desk.own_rows(partner_id))
    sample_desk.undo()
    assert sample_desk.own_rows(partner_id) == ()
    assert sample_desk.tasks(partner_id) == ()


def test_esc_keeps_a_draft_for_this_partner_alone(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    sheet = begin(sample_window, sample_desk, qtbot)
    QTest.keyClicks(focused(), "Half a sentence")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert sheet.isHidden()
    qtbot.waitUntil(lambda: sample_desk.draft_kept(f"log {partner_id}") is not None)
    other = next(
        row.partner.partner_id
        for section in sample_desk.portfolio().sections
        for row in section.rows
        if row.partner.partner_id != partner_id
    )
    sheet.open_for(other)
    assert sheet.fields["note"].typed() == ""
    sheet.close_down()
    again = LogSheet(sample_window._context, sample_window)  # as after a new start
    again.open_for(partner_id)
    qtbot.waitUntil(lambda: again.fields["note"].typed() == "Half a sentence", timeout=WAIT_MS)
    again.discard_button.click()
    qtbot.waitUntil(lambda: sample_desk.draft_kept(f"log {partner_id}") is None)
    again.open_for(partner_id)
    assert again.fields["note"].typed() == ""
    again.discard()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    sheet = begin(sample_window, sample_desk, qtbot)
    QTest.keyClicks(focused(), "About the audit")
    sheet.fields["on"].type_in("some day")
    QTest.keyClick(focused(), Qt.Key.Key_Return, CONTROL)
    assert sheet.isVisible()
    assert "“some day” is not a day" in sheet.fields["on"].words.text()
    assert sheet.fields["on"].editor.hasFocus()
    assert sheet.fields["note"].typed() == "About the audit"
    sheet.fields["on"].type_in("tomorrow")
    sheet.ticks[0].setChecked(True)
    sheet.save()
    qtbot.waitUntil(lambda: "still to come" in sheet.fields["on"].words.text(), timeout=WAIT_MS)
    assert sheet.isVisible()
    assert sample_desk.own_rows(a_partner(sample_desk)) == ()
    sheet.discard()


def test_a_mail_is_kept_as_a_note_and_counts_as_no_meeting(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    partner_id = a_partner(sample_desk)
    sheet = begin(sample_window, sample_desk, qtbot)
    sheet.fields["kind"].type_in("mail")
    QTest.keyClicks(focused(), "Sent the price list")
    save(sheet, qtbot)
    assert [row.entity for row in sample_desk.own_rows(partner_id)] == ["notes"]
    assert sample_desk.notes(partner_id)[0].text == "Mail: Sent the price list"


def test_the_follow_up_mail_is_offered_and_copied(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    sheet = begin(sample_window, sample_desk, qtbot)
    QTest.keyClicks(focused(), "Agreed the next step")
    sheet.fields["promise"].type_in("Send the revised offer")
    save(sheet, qtbot)
    card = sample_window.findChild(FollowUpCard)
    assert isinstance(card, FollowUpCard)
    assert card.isVisible()
    QGuiApplication.clipboard().clear()
    card.copy_button.click()
    qtbot.waitUntil(lambda: "Send the revised offer" in QGuiApplication.clipboard().text(), timeout=WAIT_MS)
    assert QGuiApplication.clipboard().text().startswith(("To: ", "Subject: "))


@pytest.mark.qt_log_ignore("This plugin does not support")  # a list without a screen
def test_a_contact_is_offered_while_its_name_is_typed(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    sheet = begin(sample_window, sample_desk, qtbot)
    name = sheet._contacts[0].name
    sheet.who.setFocus()
    QTest.keyClicks(sheet.who, name[:3])
    QTest.keyClick(sheet.who, Qt.Key.Key_Tab)
    assert sheet.who.text() == f"{name}, "
    assert name in sheet._who_words.text()
    sheet.discard()
