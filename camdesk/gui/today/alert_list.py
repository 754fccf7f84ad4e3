"""The list of alerts: one row each, walked through and dealt with by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from camdesk.desk.morning.today_reports import TodayAlert
from camdesk.gui.theme.theme import Theme
from camdesk.gui.today.alert_delegate import AlertDelegate
from camdesk.gui.today.alert_model import AlertModel, Entry, Index

_LAID_OUT_AT_ONCE = 200  # alerts: several screens full, and the rest right after


class AlertList(QListView):
    """`picked` carries the alert that is current now, None where there is none; `opened` one on Enter."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.alerts = AlertModel(self)
        self._told: TodayAlert | None = None
        # A viewport of our own: asked for Qt's, the binding loads every kind of widget to name its type.
        self.setViewport(QWidget())
        self._delegate = AlertDelegate(self.alerts, theme)
        self.setModel(self.alerts)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setBatchSize(_LAID_OUT_AT_ONCE)
        self.setAccessibleName("Alerts")

    def current(self) -> TodayAlert | None:
        """Return the alert that is chosen."""
        return self.alerts.alert(self.currentIndex().row())

    def show_entries(self, entries: Sequence[Entry], *, currency: str, today: date) -> None:
        """Show other entries; the chosen alert stays so where it is still there, else its neighbour is."""
        before, place = self.current(), max(self.currentIndex().row(), 0)
        if before is not None and tuple(entries) == self.alerts.entries and today == self.alerts.today:
            return
        scrolled = self.verticalScrollBar().value()
        self._choose_layout()
        self.blockSignals(True)
        self.alerts.replace(entries, currency=currency, today=today)
        kept = self.alerts.row_of(before.id) if before else None
        self.go_to(kept if kept is not None else place if before else 0)
        self.blockSignals(False)
        if scrolled:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scrolled)
        self._tell()

    def _choose_layout(self) -> None:
        """Begin with what is seen at the top of a list; further down all is needed to stay in place."""
        at_top = self.verticalScrollBar().value() == 0
        self.setLayoutMode(QListView.LayoutMode.Batched if at_top else QListView.LayoutMode.SinglePass)

    def forget(self) -> None:
        """Choose nothing, so that the next entries begin at their top."""
        self.blockSignals(True)
        self.setCurrentIndex(QModelIndex())
        self.blockSignals(False)
        self.verticalScrollBar().setValue(0)

    def drop(self, alert_id: int) -> None:
        """Take an alert away at once and choose the next one."""
        row = self.alerts.row_of(alert_id)
        if row is None:
            return
        self._choose_layout()
        self.blockSignals(True)
        self.alerts.drop(row)
        self.go_to(row)
        self.blockSignals(False)
        self._tell()

    def go_to(self, row: int) -> None:
        """Choose the alert of a row, or the last one before it."""
        while row >= 0 and self.alerts.alert(row) is None:
            row -= 1
        self.setCurrentIndex(self.alerts.index(row) if row >= 0 else QModelIndex())

    def step(self, way: int) -> None:
        """Choose the next alert (+1) or the one before (-1)."""
        row = self.currentIndex().row() + way
        if self.alerts.alert(row) is not None:
            self.setCurrentIndex(self.alerts.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self.signalsBlocked():
            self._tell()

    def _tell(self) -> None:
        """Say which alert is chosen, where that or anything about it has changed."""
        now = self.current()
        if now != self._told:
            self._told = now
            self.picked.emit(now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alert = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if alert is not None:
                self.opened.emit(alert)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        alert = self.alerts.alert(self.indexAt(event.position().toPoint()).row())
        if alert is not None:
            self.opened.emit(alert)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._delegate.width != self.viewport().width():
            self._delegate.width = self.viewport().width()
            self._choose_layout()
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark_focus(has_focus=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_focus(has_focus=False)

    def _mark_focus(self, *, has_focus: bool) -> None:
        self._delegate.has_focus = has_focus
        self.viewport().update()
