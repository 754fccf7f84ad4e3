"""All figures of a large portfolio, beside the same work on DuckDB over the same rows in the same run.

    python benchmarks/engine.py [--partners 800] [--depth 1.0] [--runs 3] [--home FOLDER] [--threads 2]

Makes a portfolio (or uses the one in `--home`, made before), syncs it and measures, in wall time and in the
processor's own, as the app does it: the figures of all days its screens show, scores and alerts; reading
what is stored; bringing it up to date after a sync that touched five partners; and a tenth of the portfolio,
for growth. DuckDB (`pip install camdesk[bench]`) then loads the facts from the encrypted file and works out
the same metrics; those it cannot run are left out on both sides and named. Shown are medians.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duck import Duck
from duck import figures as figures_by_duckdb
from portfolios import AS_OF, write_portfolio

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.insight.brought import Brought
from camdesk.insight.engine import open_run
from camdesk.insight.figure_store import load_day, partner_figures
from camdesk.store.keys import KeyMode

TOUCHED = 5
_READS = 15


@dataclass(frozen=True)
class Time:
    """Seconds by the clock on the wall, and of the processor."""

    wall: float
    processor: float


def main() -> None:
    """Print each step's median and what it is held to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--partners", type=int, default=800)
    parser.add_argument("--depth", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2, help="for DuckDB")
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp())
    size = {"partners": options.partners, "depth": options.depth}
    book = _Book(home / "whole", size)
    tenth = _Book(home / "tenth", {**size, "partners": max(7, options.partners // 10)})
    steps: dict[str, list[Time]] = {}
    for _ in range(options.runs):
        for step, taken in _measured(book, tenth, options.threads).items():
            steps.setdefault(step, []).append(taken)
    book.close()
    tenth.close()
    for step, times in steps.items():
        wall = statistics.median(taken.wall for taken in times)
        processor = statistics.median(taken.processor for taken in times)
        print(f"{step:58} {wall:9.3f} s wall {processor:9.3f} s processor")


class _Book:
    """A workspace of generated facts, made when first needed."""

    def __init__(self, home: Path, size: dict[str, float]) -> None:
        self.folder = home / "export"
        if not (home / "workspace").exists():
            facts = write_portfolio(self.folder, partners=int(size["partners"]), depth=size["depth"])
            print(f"{facts:,} facts of {int(size['partners']):,} partners")
            desk = Desk.create(
                home / "workspace", Settings(), ask=lambda _: "", mode=KeyMode.SAMPLE, as_of=AS_OF
            )
            desk.add_source("export", "folder", {"path": str(self.folder)})
            print(f"first sync {_timed(lambda: desk.sync(progress=SilentProgress())).wall:.1f} s")
            desk.close()
        self.desk = Desk.open(home / "workspace", ask=lambda _: "", as_of=AS_OF)

    def close(self) -> None:
        self.desk.close()

    def forget(self) -> None:
        """Have no figures stored."""
        with self.desk.workspace.database.write() as connection:
            for table in ("figure", "figure_run", "kept_report"):
                connection.exec_driver_sql(f"DELETE FROM {table}")
        self.desk.facts_changed()

    def touch(self) -> None:
        """Let the export say something else of a few partners, and sync it."""
        path = self.folder / "orders.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        amount = rows[0].index("amount")
        for row in rows[1 :: len(rows) // TOUCHED + 1]:
            row[amount] = f"{float(row[amount]) + 1:.2f}"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        self.desk.sync(progress=SilentProgress())


def _measured(book: _Book, tenth: _Book, threads: int) -> dict[str, Time]:
    desk = book.desk
    times = {}
    tenth.forget()
    times["figures of all days shown, a tenth of the partners"] = _timed(tenth.desk.prepare)
    book.forget()
    times["figures of all days shown (made and stored)"] = _timed(desk.prepare)
    times["scores and alerts of all partners"] = _timed(lambda: desk.portfolio(mine=False))
    insight = desk.insight
    days = [insight.as_of, *insight.quarter_ends, insight.previous_quarter_end, insight.year_ago]
    some = next(iter(insight.figures().values))
    # From the file each time, not from what a window has in mind.
    with desk.workspace.database.read() as connection:
        times["stored figures of a day (held to 0.050)"] = _best(
            lambda: load_day(connection, insight.as_of, Brought({}, frozenset()))
        )
        times["stored figures of a partner, all days (held to 0.010)"] = _best(
            lambda: partner_figures(connection, some, days)
        )
    book.touch()
    desk.facts_changed()
    times[f"figures after a sync that touched {TOUCHED} partners (held to 0.3)"] = _timed(desk.prepare)
    times |= _beside_duckdb(desk, threads)
    return times


def _beside_duckdb(desk: Desk, threads: int) -> dict[str, Time]:
    database, catalog, settings = desk.workspace.database, desk.catalog, desk.settings
    insight = desk.insight
    days = sorted({insight.as_of, *insight.quarter_ends, insight.previous_quarter_end, insight.year_ago})
    duck = Duck(settings, threads)
    loading = _timed(lambda: duck.load(database))
    metrics: list[str] = []

    def work() -> None:
        found = figures_by_duckdb(duck, catalog, settings, days, known_from=AS_OF)
        metrics.extend(found)

    theirs = _timed(work)
    left_out = sorted(catalog.metrics.keys() - set(metrics))
    print(
        f"DuckDB runs {len(metrics)} of {len(catalog.metrics)} metrics; not: {', '.join(left_out) or 'none'}"
    )

    def ours() -> None:
        with open_run(database, catalog, settings, days) as run:
            for _ in run.compute(metrics):
                pass

    return {
        "DuckDB: loading": loading,
        "DuckDB: figures": theirs,
        "here: the same figures (held to 1.5 x both)": _timed(ours),
    }


def _timed(action: Callable[[], object]) -> Time:
    wall, processor = time.perf_counter(), time.process_time()
    action()
    return Time(time.perf_counter() - wall, time.process_time() - processor)


def _best(action: Callable[[], object]) -> Time:
    times = [_timed(action) for _ in range(_READS)]
    return Time(
        statistics.median(taken.wall for taken in times),
        statistics.median(taken.processor for taken in times),
    )


if __name__ == "__main__":
    main()
