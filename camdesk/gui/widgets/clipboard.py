"""Rows as tab-separated text that a spreadsheet takes without turning words into formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camdesk.documents.plain import neutral
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind


def as_tsv(columns: Sequence[Column], rows: Iterable[GridRow]) -> str:
    """Return heads and rows; drawn trends are left out, numbers stay numbers."""
    shown = [place for place, column in enumerate(columns) if column.kind is not Kind.TREND]
    lines = ["\t".join(neutral(columns[place].title) for place in shown)]
    lines += ["\t".join(_copied(row.cells[place]) for place in shown) for row in rows]
    return "\n".join(lines) + "\n"


def _copied(cell: GridCell) -> str:
    return cell.copied if cell.copied is not None else neutral(cell.text)
