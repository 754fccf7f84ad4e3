"""What the screen reads from the desk, in a worker thread. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from camdesk.gui.portfolio.book import Book, make_book
from camdesk.gui.portfolio.entries import Extras
from camdesk.gui.portfolio.sections import wanted_metrics, wants_milestones
from camdesk.gui.portfolio.view import SCREEN, View, read_view

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.desk.reports import Cell, ColumnHead


@dataclass(frozen=True, slots=True)
class Loaded:
    """A view with everything it shows, the name it was left by, and the views kept by name."""

    view: View
    name: str
    book: Book
    saved: Mapping[str, View]


def load(desk: Desk, *, view: View | None) -> Loaded:
    """Read what a view shows; without one, the view the screen was left with."""
    name = ""
    if view is None:
        left = desk.remembered_view(SCREEN) or {}
        view, name = read_view(left), str(left.get("name") or "")
    saved = {one.name: read_view(one.body) for one in desk.saved_views(SCREEN)}
    report = desk.portfolio(mine=view.mine)
    return Loaded(view, name, make_book(report, _extras(desk, view)), saved)


def _extras(desk: Desk, view: View) -> Extras:
    wanted = wanted_metrics(view)
    milestones = desk.next_milestones() if wants_milestones(view) else None
    if not wanted:
        return Extras(milestones=milestones)
    heads = {head.metric: head for head in desk.column_choices() if head.metric in wanted}
    cells = desk.column_cells(tuple(heads))
    # What is no longer defined is asked for in vain, and once.
    nothing: dict[str, dict[str, Cell]] = {metric: {} for metric in wanted}
    figures = nothing | {
        metric: {partner_id: row[place] for partner_id, row in cells.items()}
        for place, metric in enumerate(heads)
    }
    return Extras(figures, heads, milestones)


def column_choices(desk: Desk) -> tuple[ColumnHead, ...]:
    return desk.column_choices()
