"""A finished file put in its place: whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from glob import escape
from pathlib import Path

from camdesk.base.errors import CamDeskError


class ExportError(CamDeskError):
    """A document could not be set or written."""


def place(made: Path, target: Path) -> Path:
    """Move the finished file to its place in one step: `target` never holds half a document."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # What a process that was killed has left behind.
        for left in target.parent.glob(f".{escape(target.name)}.*.part"):
            left.unlink(missing_ok=True)
        with made.open("rb") as source, beside.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        os.replace(beside, target)
    except OSError as error:
        with suppress(OSError):  # a folder on the way may be a file
            beside.unlink(missing_ok=True)
        raise ExportError(
            f"{target} could not be written: {error.strerror or error}.",
            "Close it in other programs, or choose another place.",
        ) from error
    return target
