"""The tables of the forecast below each other: one a type or one for all, totals, and how near calls came."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal

from camdesk.gui.forecast.accuracy import AccuracyPanel
from camdesk.gui.forecast.rows import CALL, TOTAL_COLUMNS
from camdesk.gui.forecast.sections import Section
from camdesk.gui.forecast.table import CallTable
from camdesk.gui.forecast.widths import plan
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets.grid import GridRow
from camdesk.gui.widgets.parts import ElidedLabel, Page, Panel, button, label, row
from camdesk.gui.widgets.table_panel import TablePanel


class SectionPanel(Panel):
    """A title line with the type's number, and the table."""

    def __init__(self, section: Section, theme: Theme, *, currency: str) -> None:
        super().__init__(margins=(1, 1, 1, 1), gap=0)
        self._about = ElidedLabel(size=SMALL)
        head = row(label(section.title, bold=True), self._about, gap=6)
        head.setContentsMargins(11, 8, 11, 8)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.table = CallTable(theme, name=section.title, currency=currency)
        self.body.addWidget(self.table)

    def show_section(self, section: Section, *, empty: frozenset[int]) -> None:
        self.table.set_plan(partial(plan, with_type=not section.key, empty=empty))
        self._about.say(section.about)
        self.table.show_lines(section.lines)
        self.setVisible(bool(section.lines))


class Tables(Page):
    """`opened` carries a partner's id, `called` one with an amount; `copy_wanted` asks for all of it."""

    opened = Signal(str)
    called = Signal(str, object)
    copy_wanted = Signal()
    type_wanted = Signal(str)
    silent_wanted = Signal()

    def __init__(self, theme: Theme, *, currency: str) -> None:
        super().__init__(name="Forecast", margins=(20, 2, 20, 20))
        self._theme = theme
        self._currency = currency
        self._panels: dict[str, SectionPanel] = {}
        self.silent = button("Show partners without target, revenue and forecast deals", kind="link")
        self.silent.hide()
        self.totals = TablePanel("Totals", TOTAL_COLUMNS, theme, fixed=(), name="Totals by type")
        self.totals.table.opened.connect(self.type_wanted)
        self.totals.table.reached.connect(partial(self.reveal, self.totals.table))
        self.accuracy = AccuracyPanel(theme)
        self.accuracy.reached.connect(self.reveal)
        self.accuracy.opened.connect(self.opened)
        self.silent.clicked.connect(self.silent_wanted)
        for part in (self.silent, self.totals, self.accuracy):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_sections(self, sections: Sequence[Section], *, empty: frozenset[int]) -> None:
        """Show these tables; those that were there stay, with what is being typed in them."""
        wanted = [section.key for section in sections]
        if list(self._panels) != wanted:
            self._replace(sections)
        for section in sections:
            self._panels[section.key].show_section(section, empty=empty)

    def show_totals(self, totals: Sequence[GridRow], *, words: str, empty: frozenset[int]) -> None:
        self.totals.table.set_plan(partial(plan, with_type=False, empty=empty))
        self.totals.fill(list(totals), words=words)

    def show_silent(self, count: int, *, shown: bool) -> None:
        """Offer the partners of whom nothing is known this quarter."""
        partners = "1 partner" if count == 1 else f"{count:,} partners"
        words = f"{partners} without target, revenue and forecast deals"
        self.silent.setText(f"Hide {words}" if shown else f"Show {words}")
        self.silent.setAccessibleName(self.silent.text())
        self.silent.setVisible(count > 0)

    def shown(self) -> list[CallTable]:
        """Return the tables that have rows, from top to bottom."""
        return [one.table for one in self._panels.values() if one.table.grid.rowCount()]

    def tables(self) -> list[CallTable]:
        return [one.table for one in self._panels.values()]

    def take_focus(self) -> None:
        """Put the keyboard where it was among the tables, or into the first."""
        typing = next((one.field for one in self.tables() if one.field.is_open), None)
        current = next((one for one in self.shown() if one.currentIndex().isValid()), None)
        target = typing or current or next(iter(self.shown()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> CallTable | None:
        """Return the table the keyboard is in, or was in last."""
        with_focus = (one for one in self.shown() if one.hasFocus() or one.field.hasFocus())
        stood_on = (one for one in self.shown() if one.currentIndex().isValid())
        return next(with_focus, None) or next(stood_on, None) or next(iter(self.shown()), None)

    def stand_on(self, key: str) -> None:
        """Make a partner the current one."""
        for table in self.shown():
            place = table.grid.row_of(key)
            if place is not None:
                table.go_to(place)
                table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_type(self, kind: str) -> None:
        panel = self._panels.get(kind)
        if panel is not None and panel.table.grid.rowCount():
            panel.table.go_to(0)
            panel.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _replace(self, sections: Sequence[Section]) -> None:
        for panel in self._panels.values():
            self.body.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self._panels = {}
        for place, section in enumerate(sections):
            panel = SectionPanel(section, self._theme, currency=self._currency)
            table = panel.table
            table.opened.connect(self.opened)
            table.called.connect(self.called)
            table.copy_wanted.connect(self.copy_wanted)
            table.left.connect(partial(self._go_on, table))
            table.reached.connect(partial(self.reveal, table))
            self._panels[section.key] = panel
            self.body.insertWidget(place, panel)

    def _go_on(self, table: CallTable, way: int) -> None:
        """Walk into the table above or below, in the same column."""
        shown = self.shown()
        place = shown.index(table) + way if table in shown else -1
        if 0 <= place < len(shown):
            following = shown[place]
            column = table.currentIndex().column()
            row_there = 0 if way > 0 else following.grid.rowCount() - 1
            table.drop_selection()
            following.go_to(row_there, column=CALL if column == CALL else max(column, 0))
            following.setFocus(Qt.FocusReason.OtherFocusReason)
