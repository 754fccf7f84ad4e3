"""Set documents with Typst, as a process of its own: `typesetter.py FONTS`, one request a line.

A request is `{"folder": …, "standards": …, "timestamp": …}` and writes FOLDER/document.pdf from
FOLDER/document.typ; the answer is a JSON string, empty or why it could not be done. Run as a file, not as a
module: it needs nothing of this package, and can be stopped at any moment.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

import typst

MEMORY_LIMIT = 2 << 30
# Typst remembers what it laid out, so a document set again after a change is quick; each takes some 130 MB.
DOCUMENTS = 4
# Nobody is there any more, or what is being set has no end.
QUIET_SECONDS = 120.0


def _limit_memory() -> None:
    # Windows has no such limit; the time limit of the caller holds there too.
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def main(fonts: str) -> None:
    """Answer requests until there are none, or as many as one process is to set."""
    _limit_memory()
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    for _ in range(DOCUMENTS):
        watch = Timer(QUIET_SECONDS, os._exit, (1,))
        watch.daemon = True
        watch.start()
        line = sys.stdin.readline()
        if not line:
            return
        print(json.dumps(_typeset(faces, **json.loads(line))), flush=True)
        watch.cancel()


def _typeset(faces: Any, *, folder: str, standards: list[str], timestamp: int) -> str:
    root = Path(folder)
    compiler = typst.Compiler(
        root / "document.typ",
        root=root,
        font_paths=faces,
        package_path=root / "no-packages",
        package_cache_path=root / "no-packages",
    )
    try:
        compiler.compile(
            output=root / "document.pdf",
            format="pdf",
            pdf_standards=standards,  # type: ignore[arg-type]  # names
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        return f"{error.message}\n{error.diagnostic}"
    return ""


if __name__ == "__main__":
    main(sys.argv[1])
