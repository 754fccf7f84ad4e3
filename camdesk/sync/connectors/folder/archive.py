"""Guard against archives that unpack to far more than they look."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from camdesk.base.errors import CamDeskError

MOST_ENTRIES = 2_000
MOST_UNPACKED_ZIP = 1_000_000_000
MOST_UNPACKED_WORKBOOK = 200_000_000  # measured: 496 MB of sheet XML take 1.1 GB of memory
HIGHEST_RATIO = 100
_RATIO_COUNTS_FROM = 10_000_000


class ArchiveError(CamDeskError):
    """The archive is damaged, locked, or unpacks to more than a portfolio can be."""


def entries(path: Path, *, most_unpacked: int) -> list[zipfile.ZipInfo]:
    """Return an archive's files; raise ArchiveError, nothing unpacked, where it cannot be trusted."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError, NotImplementedError) as error:
        raise ArchiveError(
            f"{path.name} cannot be opened; it may be damaged or not finished copying.", "Export it again."
        ) from error
    unpacked = sum(entry.file_size for entry in found)
    packed = max(sum(entry.compress_size for entry in found), 1)
    if len(found) > MOST_ENTRIES:
        reason = f"holds {len(found):,} files; {MOST_ENTRIES:,} is the most"
    elif unpacked > most_unpacked:
        reason = f"unpacks to {unpacked // 1_000_000:,} MB; {most_unpacked // 1_000_000:,} is the most"
    elif unpacked > _RATIO_COUNTS_FROM and unpacked > packed * HIGHEST_RATIO:
        reason = f"unpacks to {unpacked // packed:,} times its size"
    elif any(entry.flag_bits & 1 for entry in found):
        reason = "is locked with a password"
    else:
        return found
    raise ArchiveError(f"{path.name} {reason}.", "Export less at once, or as separate CSV files.")


def read(path: Path, entry: str) -> bytes:
    """Return one file of an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise ArchiveError(f"{entry} in {path.name} is damaged.", "Export it again.") from error
