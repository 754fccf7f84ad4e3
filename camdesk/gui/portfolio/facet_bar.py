"""The line below the heading: the filter, a chip for every facet, and by what the one list is divided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QWidget

from camdesk.gui.portfolio.book import Book
from camdesk.gui.portfolio.entries import wanted_words
from camdesk.gui.portfolio.facets import BY_KEY, FACETS, Facet, choices
from camdesk.gui.portfolio.view import GROUPS, LIST, View
from camdesk.gui.widgets.choice_menu import ChoiceMenu
from camdesk.gui.widgets.filter_field import FilterField
from camdesk.gui.widgets.flow import FlowLayout
from camdesk.gui.widgets.parts import button

_FILTER_WIDTH = 216
_NAMED = 2


class FacetBar(QWidget):
    """`wanted` carries the view the user asks for."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._view = View()
        self._book: Book | None = None
        self.filter_field = FilterField("Filter the portfolio")
        self.filter_field.setFixedWidth(_FILTER_WIDTH)
        self.mine = button("Mine", kind="pill", tooltip="Only the partners you look after")
        self.everyone = button("All", kind="pill", tooltip="Every partner of the workspace")
        self.owner = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        self.menus: dict[str, QMenu] = {}
        self.clear = button("Clear filters", kind="link", tooltip="Show every partner again (Ctrl+Backspace)")
        self.group = button("Group", kind="pill", tooltip="Divide the one list")
        self._groups = QMenu(self)
        self.group.setMenu(self._groups)
        self._lay_out()
        self.filter_field.textChanged.connect(self._take_words)
        self.clear.clicked.connect(self._widen)
        self._groups.aboutToShow.connect(self._fill_groups)

    def _lay_out(self) -> None:
        line = FlowLayout(self)
        line.addWidget(self.filter_field)
        for one in (self.mine, self.everyone):
            one.setCheckable(True)
            one.hide()
            self.owner.addButton(one)
            line.addWidget(one)
        for facet in FACETS:
            chip, menu = button(facet.title, kind="pill"), ChoiceMenu(self)
            chip.setCheckable(True)
            chip.setMenu(menu)
            menu.aboutToShow.connect(partial(self.fill_menu, facet.key))
            self.chips[facet.key], self.menus[facet.key] = chip, menu
            line.addWidget(chip)
        line.addWidget(self.group)
        line.addWidget(self.clear)

    def show_view(self, view: View, book: Book, *, knows_mine: bool) -> None:
        """Show what is chosen; facets in which all partners are alike are left out."""
        self._view, self._book = view, book
        if self.filter_field.text() != view.words:
            self.filter_field.setText(view.words)
        for one in (self.mine, self.everyone):
            one.setVisible(knows_mine)
        (self.mine if view.mine else self.everyone).setChecked(True)
        for facet in FACETS:
            self._show_chip(facet, book.titles[facet.key])
        self.group.setVisible(view.kind == LIST)
        words = f"Group: {BY_KEY[view.group].title.lower()}" if view.group else "Group"
        self.group.setText(_opening(words))
        self.group.setAccessibleName(words)
        self.clear.setVisible(view.narrows)

    def _show_chip(self, facet: Facet, titles: Mapping[str, str]) -> None:
        chip, chosen = self.chips[facet.key], self._view.facets.get(facet.key, frozenset())
        named = [titles.get(value, value or facet.without) for value in sorted(chosen)]
        words = ", ".join(named) if len(named) <= _NAMED else f"{len(named)} chosen"
        chip.setText(_opening(f"{facet.title}: {words}" if chosen else facet.title))
        chip.setAccessibleName(f"{facet.title}, {words or 'any'}")
        chip.setChecked(bool(chosen))
        chip.setVisible(bool(chosen) or len(titles) > 1)

    def fill_menu(self, key: str) -> None:
        """Offer a facet's values with how many partners each would show."""
        menu, facet, chosen = self.menus[key], BY_KEY[key], self._view.facets.get(key, frozenset())
        menu.clear()
        book, view = self._book, self._view
        if book is None:
            return
        offered = choices(
            facet, book.entries, view.facets, titles=book.titles, words=wanted_words(view.words)
        )
        for choice in offered:
            entry = menu.addAction(f"{choice.title.replace('&', '&&')}\t{choice.count:,}")
            entry.setCheckable(True)
            entry.setChecked(choice.value in chosen)
            entry.toggled.connect(partial(self._take_value, key, choice.value))
        menu.addSeparator()
        anything = menu.addAction(f"Any {facet.title.lower()}")
        anything.setEnabled(bool(chosen))
        anything.triggered.connect(lambda: self._ask(self._view.with_facet(key, frozenset())))

    def _take_value(self, key: str, value: str, is_chosen: bool) -> None:
        chosen = self._view.facets.get(key, frozenset())
        self._ask(self._view.with_facet(key, chosen | {value} if is_chosen else chosen - {value}))

    def _fill_groups(self) -> None:
        self._groups.clear()
        together = QActionGroup(self._groups)
        for key in GROUPS:
            entry = self._groups.addAction(f"By {BY_KEY[key].title.lower()}" if key else "Not divided")
            entry.setCheckable(True)
            entry.setChecked(key == self._view.group)
            entry.triggered.connect(partial(self.group_by, key))
            together.addAction(entry)

    def group_by(self, key: str, _checked: bool = False) -> None:
        self._ask(replace(self._view, group=key))

    def _take_words(self, words: str) -> None:
        if words != self._view.words:
            self._ask(replace(self._view, words=words))

    def _widen(self) -> None:
        self._ask(self._view.widened())

    def _ask(self, view: View) -> None:
        self._view = view
        self.wanted.emit(view)


def _opening(words: str) -> str:
    """Return the words of a chip that opens a menu."""
    return f"{words.replace('&', '&&')} ▾"
