"""Wrong use is 2, what cannot be done is 3 and one sentence, problems listed are 1."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from camdesk.desk.desk import Desk
from tests.cli.conftest import Answer, Camdesk

COULD_NOT = 3


def says_what_to_do(answer: Answer) -> bool:
    """Tell whether the failure is a line of sentences on standard error, and nothing else."""
    lines = answer.err.strip().splitlines()
    return answer.code == COULD_NOT and not answer.out and len(lines) == 1 and ". " in lines[0]


@pytest.mark.parametrize(
    "wrong",
    [
        ("frobnicate",),
        ("partner",),
        ("portfolio", "--colour"),
        ("alert", "ack", "seven"),
        ("--as-of", "2026-13-01", "portfolio"),
        ("--as-of", "0001-01-01", "portfolio"),
        ("--as-of", "1969-12-31", "portfolio"),
        ("--as-of", "2201-01-01", "portfolio"),
        ("--as-of", "9999-12-31", "portfolio"),
        ("--as-of", "20261120", "portfolio"),
        ("--as-of", "2026-W47-5", "portfolio"),
        ("changes", "--since", "0001-01-01"),
        ("changes", "--since", "yesterday"),
        ("alert", "snooze", "1", "--until", "soon"),
        ("review", "draft", "R-001", "--period", "2026"),
        ("document", "export", "1", "--pdf", "x.pdf", "--paper", "a5"),
        ("settings", "set"),
        ("settings", "set", "--base-currency", "EURO"),
        ("source", "add", "crm", "teleport", "somewhere"),
    ],
)
def test_wrong_use(camdesk: Camdesk, sample_home: Path, wrong: tuple[str, ...]) -> None:
    answer = camdesk(*wrong, home=sample_home)
    assert answer.code == 2
    assert answer.err
    assert not answer.out


@pytest.mark.parametrize(
    "impossible",
    [
        ("partner", "nobody"),
        ("scorecard", "nobody"),
        ("explain", "R-001", "no_such_metric"),
        ("explain", "nobody", "revenue"),
        ("figures", "--partner", "nobody"),
        ("figures", "--metric", "no_such_metric"),
        ("alert", "ack", "999999"),
        ("alert", "resolve", "999999", "--reason", "done"),
        ("document", "show", "99"),
        ("document", "export", "99", "--pdf", "x.pdf"),
        ("review", "draft", "nobody"),
        ("sync", "nothing"),
        ("source", "remove", "nothing"),
        ("source", "add", "crm", "folder", "/no/such/folder"),
        ("restore", __file__),
        ("restore", "/no/such/file"),
    ],
)
def test_what_cannot_be_done(
    camdesk: Camdesk, own_sample: Path, tmp_path: Path, impossible: tuple[str, ...]
) -> None:
    assert says_what_to_do(camdesk(*impossible, home=own_sample))
    assert camdesk("check", home=own_sample).code == 0


def test_no_workspace(camdesk: Camdesk, tmp_path: Path) -> None:
    for command in (("portfolio",), ("sync",), ("backup", str(tmp_path / "b"))):
        answer = camdesk(*command, home=tmp_path / "nothing")
        assert says_what_to_do(answer)
        assert "camdesk init" in answer.err


def test_no_display(camdesk: Camdesk, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert says_what_to_do(camdesk(home=sample_home))


def test_an_unwritable_target(camdesk: Camdesk, own_sample: Path, tmp_path: Path) -> None:
    camdesk("review", "draft", "R-001", home=own_sample)
    (tmp_path / "file").write_text("in the way")
    beneath_a_file = str(tmp_path / "file" / "review.pdf")
    assert says_what_to_do(camdesk("document", "export", "1", "--pdf", beneath_a_file, home=own_sample))
    assert says_what_to_do(camdesk("backup", beneath_a_file, home=own_sample))


def test_a_damaged_database(camdesk: Camdesk, own_sample: Path) -> None:
    database = own_sample / "camdesk.db"
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 9] = os.urandom(4096 * 6)
    database.write_bytes(content)
    assert says_what_to_do(camdesk("check", home=own_sample))


def test_a_file_that_is_no_database(camdesk: Camdesk, own_sample: Path) -> None:
    (own_sample / "camdesk.db").write_bytes(b"SQLite format 3\0" + bytes(8000))
    assert says_what_to_do(camdesk("portfolio", home=own_sample))


def test_an_empty_database(camdesk: Camdesk, own_sample: Path) -> None:
    (own_sample / "camdesk.db").write_bytes(b"")
    answer = camdesk("portfolio", home=own_sample)
    assert says_what_to_do(answer)
    assert "camdesk restore" in answer.err


def test_a_damaged_database_under_every_figure(camdesk: Camdesk, own_sample: Path) -> None:
    database = own_sample / "camdesk.db"
    content = bytearray(database.read_bytes())
    pages = len(content) // 4096
    # Facts lie in the middle; what is read to open the workspace, and to keep what was made, stays.
    for page in range(pages // 4, pages * 3 // 4):
        content[page * 4096 + 7] ^= 0xFF
    database.write_bytes(content)
    answer = camdesk("figures", "--json", home=own_sample)
    assert says_what_to_do(answer)
    assert "camdesk restore" in answer.err


@pytest.mark.parametrize("day", ["1970-01-01", "2200-12-31"])
def test_days_as_far_as_they_go(camdesk: Camdesk, sample_home: Path, day: str) -> None:
    assert camdesk("--as-of", day, "scorecard", "R-001", "--json", home=sample_home).code == 0


@pytest.mark.parametrize("header", [b"", b"\xff\xfe", b"[]", b'{"format": 99}'])
def test_a_damaged_header(camdesk: Camdesk, own_sample: Path, header: bytes) -> None:
    (own_sample / "workspace.json").write_bytes(header)
    assert says_what_to_do(camdesk("portfolio", home=own_sample))


def test_a_wrong_passphrase(camdesk: Camdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    keyring.set_keyring(Keyring())
    home = tmp_path / "locked"
    assert says_what_to_do(camdesk("init", home=home))
    monkeypatch.setenv("CAMDESK_PASSPHRASE", "correct horse")
    assert camdesk("init", home=home).code == 0
    assert camdesk("check", home=home).code == 0
    monkeypatch.setenv("CAMDESK_PASSPHRASE", "wrong horse")
    assert says_what_to_do(camdesk("check", home=home))
    monkeypatch.delenv("CAMDESK_PASSPHRASE")
    assert says_what_to_do(camdesk("check", home=home))


@pytest.mark.parametrize(
    "failure",
    [
        OSError(errno.ENOSPC, "No space left on device", "camdesk.db"),
        PermissionError(errno.EACCES, "Permission denied", "camdesk.db"),
        MemoryError(),
        KeyboardInterrupt(),
        RuntimeError("a mistake of ours"),
    ],
)
def test_whatever_happens_ends_as_a_sentence(
    camdesk: Camdesk, sample_home: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(Desk, "portfolio", fail)
    answer = camdesk("portfolio", home=sample_home)
    assert answer.code == COULD_NOT
    assert len(answer.err.strip().splitlines()) == 1


def test_rejected_rows_are_listed_and_the_rest_is_loaded(camdesk: Camdesk, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "partners.csv").write_text(
        "partner_id,name,type,enrolled_on\nP1,One,reseller,2021-02-30\nP2,Two,reseller,2021-02-03\n"
    )
    home = tmp_path / "workspace"
    camdesk("init", home=home)
    camdesk("source", "add", "exports", "folder", str(exports), home=home)
    answer = camdesk("sync", home=home)
    assert answer.code == 1
    assert "partners.csv:2" in answer.out
    assert "2021-02-30" in answer.out
    rejected = camdesk("sync", "--json", home=home)
    assert rejected.code == 1
    assert {"file", "line", "column", "value", "reason"} <= rejected.json["sources"][0]["rejected"][0].keys()
    assert [one["partner_id"] for one in camdesk("portfolio", "--json", home=home).json["partners"]] == ["P2"]


def test_a_reader_that_goes_away_is_no_failure(sample_home: Path) -> None:
    command = [sys.executable, "-m", "camdesk", "--home", str(sample_home), "figures", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="only a POSIX shell can close what a command writes to")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_output_is_no_failure(own_sample: Path, closed: str) -> None:
    command = [sys.executable, "-m", "camdesk", "--home", str(own_sample), "portfolio"]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
