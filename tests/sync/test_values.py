"""Values are read strictly: what is certain is taken, what could mean two things is refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Kind
from camdesk.sync.mapping import Formats
from camdesk.sync.refusal import Refused
from camdesk.sync.values import ColumnReader, Ids, Stored, reader_for
from tests.sync.book import METRICS, TYPES

CELLS = st.one_of(
    st.text(),
    st.text("0123456789.,'- ()%/:TZeE+"),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
IDS = Ids(TYPES, METRICS)
EVERY_COLUMN = [column for entity in ENTITIES.values() for column in entity.columns]


def reader(kind: Kind, cells: list[str], **formats: str) -> ColumnReader:
    return reader_for(Column("x", kind), cells, formats=Formats.model_validate(formats), ids=IDS)


def taken(kind: Kind, *cells: str, **formats: str) -> list[Stored]:
    """Return what is stored of a column's values; “refused” for what is not."""
    made = reader(kind, list(cells), **formats)
    found: list[Stored] = []
    for cell in cells:
        try:
            found.append(made.read(cell))
        except Refused:
            found.append("refused")
    return found


@given(column=st.sampled_from(EVERY_COLUMN), cells=st.lists(CELLS, min_size=1, max_size=4))
def test_any_value_of_any_column_is_stored_or_refused(
    column: Column, cells: list[str | int | float | bool | date | datetime | time | timedelta | None]
) -> None:
    made = reader_for(column, cells, formats=Formats(), ids=IDS)
    for cell in cells:
        try:
            stored = made.read(cell)
        except Refused:
            continue
        assert stored is None or isinstance(stored, str | int | float)
        if isinstance(stored, str):
            stored.encode("utf-8")
            assert "\0" not in stored
        if isinstance(stored, int):
            assert abs(stored) < 2**63


@given(st.decimals(-(10**12), 10**12, places=4))
def test_amounts_survive_in_every_way_of_writing_them(amount: Decimal) -> None:
    units = int(amount * 10_000)
    plain, grouped = f"{amount:.4f}", f"{amount:,.4f}"
    european = grouped.translate(str.maketrans(",.", ".,"))
    assert taken(Kind.MONEY, plain) == [units]
    assert taken(Kind.MONEY, grouped, decimal=".", thousands=",") == [units]
    assert taken(Kind.MONEY, european, decimal=",", thousands=".") == [units]


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_days_survive_in_every_way_of_writing_them(day: date) -> None:
    expected: list[Stored] = [day.isoformat()]
    assert taken(Kind.DATE, day.isoformat()) == expected
    assert taken(Kind.DATE, f"{day:%d.%m.}{day.year:04d}") == expected
    assert taken(Kind.DATE, f"{day:%d/%m/}{day.year:04d}", dates="day-first") == expected
    assert taken(Kind.DATE, f"{day.month}/{day.day}/{day.year}", dates="month-first") == expected
    assert taken(Kind.DATE, str((day - date(1899, 12, 30)).days), dates="excel-serial") == expected


def test_grouped_numbers_are_taken_where_they_can_mean_one_thing_only() -> None:
    assert taken(Kind.MONEY, "1,234.50", "12.00") == [12_345_000, 120_000]
    assert taken(Kind.MONEY, "1.234,50", "12,00", "7") == [12_345_000, 120_000, 70_000]
    assert taken(Kind.MONEY, "1 234,50", "1 234") == [12_345_000, 12_340_000]
    assert taken(Kind.MONEY, "(1,200.00)", "1200.00-", "−3.5") == [-12_000_000, -12_000_000, -35_000]


def test_numbers_that_can_mean_two_things_are_refused() -> None:
    assert taken(Kind.MONEY, "1,234", "5") == ["refused", 50_000]
    assert taken(Kind.MONEY, "2,024,994") == ["refused"]
    assert taken(Kind.MONEY, "1.234.567", "1") == ["refused", 10_000]
    assert taken(Kind.MONEY, "1,234.50", "1,234") == [12_345_000, "refused"]


def test_a_sign_with_two_parts_to_play_spoils_its_column() -> None:
    assert taken(Kind.MONEY, "2,024,994", "57,05", "288,404") == ["refused"] * 3
    for signs in ({"decimal": ".", "thousands": ","}, {"decimal": ","}):
        assert taken(Kind.MONEY, "2,024,994", "57,05", "288,404", **signs) == ["refused"] * 3
        assert reader(Kind.MONEY, ["2,024,994", "57,05"], **signs).suspicions


@pytest.mark.parametrize(
    ("kind", "cells", "word"),
    [
        (Kind.DATE, ["00:00.0", "00:00.0"], "00:00.0"),
        (Kind.DATE, ["31/01/2026", "01/31/2026"], "day first"),
        (Kind.ID, ["84.0", "85.0"], "84.0"),
        (Kind.ID, ["1.23E+15"], "1.23E+15"),
        (Kind.MONEY, ["2,024,994", "57,05"], "2,024,994"),
        (Kind.MONEY, ["1.234", "2.345", "3.456"], "1.234"),
    ],
)
def test_suspicious_columns_are_called_out_once_with_an_example(
    kind: Kind, cells: list[str], word: str
) -> None:
    suspicions = reader(kind, cells * 10).suspicions
    assert len(suspicions) == 1
    assert word in suspicions[0]


def test_one_day_that_settles_the_order_settles_it_for_the_file() -> None:
    assert taken(Kind.DATE, "03/04/2026", "31/01/2026") == ["2026-04-03", "2026-01-31"]
    assert taken(Kind.DATE, "03/04/2026", "1/31/2026") == ["2026-03-04", "2026-01-31"]
    assert taken(Kind.DATE, "31/01/2026", "01/31/2026") == ["refused", "refused"]


def test_instants_have_one_form() -> None:
    assert taken(Kind.INSTANT, "2026-03-04T10:00:00+02:00") == ["2026-03-04T08:00:00Z"]
    assert taken(Kind.INSTANT, "2026-03-04 10:00") == ["2026-03-04T10:00:00Z"]
    assert taken(Kind.INSTANT, "2026-03-04 10:00", time_zone="Europe/Berlin") == ["2026-03-04T09:00:00Z"]
    assert taken(Kind.INSTANT, "3/24/2026 1:05 PM") == ["2026-03-24T13:05:00Z"]


def test_small_kinds() -> None:
    assert taken(Kind.MONTH, "2026-03", "2026-03-01", "2026-03-02") == ["2026-03-01", "2026-03-01", "refused"]
    assert taken(Kind.FLAG, "Yes", "0", "TRUE", "perhaps") == [1, 0, 1, "refused"]
    assert taken(Kind.CURRENCY, "eur", "€") == ["EUR", "refused"]
    assert taken(Kind.NUMBER, "61%", "0.61", "") == [0.61, 0.61, None]
    assert taken(Kind.LIST, "a; b;;a|c") == ["a;b;c"]
    assert taken(Kind.RATE, "7.5e-05", "0", "-1") == ["0.000075", "refused", "refused"]
    assert taken(Kind.TYPE, "Reseller", "kiosk") == ["reseller", "refused"]


def test_amounts_are_rounded_half_even_to_four_decimals_and_counted() -> None:
    made = reader(Kind.MONEY, [])
    assert [made.read("0.00005"), made.read("0.00015"), made.read("0.10000"), made.read("1.5")] == [
        0, 2, 1_000, 15_000,
    ]  # fmt: skip
    assert made.rounded == 2
