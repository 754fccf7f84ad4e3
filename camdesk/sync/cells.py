"""Take cells out of rows as a mapping says: renamed, joined, looked up, translated."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from datetime import date, datetime

from camdesk.sync.connector import Cell, RawTable
from camdesk.sync.mapping import PLACEHOLDER, Condition, Lookup, Origin
from camdesk.sync.values import Unresolved, clean

Getter = Callable[[Sequence[Cell]], Cell]


def getter(origin: Origin, positions: Map[str, int], labels: Labels) -> Getter:
    """Return what takes one column's value out of a row, before it is converted."""
    get = _plain_getter(origin, positions)
    if origin.remove:
        get = _without(get, origin.remove)
    if origin.lookup is not None:
        get = _looked_up(get, labels.of(origin.lookup), origin.lookup)
    return _translated(get, origin.values) if origin.values else get


def _plain_getter(origin: Origin, positions: Map[str, int]) -> Getter:
    if origin.constant is not None:
        constant = origin.constant
        return lambda _cells: constant
    if origin.template is not None:
        template = origin.template
        parts = [positions[title] for title in origin.headers]
        pattern = PLACEHOLDER.sub("{}", template)
        # A template with an empty part would make ids that look whole and are not.
        return lambda cells: (
            pattern.format(*texts) if all(texts := [as_text(cells[part]) for part in parts]) else None
        )
    position = positions[origin.headers[0]]
    return lambda cells: cells[position]


def _translated(get: Getter, words: Map[str, Cell]) -> Getter:
    def translate(cells: Sequence[Cell]) -> Cell:
        cell = get(cells)
        return words.get(as_text(cell), cell)

    return translate


def _looked_up(get: Getter, labels: Map[str, Cell], lookup: Lookup) -> Getter:
    def look_up(cells: Sequence[Cell]) -> Cell:
        key = as_text(get(cells))
        # A key without its label must not pass for the label, nor for no value at all.
        return labels[key] if key in labels else key and Unresolved(key, lookup.file)

    return look_up


def _without(get: Getter, signs: Sequence[str]) -> Getter:
    def remove(cells: Sequence[Cell]) -> Cell:
        cell = get(cells)
        if not isinstance(cell, str):
            return cell
        for sign in signs:
            cell = cell.replace(sign, "")
        return cell.strip()

    return remove


def conditions_of(
    conditions: Sequence[Condition], positions: Map[str, int]
) -> list[Callable[[Sequence[Cell]], bool]]:
    """Return the conditions as tests of a row."""

    def test(condition: Condition) -> Callable[[Sequence[Cell]], bool]:
        position = positions[condition.column]
        return lambda cells: condition.holds(as_text(cells[position]))

    return [test(condition) for condition in conditions]


class Labels:
    """Labels of other files by their keys, each file read once."""

    def __init__(self, tables: Map[str, RawTable]) -> None:
        self._tables = tables
        self._read: dict[str, dict[str, Cell]] = {}

    def of(self, lookup: Lookup) -> dict[str, Cell]:
        """Return all labels of a lookup; none where its file or a column of it is not there."""
        known = lookup.model_dump_json()
        if known not in self._read:
            self._read[known] = {} if self.missing(lookup) else self._labels(lookup)
        return self._read[known]

    def missing(self, lookup: Lookup) -> str:
        """Return what keeps a lookup from working; empty where nothing does."""
        table = self._tables.get(plain_name(lookup.file))
        if table is None:
            return f"labels are looked up in {lookup.file}, which is not there"
        header = table.header()
        for name in (lookup.key, lookup.column):
            if name not in header:
                return f"labels are looked up in {lookup.file}, which has no column {name}"
        return self.missing(lookup.then) if lookup.then is not None else ""

    def _labels(self, lookup: Lookup) -> dict[str, Cell]:
        table = self._tables[plain_name(lookup.file)]
        header = table.header()
        key, column = header.index(lookup.key), header.index(lookup.column)
        further = self.of(lookup.then) if lookup.then is not None else None
        labels: dict[str, Cell] = {}
        for row in table.rows():
            if row.problem is not None:
                continue
            label = row.cells[column]
            if further is None:
                labels.setdefault(as_text(row.cells[key]), label)
            elif as_text(label) in further:
                labels.setdefault(as_text(row.cells[key]), further[as_text(label)])
        return labels


def as_text(cell: Cell) -> str:
    """Return a cell as a mapping compares it: whole numbers without a point, days in ISO form."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def plain_name(title: str) -> str:
    """Return a header or file name as the portfolio writes names: Partner ID is partner_id."""
    return re.sub(r"[\s\-]+", "_", clean(title).lower())
