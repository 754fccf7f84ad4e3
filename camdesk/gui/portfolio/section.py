"""One table of the portfolio with its title line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from camdesk.gui.portfolio.columns import rows_of
from camdesk.gui.portfolio.facets import Chosen, passing
from camdesk.gui.portfolio.sections import SectionSpec
from camdesk.gui.portfolio.view import Sorted
from camdesk.gui.portfolio.widths import plan
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridRow
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import ElidedLabel, Panel, label, row


class SectionPanel(Panel):
    """The partners of one type, of one group, or all of them; its signals name the panel they come from."""

    opened = Signal(str)
    left = Signal(object, int)
    reached = Signal(object, QRect)
    picked = Signal(object)
    reordered = Signal(object)

    def __init__(self, spec: SectionSpec, theme: Theme, *, parent: QWidget) -> None:
        super().__init__(margins=(1, 1, 1, 1), gap=0, parent=parent)
        self.spec = spec
        self._rows: list[GridRow] = []
        self._passing: Sequence[tuple[str, GridRow]] | None = None  # with what a filter looks at
        self._chosen: Chosen = {}
        self._words: Sequence[str] = ()
        self._note = ElidedLabel(size=SMALL, tone=Tone.MUTED)
        head = row(label(spec.title, bold=True), self._note, gap=6)
        head.setContentsMargins(11, 8, 11, 8)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.table = GridView(self.columns, theme, name=spec.title)
        self.body.addWidget(self.table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.table.opened.connect(self.opened)
        self.table.left.connect(self._pass_left)
        self.table.reached.connect(self._pass_reached)
        self.table.picked.connect(self._pass_picked)
        self.table.reordered.connect(self._pass_reordered)

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(spec.column for spec in self.spec.columns)

    @property
    def order(self) -> Sorted:
        """What the table is sorted by, by the ids of columns."""
        return tuple((self.spec.columns[one.column].id, one.descending) for one in self.table.grid.orders)

    def show_section(self, spec: SectionSpec, *, words: Sequence[str], chosen: Chosen) -> None:
        """Show other partners, or the same ones anew, of those the ones that match."""
        self.spec = spec
        self._rows = rows_of(spec.entries, spec.columns)
        self._passing, self._words, self._chosen = None, words, chosen
        if self.table.grid.orders != spec.orders:
            self.table.grid.replace(())
            self.table.sort_by(spec.orders)
        self._show()

    def narrow(self, *, words: Sequence[str], chosen: Chosen) -> None:
        """Show only what matches."""
        if chosen != self._chosen:
            self._passing = None
        elif words == self._words:
            return
        self._words, self._chosen = words, chosen
        self._show()

    def line_up(self, *, most: float) -> None:
        """Take column widths that line up with tables of up to `most` slots."""
        ids = [column.id for column in self.spec.columns]
        self.table.set_plan(partial(plan, columns=ids, most=most))

    def _show(self) -> None:
        if self._passing is None:
            kept = {entry.key for entry in passing(self.spec.entries, self._chosen)}
            self._passing = [
                (entry.words, line)
                for entry, line in zip(self.spec.entries, self._rows, strict=True)
                if entry.key in kept
            ]
        pairs = self._passing
        for word in self._words:
            pairs = [pair for pair in pairs if word in pair[0]]
        found, whole = [line for _, line in pairs], len(self._rows)
        count = f"{len(found):,} of {whole:,}" if len(found) < whole else f"{whole:,}"
        self._note.say(f"{count} · {self.spec.about}" if self.spec.about else count)
        self.table.show_rows(found)
        self.setVisible(bool(found))

    def _pass_left(self, way: int) -> None:
        self.left.emit(self, way)

    def _pass_reached(self, area: QRect) -> None:
        self.reached.emit(self, area)

    def _pass_picked(self) -> None:
        self.picked.emit(self)

    def _pass_reordered(self) -> None:
        self.reordered.emit(self)
