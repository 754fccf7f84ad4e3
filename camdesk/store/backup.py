"""A workspace as one file: header, encrypted database and the user's own definitions, and back again."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from camdesk.base.errors import CamDeskError
from camdesk.store import keys, migrations
from camdesk.store.database import Database
from camdesk.store.workspace import DATABASE, DEFINITIONS, HEADER, Workspace

_LARGEST_DEFINITION = 1 << 20


class BackupError(CamDeskError):
    """A backup could not be written, or a file is not one."""


def write_backup(home: Workspace, target: Path, *, passphrase: str | None = None) -> Path:
    """Write the workspace to `target`, still encrypted; the copy is checked before it takes its place.

    With a passphrase the copy of a workspace whose key is in the keyring opens elsewhere too.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="camdesk-", dir=target.parent) as folder:
            draft = Path(folder)
            home.database.copy_to(draft / DATABASE)
            header = keys.read_header(home.home / HEADER)
            if passphrase and home.key_is_in_keyring:
                header = keys.under_passphrase(header, passphrase)
            header.save(draft / HEADER)
            _pack(home, draft, beside)
        beside.chmod(0o600)
        os.replace(beside, target)
    except OSError as error:
        raise BackupError(
            f"{target} could not be written: {error.strerror or error}.", "Choose another place."
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def restore_backup(file: Path, home: Path, *, ask: keys.PassphraseSource, kept_as: str) -> Path | None:
    """Put the backup in `home`; return where the workspace that was there is kept now.

    The backup is unlocked and checked beside `home` first; where it cannot be, nothing has changed.
    """
    draft = home.with_name(f".{home.name}.{os.getpid()}.restoring")
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir(mode=0o700)
        _unpack(file, draft)
        key = keys.unlock(keys.read_header(draft / HEADER), ask)
        migrations.migrate(draft / DATABASE, key)
        database = Database(draft / DATABASE, key)
        database.check()
        database.close()
        kept = _set_aside(home, kept_as)
        os.replace(draft, home)
    except OSError as error:
        raise BackupError(
            f"{error.filename or home}: {error.strerror or error}.", "Nothing was changed; check both places."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return kept


def _pack(home: Workspace, draft: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        file.write(draft / HEADER, HEADER)
        file.write(draft / DATABASE, DATABASE)
        for kind in DEFINITIONS:
            for path in sorted(home.definitions(kind).glob("*.toml")):
                file.write(path, f"{kind}/{path.name}")


def _unpack(file: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if not _belongs(entry):
                    raise BackupError(f"{file} is not a backup of CAM Desk.", "Choose another file.")
                place = folder / entry.filename
                place.parent.mkdir(exist_ok=True)
                with archive.open(entry) as packed, place.open("wb") as plain:
                    shutil.copyfileobj(packed, plain)
                place.chmod(0o600)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, UnicodeDecodeError) as error:
        raise BackupError(f"{file} is not a backup, or is damaged.", "Choose another file.") from error
    if not all((folder / name).is_file() for name in (HEADER, DATABASE)):
        raise BackupError(f"{file} is not a backup of CAM Desk.", "Choose another file.")


def _belongs(entry: zipfile.ZipInfo) -> bool:
    """Tell whether the entry is one that a backup has: nothing else is ever unpacked."""
    if entry.compress_type != zipfile.ZIP_STORED:
        return False
    if entry.filename in (HEADER, DATABASE):
        return True
    parts = PurePosixPath(entry.filename).parts
    is_definition = len(parts) == 2 and parts[0] in DEFINITIONS and parts[1].endswith(".toml")
    return is_definition and "\\" not in parts[1] and entry.file_size <= _LARGEST_DEFINITION


def _set_aside(home: Path, kept_as: str) -> Path | None:
    if not home.exists():
        return None
    if not any(home.iterdir()):
        home.rmdir()
        return None
    kept = home.with_name(f"{home.name}-before-{kept_as}")
    number = 1
    while kept.exists():
        number += 1
        kept = home.with_name(f"{home.name}-before-{kept_as}-{number}")
    os.replace(home, kept)
    return kept
