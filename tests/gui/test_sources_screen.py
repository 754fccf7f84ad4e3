"""Connecting a folder of exports in the window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from camdesk.base.resources import sample_folder
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.gui.guide import Place
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.sources.rows import name_for
from camdesk.store.keys import KeyMode
from tests.gui.tour import WAIT_MS, settle
from tests.gui.window_parts import put_on_screen, sources


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """Return the window of a workspace without a source."""
    desk = Desk.create(tmp_path / "own", Settings(), ask=lambda _: None, mode=KeyMode.SAMPLE)
    shown = put_on_screen(desk, qapp, qtbot)
    shown.start(Place("sources"))
    settle(shown, qtbot)
    yield shown
    shown.close()
    desk.close()


def test_a_first_folder_is_connected_and_read_by_keyboard_alone(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = Path(shutil.copytree(sample_folder(), tmp_path / "Our Exports"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(exports))
    screen = sources(window)
    assert screen.empty.sentence == "Nothing is connected yet."
    screen.focus_content()
    with qtbot.waitSignal(screen.context.guide.synced, timeout=WAIT_MS):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(window, qtbot)
    assert not screen.empty.isVisible()
    assert [row.key for row in screen.table.grid.rows] == ["our-exports"]


def test_giving_up_the_choice_connects_nothing(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    sources(window).connect_button.click()
    settle(window, qtbot)
    assert sources(window).empty.isVisible()


def test_what_a_sync_says_went_wrong_stays_on_the_page_with_a_way_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = sources(window)
    folder = tmp_path / "exports"
    folder.mkdir()
    screen.connect_folder(folder)
    qtbot.waitUntil(screen._report.isVisible, timeout=WAIT_MS)
    assert "partners.csv" in screen._outcome.text()
    assert "camdesk " not in screen._outcome.text()
    settle(window, qtbot)
    (folder / "partners.csv").write_text("No.,Account\n1,Alder\n", "utf-8")
    with qtbot.waitSignal(screen.context.guide.synced, timeout=WAIT_MS):
        screen.sync()
    assert "Name the columns" in screen._outcome.text()
    assert [row.cells[2].text for row in screen.rejected.grid.rows] == ["partner_id", "name", "type"]


def test_a_source_is_disconnected_once_that_is_meant(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = sources(window)
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "partners.csv").write_text("partner_id,name,type\nP1,Alder,reseller\n", "utf-8")
    with qtbot.waitSignal(screen.context.guide.synced, timeout=WAIT_MS):
        screen.connect_folder(folder)
    settle(window, qtbot)
    screen.table.setFocus()
    screen.table.go_to(0)
    for meant in (False, True):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
        assert "Its 1 rows" not in screen._question.text()
        assert screen.leave_button.hasFocus()
        if meant:
            screen.go_on_button.setFocus()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        assert not screen._doubt.isVisible()
        settle(window, qtbot)
        assert screen.table.grid.rowCount() == 1 or meant
    qtbot.waitUntil(screen.empty.isVisible, timeout=WAIT_MS)
    assert window.toast.words == "Disconnected exports."


def test_a_folder_that_cannot_be_connected_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    sources(window).connect_folder(tmp_path / "nowhere")
    qtbot.waitUntil(window.toast.isVisible)
    assert "nowhere" in window.toast.words
    settle(window, qtbot)
    assert sources(window).empty.isVisible()


def test_sources_are_called_as_their_folders_are() -> None:
    assert name_for(Path("/x/Q4 Exports"), ()) == "q4-exports"
    assert name_for(Path("/x/exports"), {"exports", "exports-2"}) == "exports-3"
    assert name_for(Path("/x/東京"), ()) == "exports"
    assert name_for(Path("/x/me"), {"exports"}) == "exports-2"
