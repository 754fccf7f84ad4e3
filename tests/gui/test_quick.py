"""The window's own thread only draws: it never waits for the database, and never works for long."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from camdesk.desk.desk import Desk
from camdesk.gui.app import make_window
from camdesk.gui.partner.page import PartnerPage
from camdesk.gui.shell.window import MainWindow
from camdesk.store.database import Database
from tests.gui.tour import WAIT_MS, places, settle, walk
from tests.gui.window_parts import partner, scorecard

_Part = TypeVar("_Part", bound=QWidget)
LONGEST_S = 0.1
SLOWER_HERE = 3
"""How many times slower than a CAM's the processor of a test may be, with tracing on top."""
TRIES = 3


class Slices(QObject):
    """Adds up what the thread's processor did between one wait for events and the next."""

    def __init__(self) -> None:
        super().__init__()
        self.turns_s: list[float] = []
        self._begun_s = time.thread_time()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._end)

    def _end(self) -> None:
        now_s = time.thread_time()
        self.turns_s.append(now_s - self._begun_s)
        self._begun_s = now_s

    def longest_s(self) -> float:
        """Return the longest turn since this was last asked."""
        longest = max(self.turns_s, default=0.0)
        self.turns_s.clear()
        return longest


@pytest.fixture
def in_the_window(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the places in the code that asked the database from this thread, filled as it happens."""
    found: list[str] = []
    own = threading.get_ident()

    def guarded(inner: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*arguments: Any, **named: Any) -> Any:
            if threading.get_ident() == own:
                callers = [one for one in traceback.extract_stack()[:-1] if "/camdesk/" in one.filename]
                found.append(" < ".join(f"{one.filename}:{one.lineno}" for one in callers[-4:]))
            return inner(*arguments, **named)

        return asked

    for verb in ("read", "write", "sealed"):
        monkeypatch.setattr(Database, verb, guarded(getattr(Database, verb)))
    return found


def test_the_guard_sees_who_asks_from_this_thread(
    in_the_window: list[str], sample_window: MainWindow
) -> None:
    in_the_window.clear()
    sample_window.sources.context.desk.sources()
    assert len(in_the_window) == 1


def test_no_screen_asks_the_database_from_the_windows_thread(
    in_the_window: list[str], sample_window: MainWindow, qtbot: QtBot
) -> None:
    for _ in walk(sample_window, qtbot):
        pass
    for place in places():
        sample_window.move_to(place)
        screen = sample_window.screens.get(place.screen)
        use(screen, sample_window, qtbot)
        screen.refresh()
        settle(sample_window, qtbot)
    assert in_the_window == []


def use(screen: QWidget, window: MainWindow, qtbot: QtBot) -> None:
    """Sort, narrow and step through whatever a screen has."""
    for table in shown(screen, QTableView):
        if table.model().columnCount():
            table.horizontalHeader().sectionClicked.emit(0)
        if table.model().rowCount():
            table.setCurrentIndex(table.model().index(table.model().rowCount() - 1, 0))
    for field in shown(screen, QLineEdit):
        if not field.isReadOnly():
            field.setText("he")
            settle(window, qtbot)
            field.clear()
    for view in shown(screen, QAbstractItemView):
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    settle(window, qtbot)


def shown(screen: QWidget, kind: type[_Part]) -> list[_Part]:
    return [part for part in screen.findChildren(kind) if part.isVisible()]


def test_no_turn_of_the_event_loop_works_for_long(
    sample_desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    window = make_window(sample_desk, qapp)
    qtbot.addWidget(window)
    window.show()
    slices = Slices()
    QTimer.singleShot(0, window.start)
    qtbot.waitUntil(window.top_bar.freshness.isVisible, timeout=WAIT_MS)
    longest = {"start": slices.longest_s()}
    for name in walk(window, qtbot):
        longest[f"first {name}"] = slices.longest_s()
    page = partner(window)
    assert page.is_complete()
    for place in places():
        longest[f"again {place.screen}"] = best_s(partial(window.move_to, place), slices, window, qtbot)
        screen = window.screens.get(place.screen)
        longest[f"refresh {place.screen}"] = best_s(screen.refresh, slices, window, qtbot)
    for key in ("timeline", "work", "alerts", "deals", "scorecard"):
        longest[f"turn to {key}"] = best_s(partial(turn_anew, page, key), slices, window, qtbot)
        longest[f"refresh on {key}"] = best_s(page.refresh, slices, window, qtbot)
    figure = scorecard(window).panels[0].table.grid.rows[0].key
    longest["open figure"] = best_s(partial(page.open_figure, figure), slices, window, qtbot)
    assert page.figure.tables
    window.close()
    assert {name: worked_s for name, worked_s in longest.items() if worked_s > LONGEST_S * SLOWER_HERE} == {}


def turn_anew(page: PartnerPage, key: str) -> None:
    """Turn to a tab from its neighbour."""
    page.turn_to_tab("terms")
    page.turn_to_tab(key)


def best_s(act: Callable[[], object], slices: Slices, window: MainWindow, qtbot: QtBot) -> float:
    """Return the longest turn that an act brings about, in the best of its tries: others work here too."""
    tries = []
    for _ in range(TRIES):
        settle(window, qtbot)
        slices.longest_s()
        done: list[object] = []
        QTimer.singleShot(0, lambda done=done: done.append(act() or True))
        qtbot.waitUntil(partial(bool, done))
        settle(window, qtbot)
        tries.append(slices.longest_s())
    return min(tries)
