"""What can be done with a table and its current cell, for the mouse and the menu key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from camdesk.gui.widgets import exporting
from camdesk.gui.widgets.grid import Kind, Order

if TYPE_CHECKING:
    from camdesk.gui.widgets.grid_view import GridView

_WORDS = ("A to Z", "Z to A")
_WAYS = {Kind.TEXT: _WORDS, Kind.BADGE: _WORDS}
"""How the two orders of a column of words are called."""


def fill_menu(menu: QMenu, view: GridView) -> QMenu:
    """Add what a table can do by itself."""
    current = view.currentIndex()
    if current.isValid():
        menu.addAction("Open\tEnter").triggered.connect(view.open_current)
    menu.addAction("Copy with heads\tCtrl+C").triggered.connect(view.copy)
    if exporting.can_export(view):
        menu.addAction("Export table…").triggered.connect(view.export)
    if current.isValid() and view.grid.columns[current.column()].sortable:
        menu.addSeparator()
        _add_orders(menu, view, current.column())
    return menu


def _add_orders(menu: QMenu, view: GridView, column: int) -> None:
    title = view.grid.columns[column].title
    before = [order for order in view.grid.orders if order.column != column]
    up, down = _WAYS.get(view.grid.columns[column].kind, ("smallest first", "largest first"))
    _add_order(menu, f"Sort by {title}, {down}", view, [Order(column, descending=True)])
    _add_order(menu, f"Sort by {title}, {up}", view, [Order(column, descending=False)])
    if before:
        last = Order(column, view.grid.columns[column].descending_first)
        _add_order(menu, f"Then by {title}\tShift+click", view, [*before, last])


def _add_order(menu: QMenu, words: str, view: GridView, orders: Sequence[Order]) -> None:
    menu.addAction(words).triggered.connect(lambda: view.choose_order(orders))
