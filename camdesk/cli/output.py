"""How the command line writes: tables on a terminal, the same columns plain in a pipe, JSON, notes."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")
GAP = "  "


class ReaderGoneError(Exception):
    """Whatever read our output has closed it, as `head` does."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; only one that is `wide` gives up width where the terminal has too little."""

    title: str
    right: bool = False
    wide: bool = False
    styles: Mapping[str, str] | None = None  # the colour of a cell by what it says


def write(text: str) -> None:
    """Write to standard output; raise ReaderGoneError where nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error


def line(text: str = "") -> None:
    """Write one line, free of control characters: names come from files that anybody may have written."""
    write(clean(text) + "\n")


def heading(text: str) -> None:
    """Write a line that stands above others."""
    line()
    write(f"\x1b[1m{clean(text)}\x1b[0m\n" if sys.stdout.isatty() else f"{clean(text)}\n")


def note(text: str) -> None:
    """Write a line beside the answer, to standard error."""
    sys.stderr.write(clean(text) + "\n")


def as_json(body: Any) -> None:
    """Write a JSON answer; in plain ASCII where the output's encoding is not UTF-8."""
    readable = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    write(json.dumps(body, ensure_ascii=not readable, indent=2, allow_nan=False) + "\n")


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Write rows under their columns' titles."""
    cells = [[clean(cell) for cell in row] for row in rows]
    write(_drawn(columns, cells) if sys.stdout.isatty() else _plain(columns, cells))


def clean(text: str) -> str:
    """Return the text without characters that move the cursor or colour a terminal."""
    return text.translate(_CONTROLS)


def counted(number: int, noun: str) -> str:
    """Return `1 problem`, `2 problems`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _plain(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    titles = [column.title for column in columns]
    widths = [max(len(row[place]) for row in (titles, *rows)) for place in range(len(columns))]

    def laid(row: Sequence[str]) -> str:
        parts = [
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, width, column in zip(row, widths, columns, strict=True)
        ]
        return GAP.join(parts).rstrip()

    return "".join(f"{laid(row)}\n" for row in (titles, *rows))


def _drawn(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        drawn.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            no_wrap=not column.wide,
            overflow="ellipsis" if not column.wide else "fold",
        )
    for row in rows:
        drawn.add_row(
            *(
                Text(cell, style=(column.styles or {}).get(cell, ""))
                for cell, column in zip(row, columns, strict=True)
            )
        )
    file = io.StringIO()
    width = shutil.get_terminal_size((100, 24)).columns
    Console(file=file, force_terminal=True, width=width, highlight=False).print(drawn)
    return file.getvalue()
