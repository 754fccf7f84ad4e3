"""Find the tables of a folder, an archive, a workbook or a single file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

from camdesk.base.errors import CamDeskError, UsageError
from camdesk.portfolio.entities import ENTITIES
from camdesk.sync.connector import RawTable, Reading
from camdesk.sync.connectors.folder import archive
from camdesk.sync.connectors.folder.delimited import DelimitedTable
from camdesk.sync.connectors.folder.workbook import SheetTable, open_workbook

_TEXT = {".csv", ".tsv", ".txt"}
_BOOKS = {".xlsx", ".xlsm"}
LARGEST_FILE = 500_000_000


class MissingFolderError(CamDeskError):
    """The folder or file of a source is not there, or cannot be read."""


def connect(options: Mapping[str, str], reading: Reading) -> FolderSource:
    """Open the source at `options["path"]`."""
    if not options.get("path"):
        raise UsageError("A folder source needs a path.", "camdesk source add NAME folder PATH")
    return FolderSource(Path(options["path"]), reading)


@dataclass(frozen=True)
class FolderSource:
    """Files named by entity."""

    path: Path
    reading: Reading

    def fingerprint(self) -> str:
        """Return a digest of names and contents: reading bytes is cheap, reading rows is not."""
        digest = hashlib.blake2b(digest_size=16)
        for file in self._files:
            digest.update(os.fsencode(file.name) + b"\0")
            with _explained(file), file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "blake2b").digest())
        return digest.hexdigest()

    def tables(self) -> Sequence[RawTable]:
        found: list[RawTable] = []
        for file in self._files:
            suffix = file.suffix.lower()
            if suffix in _TEXT:
                size = file.stat().st_size
                found.append(self._text(file.stem, _shown(file), size, partial(_read, file)))
            elif suffix in _BOOKS:
                archive.entries(file, most_unpacked=archive.MOST_UNPACKED_WORKBOOK)
                found.extend(self._sheets(_shown(file), partial(_read, file)))
            else:
                found.extend(self._members(file))
        return found

    @cached_property
    def _files(self) -> list[Path]:
        with _explained(self.path):
            if self.path.is_dir():
                # Spreadsheets leave lock files (~$name) and macOS leaves ._name beside what they opened.
                files = [file for file in self.path.iterdir() if not file.name.startswith(("~$", "."))]
                wanted = _TEXT | _BOOKS | {".zip"}
                files = [file for file in files if file.suffix.lower() in wanted and file.is_file()]
            elif self.path.is_file():
                files = [self.path]
            else:
                raise MissingFolderError(
                    f"There is no folder or file {self.path}.",
                    "Connect the drive, or remove the source and add it again.",
                )
            too_large = [_shown(file) for file in files if file.stat().st_size > LARGEST_FILE]
        if too_large:
            raise MissingFolderError(f"{too_large[0]} is larger than 500 MB.", "Export a shorter period.")
        return sorted(files)

    def _members(self, file: Path) -> list[RawTable]:
        found: list[RawTable] = []
        for entry in archive.entries(file, most_unpacked=archive.MOST_UNPACKED_ZIP):
            member = PurePosixPath(entry.filename)
            read = partial(archive.read, file, entry.filename)
            if member.name.startswith(("~$", ".")) or member.parts[0] == "__MACOSX":
                continue
            if member.suffix.lower() in _TEXT:
                found.append(self._text(member.stem, entry.filename, entry.file_size, read))
            elif member.suffix.lower() in _BOOKS:
                raise archive.ArchiveError(
                    f"{_shown(file)} holds the workbook {member.name}.", "Unpack it into a folder first."
                )
        return found

    def _text(self, name: str, file: str, size: int, read: partial[bytes]) -> RawTable:
        return DelimitedTable(name, file, size, read, self.reading)

    def _sheets(self, file: str, read: partial[bytes]) -> list[RawTable]:
        data = read()
        sheets = list(open_workbook(file, data).sheet_names)
        if len(sheets) == 1:
            # `partners.xlsx` with a sheet called Sheet1, or `export.xlsx` with a sheet called partners.
            name = sheets[0] if sheets[0].lower() in ENTITIES else Path(file).stem
            return [SheetTable(name, file, len(data), sheets[0], read, self.reading)]
        share = len(data) // max(len(sheets), 1)
        return [SheetTable(name, f"{file}#{name}", share, name, read, self.reading) for name in sheets]


def _shown(file: Path) -> str:
    """Return a file's name as a report can keep it: older systems leave names that are not UTF-8."""
    return os.fsencode(file.name).decode(errors="replace")


def _read(file: Path) -> bytes:
    with _explained(file):
        return file.read_bytes()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system says about a file into a sentence."""
    try:
        yield
    except OSError as error:
        raise MissingFolderError(
            f"{path} cannot be read.", "Check that it is there and that you may open it."
        ) from error
