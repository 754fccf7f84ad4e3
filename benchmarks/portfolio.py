"""Time bringing a portfolio in and working it out, beside plainly reading the same files.

    python benchmarks/portfolio.py FOLDER [--mapping adventureworks] [--as-of 2013-11-30] [--runs 3]

The baseline of the same run is Python's own csv reader over the same files, values untouched. Shown
are medians and their ratio to that baseline, so that figures of different machines can be compared.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.store.keys import KeyMode


def _read_plainly(folder: Path) -> None:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for _ in csv.reader(file):
                pass


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _run(options: argparse.Namespace) -> dict[str, float]:
    home = Path(tempfile.mkdtemp())
    settings = Settings(base_currency=options.base_currency)
    desk = Desk.create(home / "home", settings, ask=lambda _: None, mode=KeyMode.SAMPLE, as_of=options.as_of)
    source = {"path": str(options.folder)} | ({"mapping": options.mapping} if options.mapping else {})
    desk.add_source("export", "folder", source)
    times = {
        "plain reading (baseline)": _timed(lambda: _read_plainly(options.folder)),
        "first sync": _timed(lambda: desk.sync(progress=SilentProgress())),
        "second sync, nothing changed": _timed(lambda: desk.sync(progress=SilentProgress())),
        "figures of eleven days": _timed(desk.prepare),
        "scorecards and alerts": _timed(lambda: desk.portfolio(mine=False)),
    }
    desk.close()
    again = Desk.open(home / "home", ask=lambda _: None, as_of=options.as_of)
    times["portfolio from stored figures"] = _timed(lambda: again.portfolio(mine=False))
    again.close()
    shutil.rmtree(home)
    return times


def main() -> None:
    """Print each step's median and its ratio to the baseline."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mapping")
    parser.add_argument("--base-currency", default="EUR")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 20))
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    runs = [_run(options) for _ in range(options.runs)]
    baseline = statistics.median(run["plain reading (baseline)"] for run in runs)
    for step in runs[0]:
        median = statistics.median(run[step] for run in runs)
        print(f"{step:32} {median:8.3f} s  {median / baseline:8.1f} x")


if __name__ == "__main__":
    main()
