"""Every screen can be read, heard and used without a mouse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import label
from tests.gui.clipping import clipped, clipped_actions, clipped_figures, clipped_heads
from tests.gui.looking import blind_to_focus, out_of_reach, unnamed
from tests.gui.tour import walk

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_control_has_a_name_and_tab_comes_to_it(sample_window: MainWindow, qtbot: QtBot) -> None:
    found = {}
    for name in walk(sample_window, qtbot):
        wrong = [f"no name: {one}" for one in unnamed(sample_window)]
        wrong += [f"out of reach: {one}" for one in out_of_reach(sample_window)]
        if wrong:
            found[name] = wrong
    assert found == {}


def test_every_control_shows_that_the_keyboard_is_on_it(sample_window: MainWindow, qtbot: QtBot) -> None:
    found = {}
    for name in walk(sample_window, qtbot):
        if wrong := blind_to_focus(sample_window):
            found[name] = wrong
    assert found == {}


@pytest.mark.parametrize(
    ("sizes", "scale"), [(("1440x900", "1024x700"), 1.0), (("960x600",), 1.5)], ids=["100 %", "150 %"]
)
def test_no_text_is_clipped(sample_home: Path, sizes: tuple[str, ...], scale: float) -> None:
    command = [sys.executable, "-m", "tests.gui.clipping", str(sample_home), *sizes]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
    run = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    assert run.stdout.splitlines() == []


@pytest.mark.qt_log_ignore("propagateSizeHints")  # a window without a window around it, without a screen
def test_the_sweep_sees_what_is_wrong(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    lines = QVBoxLayout(whole)
    nameless, long = QPushButton(), label("Longer than its place")
    nameless.setFocusPolicy(nameless.focusPolicy().NoFocus)
    long.setFixedWidth(20)
    lines.addWidget(nameless)
    lines.addWidget(long)
    blind = QLineEdit()
    blind.setAccessibleName("Blind")
    blind.setStyleSheet("border: none; background: white")
    blind.setReadOnly(True)
    lines.addWidget(blind)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    assert len(blind_to_focus(whole)) == 1
    assert len(unnamed(whole)) == len(out_of_reach(whole)) == len(clipped(whole)) == 1


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_sweep_sees_heads_figures_and_menus_that_are_cut(theme: Theme, qtbot: QtBot) -> None:
    table = GridView((Column("Partner", Kind.TEXT), Column("Attainment", Kind.NUMBER)), theme, name="Some")
    qtbot.addWidget(table)
    table.show_rows([GridRow("one", (GridCell("Northwind"), GridCell("€12,345,678")))])
    table.set_plan(lambda _available: (200, 100))
    assert list(clipped_heads(table)) == list(clipped_figures(table)) == []
    table.setColumnWidth(1, 40)
    assert len(list(clipped_heads(table))) == 3  # however it is sorted
    assert len(list(clipped_figures(table))) == 1
    menu = QMenu(table)
    menu.addAction("Longer than its place")
    menu.resize(menu.sizeHint())
    assert list(clipped_actions(menu)) == []
    menu.setFixedWidth(60)
    assert len(list(clipped_actions(menu))) == 1
