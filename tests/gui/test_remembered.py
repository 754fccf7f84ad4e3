"""What the window remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray

from camdesk.gui.shell.remembered import Remembered
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
