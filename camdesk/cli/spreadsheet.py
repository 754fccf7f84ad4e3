"""Answers that go into a spreadsheet: CSV in which no name can turn into a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from camdesk.cli import values

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[values.Plain]]) -> str:
    """Return heads and rows; a number stays one, a text that would be a formula is marked as text."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue()


def _cell(value: values.Plain) -> values.Plain:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    """Tell whether a text is a plain decimal, such as an amount below 0."""
    return text.removeprefix("-").replace(".", "", 1).isdecimal() and text.isascii()
