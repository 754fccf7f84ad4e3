"""Time what a hand waits for in a long list: a key in the filter, a step of scrolling, another order.

    python benchmarks/lists.py [PARTNERS]

The portfolio screen shows that many partners in one list, with all its drawn cells. Beside it, in the same
run: a bare QTableView over a plain model of the same size, filtered by plain containment. Both are painted
without a screen; medians and the slowest twentieth are printed.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget

from camdesk.desk.reports import Cell, ColumnHead, PortfolioReport, PortfolioRow, QuarterFigures, TypeSection
from camdesk.gui.app import application
from camdesk.gui.context import Context
from camdesk.gui.deeds import Deeds
from camdesk.gui.guide import Guide, Place
from camdesk.gui.jobs import Jobs
from camdesk.gui.portfolio.screen import PortfolioScreen
from camdesk.gui.portfolio.view import LIST, View
from camdesk.gui.room import Room
from camdesk.gui.theme.theme import Theme
from camdesk.insight.results import Band, Partner, ProgrammeFigures, Unit

KEY_AIM_MS, FRAME_AIM_MS = 50, 16
_SIZE = (1440, 900)
_TYPED = ("h", "he", "hel", "heli", "helio", "heli", "hel", "he", "h", "")
_ROUNDS = 5
_STEPS, _STEP = 400, 90
_FIRST = ("Northwind", "Coldharbour", "Fjord", "Tessera", "Helio", "Pinnacle", "Ostrava", "Orchard")
_LAST = ("Systems", "Networks", "Managed", "Consulting", "Distribution", "Digital", "Cloud", "Solutions")
_NOTHING = ProgrammeFigures(None, None, None, None, None, None, None, None)
_QUARTER = QuarterFigures("FY26 Q4", 38, None, None, None, None, None)


class Desk:
    """Hands out one report, as an open desk does."""

    def __init__(self, report: PortfolioReport) -> None:
        self._report = report

    def portfolio(self, *, mine: bool) -> PortfolioReport:
        return self._report

    def remembered_view(self, screen: str) -> dict[str, Any]:
        return View(kind=LIST).body()

    def remember_view(self, screen: str, body: object) -> None:
        """A benchmark keeps nothing."""

    def saved_views(self, screen: str) -> tuple[()]:
        return ()


class PlainModel(QAbstractTableModel):
    """Rows of text, and nothing else."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.all, self.rows = rows, rows

    def narrow(self, words: str) -> None:
        self.beginResetModel()
        self.rows = [row for row in self.all if words in row[0].casefold()]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self.all[0])

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def make_report(partners: int) -> PortfolioReport:
    """Return a portfolio of resellers with scores, trends and seven figures each."""
    draw = random.Random(1)
    heads = tuple(
        ColumnHead(f"m{place}", f"Figure {place}", f"Figure {place} in full", Unit.MONEY, "higher")
        for place in range(7)
    )
    rows = tuple(_row(draw, number) for number in range(partners))
    section = TypeSection(
        "t", "Reseller", "Resellers", "Reseller", "revenue", _NOTHING, _QUARTER, heads, rows
    )
    return PortfolioReport(date(2026, 11, 20), "EUR", False, _NOTHING, _QUARTER, (section,))


def _row(draw: random.Random, number: int) -> PortfolioRow:
    score = draw.uniform(5, 98)
    name = f"{draw.choice(_FIRST)} {draw.choice(_LAST)} {number}"
    partner = Partner(
        f"P-{number:05}", name, "t", (), draw.choice(("Silver", "Gold", "Platinum")), "enrolled",
        draw.choice("ABC"), True, draw.choice(("develop", "active", "advocate")), number % 17 == 0, True,
        draw.choice(("DACH", "Nordics", "Iberia")), "DE", "EUR", None, date(2022, 3, 1),
    )  # fmt: skip
    cells = tuple(Cell(draw.randrange(10**10), draw.choice((None, 30.0, 80.0)), False) for _ in range(7))
    history = tuple(min(max(score + draw.gauss(0, 6), 0), 100) for _ in range(8))
    return PortfolioRow(
        partner, score, Band.AMBER, number % 9 == 0, True, False, score, score, 0.9, None, partners_ranked,
        None, score, history, cells, draw.randrange(4),
    )  # fmt: skip


