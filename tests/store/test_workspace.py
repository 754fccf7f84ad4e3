"""A workspace keeps its key where it said, opens only with it, and gives nothing away on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from camdesk.base.settings import Settings
from camdesk.base.working_time import WorkingTime
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode, LockedError
from camdesk.store.workspace import NoWorkspaceError, Workspace, WorkspaceExistsError


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring that forgets when the test ends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


def nobody(_: str) -> str | None:
    return None


def a_workspace(home: Path, *, passphrase: str | None = None, mode: KeyMode | None = None) -> Workspace:
    return workspaces.create(home, Settings(), ask=lambda _: passphrase, mode=mode)


def test_the_key_lies_in_the_keyring_where_there_is_one(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    made = a_workspace(tmp_path / "home")
    made.close()
    assert made.mode is KeyMode.KEYRING
    assert len(memory_keyring.kept) == 1
    workspaces.open_workspace(tmp_path / "home", ask=nobody).close()


def test_a_key_gone_from_the_keyring_is_said_in_words(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    a_workspace(tmp_path / "home").close()
    memory_keyring.kept.clear()
    with pytest.raises(LockedError, match="not in this computer's keyring"):
        workspaces.open_workspace(tmp_path / "home", ask=nobody)


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_a_passphrase_is_needed(tmp_path: Path) -> None:
    with pytest.raises(LockedError, match="no usable keyring"):
        a_workspace(tmp_path / "home")
    assert not workspaces.exists(tmp_path / "home")


@pytest.mark.usefixtures("no_keyring")
def test_only_the_right_passphrase_opens(tmp_path: Path) -> None:
    a_workspace(tmp_path / "home", passphrase="correct horse").close()
    with pytest.raises(LockedError, match="not right"):
        workspaces.open_workspace(tmp_path / "home", ask=lambda _: "wrong horse")
    with pytest.raises(LockedError, match="locked"):
        workspaces.open_workspace(tmp_path / "home", ask=nobody)
    workspaces.open_workspace(tmp_path / "home", ask=lambda _: "correct horse").close()


def test_a_keyring_that_keeps_nothing_is_refused(tmp_path: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.null.Keyring())
    try:
        made = a_workspace(tmp_path / "home", passphrase="correct horse")
        made.close()
    finally:
        keyring.set_keyring(before)
    assert made.mode is KeyMode.PASSPHRASE


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    settings = Settings(
        base_currency="GBP",
        fiscal_year_start_month=4,
        our_name="Northlight",
        owner_emails=("a@x.example", "b@x.example"),
        working_time=WorkingTime((0, 1, 2, 3), 8, 16, frozenset({date(2026, 12, 25)}), "Europe/Berlin"),
        fixed_day=date(2026, 11, 20),
    )
    made = workspaces.create(tmp_path / "home", settings, ask=nobody, mode=KeyMode.SAMPLE)
    made.close()
    opened = workspaces.open_workspace(tmp_path / "home", ask=nobody)
    assert opened.settings() == settings
    opened.close()


def test_a_second_workspace_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    a_workspace(tmp_path / "home", mode=KeyMode.SAMPLE).close()
    with pytest.raises(WorkspaceExistsError):
        a_workspace(tmp_path / "home", mode=KeyMode.SAMPLE)


def test_no_workspace_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspaceError, match="camdesk init"):
        workspaces.open_workspace(tmp_path, ask=nobody)


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"format": 1, "mode": "??"}'])
def test_a_damaged_header_is_said_in_words(tmp_path: Path, content: str) -> None:
    a_workspace(tmp_path / "home", mode=KeyMode.SAMPLE).close()
    (tmp_path / "home" / "workspace.json").write_text(content)
    with pytest.raises(LockedError, match="cannot be read"):
        workspaces.open_workspace(tmp_path / "home", ask=nobody)


def test_a_newer_header_is_refused_politely(tmp_path: Path) -> None:
    a_workspace(tmp_path / "home", mode=KeyMode.SAMPLE).close()
    path = tmp_path / "home" / "workspace.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
    with pytest.raises(LockedError, match="newer CAM Desk"):
        workspaces.open_workspace(tmp_path / "home", ask=nobody)


def test_the_folder_is_the_users_alone(tmp_path: Path) -> None:
    a_workspace(tmp_path / "home", mode=KeyMode.SAMPLE).close()
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    assert (tmp_path / "home" / "camdesk.db").stat().st_mode & 0o077 == 0
