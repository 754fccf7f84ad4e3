"""What the window's log keeps, and what it never says."""

from __future__ import annotations

import faulthandler
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from camdesk.desk.care.diagnostics import LOG_NAME
from camdesk.gui.log import Log


@pytest.fixture(autouse=True)
def _crashes_are_told_as_before() -> Iterator[None]:
    yield
    faulthandler.enable()


def test_a_fault_is_kept_with_its_lines_and_without_its_words(tmp_path: Path) -> None:
    log = Log(tmp_path)
    try:
        raise ValueError("Helio Cloud owes €412k")
    except ValueError:
        logging.getLogger("camdesk.gui").exception("A job failed.")
    log.close()
    kept = (tmp_path / LOG_NAME).read_text("utf-8")
    assert "A job failed." in kept
    assert "ValueError" in kept
    assert "test_log.py" in kept
    assert "Helio" not in kept


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    Log(tmp_path).close()
    assert (tmp_path / LOG_NAME).stat().st_mode & 0o077 == 0


def test_nothing_is_written_once_it_is_closed(tmp_path: Path) -> None:
    Log(tmp_path).close()
    logging.getLogger("camdesk.gui").error("later")
    assert (tmp_path / LOG_NAME).read_text("utf-8") == ""
