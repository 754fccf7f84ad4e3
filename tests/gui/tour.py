"""A walk through everything the window shows, as a person would take it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from camdesk.desk.care.sample import read_sample
from camdesk.gui.guide import Place
from camdesk.gui.shell.screens import ENTRIES, PARTNER
from camdesk.gui.shell.window import MainWindow

WAIT_MS = 60_000


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is read any more and all that is to be laid out has been."""
    jobs = window.screens.get(ENTRIES[0].key).context.jobs
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=WAIT_MS)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=WAIT_MS)


def places() -> tuple[Place, ...]:
    """Return every screen once; the partner's is about the one the sample says most of."""
    return (*(Place(entry.key) for entry in ENTRIES), Place(PARTNER, read_sample().review_partner))


def is_at(window: MainWindow, place: Place) -> bool:
    return window.screens.shown() is window.screens.get(place.screen)


def is_turned(bar: QTabBar, number: int) -> bool:
    return bar.currentIndex() == number


def tabs_of(screen: QWidget) -> Iterator[tuple[QTabBar, int]]:
    """Yield every tab that is shown, to be turned to in turn."""
    for bar in screen.findChildren(QTabBar):
        if bar.isVisible():
            yield from ((bar, place) for place in range(bar.count()) if bar.isTabVisible(place))


def walk(window: MainWindow, qtbot: QtBot) -> Iterator[str]:
    """Turn to every screen and every tab of it, and yield its name once it is all there."""
    for place in places():
        QTimer.singleShot(0, partial(window.move_to, place))
        qtbot.waitUntil(partial(is_at, window, place))
        settle(window, qtbot)
        screen = window.screens.get(place.screen)
        yield place.screen
        for bar, number in list(tabs_of(screen)):
            if bar.currentIndex() != number:
                QTimer.singleShot(0, partial(bar.setCurrentIndex, number))
                qtbot.waitUntil(partial(is_turned, bar, number))
                settle(window, qtbot)
                yield f"{place.screen}: {bar.tabText(number)}"
