"""Records as a person reads them, in a table that takes the room it has and scrolls sideways for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontMetrics

from camdesk.desk.reports import RecordTable
from camdesk.gui.theme.fonts import BODY, TINY, text_font
from camdesk.gui.theme.theme import Theme
from camdesk.gui.widgets import exporting
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.grid_view import GridView

_MEASURED_ROWS = 200
_CELL_PADDING = 22
_WIDEST = 310
_WEB = ("http", "https")


class RecordView(GridView):
    """Opening a partner shows its page, another record its own system.

    `unaddressed` tells that a record does not say where that is.
    """

    unaddressed = Signal()

    def __init__(self, records: RecordTable, theme: Theme) -> None:
        columns = [
            Column(head, Kind.NUMBER if numeric else Kind.TEXT, descending_first=numeric)
            for head, numeric in zip(records.heads, records.numeric, strict=True)
        ]
        super().__init__(columns, theme, name=records.title)
        self._are_partners = records.entity == "partners"
        self._urls = dict(zip(records.record_ids, records.urls, strict=False))
        self.scroll_sideways()
        self.set_plan(partial(spread, natural=natural_widths(records.heads, records.rows)))
        self.opened.connect(self._open_record)

    def _open_record(self, record_id: str) -> None:
        context = exporting.context_of(self) if self._are_partners else None
        if context is not None:
            context.guide.go("partner", record_id)
        else:
            self._open_address(record_id)

    def _open_address(self, record_id: str) -> None:
        address = QUrl(self._urls.get(record_id) or "")
        if address.scheme() not in _WEB or not QDesktopServices.openUrl(address):
            self.unaddressed.emit()


def record_view(records: RecordTable, theme: Theme) -> RecordView:
    """Return the records as a table, each column as wide as its first rows ask for."""
    view = RecordView(records, theme)
    view.show_rows(record_rows(records))
    return view


def natural_widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column would be to show its first rows in full."""
    body, head = QFontMetrics(text_font(BODY)), QFontMetrics(text_font(TINY, bold=True))
    widths = []
    for place, title in enumerate(heads):
        cells = (line[place] for line in rows[:_MEASURED_ROWS])
        widest = max((body.horizontalAdvance(cell) for cell in cells), default=0)
        widths.append(min(max(widest, head.horizontalAdvance(title) + 14) + _CELL_PADDING, _WIDEST))
    return widths


def spread(available: int, *, natural: Sequence[int]) -> list[int]:
    """Return the natural widths, the room that is left given to all alike."""
    spare = max(available - sum(natural), 0)
    each = spare // max(len(natural), 1)
    widths = [width + each for width in natural]
    if widths:
        widths[0] += spare - each * len(widths)
    return widths


def record_rows(records: RecordTable) -> list[GridRow]:
    """Return records as rows that sort by what their cells mean: days by date, amounts by amount."""
    orders = records.orders or tuple(_orders(line, records.numeric) for line in records.rows)
    return [
        GridRow(
            record_id,
            tuple(GridCell(text, order, text) for text, order in zip(line, ordered, strict=True)),
        )
        for record_id, line, ordered in zip(records.record_ids, records.rows, orders, strict=True)
    ]


def _orders(line: Sequence[str], numeric: Sequence[bool]) -> tuple[float | int | str | None, ...]:
    pairs = zip(line, numeric, strict=True)
    return tuple(number_in(text) if is_number else text or None for text, is_number in pairs)


def number_in(text: str) -> float | None:
    """Return the number a formatted amount stands for, such as €1,234.50 or −12 d."""
    digits = "".join(sign for sign in text.replace("−", "-") if sign in "-.0123456789")
    try:
        return float(digits)
    except ValueError:
        return None
