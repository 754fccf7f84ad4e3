"""What the window remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.forecast.screen import ForecastScreen
from camdesk.gui.shell.remembered import Remembered
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Appearance
from tests.gui.builders import FakeDesk, OpenWorkspace
from tests.gui.conftest import OpenWindow


def test_a_window_opens_as_it_was_closed(tmp_path: Path, open_window: OpenWindow) -> None:
    first = open_window(FakeDesk(workspace=OpenWorkspace(home=tmp_path)))
    first.resize(1100, 720)
    first.appearance.choose(Appearance.DARK)
    first.close()
    second = open_window(FakeDesk(workspace=OpenWorkspace(home=tmp_path)))
    assert second.height() == 720  # the screen of the tests is narrower than any window
    assert second.appearance.appearance is Appearance.DARK


def test_a_spoilt_file_is_no_reason_not_to_start(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[General]\nappearance=pink\ngeometry=7\n", "utf-8")
    remembered = Remembered(tmp_path)
    assert (remembered.geometry, remembered.appearance) == (None, Appearance.SYSTEM)


def test_no_partner_is_named_in_what_is_kept(tmp_path: Path) -> None:
    Remembered(tmp_path).keep(QByteArray(b"x"), Appearance.LIGHT)
    kept = (tmp_path / "window.ini").read_text("utf-8").splitlines()
    assert {line.split("=")[0] for line in kept if "=" in line} == {"geometry", "appearance"}


def test_the_forecast_comes_back_as_it_was_left(
    sample_desk: Desk, sample_window: MainWindow, qtbot: QtBot
) -> None:
    sample_window.go_to("forecast")
    screen = cast("ForecastScreen", sample_window.screens.get("forecast"))
    qtbot.waitUntil(lambda: bool(screen.tables.shown()), timeout=20_000)
    screen.turn_to_kind(by_type=False)
    screen.head.everyone.click()
    screen.head.filter_field.setText("a")
    everyone = {"mine": False, "by_type": False, "silent": False}
    qtbot.waitUntil(lambda: sample_desk.remembered_view("forecast") == everyone, timeout=20_000)
    again = ForecastScreen(screen.context)
    qtbot.addWidget(again)
    again.refresh()
    qtbot.waitUntil(lambda: bool(again.tables.shown()), timeout=20_000)
    assert (again.head.one_list.isChecked(), again.head.everyone.isChecked()) == (True, True)
    assert len(again.tables.shown()) == 1
    assert again.head.filter_field.text() == ""
