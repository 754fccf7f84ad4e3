"""How the portfolio is looked at: what is kept under a name, or until the next start. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from camdesk.gui.portfolio.facets import BY_KEY, Chosen

TYPES, LIST, BOARD = "types", "list", "board"
KINDS = (TYPES, LIST, BOARD)
GROUPS = ("", "type", "tier", "region", "stage", "band")
"""By what the one list can be divided; nothing in front."""
SCREEN = "portfolio"
"""Under what this screen's views are kept."""

Sorted = tuple[tuple[str, bool], ...]
"""Columns by id, what counts most in front, and whether the largest comes first."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at the portfolio; columns and orders by table, a type's id or empty for one list."""

    kind: str = TYPES
    mine: bool = True
    words: str = ""
    facets: Chosen = field(default_factory=dict)
    group: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orders: Mapping[str, Sorted] = field(default_factory=dict)

    @property
    def narrows(self) -> bool:
        """Whether it leaves partners out, be it by words or by facets."""
        return bool(self.words.strip()) or any(self.facets.values())

    def with_facet(self, key: str, values: frozenset[str]) -> View:
        others = {one: chosen for one, chosen in self.facets.items() if one != key}
        return replace(self, facets={**others, key: values} if values else others)

    def with_columns(self, table: str, columns: tuple[str, ...] | None) -> View:
        """Return the view with other columns of a table, None for the standard ones."""
        others = {key: chosen for key, chosen in self.columns.items() if key != table}
        return replace(self, columns=others if columns is None else {**others, table: columns})

    def with_order(self, table: str, order: Sorted) -> View:
        return replace(self, orders={**self.orders, table: order})

    def widened(self) -> View:
        """Return the view with every partner in it."""
        return replace(self, words="", facets={})

    def body(self) -> dict[str, Any]:
        """Return the view as JSON can hold it."""
        return {
            "kind": self.kind,
            "mine": self.mine,
            "words": self.words,
            "facets": {key: sorted(values) for key, values in self.facets.items() if values},
            "group": self.group,
            "columns": {table: list(columns) for table, columns in self.columns.items()},
            "orders": {table: [list(one) for one in order] for table, order in self.orders.items()},
        }


def read_view(body: Mapping[str, Any]) -> View:
    """Return a view from what was kept; what an other version wrote and nobody knows is left out."""
    kind, group = body.get("kind"), body.get("group")
    return View(
        kind=kind if kind in KINDS else TYPES,
        mine=body.get("mine") is not False,
        words=str(body.get("words") or ""),
        facets={
            key: frozenset(map(str, values))
            for key, values in _mapping(body.get("facets"))
            if key in BY_KEY and isinstance(values, list)
        },
        group=group if group in GROUPS else "",
        columns={
            table: tuple(map(str, ids))
            for table, ids in _mapping(body.get("columns"))
            if isinstance(ids, list)
        },
        orders={
            table: tuple((str(one[0]), bool(one[1])) for one in order if _is_pair(one))
            for table, order in _mapping(body.get("orders"))
            if isinstance(order, list)
        },
    )


def _mapping(value: object) -> list[tuple[str, Any]]:
    return [(str(key), one) for key, one in value.items()] if isinstance(value, Mapping) else []


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2
