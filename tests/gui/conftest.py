"""Sets up Qt without a screen before anything imports it."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.gui.app import make_window
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Theme
from tests.gui.builders import FakeDesk

OpenWindow = Callable[[FakeDesk], MainWindow]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot) -> Iterator[OpenWindow]:
    """Return a function that shows a window and waits until its portfolio is there."""
    windows: list[MainWindow] = []

    def show(desk: FakeDesk) -> MainWindow:
        window = make_window(desk, qapp)
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.start()
        qtbot.waitUntil(window.top_bar.freshness.isVisible)
        return window

    yield show
    for window in windows:
        window.close()
