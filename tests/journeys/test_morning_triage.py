"""A morning: ten alerts dealt with by keyboard alone, from the first one to an empty list."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.today.screen import TodayScreen

_LONG_MS = 30_000
_NOTE = "Called Ines; answer by Friday."


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus without a screen
def test_ten_alerts_by_keyboard_only(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    today = cast("TodayScreen", window.screens.get("today"))
    window.start()
    qtbot.waitUntil(lambda: today.list.waiting() == 7, timeout=_LONG_MS)
    qtbot.waitUntil(today.list.alerts.hasFocus)
    dealt_with = []

    def deal(*keys: Qt.Key) -> None:
        alert = today.list.alerts.current()
        assert alert is not None
        dealt_with.append(alert.id)
        for key in keys:
            _press(key)
        qtbot.waitUntil(lambda: _is_settled(desk, alert.id), timeout=_LONG_MS)

    # Three sleep, so three more come up; a note is kept on the way.
    for key in (Qt.Key.Key_T, Qt.Key.Key_M, Qt.Key.Key_W):
        _press(Qt.Key.Key_S)
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        deal(key)
        window.activateWindow()  # without a screen nothing takes over from a menu that has closed
        qtbot.waitUntil(today.list.alerts.hasFocus)
        qtbot.waitUntil(lambda: today.list.waiting() == 7, timeout=_LONG_MS)
    noted = today.list.alerts.current()
    assert noted is not None
    _press(Qt.Key.Key_N)
    qtbot.keyClicks(QApplication.focusWidget(), _NOTE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(one.text == _NOTE for one in desk.notes(noted.partner_id)), timeout=_LONG_MS)
    # Seven are being seen to, the last of the list first.
    for _ in range(20):
        _press(Qt.Key.Key_J)
    while today.list.waiting():
        deal(Qt.Key.Key_E)

    assert len(set(dealt_with)) == 10
    report = desk.today()
    assert report.needs_you == ()
    assert {one.id for one in report.in_hand} == set(dealt_with[3:])
    assert {one.asleep_until for one in report.asleep} == {
        desk.as_of + timedelta(days=1),
        desk.as_of + timedelta(days=3),
        None,
    }
    assert today.list.empty.sentence == "Nothing needs you today."
    # From there the keyboard opens the rest.
    _press(Qt.Key.Key_Return)
    assert today.list.alerts.current() is not None
    assert today.list.alerts.hasFocus()


def _press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key)


def _is_settled(desk: Desk, alert_id: int) -> bool:
    return any(one.id == alert_id and one.state != "new" for one in desk.alerts().alerts)
