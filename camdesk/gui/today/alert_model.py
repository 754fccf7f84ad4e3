"""The list of alerts as Qt sees it: alerts in their order, and behind them rules that say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from camdesk.desk.morning.today_reports import QuietRule, TodayAlert
from camdesk.gui.today.rows import spoken

Entry = TodayAlert | QuietRule
Index = QModelIndex | QPersistentModelIndex

# Roles arrive as plain ints: comparing them with enum members doubles the time of a repaint.
_DISPLAY = Qt.ItemDataRole.DisplayRole.value
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole.value
_NO_PARENT = QModelIndex()


class AlertModel(QAbstractListModel):
    """Hold the entries of one list; quiet rules can be read but not chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        self.currency = ""
        self.today = date.min

    def replace(self, entries: Sequence[Entry], *, currency: str, today: date) -> None:
        self.beginResetModel()
        self.entries, self.currency, self.today = tuple(entries), currency, today
        self.endResetModel()

    def drop(self, row: int) -> None:
        """Take one entry away."""
        self.beginRemoveRows(_NO_PARENT, row, row)
        self.entries = self.entries[:row] + self.entries[row + 1 :]
        self.endRemoveRows()

    def alert(self, row: int) -> TodayAlert | None:
        """Return the alert of a row; None for a quiet rule, and beyond the end."""
        entry = self.entries[row] if 0 <= row < len(self.entries) else None
        return entry if isinstance(entry, TodayAlert) else None

    def row_of(self, alert_id: int) -> int | None:
        found = (
            row for row, one in enumerate(self.entries) if isinstance(one, TodayAlert) and one.id == alert_id
        )
        return next(found, None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = _DISPLAY) -> str | None:
        if role not in (_DISPLAY, _SPOKEN) or not index.isValid():
            return None
        entry = self.entries[index.row()]
        if isinstance(entry, QuietRule):
            return f"Held back: {entry.title}. {entry.because}"
        return spoken(entry, currency=self.currency, today=self.today)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.alert(index.row()) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