partners_ranked = 0


def timed(app: QApplication, acts: Sequence[Callable[[], object]]) -> list[float]:
    """Return how many milliseconds each act takes until it is painted."""
    taken = []
    for act in acts:
        begun_s = time.perf_counter()
        act()
        app.processEvents()
        taken.append((time.perf_counter() - begun_s) * 1000)
    return taken


def show_screen(app: QApplication, report: PortfolioReport) -> PortfolioScreen:
    desk: Any = Desk(report)
    room, guide, jobs = Room(desk), Guide(), Jobs(app)
    screen = PortfolioScreen(Context(room, jobs, Theme(app), guide, Deeds(room, jobs, guide)))
    screen.resize(*_SIZE)
    screen.show()
    screen.visit(Place("portfolio"))
    while screen.report is None:
        app.processEvents()
    return screen


def show_bare(rows: Sequence[Sequence[str]]) -> tuple[QWidget, QLineEdit, QTableView]:
    window, field, table, model = QWidget(), QLineEdit(), QTableView(), PlainModel(rows)
    table.setModel(model)
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    field.textChanged.connect(lambda words: model.narrow(words.casefold()))
    lines = QVBoxLayout(window)
    lines.addWidget(field)
    lines.addWidget(table)
    window.resize(*_SIZE)
    window.show()
    return window, field, table


def tell(title: str, ours: Sequence[float], bare: Sequence[float], *, aim: float | None = None) -> None:
    slow = statistics.quantiles(ours, n=20)[-1]
    median, beside = statistics.median(ours), statistics.median(bare)
    held = f" (aim {aim} ms)" if aim else ""
    print(
        f"{title:18} {median:6.1f} ms, slowest twentieth {slow:6.1f} ms{held};"
        f" bare {beside:6.1f} ms; {median / beside:.2f} x"
    )


def main(partners: int) -> None:
    """Print what each takes, ours and bare."""
    app = application()
    report = make_report(partners)
    screen = show_screen(app, report)
    table = screen.first_table()
    assert table is not None
    columns = table.grid.columnCount()
    print(f"{len(table.grid.rows):,} partners, {columns} columns")
    window, field, bare = show_bare(
        [
            [row.partner.name, *(f"€{place * 1234:,}" for place in range(columns - 1))]
            for row in report.sections[0].rows
        ]
    )
    timed(app, [lambda: None] * 5)
    typed = _TYPED * _ROUNDS
    tell(
        "key to list",
        timed(app, [lambda words=words: screen.filter_field.setText(words) for words in typed]),
        timed(app, [lambda words=words: field.setText(words) for words in typed]),
        aim=KEY_AIM_MS,
    )
    page, bar = screen.tables.verticalScrollBar(), bare.verticalScrollBar()
    places = range(0, _STEPS * _STEP, _STEP)
    tell(
        "scroll frame",
        timed(app, [lambda at=at: page.setValue(at) for at in places]),
        timed(app, [lambda at=at: bar.setValue(at) for at in places]),
        aim=FRAME_AIM_MS,
    )
    page.setValue(0)
    heads = table.horizontalHeader()
    tell(
        "sort",
        timed(app, [lambda at=at: heads.sectionClicked.emit(at) for at in (2, 0, 4, 2, 0, 4)]),
        timed(app, [lambda: bare.viewport().update()] * 6),
    )
    wider = [replace(screen.view, facets={"tier": frozenset(one)}) for one in (["Gold"], ["Silver"], [])]
    tell(
        "facet",
        timed(app, [lambda view=view: screen.show_view(view) for view in wider * 3]),
        timed(app, [lambda words=words: field.setText(words) for words in ("gold", "fjord", "")] * 3),
    )
    screen.context.jobs.close()
    screen.close()
    window.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
