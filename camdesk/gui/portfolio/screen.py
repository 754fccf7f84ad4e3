"""The portfolio: every partner by what its type is judged on, all in one list, or on a board by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QStackedWidget

from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure
from camdesk.gui.leaving import Leaving
from camdesk.gui.portfolio import frame, taking_out
from camdesk.gui.portfolio.board import Board
from camdesk.gui.portfolio.book import Book
from camdesk.gui.portfolio.choosing import Choosing
from camdesk.gui.portfolio.entries import Entry, saying, wanted_words
from camdesk.gui.portfolio.facet_bar import FacetBar
from camdesk.gui.portfolio.facets import passing
from camdesk.gui.portfolio.picked_bar import PickedBar
from camdesk.gui.portfolio.reading import Loaded, load
from camdesk.gui.portfolio.section import SectionPanel
from camdesk.gui.portfolio.sections import lacks, sections
from camdesk.gui.portfolio.summary import overview, quarter_line, summary
from camdesk.gui.portfolio.tables import Tables
from camdesk.gui.portfolio.view import BOARD, LIST, SCREEN, TYPES, Sorted, View
from camdesk.gui.portfolio.views_button import ViewsButton
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.widgets.asking import AskingLine
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.filter_field import FilterField
from camdesk.gui.widgets.grid_view import GridView

if TYPE_CHECKING:
    from camdesk.desk.reports import PortfolioReport

_RETRY = "Try again"
_SAY_AFTER_MS = 400
_GROUP = "Portfolio"
_LONGER = {"Pin": "Pin the selected partners", "Copy": "Copy the selected partners"}


class PortfolioScreen(Screen):
    """Loads in the background, narrows down as one types, opens a partner on Enter."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take, self._fail, parent=self)
        self._view = View()
        self._book: Book | None = None
        self._saved: Mapping[str, View] = {}
        self._knows_mine = False
        self._failed = False
        # A timer of this object, which ends with it: a static single shot would outlive a closed window.
        self._say_later = QTimer(self, singleShot=True, interval=_SAY_AFTER_MS)
        self._say_later.timeout.connect(self._say_working)
        self._leaving = Leaving(SCREEN, context, self._left, parent=self)
        self.asking = AskingLine()
        self.facets = FacetBar()
        self.views = ViewsButton(context, self.asking)
        self.tables = Tables(context.theme)
        self.board = Board(context.theme)
        self.picked = PickedBar(context, self.asking)
        self.choosing = Choosing(context, self)
        self._empty = EmptyNote()
        self._content = QStackedWidget()
        for part in (self.tables, self.board, self._empty):
            self._content.addWidget(part)
        self.head = frame.Heading(self.views.button)
        frame.lay_out(
            self, self.head, self.facets, self._content, self.choosing.panel, self.asking, self.picked
        )
        self._connect()

    def _connect(self) -> None:
        self.facets.wanted.connect(self.show_view)
        self.facets.owner.buttonClicked.connect(self._turn_owner)
        self.views.wanted.connect(self.show_view)
        self.choosing.wanted.connect(self.show_view)
        self.choosing.closed.connect(self.focus_content)
        self.head.kinds.buttonClicked.connect(self._turn_kind)
        self.head.columns.clicked.connect(self.choosing.turn)
        self.filter_field.returnPressed.connect(self.open_first)
        self.filter_field.entered.connect(self.focus_content)
        self.filter_field.given_up.connect(self.focus_content)
        for content in (self.tables, self.board):
            content.opened.connect(self._open)
            content.picked.connect(self._take_picked)
            content.menu_wanted.connect(self._add_to_menu)
        self.board.moved.connect(self.picked.ask_stage)
        self.tables.reordered.connect(self._take_order)
        self.asking.closed.connect(self.focus_content)
        self.picked.copied.connect(self.copy)
        self.picked.exported.connect(self.export)
        self.picked.dropped.connect(self.select_none)
        self._empty.pressed.connect(self._follow_hint)

    # What others may want of it

    @property
    def report(self) -> PortfolioReport | None:
        return self._book.report if self._book is not None else None

    @property
    def view(self) -> View:
        """How the portfolio is looked at."""
        return self._view

    @property
    def filter_field(self) -> FilterField:
        return self.facets.filter_field

    @property
    def mine(self) -> QPushButton:
        return self.facets.mine

    @property
    def everyone(self) -> QPushButton:
        return self.facets.everyone

    @property
    def by_type(self) -> QPushButton:
        return self.head.by_type

    @property
    def one_list(self) -> QPushButton:
        return self.head.one_list

    def sections(self) -> list[SectionPanel]:
        """Return the tables from top to bottom."""
        return self.tables.sections()

    def first_table(self) -> GridView | None:
        """Return the topmost table, there as soon as the report is."""
        return self.tables.first_table()

    def actions_here(self) -> tuple[Action, ...]:
        kinds = (
            ("Portfolio by partner type", TYPES),
            ("Portfolio as one list", LIST),
            ("Portfolio as a lifecycle board", BOARD),
        )
        return (
            Action("Filter the portfolio", self.focus_filter, "/", _GROUP),
            *(
                Action(title, partial(self.turn_to_kind, kind), f"Ctrl+Shift+{place}", _GROUP)
                for place, (title, kind) in enumerate(kinds, start=1)
            ),
            Action("Choose columns", self.choosing.turn, "Ctrl+Shift+C", _GROUP),
            Action("Clear filters", self.widen, "Ctrl+Backspace", _GROUP),
            Action("Save this view", self.views.ask_name, "Ctrl+S", _GROUP),
            Action("Select all shown", self.select_all, "Ctrl+A", _GROUP),
            Action("Export the portfolio", self.export, "Ctrl+E", _GROUP),
            *(
                replace(action, title=_LONGER.get(action.title, action.title))
                for action in self.picked.actions_here()
                if action.run not in (self.picked.copied.emit, self.picked.exported.emit)
            ),
        )

    # Reading

    def refresh(self) -> None:
        first = self._book is None
        self._reading.start(partial(load, view=None if first else self._view))
        if first:
            self._say_later.start()

    def _take(self, loaded: Loaded) -> None:
        if self._book is None:
            self._view, self.views.name = loaded.view, loaded.name
        self._book, self._saved = loaded.book, loaded.saved
        self._knows_mine = self._knows_mine or loaded.book.report.mine_only
        if lacks(loaded.book, self._view) or loaded.view.mine != self._view.mine:
            self.refresh()  # something else was asked for meanwhile
            return
        self._show()
        self.context.guide.overview.emit(overview(loaded.book.report))
        if self.isVisible() and self._may_take_keyboard():
            self.focus_content()

    def _may_take_keyboard(self) -> bool:
        """Tell whether nothing is being typed or chosen."""
        return not (
            self.filter_field.hasFocus() or self.asking.isVisible() or self.choosing.panel.isVisible()
        )

    def _say_working(self) -> None:
        """Say that it takes longer than usual: the figures are being worked out anew."""
        if self._book is None and not self._failed:
            self._empty.say("Working out the figures…", "Once after facts or definitions change.")
            self._content.setCurrentWidget(self._empty)

    def _fail(self, failure: Failure) -> None:
        self._failed = True
        if self._book is None:
            self._empty.say(
                "The portfolio cannot be shown.", f"{failure.message} {failure.hint}", action=_RETRY
            )
            self._content.setCurrentWidget(self._empty)
        self.context.guide.fail(failure)

    def _follow_hint(self) -> None:
        if self._book is None:
            self._failed = False
            self._say_working()
            self.refresh()
        elif self._view.narrows:
            self.widen()
        else:
            self.context.guide.go("sources")

    # Looking at it in other ways

    def show_view(self, view: View) -> None:
        """Look at the portfolio in this way, now or as soon as what it needs is read."""
        before, self._view = self._view, view
        self._leaving.keep_soon()
        if self._book is None:
            return
        if view.mine != before.mine or lacks(self._book, view):
            self._show_controls(self._book)
            self.refresh()
        elif replace(before, words=view.words, facets=view.facets) == view:
            self._show_controls(self._book)
            self._narrow(self._book)
        else:
            self._show()

    def turn_to_kind(self, kind: str) -> None:
        """Show tables by type, one list, or the board."""
        self.show_view(replace(self._view, kind=kind))
        self.focus_content()

    def widen(self) -> None:
        """Show every partner again."""
        self.show_view(self._view.widened())

    def _turn_kind(self) -> None:
        self.show_view(replace(self._view, kind=self.head.chosen_kind()))

    def _turn_owner(self) -> None:
        self.show_view(replace(self._view, mine=self.mine.isChecked()))

    def _take_order(self, table: str, order: Sorted) -> None:
        self._view = self._view.with_order(table, order)
        self._leaving.keep_soon()
        if self._book is not None:
            self._show_controls(self._book)

    def _show_controls(self, book: Book) -> None:
        view = self._view
        self.head.show_kind(view.kind)
        self.head.summary.say(summary(book.report))
        self.head.quarter.say(quarter_line(book.report))
        self.facets.show_view(view, book, knows_mine=self._knows_mine)
        name = self.views.name
        self.views.show_view(view, self._saved)
        if self.views.name != name:
            self._leaving.keep_soon()
        self.choosing.show_view(view, book)

    def _show(self) -> None:
        book, view = self._book, self._view
        if book is None:
            return
        keyboard = QApplication.focusWidget()
        was_here = keyboard is not None and self._content.isAncestorOf(keyboard)
        self._show_controls(book)
        if view.kind == BOARD:
            self.tables.show_sections([], words="", chosen={})
        else:
            self.tables.show_sections(sections(book, view), words=view.words, chosen=view.facets)
        self._show_found(book)
        if was_here:
            self.focus_content()

    def _narrow(self, book: Book) -> None:
        if self._view.kind != BOARD:
            self.tables.narrow(words=self._view.words, chosen=self._view.facets)
        self._show_found(book)

    def _show_found(self, book: Book) -> None:
        """Show the tables, the board, or that nothing was found."""
        view = self._view
        if view.kind == BOARD:
            found = self._found(book)
            self.board.show_entries(found, as_of=book.report.as_of)
            has_some = bool(found)
        else:
            has_some = self.tables.has_rows()
        if has_some:
            self._content.setCurrentWidget(self._now())
            return
        if view.narrows:
            typed = view.words.strip()
            sentence = (
                f"No partner matches “{typed}”." if typed else "No partner matches what you have chosen."
            )
            self._empty.say(sentence, "", action="Show all partners")
        else:
            self._empty.say(
                "No partners yet.", "Connect a folder of exports, then sync it.", action="Go to sources"
            )
        self._content.setCurrentWidget(self._empty)

    def _found(self, book: Book) -> Sequence[Entry]:
        return saying(passing(book.entries, self._view.facets), wanted_words(self._view.words))

    def _left(self) -> Mapping[str, Any]:
        return self.views.left(self._view)

    # Keyboard and selection

    def focus_filter(self) -> None:
        self.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_field.selectAll()

    def focus_content(self) -> None:
        """Put the keyboard into the first table, or where it was."""
        self._now().take_focus()

    def open_first(self) -> None:
        """Open the first partner shown, as Enter in the filter does."""
        key = self._now().first_key()
        if key is not None:
            self._open(key)

    def select_all(self) -> None:
        self._now().select_all()

    def select_none(self) -> None:
        self._now().drop_selection()
        self.focus_content()

    def _now(self) -> Tables | Board:
        return self.board if self._view.kind == BOARD else self.tables

    def _open(self, partner_id: str) -> None:
        self.context.guide.go("partner", partner_id)

    def _take_picked(self) -> None:
        if self._book is not None:
            keys = self._now().selected_keys()
            shows = len(keys) > 1 or (self._view.kind != BOARD and self.tables.is_picking())
            self.picked.show_picked(keys, self._book.names, shows=shows)

    def _add_to_menu(self, menu: QMenu) -> None:
        """Add what can be done with the selection to a table's menu."""
        menu.addSeparator()
        for action in self.picked.actions_here()[:5]:
            if action.run == self.picked.choose_class:
                menu.addMenu(self.picked.classes).setText("Set class")
            else:
                shown = f"{action.title}\t{action.shortcut}" if action.shortcut else action.title
                menu.addAction(shown).triggered.connect(action.run)

    def copy(self) -> None:
        """Put the selected partners on the clipboard, with heads."""
        if self._book is not None:
            taking_out.copy(self._taken(self._book))

    def export(self) -> None:
        """Write the selected partners to a file, or everything shown where one or none is selected."""
        if self._book is not None:
            taking_out.export(self, self._taken(self._book))

    def _taken(self, book: Book) -> taking_out.Taken:
        keys = self.picked.keys if len(self.picked.keys) > 1 else ()
        if not keys and self._view.kind != BOARD:
            keys = taking_out.shown_keys(self.tables)
        if not keys:
            keys = tuple(entry.key for entry in self._found(book))
        return taking_out.chosen_of(book, self._view, self.tables, keys=keys)
