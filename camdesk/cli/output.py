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
_SHORTEST_CLIPPED = 12


class ReaderGoneError(Exception):
    """Whatever read our output has closed it, as `head` does."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Where a terminal is too narrow, a `wide` one folds and a `clipped` one is cut."""

    title: str
    right: bool = False
    wide: bool = False
    clipped: bool = False
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


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], *, none: str = "") -> None:
    """Write rows under their columns' titles; where there is no row, the words for that instead."""
    cells = [[clean(cell) for cell in row] for row in rows]
    if not cells and none:
        line(none)
        return
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

    width = shutil.get_terminal_size((100, 24)).columns
    drawn = Table(box=None, pad_edge=False, padding=(0, len(GAP), 0, 0), header_style="bold")
    widths = _widths(columns, rows, width)
    for column, fixed in zip(columns, widths, strict=True):
        drawn.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            no_wrap=not column.wide and (column.clipped or fixed is None),
            overflow="ellipsis" if column.clipped else "fold",
            width=fixed,
        )
    for row in rows:
        drawn.add_row(
            *(
                Text(cell, style=(column.styles or {}).get(cell, ""))
                for cell, column in zip(row, columns, strict=True)
            )
        )
    file = io.StringIO()
    Console(file=file, force_terminal=True, width=width, highlight=False).print(drawn)
    return file.getvalue()


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int | None]:
    """Return the columns' widths where one has to be cut, and None where all of them have room."""
    contents = [max((len(row[place]) for row in rows), default=0) for place in range(len(columns))]
    natural = [max(len(column.title), size) for column, size in zip(columns, contents, strict=True)]
    gaps = len(GAP) * len(columns)
    if not any(column.clipped for column in columns) or sum(natural) + gaps <= width:
        return [None] * len(columns)
    # A title may fold between its words, a cell may not.
    least = [
        max(size, *(len(word) for word in column.title.split()))
        for column, size in zip(columns, contents, strict=True)
    ]
    others = sum(size for column, size in zip(columns, least, strict=True) if not column.clipped)
    room = max(_SHORTEST_CLIPPED, width - others - gaps)
    return [room if column.clipped else size for column, size in zip(columns, least, strict=True)]
