"""Start of the window to a usable Today at 800 partners, against a bare PySide6 window with a table.

    python benchmarks/start.py [--rounds 9] [--partners 800] [--depth 1.0] [--home WORKSPACE]

Makes a portfolio of that size (see portfolios.py) and its figures once, or takes a workspace that has them;
depth 1.0 are about 1,000,000 facts and take minutes. Then each round starts two fresh processes in turn, and
medians are printed. `bare` shows a table of text of as many rows in a plain window; `window` opens the
workspace and shows Today, until its list has been painted. `whole` counts from the start of Python, `inside`
from the import of Qt, on a desk that is open.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

AIM, MEMORY_AIM = 1.6, 2.5
_COLUMNS = 12
_LIMIT_S = 120


def no_passphrase() -> str:
    raise AssertionError("The sample opens without a passphrase.")


def make_workspace(home: Path, *, partners: int, depth: float) -> None:
    """Make a synced workspace with its figures ready."""
    from benchmarks.portfolios import AS_OF, write_portfolio
    from camdesk.base.progress import SilentProgress
    from camdesk.base.settings import Settings
    from camdesk.desk.desk import Desk
    from camdesk.store.keys import KeyMode

    exports = home.parent / "exports"
    write_portfolio(exports, partners=partners, depth=depth)
    settings = Settings(fixed_day=AS_OF)
    desk = Desk.create(home, settings, ask=no_passphrase, mode=KeyMode.SAMPLE)
    desk.add_source("exports", "folder", {"path": str(exports)})
    desk.sync(progress=SilentProgress())
    desk.close()


def tell(begun_s: float) -> None:
    """Print how long it took until now, what the time is, and how much memory is held."""
    print(time.perf_counter() - begun_s, time.time(), resident_mb(), flush=True)


def resident_mb() -> float:
    """Return the memory this process holds; where Linux does not tell, 0."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if told.exists() else 0.0


def start_bare(rows: int) -> None:
    """Show a table of text, and tell once it has been painted."""
    begun_s = time.perf_counter()
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Model(QAbstractTableModel):
        def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 0 if parent.isValid() else rows

        def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
            return 0 if parent.isValid() else _COLUMNS

        def data(self, index: QModelIndex, role: int = 0) -> str | None:
            shown = role == Qt.ItemDataRole.DisplayRole
            return f"€{index.row() * index.column()},000" if shown else None

    app = QApplication([])
    window, table, model = QMainWindow(), QTableView(), Model()
    table.setModel(model)
    window.setCentralWidget(table)
    window.resize(1440, 900)
    window.show()

    def finish() -> None:
        table.viewport().repaint()
        tell(begun_s)
        app.quit()

    QTimer.singleShot(0, finish)
    app.exec()


def start_window(home: Path) -> None:
    """Open the workspace and show Today, and tell once its list has been painted."""
    from camdesk.desk.desk import Desk

    desk = Desk.open(home, ask=no_passphrase)
    begun_s = time.perf_counter()
    from PySide6.QtCore import QTimer

    from camdesk.gui.app import application, make_window

    app = application()
    window = make_window(desk, app)

    def finish() -> None:
        window.screens.get("today").repaint()
        tell(begun_s)
        window.close()
        app.quit()

    window.show()
    window.screens.get("today").context.guide.overview.connect(lambda _: QTimer.singleShot(0, finish))
    window.start()
    app.exec()
    desk.close()


def measure(*arguments: str, bytecode: str) -> dict[str, float]:
    """Return what a fresh process took until the paint, and held then."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed app has its bytecode
    environment["PYTHONPYCACHEPREFIX"] = bytecode
    begun_s = time.time()
    run = subprocess.run(
        [sys.executable, __file__, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        timeout=_LIMIT_S,
    )
    inside_s, ended_s, held_mb = map(float, run.stdout.split()[-3:])
    return {"inside ms": inside_s * 1000, "whole ms": (ended_s - begun_s) * 1000, "memory MB": held_mb}


def compare(home: Path, *, partners: int, rounds: int) -> None:
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as bytecode:
        for counted in range(-1, rounds):  # the first time compiles, and does not count
            for kind, arguments in (("bare", str(partners)), ("window", str(home))):
                for what, measured in measure(f"--{kind}", arguments, bytecode=bytecode).items():
                    if counted >= 0:
                        taken.setdefault(f"{kind} {what}", []).append(measured)
    median = {name: statistics.median(values) for name, values in taken.items()}
    print(f"{partners} partners, median of {rounds}")
    for what, aim in (("inside ms", AIM), ("whole ms", None), ("memory MB", MEMORY_AIM)):
        window, bare = median[f"window {what}"], median[f"bare {what}"]
        aimed = f" (aim {aim})" if aim else ""
        print(f"{what:10} window {window:6.0f}, bare {bare:6.0f}: {window / bare:.2f} x{aimed}")


def main() -> None:
    """Compare, or be one of the processes compared."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--partners", type=int, default=800)
    parser.add_argument("--depth", type=float, default=1.0)
    parser.add_argument("--home", type=Path, help="A workspace that is there already.")
    parser.add_argument("--bare", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        start_bare(options.bare)
    elif options.window:
        start_window(options.window)
    else:
        with tempfile.TemporaryDirectory() as folder:
            home = options.home or Path(folder) / "workspace"
            if not home.exists():
                make_workspace(home, partners=options.partners, depth=options.depth)
            warm(home)
            compare(home, partners=options.partners, rounds=options.rounds)


def warm(home: Path) -> None:
    """Make what a window of this day shows, where nobody has looked yet."""
    from camdesk.desk.desk import Desk

    desk = Desk.open(home, ask=no_passphrase)
    desk.today()
    desk.last_time()
    desk.close()


if __name__ == "__main__":
    main()
