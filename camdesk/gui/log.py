"""The window's log in the workspace: where something went wrong, never with whom or how much."""

from __future__ import annotations

import faulthandler
import logging
import os
import traceback
from copy import copy
from pathlib import Path
from types import TracebackType

from camdesk.desk.care.diagnostics import LOG_NAME

_MOST_BYTES = 500_000
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Frames(logging.Formatter):
    """Writes the kind of a fault and the lines it came through; its words may quote a partner's data."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # what another handler made of the fault, words and all
        return super().format(own)

    def formatException(self, ei: _Fault) -> str:
        kind, _, trace = ei
        lines = (
            f"  {Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)
        )
        return "\n".join((kind.__name__ if kind else "", *lines))


class Log:
    """Open while the window is; a crash of the interpreter itself is written, too."""

    def __init__(self, home: Path) -> None:
        path = home / LOG_NAME
        os.close(os.open(path, os.O_CREAT | os.O_APPEND, 0o600))
        if path.stat().st_size > _MOST_BYTES:
            path.write_bytes(b"")
        self._handler = logging.FileHandler(path, encoding="utf-8")
        self._crashes = path.open("a", encoding="utf-8")
        self._handler.setFormatter(_Frames(_FORMAT))
        self._handler.setLevel(logging.WARNING)
        logging.getLogger().addHandler(self._handler)
        faulthandler.enable(self._crashes)

    def close(self) -> None:
        faulthandler.disable()
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        self._crashes.close()
