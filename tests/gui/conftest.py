"""Sets up Qt without a screen before anything imports it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.context import Context
from camdesk.gui.deeds import Deeds
from camdesk.gui.guide import Guide, Place
from camdesk.gui.jobs import Jobs
from camdesk.gui.room import Room
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Theme
from tests.gui.builders import FakeDesk
from tests.gui.window_parts import put_on_screen, start

OpenWindow = Callable[[FakeDesk], MainWindow]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def context(qapp: QApplication, theme: Theme) -> Iterator[Context]:
    """Return what a screen is given, over a desk made by hand."""
    room, jobs, guide = Room(cast("Desk", FakeDesk())), Jobs(), Guide()
    deeds = Deeds(room, guide)
    yield Context(room, jobs, theme, guide, deeds)
    deeds.close()
    jobs.close()


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot) -> Iterator[OpenWindow]:
    """Return a function that shows a window and waits until its portfolio is there."""
    windows: list[MainWindow] = []

    def show(desk: FakeDesk) -> MainWindow:
        window = put_on_screen(cast("Desk", desk), qapp, qtbot)
        windows.append(window)
        start(window, qtbot, Place("portfolio"))
        return window

    yield show
    for window in windows:
        window.close()


@pytest.fixture(scope="module")
def sample_desk(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk on a copy of the synced sample, shared by the tests of one file."""
    home = tmp_path_factory.mktemp("desk") / "workspace"
    shutil.copytree(sample_home, home)
    desk = Desk.open(home, ask=lambda _: None)
    yield desk
    desk.close()


@pytest.fixture
def sample_window(sample_desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """Return the window of the sample, once its portfolio is known. Acts of a test are taken back."""
    window = put_on_screen(sample_desk, qapp, qtbot)
    start(window, qtbot)
    yield window
    window.close()
    while sample_desk.undo() is not None:
        pass
