"""What a hand waits for in the window of 800 partners: another screen, a key in a filter, and any gap.

    python benchmarks/window.py --home WORKSPACE [--rounds 5]

WORKSPACE is one made by start.py's ways, or any other. Every screen and every tab is turned to, once for the
first time and then again and again; `switch` counts until the screen has been painted, `gap` is the longest
time in which the window's thread did not turn, in total and as work of the processor. Beside it, in the same
run: turning between two plain tables of as many rows. Lists of 10,000 partners are measured by lists.py,
the start and its memory by start.py.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QTableView

from benchmarks.start import no_passphrase, resident_mb, warm
from camdesk.desk.desk import Desk
from camdesk.gui.app import application, make_window
from camdesk.gui.guide import Place
from camdesk.gui.jobs import Jobs
from camdesk.gui.shell.screens import ENTRIES, PARTNER
from camdesk.gui.shell.window import MainWindow

SWITCH_AIM_MS, KEY_AIM_MS, GAP_AIM_MS = 100, 50, 100
_BEAT_MS = 2
_TYPED = ("p", "pa", "par", "part", "par", "pa", "p", "")


class Heart:
    """Beats as often as it can, and keeps the longest pause and the most work between two beats."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self.take()

    def take(self) -> tuple[float, float]:
        """Return the longest gap since this was last asked, in milliseconds: on the clock, at work."""
        longest = getattr(self, "_gap", 0.0) * 1000, getattr(self, "_work", 0.0) * 1000
        self._gap = self._work = 0.0
        self._last_s, self._worked_s = time.perf_counter(), time.thread_time()
        return longest

    def _beat(self) -> None:
        now_s, worked_s = time.perf_counter(), time.thread_time()
        self._gap = max(self._gap, now_s - self._last_s)
        self._work = max(self._work, worked_s - self._worked_s)
        self._last_s, self._worked_s = now_s, worked_s


class PlainModel(QAbstractTableModel):
    """Rows of text, and nothing else."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else 12

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return f"€{index.row()},000" if role == Qt.ItemDataRole.DisplayRole else None


def settle(app: QApplication, jobs: Jobs) -> None:
    """Turn the loop until nothing is read any more."""
    for _ in range(3):
        app.processEvents()
        while not jobs.is_idle:
            app.processEvents()
            time.sleep(0.001)


def switch_ms(app: QApplication, turn: Callable[[], object]) -> float:
    """Return how long it takes from the turn until it has been painted, whatever is still read then."""
    begun_s = time.perf_counter()
    turn()
    app.processEvents()
    return (time.perf_counter() - begun_s) * 1000


def measure_window(app: QApplication, window: MainWindow, heart: Heart, partner: str, rounds: int) -> None:
    jobs = window.sources.context.jobs
    places = (*(Place(entry.key) for entry in ENTRIES), Place(PARTNER, partner))
    for place in places:
        first = switch_ms(app, partial(window.move_to, place))
        settle(app, jobs)
        again = []
        gaps = [heart.take()]
        for _ in range(rounds):
            window.move_to(Place("sources") if place.screen != "sources" else Place("today"))
            settle(app, jobs)
            heart.take()
            again.append(switch_ms(app, partial(window.move_to, place)))
            settle(app, jobs)
            gaps.append(heart.take())
        window.screens.get(place.screen).refresh()
        settle(app, jobs)
        refreshed = heart.take()
        print(
            f"{place.screen:10} switch first {first:4.0f}, again {statistics.median(again):4.0f} ms"
            f" (aim {SWITCH_AIM_MS}); gap {max(one[0] for one in gaps):4.0f}, of it work"
            f" {max(one[1] for one in gaps):4.0f}; refresh gap {refreshed[0]:4.0f}, work {refreshed[1]:4.0f}"
            f" (aim {GAP_AIM_MS})"
        )


def measure_keys(app: QApplication, window: MainWindow, rounds: int) -> None:
    for key in ("portfolio", "forecast"):
        window.go_to(key)
        settle(app, window.sources.context.jobs)
        fields = [one for one in window.screens.get(key).findChildren(QLineEdit) if one.isVisible()]
        taken = [
            switch_ms(app, partial(field.setText, words)) for field in fields[:1] for words in _TYPED * rounds
        ]
        slow = statistics.quantiles(taken, n=20)[-1]
        print(
            f"{key:10} key to list {statistics.median(taken):4.0f} ms, slowest twentieth {slow:.0f}"
            f" (aim {KEY_AIM_MS})"
        )


def measure_bare(app: QApplication, rows: int, rounds: int) -> None:
    stack, model = QStackedWidget(), PlainModel(rows)
    for _ in range(2):
        table = QTableView()
        table.setModel(model)
        stack.addWidget(table)
    stack.resize(1440, 900)
    stack.show()
    app.processEvents()
    taken = [switch_ms(app, partial(stack.setCurrentIndex, one % 2)) for one in range(1, 2 * rounds + 1)]
    print(f"bare       switch {statistics.median(taken):.0f} ms")
    stack.close()


def main() -> None:
    """Print what each takes, ours and bare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    warm(options.home)
    app = application()
    desk = Desk.open(options.home, ask=no_passphrase)
    partners = [row.partner for section in desk.portfolio().sections for row in section.rows]
    window = make_window(desk, app)
    window.show()
    heart = Heart()
    window.start()
    settle(app, window.sources.context.jobs)
    end_s = time.perf_counter() + 1  # the other screens are made when the first one is there
    while time.perf_counter() < end_s:
        app.processEvents()
    settle(app, window.sources.context.jobs)
    gap, work = heart.take()
    print(
        f"{len(partners)} partners\nstart      gap {gap:4.0f}, of it work {work:4.0f} ms (aim {GAP_AIM_MS})"
    )
    measure_window(app, window, heart, partners[0].partner_id, options.rounds)
    measure_keys(app, window, options.rounds)
    print(f"all screens visited: {resident_mb():.0f} MB")
    measure_bare(app, len(partners), options.rounds)
    window.close()
    desk.close()


if __name__ == "__main__":
    main()
