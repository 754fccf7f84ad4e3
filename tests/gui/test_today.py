"""The screen of the morning on the real sample: read, walked through and dealt with by keyboard."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from camdesk.base.errors import UsageError
from camdesk.desk.desk import Desk
from camdesk.desk.morning.today_reports import QuietRule, TodayReport
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Theme
from camdesk.gui.today.list_panel import ASLEEP, DIGEST, IN_HAND, NEEDS_YOU, ListPanel
from camdesk.gui.today.screen import TodayScreen
from camdesk.store.kept_reports import write_report

LONG_MS = 20_000


@pytest.fixture
def today(sample_window: MainWindow, qtbot: QtBot) -> TodayScreen:
    """Return the screen with its first alert opened and the keyboard in the list."""
    screen = cast("TodayScreen", sample_window.screens.get("today"))
    qtbot.waitUntil(lambda: bool(screen.detail.tables), timeout=LONG_MS)
    qtbot.waitUntil(screen.list.alerts.hasFocus)
    return screen


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def ids(screen: TodayScreen, which: int = NEEDS_YOU) -> list[int]:
    report = screen.report
    assert report is not None
    lists = (report.needs_you, report.digest, report.in_hand, report.asleep)
    return [one.id for one in lists[which]]


def chosen(screen: TodayScreen) -> int:
    alert = screen.list.alerts.current()
    assert alert is not None
    return alert.id


def wait_for(qtbot: QtBot, screen: TodayScreen, which: int, wanted: Collection[int]) -> None:
    qtbot.waitUntil(lambda: set(wanted) <= set(ids(screen, which)), timeout=LONG_MS)


def test_the_window_opens_on_what_needs_the_cam(
    today: TodayScreen, sample_desk: Desk, sample_window: MainWindow
) -> None:
    assert sample_window.screens.shown() is today
    assert ids(today) == list(sample_desk.alerts().needs_you)
    assert chosen(today) == ids(today)[0]
    alert = sample_desk.alert(chosen(today)).alert
    assert today.detail.message.text() == alert.message
    assert today.list.pills[NEEDS_YOU].text() == "Needs you 7"
    assert today.quarter.gap.text().startswith("gap €")


def test_j_and_k_walk_through_the_list(today: TodayScreen, qtbot: QtBot) -> None:
    order = ids(today)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_J)
    assert chosen(today) == order[2]
    press(Qt.Key.Key_K)
    assert chosen(today) == order[1]
    press(Qt.Key.Key_Down)
    assert chosen(today) == order[2]
    alert = today.list.alerts.current()
    assert alert is not None
    assert today.detail.message.text() == alert.message
    qtbot.waitUntil(lambda: bool(today.detail.tables), timeout=LONG_MS)


def test_e_takes_the_alert_away_at_once_and_undo_brings_it_back(
    today: TodayScreen, sample_window: MainWindow, qtbot: QtBot
) -> None:
    first, second, *_ = ids(today)
    press(Qt.Key.Key_E)
    assert chosen(today) == second
    assert today.list.pills[NEEDS_YOU].text() == "Needs you 6"
    wait_for(qtbot, today, IN_HAND, {first})
    assert sample_window.toast.words.startswith("Acknowledged: ")
    assert sample_window.toast.undo.isVisible()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, today, NEEDS_YOU, {first})
    assert chosen(today) == second
    assert today.list.pills[NEEDS_YOU].text() == "Needs you 7"


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus without a screen
def test_s_snoozes_by_the_key_of_a_menu(today: TodayScreen, sample_desk: Desk, qtbot: QtBot) -> None:
    first = chosen(today)
    press(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_T)
    assert chosen(today) != first
    wait_for(qtbot, today, ASLEEP, {first})
    assert today.report is not None
    assert today.report.asleep[0].asleep_until == sample_desk.as_of + timedelta(days=1)
    assert today.list.waiting() == 7  # the next one has come up


def test_one_row_of_an_alert_is_dealt_with_alone(today: TodayScreen, sample_desk: Desk, qtbot: QtBot) -> None:
    press(Qt.Key.Key_J)
    table = today.detail.subjects.table
    qtbot.waitUntil(lambda: table.isVisible() and table.grid.rowCount() == 2, timeout=LONG_MS)
    second = chosen(today)
    row = table.grid.rows[0].key
    table.setFocus()
    press(Qt.Key.Key_E)
    qtbot.waitUntil(lambda: table.grid.rows[0].cells[-1].text == "Acknowledged", timeout=LONG_MS)
    states = {one.subject: one.state for one in sample_desk.alert(second).alert.subjects}
    assert states.pop(row) == "acknowledged"
    assert set(states.values()) == {"new"}
    assert chosen(today) == second


def test_a_day_of_ones_own_is_asked_for_in_its_place(
    today: TodayScreen, sample_desk: Desk, qtbot: QtBot
) -> None:
    first = chosen(today)
    today.snooze_menu.actions()[-1].trigger()
    assert today.detail.asks_day.isVisible()
    assert today.detail.asks_day.day.hasFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, today, ASLEEP, {first})
    assert today.report is not None
    assert today.report.asleep[0].asleep_until == sample_desk.as_of + timedelta(days=7)


def test_n_keeps_a_note_and_stays_with_the_alert(
    today: TodayScreen, sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    first = chosen(today)
    partner_id = sample_desk.alert(first).alert.partner_id
    press(Qt.Key.Key_N)
    qtbot.keyClicks(QApplication.focusWidget(), "jerked the line, exec said no")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(sample_window.toast.undo.isVisible, timeout=LONG_MS)
    assert sample_desk.notes(partner_id)[0].text == "jerked the line, exec said no"
    assert chosen(today) == first
    assert today.list.alerts.hasFocus()
    assert not today.detail.asks_note.isVisible()


def test_escape_leaves_a_question_without_doing_anything(today: TodayScreen) -> None:
    first = chosen(today)
    press(Qt.Key.Key_R)
    assert today.detail.asks_reason.isVisible()
    press(Qt.Key.Key_Return)  # no reason, no answer
    assert today.detail.asks_reason.isVisible()
    press(Qt.Key.Key_Escape)
    assert not today.detail.asks_reason.isVisible()
    assert today.list.alerts.hasFocus()
    assert chosen(today) == first


def test_r_resolves_with_a_reason(today: TodayScreen, sample_desk: Desk, qtbot: QtBot) -> None:
    first = chosen(today)
    press(Qt.Key.Key_R)
    qtbot.keyClicks(QApplication.focusWidget(), "settled by phone")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: sample_desk.alert(first).history[-1].reason == "settled by phone", timeout=LONG_MS
    )
    assert first not in [one.id for one in sample_desk.alerts().alerts if one.state == "new"]


def test_x_sets_aside_what_is_of_no_use(today: TodayScreen, sample_desk: Desk, qtbot: QtBot) -> None:
    first = chosen(today)
    press(Qt.Key.Key_X)
    wait_for(qtbot, today, ASLEEP, {first})
    assert "not useful" in [one.event for one in sample_desk.alert(first).history]


def test_m_mutes_the_rule_and_lets_it_speak_again(today: TodayScreen, qtbot: QtBot) -> None:
    first = chosen(today)
    press(Qt.Key.Key_M)
    wait_for(qtbot, today, ASLEEP, {first})
    press(Qt.Key.Key_4)
    assert chosen(today) == first
    press(Qt.Key.Key_M)
    wait_for(qtbot, today, NEEDS_YOU, {first})
    press(Qt.Key.Key_1)


def test_what_cannot_be_done_comes_back_with_a_sentence(
    today: TodayScreen,
    sample_desk: Desk,
    sample_window: MainWindow,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = chosen(today)

    def refuse(alert_id: int, *, rows: Collection[str]) -> None:
        raise UsageError("Not today.", "Try tomorrow.")

    monkeypatch.setattr(sample_desk, "acknowledge_alert", refuse)
    press(Qt.Key.Key_E)
    qtbot.waitUntil(lambda: today.list.alerts.alerts.row_of(first) is not None, timeout=LONG_MS)
    assert sample_window.toast.words == "Not today. Try tomorrow."


def test_enter_opens_the_partner_and_the_way_back_keeps_the_place(
    today: TodayScreen, sample_window: MainWindow, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_J)
    second = chosen(today)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sample_window.screens.shown() is not today)
    sample_window.go_back()
    assert sample_window.screens.shown() is today
    assert chosen(today) == second
    assert today.list.alerts.hasFocus()


def test_a_record_and_the_next_step_lead_to_the_partner(today: TodayScreen, qtbot: QtBot) -> None:
    guide = today.context.guide
    alert = today.list.alerts.current()
    assert alert is not None
    record = today.detail.tables[0].grid.rows[0].key
    with qtbot.waitSignal(guide.wanted) as opened:
        today.detail.tables[0].opened.emit(record)
    assert opened.args is not None
    place = opened.args[0]
    assert (place.screen, place.about, place.record) == ("partner", alert.partner_id, record)
    with qtbot.waitSignal(guide.wanted) as followed:
        today.detail.go_on.click()
    assert followed.args is not None
    assert followed.args[0].about == alert.partner_id


def test_the_lists_are_a_digit_away(today: TodayScreen) -> None:
    press(Qt.Key.Key_2)
    assert today.list.which == DIGEST
    assert chosen(today) == ids(today, DIGEST)[0]
    press(Qt.Key.Key_3)
    assert today.list.which == IN_HAND
    assert today.list.empty.isVisible()
    assert not today.detail.message.isVisible()
    press(Qt.Key.Key_1)
    assert chosen(today) == ids(today)[0]


def test_a_meeting_opens_its_brief(today: TodayScreen, qtbot: QtBot) -> None:
    report = today.report
    assert report is not None
    with qtbot.waitSignal(today.context.guide.wanted) as opened:
        today.aside.meetings.opened.emit("0")
    assert opened.args is not None
    place = opened.args[0]
    assert (place.about, place.part) == (report.meetings[0].partner_id, "brief")


def test_a_refresh_keeps_the_chosen_alert_and_where_one_reads(today: TodayScreen, qtbot: QtBot) -> None:
    press(Qt.Key.Key_2)
    for _ in range(30):
        press(Qt.Key.Key_J)
    before, scrolled = chosen(today), today.list.alerts.verticalScrollBar().value()
    assert scrolled > 0
    with qtbot.waitSignal(today.context.guide.overview, timeout=LONG_MS):
        today.context.guide.changed.emit()
    assert chosen(today) == before
    assert today.list.alerts.verticalScrollBar().value() == scrolled
    press(Qt.Key.Key_1)


def test_what_is_held_back_stands_quietly_at_the_end_of_the_digest(
    today: TodayScreen, theme: Theme, qtbot: QtBot
) -> None:
    report = today.report
    assert report is not None
    panel = ListPanel(theme)
    qtbot.addWidget(panel)
    panel.show_report(replace(report, held_back=(QuietRule("Order gap", "orders are 9 days old"),)))
    panel.turn_to(DIGEST)
    model = panel.alerts.alerts
    spoken = model.index(model.rowCount() - 1).data(Qt.ItemDataRole.AccessibleTextRole.value)
    assert spoken == "Held back: Order gap. orders are 9 days old"
    panel.alerts.go_to(model.rowCount() - 1)
    last = panel.alerts.current()
    assert last is not None
    assert last.partner_id == ""  # the notice about the portfolio before it


def test_an_empty_morning_says_what_to_do_instead(today: TodayScreen, theme: Theme, qtbot: QtBot) -> None:
    report = today.report
    assert report is not None
    panel = ListPanel(theme)
    qtbot.addWidget(panel)
    panel.show_report(replace(report, needs_you=()))
    assert _words(panel) == ("Nothing needs you today.", "Open the digest")
    panel.empty.pressed.emit()
    assert panel.which == DIGEST
    panel.turn_to(NEEDS_YOU)
    panel.show_report(_without_alerts(report))
    assert _words(panel) == ("Nothing needs you today.", "Go to the portfolio")
    panel.show_report(replace(_without_alerts(report), partners=0))
    assert _words(panel) == ("No partners yet.", "Go to sources")
    with qtbot.waitSignal(panel.wanted) as asked:
        panel.empty.pressed.emit()
    assert asked.args == ["sources"]


def _without_alerts(report: TodayReport) -> TodayReport:
    return replace(report, needs_you=(), digest=(), in_hand=(), asleep=(), notices=())


def _words(panel: ListPanel) -> tuple[str, str]:
    return panel.empty.sentence, panel.empty.action


def test_the_last_morning_stands_there_while_this_ones_figures_are_worked_out(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    kept = sample_desk.today_before()
    assert kept == sample_desk.today()
    screen = TodayScreen(sample_window._context)
    qtbot.addWidget(screen)
    screen._take_earlier(kept)
    assert screen.quarter.accessibleName() == "As of 20 Nov 2026. Today's figures are being worked out…"
    assert screen.list.alerts.current() is not None
    assert screen.report is None
    screen._take(sample_desk.today())
    assert "worked out" not in screen.quarter.accessibleName()


def test_a_morning_kept_by_an_earlier_release_is_no_morning(sample_desk: Desk) -> None:
    with sample_desk.workspace.database.write() as connection:
        write_report(connection, "today, mine", made_from="another", body='{"as_of": "2025-11-20"}')
    assert sample_desk.today_before() is None
    assert sample_desk.today().as_of == sample_desk.as_of
