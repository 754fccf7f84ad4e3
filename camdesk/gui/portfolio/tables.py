"""The tables of the portfolio below each other: made when needed, walked through as if one."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from camdesk.gui.portfolio.entries import saying, wanted_words
from camdesk.gui.portfolio.facets import Chosen, passing
from camdesk.gui.portfolio.section import SectionPanel
from camdesk.gui.portfolio.sections import SectionSpec
from camdesk.gui.portfolio.widths import slots_of
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Page

_REST_AFTER_MS = 15  # what can be seen is painted first
_AT_ONCE_S = 0.03  # then others for so long at a time, and the user in between
_TOGETHER = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class Tables(Page):
    """`opened` carries a partner's id, `reordered` a table's key and what it is sorted by now."""

    opened = Signal(str)
    picked = Signal()
    reordered = Signal(str, object)
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(name="Portfolio", margins=(20, 2, 20, 20))
        self._theme = theme
        self._panels: dict[str, SectionPanel] = {}
        self._left_out: list[SectionSpec] = []
        self._most = 0.0
        self._words: Sequence[str] = ()
        self._chosen: Chosen = {}
        self._is_settling = False
        # A timer of this object, which ends with it: a static single shot would outlive a closed window.
        self._complete_later = QTimer(self, singleShot=True, interval=_REST_AFTER_MS)
        self._complete_later.timeout.connect(self._make_more)
        self.body.addStretch(1)

    def show_sections(self, specs: Sequence[SectionSpec], *, words: str, chosen: Chosen) -> None:
        """Show these tables; at first only as many as can be seen, the others right after."""
        self._words, self._chosen = wanted_words(words), chosen
        self._most = max((slots_of([one.id for one in spec.columns]) for spec in specs), default=0.0)
        current = self._current_key()
        self._drop_all_but(specs)
        room, self._left_out = self.viewport_height(), []
        for place, spec in enumerate(specs):
            if room <= 0 and spec.key not in self._panels:
                self._left_out = list(specs[place:])
                self._complete_later.start()
                break
            self._add(spec)
            panel = self._panels[spec.key]
            room -= panel.sizeHint().height() if panel.isVisibleTo(self) else 0
        self._stand_on(current)
        self.picked.emit()

    def narrow(self, *, words: str, chosen: Chosen) -> None:
        """Show only what matches; the first match comes into sight."""
        self._words, self._chosen = wanted_words(words), chosen
        for panel in self._panels.values():
            panel.narrow(words=self._words, chosen=chosen)
        self.verticalScrollBar().setValue(0)  # the first match, not where the eye was before

    def sections(self) -> list[SectionPanel]:
        """Return the tables from top to bottom, all of them."""
        self._make_more(at_once=True)
        return list(self._panels.values())

    def first_table(self) -> GridView | None:
        """Return the topmost table, there as soon as the report is."""
        return next((panel.table for panel in self._panels.values()), None)

    def shown(self) -> list[SectionPanel]:
        """Return the tables that have rows."""
        return [one for one in self.sections() if one.table.grid.rowCount()]

    def has_rows(self) -> bool:
        """Tell whether any partner is shown, in a table that is still to be made among others."""
        return any(panel.table.grid.rowCount() for panel in self._panels.values()) or any(
            saying(passing(spec.entries, self._chosen), self._words) for spec in self._left_out
        )

    def take_focus(self) -> bool:
        """Put the keyboard where it was among the tables, or into the first; tell whether there is one."""
        made = [panel.table for panel in self._panels.values() if panel.table.grid.rowCount()]
        current = next((table for table in made if table.currentIndex().isValid()), None)
        table = current or next(iter(made), None)
        if table is not None:
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        return table is not None

    def first_key(self) -> str | None:
        shown = self.shown()
        return shown[0].table.grid.rows[0].key if shown else None

    # Selection across tables

    def selected_keys(self) -> tuple[str, ...]:
        """Return the partners that are selected, from top to bottom."""
        return tuple(key for panel in self._panels.values() for key in panel.table.selected_keys())

    def is_picking(self) -> bool:
        return any(panel.table.is_picking for panel in self._panels.values())

    def drop_selection(self) -> None:
        self._is_settling = True
        for panel in self._panels.values():
            panel.table.drop_selection()
        self._is_settling = False
        self.picked.emit()

    def select_all(self) -> None:
        self._is_settling = True
        for panel in self.sections():
            panel.table.selectAll()
        self._is_settling = False
        self.picked.emit()

    def _take_picked(self, panel: SectionPanel) -> None:
        """Keep one selection over all tables: a plain move or click ends what was selected in others."""
        if self._is_settling:
            return
        together = QGuiApplication.keyboardModifiers() & _TOGETHER or self.is_picking()
        if not together and panel.table.selectionModel().hasSelection():
            self._is_settling = True
            for other in self._panels.values():
                if other is not panel:
                    other.table.forget_place()
            self._is_settling = False
        self.picked.emit()

    def _current_key(self) -> str | None:
        found = (panel.table.current_key() for panel in self._panels.values())
        return next((key for key in found if key is not None), None)

    def _stand_on(self, key: str | None) -> None:
        """Go on with the partner that was current, where its table is made anew."""
        if key is None or self._current_key() is not None:
            return
        for panel in self._panels.values():
            place = panel.table.grid.row_of(key)
            if place is not None:
                panel.table.go_to(place)
                return

    # Making them

    def _make_more(self, *, at_once: bool = False) -> None:
        begun_s = time.perf_counter()
        while self._left_out:
            self._add(self._left_out.pop(0))
            if not at_once and time.perf_counter() - begun_s > _AT_ONCE_S:
                self._complete_later.start()
                return

    def _add(self, spec: SectionSpec) -> None:
        panel = self._panels.get(spec.key)
        if panel is None:
            panel = SectionPanel(spec, self._theme, parent=self.content)
            panel.opened.connect(self.opened)
            panel.left.connect(self._go_on)
            panel.reached.connect(self.reveal)
            panel.picked.connect(self._take_picked)
            panel.reordered.connect(self._take_order)
            panel.table.menu_wanted.connect(self._pass_menu)
            self._panels[spec.key] = panel
            self.body.insertWidget(len(self._panels) - 1, panel)
        panel.show_section(spec, words=self._words, chosen=self._chosen)
        panel.line_up(most=self._most)

    def _drop_all_but(self, wanted: Sequence[SectionSpec]) -> None:
        """Take away the tables that are no longer wanted, or not in this order or with these columns."""
        known = [(key, [one.id for one in panel.spec.columns]) for key, panel in self._panels.items()]
        if known == [(spec.key, [one.id for one in spec.columns]) for spec in wanted][: len(known)]:
            return
        for panel in self._panels.values():
            self.body.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self._panels = {}

    def _take_order(self, panel: SectionPanel) -> None:
        """Sort the other groups of the same list alike."""
        orders = panel.table.grid.orders
        for other in self._panels.values():
            if other is not panel and other.spec.table == panel.spec.table:
                other.table.sort_by(orders)
        self.reordered.emit(panel.spec.table, panel.order)

    def _pass_menu(self, menu: QMenu) -> None:
        self.menu_wanted.emit(menu)

    def _go_on(self, panel: SectionPanel, way: int) -> None:
        shown = self.shown()
        place = shown.index(panel) + way
        if not 0 <= place < len(shown):
            return
        table = shown[place].table
        row = 0 if way > 0 else table.grid.rowCount() - 1
        if panel.table.is_picking:
            table.is_picking = True
            table.stand_on(row)
        else:
            table.go_to(row)
        table.setFocus(Qt.FocusReason.OtherFocusReason)
