"""The tables by how the portfolio is looked at: one a type, one list, or one a group. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camdesk.gui.portfolio import facets
from camdesk.gui.portfolio.book import Book
from camdesk.gui.portfolio.columns import ALL, ColumnSpec, metrics_in, specs, standard
from camdesk.gui.portfolio.entries import Entry
from camdesk.gui.portfolio.view import BOARD, LIST, TYPES, View
from camdesk.gui.widgets.grid import Order


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A table before it is made: what it is kept by, whose columns and order it has, and its partners."""

    key: str
    table: str
    title: str
    about: str
    columns: tuple[ColumnSpec, ...]
    orders: tuple[Order, ...]
    entries: tuple[Entry, ...]


def sections(book: Book, view: View) -> list[SectionSpec]:
    """Return the tables from top to bottom; a board has none."""
    if view.kind == TYPES:
        return [
            _section(
                book,
                view,
                section.type,
                table=section.type,
                title=section.plural,
                about=f"judged on {section.judged_on}",
                entries=book.of_type(section.type),
            )
            for section in book.report.sections
        ]
    if view.kind == LIST and view.group:
        return _grouped(book, view)
    if view.kind == LIST:
        return [_section(book, view, ALL, table=ALL, title="All partners", about="", entries=book.entries)]
    return []


def _grouped(book: Book, view: View) -> list[SectionSpec]:
    """Return a table a group. A dark partner stands among the dark, and among them only."""
    facet, titles = facets.BY_KEY[view.group], book.titles[view.group]
    groups: dict[str, list[Entry]] = {value: [] for value in titles}
    for entry in book.entries:
        groups[entry.facets[view.group][-1]].append(entry)
    return [
        _section(
            book,
            view,
            f"{facet.key}:{value}",
            table=ALL,
            title=titles[value],
            about="",
            entries=tuple(members),
        )
        for value, members in groups.items()
        if members
    ]


def _section(
    book: Book, view: View, key: str, *, table: str, title: str, about: str, entries: Sequence[Entry]
) -> SectionSpec:
    columns = specs(book, view.columns.get(table) or standard(book, table), table=table)
    places = {column.id: place for place, column in enumerate(columns)}
    orders = tuple(
        Order(places[name], descending) for name, descending in view.orders.get(table, ()) if name in places
    )
    return SectionSpec(key, table, title, about, columns, orders, tuple(entries))


def wanted_metrics(view: View) -> frozenset[str]:
    """Return the metrics that a view names as columns of its own choice."""
    return frozenset(metric for columns in view.columns.values() for metric in metrics_in(columns))


def wants_milestones(view: View) -> bool:
    return view.kind == BOARD or any("milestone" in columns for columns in view.columns.values())


def lacks(book: Book, view: View) -> bool:
    """Tell whether more has to be read before a view can be shown."""
    if wants_milestones(view) and book.extras.milestones is None:
        return True
    return not wanted_metrics(view) <= book.extras.figures.keys()
