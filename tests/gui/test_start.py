"""What starting the window may load, and that the binding does not eat references to None."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

LATER = ("pandas", "matplotlib", "numpy", "typst", "keyring", "alembic", "openpyxl", "httpx2")


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    code = f"import sys, camdesk.gui.app; print([name for name in {LATER!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    before = sys.getrefcount(None)
    for _ in range(2000):
        table.item(0, 0)
    assert abs(sys.getrefcount(None) - before) < 100
