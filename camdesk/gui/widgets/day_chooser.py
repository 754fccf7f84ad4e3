"""Chooses a day: a few that are usual, by name, and any other from a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QMenu, QPushButton, QVBoxLayout, QWidget

from camdesk.gui.theme.fonts import SMALL, text_font
from camdesk.insight.wording import write_day


class DayChooser(QPushButton):
    """Shows the chosen day by its name; `chosen` tells of another one."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._day: date | None = None
        self._last: date | None = None
        self._usual: tuple[tuple[date, str], ...] = ()
        self._calendar: _Calendar | None = None
        self.setProperty("kind", "pill")
        self.setFont(text_font(SMALL))
        self.setAutoDefault(False)
        self.setMenu(QMenu(self))
        self.menu().setAccessibleName(name)
        self.setAccessibleName(name)

    @property
    def day(self) -> date | None:
        return self._day

    def offer(self, usual: Sequence[tuple[date, str]], *, last: date) -> None:
        """Offer days by name; any other up to `last` can be chosen, too."""
        self._usual, self._last = tuple(usual), last
        menu = self.menu()
        menu.clear()
        for day, words in self._usual:
            menu.addAction(f"{words}\t{write_day(day)}").triggered.connect(partial(self.choose, day))
        menu.addSeparator()
        menu.addAction("Another day…").triggered.connect(self._open_calendar)

    def show_day(self, day: date) -> None:
        """Take a day as the chosen one without telling of it."""
        self._day = day
        words = next((words for usual, words in self._usual if usual == day), write_day(day))
        self.setText(f"{words} ▾")
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(write_day(day))

    def choose(self, day: date) -> None:
        if day != self._day:
            self.show_day(day)
            self.chosen.emit(day)

    def _open_calendar(self) -> None:
        if self._calendar is None:
            self._calendar = _Calendar(self)
            self._calendar.chosen.connect(self.choose)
        self._calendar.open_at(self.mapToGlobal(QPoint(0, self.height() + 2)), self._day, last=self._last)


class _Calendar(QWidget):
    """A month to pick a day of; Esc closes it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._month = QCalendarWidget()
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setAccessibleName("Calendar")
        self._month.clicked.connect(self._take)
        self._month.activated.connect(self._take)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(4, 4, 4, 4)
        lines.addWidget(self._month)

    def open_at(self, place: QPoint, day: date | None, *, last: date | None) -> None:
        if last is not None:
            self._month.setMaximumDate(QDate(last.year, last.month, last.day))
        if day is not None:
            self._month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.move(place)
        self.show()
        self._month.setFocus()

    def _take(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
