"""The public sample through the shipped mapping, and the same lines after a spreadsheet's accident."""

from __future__ import annotations

import csv
import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest

from camdesk.sync.plan import ShrunkenSourceError
from camdesk.sync.sources import source_named
from tests.sync.book import DATA, Book

SAMPLE = DATA / "adventureworks"
ACCIDENTS = DATA / "excel_accident"
DAY = date(2013, 11, 30)
pytestmark = pytest.mark.skipif(not SAMPLE.is_dir(), reason="the public sample data is not on this machine")


def table(name: str) -> list[dict[str, str]]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = Book(tmp_path_factory.mktemp("aw"), "USD", "adventureworks", SAMPLE)
    made.sync(day=DAY)
    yield made
    made.workspace.close()


def test_every_reseller_and_order_line_is_read(book: Book) -> None:
    assert book.rows("SELECT type, count(*) FROM partners GROUP BY type ORDER BY type") == [
        ("distributor", 232), ("reseller", 469),
    ]  # fmt: skip
    assert book.rows("SELECT count(*), sum(amount) FROM orders") == [(60_855, 804_505_969_823)]


def test_revenue_of_every_partner_equals_an_independent_calculation(book: Book) -> None:
    codes = {row["CurrencyKey"]: row["CurrencyAlternateKey"] for row in table("DimCurrency")}
    rates: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for row in table("FactCurrencyRate"):
        rates[codes[row["CurrencyKey"]]].append((row["Date"], Decimal(row["AverageRate"])))
    expected: dict[str, int] = defaultdict(int)
    for row in table("FactResellerSales"):
        listed = sorted(rates[codes[row["CurrencyKey"]]])
        rate = listed[max(bisect_right([day for day, _ in listed], row["OrderDate"]) - 1, 0)][1]
        amount = Decimal(row["SalesAmount"]) * 10_000 * rate
        expected[row["ResellerKey"]] += int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))
    found = dict(book.rows("SELECT partner_id, sum(amount_base) FROM orders GROUP BY partner_id"))
    assert len(found) == 635
    assert found == expected


def test_labels_come_from_the_files_beside(book: Book) -> None:
    assert book.rows(
        "SELECT product, currency, territory, booked_on FROM orders WHERE order_id = 'SO43659-1'"
    ) == [("Mountain-100 Black, 42", "USD", "Southeast", "2010-12-29")]
    assert book.rows("SELECT name, country FROM partners WHERE partner_id = '1'") == [
        ("A Bike Store", "United States")
    ]


def test_nothing_is_rejected_and_the_second_sync_finds_nothing_new(book: Book) -> None:
    report = book.sync(day=DAY)
    assert report.rejected == ()
    assert (report.read, report.unchanged, report.changed_anything) == (75_820, 75_820, False)


@pytest.mark.skipif(not ACCIDENTS.is_dir(), reason="the damaged exports are not on this machine")
@pytest.mark.parametrize("name", ["FactResellerSales_packt_mangled", "FactResellerSales_packt_ch09_dmy"])
@pytest.mark.parametrize("signs", ['decimal = "."', 'decimal = "."\nthousands = ","', 'decimal = ","', ""])
def test_amounts_a_spreadsheet_has_changed_never_become_money(tmp_path: Path, name: str, signs: str) -> None:
    book = Book(tmp_path, "USD")
    for path in SAMPLE.glob("Dim*.csv"):
        shutil.copyfile(path, book.folder / path.name)
    shutil.copyfile(ACCIDENTS / f"{name}.csv", book.folder / "FactResellerSales.csv")
    shipped = Path(__file__).parents[2] / "resources" / "mappings" / "adventureworks.toml"
    book.map(shipped.read_text(encoding="utf-8").replace('decimal = "."', signs, 1))
    report = book.sync(day=DAY)
    assert book.column("SELECT count(*) FROM orders") == [0]
    assert len(report.rejected) == 587
    assert {problem.column for problem in report.rejected} <= {"SalesAmount", "OrderDate"}
    assert any("SalesAmount: numbers are written in contradicting ways" in said for said in report.notices)
    book.workspace.close()


@pytest.mark.skipif(not ACCIDENTS.is_dir(), reason="the damaged exports are not on this machine")
def test_a_damaged_export_in_place_of_a_good_one_leaves_the_good_figures(tmp_path: Path) -> None:
    book = Book(tmp_path, "USD", "adventureworks")
    for path in SAMPLE.glob("Dim*.csv"):
        shutil.copyfile(path, book.folder / path.name)
    lines = (SAMPLE / "FactResellerSales.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    book.write("FactResellerSales.csv", "".join(lines[:588]))
    book.sync(day=DAY)
    before = book.rows("SELECT count(*), sum(amount) FROM orders")
    shutil.copyfile(ACCIDENTS / "FactResellerSales_packt_ch09_dmy.csv", book.folder / "FactResellerSales.csv")
    report = book.sync(day=DAY)
    assert len(report.rejected) == 587
    assert book.rows("SELECT count(*), sum(amount) FROM orders") == before == [(587, before[0][1])]
    with book.workspace.database.read() as connection:
        assert source_named(connection, "exports").cursor is not None
    book.workspace.close()


@pytest.mark.skipif(not ACCIDENTS.is_dir(), reason="the damaged exports are not on this machine")
def test_a_damaged_export_in_place_of_the_whole_one_is_refused_with_its_reason(tmp_path: Path) -> None:
    book = Book(tmp_path, "USD", "adventureworks")
    for path in SAMPLE.glob("*.csv"):
        shutil.copyfile(path, book.folder / path.name)
    book.sync(day=DAY)
    shutil.copyfile(ACCIDENTS / "FactResellerSales_packt_mangled.csv", book.folder / "FactResellerSales.csv")
    with pytest.raises(ShrunkenSourceError, match=r"587 rows could not be taken.*the day is lost"):
        book.sync(day=DAY)
    assert book.rows("SELECT count(*), sum(amount) FROM orders") == [(60_855, 804_505_969_823)]
    book.workspace.close()
