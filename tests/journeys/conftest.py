"""Each journey begins with a window on a fresh copy of the sample."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.shell.window import MainWindow
from tests.gui.window_parts import put_on_screen


@pytest.fixture
def desk(sample_home: Path, tmp_path: Path) -> Iterator[Desk]:
    home = tmp_path / "workspace"
    shutil.copytree(sample_home, home)
    opened = Desk.open(home, ask=lambda _: None)
    yield opened
    opened.close()


@pytest.fixture
def window(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """Return the window as it comes on screen, before it turns to its first screen."""
    made = put_on_screen(desk, qapp, qtbot)
    yield made
    made.close()
