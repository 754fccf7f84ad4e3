"""What a person does happens in order, is said, can be taken back, and is written before the window goes."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.app import make_window
from camdesk.gui.guide import Place
from camdesk.gui.shell.window import MainWindow


def texts(desk: Desk, partner_id: str) -> set[str]:
    return {note.text for note in desk.notes(partner_id)}


def write(desk: Desk, *, words: str) -> None:
    desk.add_note("R-001", words)


def test_undo_pressed_while_writing_takes_back_what_was_being_written(
    sample_window: MainWindow, sample_desk: Desk, qtbot: QtBot
) -> None:
    deeds, said = sample_window._context.deeds, []
    deeds.done.connect(lambda words, _: said.append(words))
    deeds.do(partial(write, words="first"))
    deeds.do(partial(write, words="second"))
    deeds.undo()
    qtbot.waitUntil(lambda: len(said) == 3, timeout=30_000)
    assert said[2] == f"Taken back: {said[1]}"
    assert "first" in texts(sample_desk, "R-001")
    assert "second" not in texts(sample_desk, "R-001")


def test_nothing_that_was_done_is_lost_by_closing_at_once(
    sample_home: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    shutil.copytree(sample_home, tmp_path / "workspace")
    desk = Desk.open(tmp_path / "workspace", ask=lambda _: None)
    window = make_window(desk, qapp)
    qtbot.addWidget(window)
    window.show()
    window.start(Place("sources"))
    wanted = {f"note {number}" for number in range(6)}
    for words in sorted(wanted):
        window._context.deeds.do(partial(write, words=words))
    window.close()
    assert wanted <= texts(desk, "R-001")
    desk.close()
