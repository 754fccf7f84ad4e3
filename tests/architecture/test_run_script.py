"""The script that sets everything up says what is missing where it cannot help itself."""

from __future__ import annotations

import runpy
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import camdesk as package

SCRIPT = Path(package.__file__).parent.parent / "run.py"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the script's names; no command of it is run."""
    monkeypatch.setattr(subprocess, "call", _not_called)
    return runpy.run_path(str(SCRIPT))


def _not_called(command: list[str], **_: object) -> int:
    raise AssertionError(f"{command} was run")


def test_wrong_use_is_told(script: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert script["main"]([]) == 2
    assert script["main"](["dance"]) == 2
    assert "run.py demo" in capsys.readouterr().err


def test_who_is_not_root_is_told_the_line_to_run(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install: Callable[[list[str]], bool] = script["install"]
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/apt-get")
    assert install(["libegl1", "libxcb-cursor0"]) is False
    assert "sudo apt-get install" in (told := capsys.readouterr().err)
    assert "libegl1 libxcb-cursor0" in told


def test_other_systems_are_told_the_names(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert script["install"](["libegl1"]) is False
    assert "libegl1" in capsys.readouterr().err


def test_a_library_that_is_not_there_is_noticed(script: dict[str, Any]) -> None:
    assert script["loads"]("libno-such-thing.so.7") is False
