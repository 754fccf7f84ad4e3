"""Window start to usable table, against a bare PySide6 window with a table of the same size.

    python benchmarks/start.py [ROUNDS]

Each round starts two fresh processes in turn; medians are printed. `bare` imports PySide6 and shows a table
of text; `window` goes from importing the window to the first paint of the portfolio on an open desk;
`whole` adds Python's start, imports and opening the workspace.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from camdesk.base.progress import SilentProgress
from camdesk.base.resources import sample_folder
from camdesk.base.settings import Settings

AIM = 1.6
_ROUNDS = 9
_LIMIT_S = 60


def no_passphrase() -> str:
    raise AssertionError("The sample opens without a passphrase.")


def make_sample(home: Path) -> tuple[int, int]:
    """Make a synced sample workspace with its figures ready; return the rows and columns its screen shows."""
    from camdesk.desk.desk import Desk
    from camdesk.store.keys import KeyMode

    desk = Desk.create(home, Settings(), ask=no_passphrase, mode=KeyMode.SAMPLE)
    desk.add_source("sample", "folder", {"path": str(sample_folder())})
    desk.sync(progress=SilentProgress())
    report = desk.portfolio()
    desk.close()
    rows = sum(len(section.rows) for section in report.sections)
    return rows, 5 + max(len(section.columns) for section in report.sections)


def start_bare(rows: int, columns: int) -> float:
    """Return the seconds from importing PySide6 to the first paint of a table of text."""
    begun_s = time.perf_counter()
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Model(QAbstractTableModel):
        def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 0 if parent.isValid() else rows

        def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 0 if parent.isValid() else columns

        def data(self, index: QModelIndex, role: int = 0) -> str | None:
            shown = role == Qt.ItemDataRole.DisplayRole
            return f"€{index.row() * index.column()},000" if shown else None

    app = QApplication([])
    window, table, model = QMainWindow(), QTableView(), Model()
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1440, 900)
    window.show()
    ended_s: list[float] = []

    def finish() -> None:
        table.viewport().repaint()
        ended_s.append(time.perf_counter())
        app.quit()

    QTimer.singleShot(0, finish)
    app.exec()
    return ended_s[0] - begun_s


def start_window(home: Path) -> float:
    """Return the seconds from importing the window to the first paint of the portfolio, on an open desk."""
    from camdesk.desk.desk import Desk

    desk = Desk.open(home, ask=no_passphrase)
    begun_s = time.perf_counter()
    from PySide6.QtCore import QTimer

    from camdesk.gui.app import application, make_window
    from camdesk.gui.portfolio.screen import PortfolioScreen

    app = application()
    window = make_window(desk, app)
    ended_s: list[float] = []

    def finish() -> None:
        table = portfolio.first_table()
        assert table is not None
        table.viewport().repaint()
        ended_s.append(time.perf_counter())
        window.close()
        app.quit()

    portfolio = window.screens.get("portfolio")
    assert isinstance(portfolio, PortfolioScreen)
    portfolio.context.guide.overview.connect(lambda report: QTimer.singleShot(0, finish))
    window.start()
    window.show()
    app.exec()
    desk.close()
    return ended_s[0] - begun_s


def measure(*arguments: str, bytecode: str) -> tuple[float, float]:
    """Return what a fresh process measured, and how long all of it took until then."""
    begun_s = time.time()
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed app has its bytecode
    environment["PYTHONPYCACHEPREFIX"] = bytecode
    command = [sys.executable, __file__, *arguments]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, timeout=_LIMIT_S
    )
    inside_s, ended_s = map(float, run.stdout.split()[-2:])
    return inside_s, ended_s - begun_s


def compare(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "sample"
        rows, columns = make_sample(home)
        taken: dict[str, list[float]] = {"bare": [], "window": [], "bare whole": [], "whole": []}
        bytecode = str(Path(folder) / "bytecode")
        measure("bare", str(rows), str(columns), bytecode=bytecode)  # both once beforehand, uncounted
        measure("window", str(home), bytecode=bytecode)
        for _ in range(rounds):
            inside_s, all_s = measure("bare", str(rows), str(columns), bytecode=bytecode)
            taken["bare"].append(inside_s)
            taken["bare whole"].append(all_s)
            inside_s, all_s = measure("window", str(home), bytecode=bytecode)
            taken["window"].append(inside_s)
            taken["whole"].append(all_s)
    median = {name: statistics.median(values) for name, values in taken.items()}
    print(f"{rows} partners, {columns} columns, median of {rounds}")
    for name, seconds in median.items():
        print(f"{name:10} {seconds * 1000:6.0f} ms")
    print(f"window / bare        {median['window'] / median['bare']:.2f} (aim below {AIM})")
    print(f"whole / bare whole   {median['whole'] / median['bare whole']:.2f}")


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["bare"]:
        print(start_bare(int(arguments[1]), int(arguments[2])), time.time())
    elif arguments[:1] == ["window"]:
        print(start_window(Path(arguments[1])), time.time())
    else:
        compare(int(arguments[0]) if arguments else _ROUNDS)


if __name__ == "__main__":
    main(sys.argv[1:])
