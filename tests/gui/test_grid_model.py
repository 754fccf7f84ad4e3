"""The one table model: what Qt demands of it, and how it sorts."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from camdesk.gui.portfolio.book import make_book
from camdesk.gui.portfolio.columns import rows_of, specs, standard
from camdesk.gui.portfolio.entries import Extras
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind, Order
from camdesk.gui.widgets.grid_model import GridModel
from tests.gui.builders import sample_portfolio

COLUMNS = (Column("Name", Kind.TEXT), Column("Amount", Kind.NUMBER))


def rows(*amounts: float | None) -> list[GridRow]:
    return [
        GridRow(f"k{place}", (GridCell(f"n{place}", f"n{place}"), GridCell(str(amount), amount)))
        for place, amount in enumerate(amounts)
    ]


@pytest.mark.parametrize("place", range(7))
def test_models_of_every_type_keep_the_rules_of_qt(qtmodeltester: Any, place: int) -> None:
    book = make_book(sample_portfolio(), Extras())
    table = book.report.sections[place].type
    columns = specs(book, standard(book, table), table=table)
    model = GridModel([one.column for one in columns])
    model.replace(rows_of(book.of_type(table), columns))
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Qt.SortOrder.AscendingOrder, ["k2", "k0", "k3", "k1"]),
        (Qt.SortOrder.DescendingOrder, ["k3", "k0", "k2", "k1"]),
    ],
)
def test_no_data_sorts_last_either_way(order: Qt.SortOrder, expected: list[str]) -> None:
    model = GridModel(COLUMNS)
    model.replace(rows(5, None, -3, 40))
    model.sort(1, order)
    assert [row.key for row in model.rows] == expected


def test_a_kept_index_follows_its_row_when_the_table_is_sorted() -> None:
    model = GridModel(COLUMNS)
    model.replace(rows(5, 1, 3))
    kept = QPersistentModelIndex(model.index(0, 1))
    model.sort(1)
    assert (kept.row(), kept.data()) == (2, "5")


def test_new_rows_come_in_the_chosen_order() -> None:
    model = GridModel(COLUMNS)
    model.replace(rows(5, 1))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.replace(rows(2, 9, 4))
    assert [row.cells[1].sort for row in model.rows] == [9, 4, 2]


def test_numbers_are_aligned_right_and_words_left() -> None:
    model = GridModel(COLUMNS)
    model.replace(rows(5))
    role = Qt.ItemDataRole.TextAlignmentRole.value
    assert Qt.AlignmentFlag(model.data(model.index(0, 1), role)) & Qt.AlignmentFlag.AlignRight
    assert Qt.AlignmentFlag(model.data(model.index(0, 0), role)) & Qt.AlignmentFlag.AlignLeft


def test_the_second_order_counts_among_rows_alike_in_the_first() -> None:
    model = GridModel(COLUMNS)
    model.replace(
        [
            GridRow(key, (GridCell(name, name), GridCell("", amount)))
            for key, name, amount in (("a", "x", 1), ("b", "y", 1), ("c", "x", 2), ("d", "y", None))
        ]
    )
    model.sort_by([Order(0, descending=True), Order(1, descending=False)])
    assert [row.key for row in model.rows] == ["b", "d", "a", "c"]
    model.sort_by([Order(1, descending=True), Order(0, descending=True)])
    assert [row.key for row in model.rows] == ["c", "b", "a", "d"]


def test_a_head_says_how_to_sort_by_several_columns() -> None:
    model = GridModel((*COLUMNS, Column("Plain", Kind.TEXT, sortable=False)))
    said = [
        model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) for place in (0, 2)
    ]
    assert said == ["Click to sort, Shift+click to sort by it as well.", None]
