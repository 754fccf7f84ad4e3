"""What goes wrong around the window is told in a sentence with a way on, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.base.progress import SilentProgress
from camdesk.base.resources import sample_folder
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.gui.app import make_window
from camdesk.gui.shell.window import MainWindow
from camdesk.store import database
from camdesk.store.keys import KeyMode
from tests.gui.tour import WAIT_MS, settle
from tests.gui.window_parts import sources

OpenDesk = Callable[[Path], Desk]
ShowDesk = Callable[[Desk], MainWindow]


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "workspace"))


@pytest.fixture
def open_desk() -> Iterator[OpenDesk]:
    desks: list[Desk] = []

    def opened(home: Path) -> Desk:
        desks.append(Desk.open(home, ask=lambda _: None))
        return desks[-1]

    yield opened
    for desk in desks:
        desk.close()


@pytest.fixture
def show(qapp: QApplication, qtbot: QtBot) -> Iterator[ShowDesk]:
    windows: list[MainWindow] = []

    def shown(desk: Desk) -> MainWindow:
        window = make_window(desk, qapp)
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.start()
        qtbot.waitUntil(window.top_bar.freshness.isVisible, timeout=WAIT_MS)
        settle(window, qtbot)
        return window

    yield shown
    for window in windows:
        window.close()


def add_note(window: MainWindow, words: str) -> None:
    partner_id = next(iter(window.sources.context.desk.insight.partners()))
    window.sources.context.deeds.do(partial(Desk.add_note, partner_id=partner_id, text=words))


def add_much(desk: Desk) -> None:
    """Write some megabytes as one piece of work."""
    partner_id = next(iter(desk.insight.partners()))
    with desk.workspace.database.write():
        for _ in range(60):
            desk.add_note(partner_id, "much " * 19_000)


def notes(desk: Desk) -> list[str]:
    partner_id = next(iter(desk.insight.partners()))
    return [note.text for note in desk.notes(partner_id)]


def partners(desk: Desk) -> int:
    return len(desk.insight.partners())


def test_closing_during_a_sync_leaves_all_or_nothing_of_it(
    tmp_path: Path, open_desk: OpenDesk, qapp: QApplication, qtbot: QtBot
) -> None:
    home = tmp_path / "workspace"
    desk = Desk.create_sample(home)
    window = make_window(desk, qapp)
    qtbot.addWidget(window)
    window.show()
    window.start_with_sync()
    qtbot.waitUntil(lambda: sources(window).progress.maximum() > 0, timeout=WAIT_MS)
    assert sources(window).is_syncing
    window.close()
    desk.close()
    again = open_desk(home)
    again.workspace.database.check()
    assert partners(again) == 0
    again.sync(progress=SilentProgress())
    assert partners(again) == 60


def test_a_source_folder_that_is_gone_is_named_and_the_portfolio_stays(
    tmp_path: Path, open_desk: OpenDesk, show: ShowDesk, qtbot: QtBot
) -> None:
    exports = Path(shutil.copytree(sample_folder(), tmp_path / "exports"))
    made = Desk.create(tmp_path / "own", Settings(), ask=lambda _: None, mode=KeyMode.SAMPLE)
    made.add_source("stick", "folder", {"path": str(exports)})
    made.sync(progress=SilentProgress())
    made.close()
    desk = open_desk(tmp_path / "own")
    window = show(desk)
    shutil.rmtree(exports)
    window._sync()
    qtbot.waitUntil(window.toast.isVisible, timeout=WAIT_MS)
    assert str(exports) in window.toast.words
    settle(window, qtbot)
    assert not sources(window).is_syncing
    assert partners(desk) == 60


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [one for one in database._PRAGMAS if "busy_timeout" not in one]
    monkeypatch.setattr(database, "_PRAGMAS", (*others, "PRAGMA busy_timeout=0"))


@pytest.mark.usefixtures("_impatient")
def test_a_database_somebody_else_writes_to_is_told_and_tried_again(
    home: Path, open_desk: OpenDesk, show: ShowDesk, qtbot: QtBot
) -> None:
    desk, other = open_desk(home), open_desk(home)
    window = show(desk)
    before = notes(desk)
    with other.workspace.database.write():
        add_note(window, "said while another wrote")
        qtbot.waitUntil(window.toast.isVisible)
        assert window.toast.words == (
            "Another CAM Desk is writing to this workspace. Wait until it has finished and try again."
        )
        settle(window, qtbot)
    assert notes(desk) == before
    with qtbot.waitSignal(window.sources.context.deeds.done):
        add_note(window, "said afterwards")
    assert sorted(notes(desk)) == sorted([*before, "said afterwards"])


def test_a_full_disk_is_told_and_what_was_there_stays(
    home: Path, open_desk: OpenDesk, show: ShowDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_desk(home)
    first.today()
    with first.workspace.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    first.close()
    desk = open_desk(home)
    window = show(desk)
    before = notes(desk)
    with monkeypatch.context() as patch:
        patch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, f"PRAGMA max_page_count={pages}"))
        desk.workspace.database.close()  # connections from here on have no more room
        window.sources.context.deeds.do(add_much)
        qtbot.waitUntil(window.toast.isVisible, timeout=WAIT_MS)
        assert window.toast.words == (
            "The disk is full; nothing was changed. Free some space and try again. Earlier work is safe."
        )
        settle(window, qtbot)
        assert notes(desk) == before
    desk.workspace.database.close()
    with qtbot.waitSignal(window.sources.context.deeds.done):
        add_note(window, "there is room again")
    assert len(notes(desk)) == len(before) + 1


def test_two_windows_on_one_workspace_lose_nothing_of_each_other(
    home: Path, open_desk: OpenDesk, show: ShowDesk, qtbot: QtBot
) -> None:
    desks = open_desk(home), open_desk(home)
    before = len(notes(desks[0]))
    for number, window in enumerate([show(desk) for desk in desks]):
        with qtbot.waitSignal(window.sources.context.deeds.done):
            add_note(window, f"from window {number}")
        settle(window, qtbot)
    assert {"from window 0", "from window 1"} < set(notes(desks[0]))
    assert len(notes(desks[0])) == len(notes(desks[1])) == before + 2


def test_the_window_of_an_earlier_day_says_so_and_where_alerts_are_dealt_with(
    home: Path, open_desk: OpenDesk, show: ShowDesk, qtbot: QtBot
) -> None:
    open_desk(home).alerts(mine=False)  # as any day does that the window is opened on
    desk = Desk.open(home, ask=lambda _: None, as_of=date(2026, 8, 31))
    window = show(desk)
    assert window.windowTitle().endswith("as on 31 Aug 2026")
    assert "everything as on 31 Aug 2026" in window.status._kept.text()
    number = desk.alerts(mine=False).alerts[0].id
    window.sources.context.deeds.do(partial(Desk.acknowledge_alert, alert_id=number))
    qtbot.waitUntil(window.toast.isVisible, timeout=WAIT_MS)
    assert window.toast.words.endswith("Open CAM Desk as of today, without --as-of, and do it there.")
    settle(window, qtbot)
    window.close()
    desk.close()
