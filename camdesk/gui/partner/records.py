"""Records as tables: sortable by what they mean, filtered as one types, opened in their own system."""

from __future__ import annotations

from camdesk.desk.reports import RecordTable
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.theme import Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.filter_field import FilterField
from camdesk.gui.widgets.parts import Panel, button, label, row
from camdesk.gui.widgets.record_view import RecordView, record_rows

_SHOWN_AT_FIRST = 50
_FILTERED_FROM = 8


class RecordsPanel(Panel):
    """All records of an entity under their title: a filter, the newest in front, the rest on demand."""

    def __init__(self, records: RecordTable, theme: Theme) -> None:
        super().__init__(margins=(1, 10, 1, 1), gap=4)
        self._rows = record_rows(records)
        self._spoken = [" ".join(line).casefold() for line in records.rows]
        self._shows_all = len(self._rows) <= _SHOWN_AT_FIRST
        self.count = label("", size=SMALL, tone=Tone.MUTED)
        self.filter = FilterField(f"Filter {records.title.lower()}")
        self.filter.setMaximumWidth(240)
        if len(self._rows) < _FILTERED_FROM:
            self.filter.hide()
        export = button("Export…", kind="link", tooltip="What is shown, as a spreadsheet")
        head = row(label(records.title, bold=True), self.count, 1, export, self.filter, gap=12)
        head.setContentsMargins(10, 0, 8, 6)
        self.table = RecordView(records, theme)
        export.clicked.connect(self.table.export)
        self.more = button(f"Show all {len(self._rows):,}", kind="link")
        foot = row(self.more, 1)
        foot.setContentsMargins(10, 2, 10, 8)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addLayout(foot)
        self.filter.textChanged.connect(self._show)
        self.filter.entered.connect(self.table.setFocus)
        self.more.clicked.connect(self.show_all)
        self._show()

    def show_all(self) -> None:
        self._shows_all = True
        self._show()

    def stand_on(self, record_id: str) -> bool:
        """Make a record the current one; return whether it is among them."""
        if not any(one.key == record_id for one in self._rows):
            return False
        self.filter.clear()
        self.show_all()
        place = self.table.grid.row_of(record_id)
        if place is not None:
            self.table.go_to(place)
            self.table.setFocus()
        return True

    def _show(self) -> None:
        words = self.filter.text().casefold().split()
        found = [
            one
            for one, spoken in zip(self._rows, self._spoken, strict=True)
            if all(word in spoken for word in words)
        ]
        shown = found if self._shows_all or words else found[:_SHOWN_AT_FIRST]
        self.table.show_rows(shown)
        whole = f"{len(self._rows):,}"
        self.count.setText(whole if len(shown) == len(self._rows) else f"{len(shown):,} of {whole}")
        self.more.setVisible(len(shown) < len(found))
