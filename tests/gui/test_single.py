"""One window for a workspace."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from camdesk.gui.single import Single


def test_a_second_start_asks_the_first_to_come_to_the_front(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = Single(tmp_path), Single(tmp_path)
    assert first.is_first()
    with qtbot.waitSignal(first.asked):
        assert not second.is_first()
    first.close()


def test_another_workspace_has_a_window_of_its_own(tmp_path: Path, qtbot: QtBot) -> None:
    first, other = Single(tmp_path / "one"), Single(tmp_path / "two")
    assert first.is_first()
    assert other.is_first()
    first.close()
    other.close()


def test_once_it_is_closed_the_next_start_is_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = Single(tmp_path), Single(tmp_path)
    assert first.is_first()
    first.close()
    assert second.is_first()
    second.close()
