"""A partner's deals behind the number, what left it, and the calls made: beside the table until closed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Signal

from camdesk.desk.number.forecast_reports import PartnerForecast
from camdesk.gui.forecast.details_rows import (
    CALL_COLUMNS,
    DEAL_COLUMNS,
    GONE_COLUMNS,
    call_rows,
    call_words,
    deal_rows,
    gone_rows,
    number_words,
)
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.columns import last_fixed
from camdesk.gui.widgets.grid import Column, GridRow
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.parts import Panel, button, label, row

_DEAL_WIDTHS = (92, 52, 66, 68, 82, 132)
_GONE_WIDTHS = (76, 210)
_CALL_WIDTHS = (80, 104, 170)


class Details(Panel):
    """`deal_wanted` carries a deal's id; `partner_wanted` asks for the partner's own page."""

    closed = Signal()
    partner_wanted = Signal()
    deal_wanted = Signal(str)
    reached = Signal(object, QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__(margins=(1, 10, 1, 1), gap=4)
        self.partner_id = ""
        self._title = label("", bold=True, wrap=True)
        self._number = label("", tone=Tone.MUTED, wrap=True)
        self._call = label("", size=SMALL, tone=Tone.MUTED, wrap=True)
        self.partner_button = button("Open partner")
        self.close_button = button("Close", tooltip="Esc")
        self.deals = _Listing("In commit and best case", DEAL_COLUMNS, theme, fixed=_DEAL_WIDTHS)
        self.gone = _Listing("Left the number within a week", GONE_COLUMNS, theme, fixed=_GONE_WIDTHS)
        self.calls = _Listing("Your calls this quarter", CALL_COLUMNS, theme, fixed=_CALL_WIDTHS)
        head = row(self._title, self.partner_button, self.close_button)
        head.setStretch(0, 1)
        head.setContentsMargins(10, 0, 10, 0)
        self.body.addLayout(head)
        for words in (self._number, self._call):
            words.setContentsMargins(10, 0, 10, 2)
            self.body.addWidget(words)
        for listing in (self.deals, self.gone, self.calls):
            self.body.addWidget(listing)
            listing.table.reached.connect(partial(self.reached.emit, listing.table))
        for listing in (self.deals, self.gone):
            listing.table.opened.connect(self.deal_wanted)
        self.close_button.clicked.connect(self.closed)
        self.partner_button.clicked.connect(self.partner_wanted)

    def wait_for(self, partner_id: str, name: str) -> None:
        """Say whose deals are being read."""
        if partner_id != self.partner_id:
            self.partner_id = partner_id
            self._title.setText(name)
            self._number.setText("…")
            self._call.hide()
            for listing in (self.deals, self.gone, self.calls):
                listing.show_rows([])

    def show_partner(self, single: PartnerForecast) -> None:
        self.partner_id = single.row.partner.partner_id
        self._title.setText(single.row.partner.name)
        self._number.setText(number_words(single))
        words = call_words(single)
        self._call.setText(words)
        self._call.setVisible(bool(words))
        self.deals.show_rows(deal_rows(single))
        self.gone.show_rows(gone_rows(single))
        self.calls.show_rows(call_rows(single))

    def take_focus(self) -> None:
        """Put the keyboard into the first table that has rows."""
        shown = (one.table for one in (self.deals, self.gone, self.calls) if one.table.grid.rowCount())
        next(shown, self.close_button).setFocus()


class _Listing(Panel):
    """A table under its title and count, its first column as wide as the rest leaves; hidden without rows."""

    def __init__(self, title: str, columns: Sequence[Column], theme: Theme, *, fixed: Sequence[int]) -> None:
        super().__init__(margins=(0, 6, 0, 0), gap=4)
        self.setProperty("kind", "")
        self._name = title
        self._title = label(title, size=SMALL, bold=True)
        self._title.setContentsMargins(10, 4, 10, 2)
        self.table = GridView(columns, theme, name=title)
        self._fixed = tuple(fixed)
        self.body.addWidget(self._title)
        self.body.addWidget(self.table)

    def show_rows(self, rows: Sequence[GridRow]) -> None:
        self._title.setText(f"{self._name} {len(rows):,}")
        self.table.show_rows(rows)
        said = any(one.cells[-1].text for one in rows)  # a week without changes needs no column
        fixed = self._fixed if said else (*self._fixed[:-1], 0)
        self.table.set_plan(partial(last_fixed, fixed=fixed))
        self.setVisible(bool(rows))
