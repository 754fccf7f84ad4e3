"""Set one document with Typst, as a process of its own: `typesetter.py FOLDER FONTS STANDARDS TIMESTAMP`.

Run as a file, not as a module: it needs nothing of this package, and can be stopped at any moment.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import typst

MEMORY_LIMIT = 2 << 30


def _limit_memory() -> None:
    # Windows has no such limit; the time limit of the caller holds there too.
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def main(folder: str, fonts: str, standards: str, timestamp: str) -> int:
    """Write FOLDER/document.pdf from FOLDER/document.typ; say on stderr why it could not be done."""
    _limit_memory()
    root = Path(folder)
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
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
            pdf_standards=standards.split(",") if standards else [],  # type: ignore[arg-type]  # names
            timestamp=int(timestamp),
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message}\n{error.diagnostic}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
