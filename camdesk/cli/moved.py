"""Figures that have moved since a document froze them, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from camdesk.cli import output

if TYPE_CHECKING:
    from camdesk.documents.refreshing import MovedFigure


def tell_moved(moved: Sequence[MovedFigure]) -> None:
    columns = [
        output.Column("Figure", wide=True),
        output.Column("Old", right=True),
        output.Column("New", right=True),
        output.Column("Key"),
    ]
    output.table(columns, [(one.title, one.old, one.new or "no longer there", one.key) for one in moved])


def moved_body(one: MovedFigure) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "old": one.old,
        "new": one.new,
        "old_as_of": one.old_as_of.isoformat(),
        "new_as_of": one.new_as_of.isoformat() if one.new_as_of else None,
    }
