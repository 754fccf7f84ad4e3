"""The demonstration from nothing, as a user of a machine without display, keyring or passphrase runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from camdesk.desk.care.sample import read_sample
from tests.cli.conftest import Camdesk


@dataclass(frozen=True)
class Demo:
    home: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("demo") / "sample"
    bare = {"PATH": os.environ["PATH"], "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    system = {
        name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "LD_LIBRARY_PATH") if name in os.environ
    }
    done = subprocess.run(
        [sys.executable, "-m", "camdesk", "demo", "--no-window", "--dir", str(home)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**bare, **system, "PYTHONUTF8": "1"},
        check=False,
    )
    return Demo(home, done)


def test_it_ends_well_and_says_that_its_data_are_fictitious(demo: Demo) -> None:
    assert demo.done.returncode == 0, demo.done.stderr
    assert demo.done.stderr == ""
    assert "fictitious" in demo.done.stdout
    assert "Needs you today" in demo.done.stdout


def test_it_shows_all_seven_types(demo: Demo, camdesk: Camdesk) -> None:
    profiles = camdesk("profile", "list", "--json", home=demo.home).json["profiles"]
    assert len(profiles) == 7
    for profile in profiles:
        assert f"judged on {profile['judged_on']}" in demo.done.stdout


def test_it_writes_a_review_and_a_plan_named_by_id(demo: Demo) -> None:
    sample = read_sample()
    written = {path.name: path.read_bytes() for path in (demo.home / "exports").iterdir()}
    assert written.keys() == {f"review-{sample.review_partner}.pdf", f"plan-{sample.plan_partner}.pdf"}
    assert all(content.startswith(b"%PDF-") and b"%%EOF" in content[-64:] for content in written.values())


def test_no_name_of_a_partner_can_be_read_in_the_workspace(demo: Demo, camdesk: Camdesk) -> None:
    names = [one["name"] for one in camdesk("portfolio", "--all", "--json", home=demo.home).json["partners"]]
    kept = b"".join(path.read_bytes() for path in demo.home.iterdir() if path.is_file())
    for name in names:
        assert name.encode() not in kept
        assert name.encode("utf-16-le") not in kept


def test_a_sample_is_replaced_and_nothing_else_ever(demo: Demo, camdesk: Camdesk, tmp_path: Path) -> None:
    real = tmp_path / "real"
    assert camdesk("init", home=real).code == 0
    assert camdesk("demo", "--no-window", "--dir", str(real)).code == 3
    other = tmp_path / "holiday"
    other.mkdir()
    (other / "beach.jpg").write_bytes(b"sand")
    assert camdesk("demo", "--no-window", "--dir", str(other)).code == 3
    assert [path.name for path in other.iterdir()] == ["beach.jpg"]
    camdesk("plan", "draft", "R-001", home=demo.home)
    again = camdesk("demo", "--no-window", "--dir", str(demo.home))
    assert again.code == 0
    assert len(camdesk("document", "list", "--json", home=demo.home).json["documents"]) == 2
