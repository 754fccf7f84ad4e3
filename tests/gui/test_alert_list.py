"""The list of alerts with thousands in it: there at once, and in its place whatever happens."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from camdesk.gui.theme.theme import Theme
from camdesk.gui.today.alert_list import AlertList
from tests.gui.test_today_rows import ALERT, TODAY

MANY = tuple(
    replace(ALERT, id=number, message=f"Deal {number} has not moved for {number} days")
    for number in range(2_900)
)


def a_list(theme: Theme, qtbot: QtBot) -> AlertList:
    shown = AlertList(theme)
    qtbot.addWidget(shown)
    shown.resize(420, 600)
    shown.show()
    shown.show_entries(MANY, currency="EUR", today=TODAY)
    return shown


def is_laid_out(shown: AlertList, row: int) -> bool:
    return not shown.visualRect(shown.alerts.index(row)).isEmpty()


def is_in_sight(shown: AlertList, row: int) -> bool:
    return shown.viewport().rect().contains(shown.visualRect(shown.alerts.index(row)))


def test_what_is_seen_is_laid_out_first_and_the_rest_follows(theme: Theme, qtbot: QtBot) -> None:
    shown = a_list(theme, qtbot)
    assert is_laid_out(shown, 50)
    assert not is_laid_out(shown, len(MANY) - 1)
    qtbot.waitUntil(lambda: is_laid_out(shown, len(MANY) - 1))


def test_far_down_the_list_stays_in_place(theme: Theme, qtbot: QtBot) -> None:
    shown = a_list(theme, qtbot)
    qtbot.waitUntil(lambda: is_laid_out(shown, len(MANY) - 1))
    shown.go_to(2_000)
    shown.drop(2_000)
    assert shown.current() == MANY[2_001]
    assert is_in_sight(shown, 2_000)
    shown.show_entries(MANY[:2_000] + MANY[2_002:], currency="EUR", today=TODAY)
    assert shown.current() == MANY[2_002]
    assert is_in_sight(shown, 2_000)
