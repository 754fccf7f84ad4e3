"""A sync is all or nothing, remembers what was, and does as little as it can."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from camdesk.base.errors import CancelledError, UsageError
from camdesk.base.progress import SilentProgress
from camdesk.store.changes import changes_since
from camdesk.store.database import generation
from camdesk.sync.plan import ShrunkenSourceError
from camdesk.sync.sources import remove_source, source_named, try_source
from tests.sync.book import PARTNERS, Book

ORDERS = "order_id,partner_id,booked_on,amount,currency,product\n"
LATER = date(2026, 4, 1)


def orders(*lines: str) -> str:
    return ORDERS + "".join(f"{line}\n" for line in lines)


@pytest.fixture
def loaded(book: Book) -> Book:
    book.write("partners.csv", PARTNERS)
    book.write(
        "orders.csv",
        orders(
            "1,P1,2026-01-05,100,,",
            "2,P2,2026-01-05,100,,",
            "3,P1,2026-02-05,100,GBP,",
            "4,P1,2026-02-06,7,,",
        ),
    )
    book.write(
        "exchange_rates.csv", "rate_id,currency,rated_on,rate\nr1,GBP,2026-01-10,1.2\nr2,GBP,2026-02-01,1.1\n"
    )
    book.sync()
    return book


def facts_generation(book: Book) -> int:
    with book.workspace.database.read() as connection:
        return generation(connection)


def test_the_second_sync_of_the_same_files_changes_nothing_and_says_so(loaded: Book) -> None:
    before = facts_generation(loaded)
    report = loaded.sync(day=LATER)
    assert (report.read, report.added, report.changed, report.unchanged, report.removed) == (8, 0, 0, 8, 0)
    assert facts_generation(loaded) == before
    assert loaded.column("SELECT count(*) FROM sync_run") == [2]
    full = loaded.sync(day=LATER, full=True)
    assert (full.added, full.changed, full.unchanged, full.removed) == (0, 0, 8, 0)
    assert facts_generation(loaded) == before


def test_the_first_load_is_no_news(loaded: Book) -> None:
    assert loaded.rows("SELECT * FROM record_change") == []
    assert facts_generation(loaded) == 1


def test_changes_are_kept_with_the_version_they_replace(loaded: Book) -> None:
    loaded.write(
        "orders.csv",
        orders(
            "1,P1,2026-01-05,150,,Pump",
            "2,P2,2026-01-05,100,,",
            "3,P1,2026-02-05,100,GBP,",
            "5,P2,2026-03-01,9,,",
        ),
    )
    report = loaded.sync(day=LATER)
    assert (report.added, report.changed, report.unchanged, report.removed) == (1, 1, 6, 1)
    with loaded.workspace.database.read() as connection:
        found = changes_since(connection, "2026-04-01")
        assert changes_since(connection, "2026-04-02") == []
        assert len(changes_since(connection, "2026-01-01", partner_id="P2")) == 1
    assert {day for day, _source, _change in found} == {"2026-04-01"}
    assert sorted((change.record_id, change.kind, change.changes) for _day, _source, change in found) == [
        ("1", "changed", {"amount": [1_000_000, 1_500_000], "product": [None, "Pump"]}),
        ("4", "removed", {}),
        ("5", "added", {}),
    ]
    assert loaded.rows(
        "SELECT order_id, amount, amount_base, seen_from, seen_until, removed FROM orders_past ORDER BY 1"
    ) == [
        ("1", 1_000_000, 1_000_000, "2026-03-31", "2026-04-01", 0),
        ("4", 70_000, 70_000, "2026-03-31", "2026-04-01", 1),
    ]
    assert loaded.rows("SELECT order_id, seen_from FROM orders ORDER BY 1") == [
        ("1", "2026-04-01"), ("2", "2026-03-31"), ("3", "2026-03-31"), ("5", "2026-04-01"),
    ]  # fmt: skip
    assert facts_generation(loaded) == 2


def test_a_change_on_the_day_a_version_began_leaves_no_version_of_no_length(loaded: Book) -> None:
    loaded.write(
        "orders.csv", orders("1,P1,2026-01-05,150,,", "2,P2,2026-01-05,100,,", "3,P1,2026-02-05,1,,")
    )
    loaded.sync()
    assert loaded.rows("SELECT order_id, removed FROM orders_past") == [("4", 1)]


def test_amounts_are_converted_as_the_portfolio_says(loaded: Book) -> None:
    # Nothing older: the earliest rate. No currency: the partner's. Base currency: as it is.
    assert loaded.rows("SELECT order_id, amount_base FROM orders ORDER BY 1") == [
        ("1", 1_000_000), ("2", 1_200_000), ("3", 1_100_000), ("4", 70_000),
    ]  # fmt: skip


def test_changed_rates_and_partner_currencies_reach_rows_that_did_not_change(loaded: Book) -> None:
    loaded.write(
        "exchange_rates.csv", "rate_id,currency,rated_on,rate\nr1,GBP,2026-01-10,2\nr2,GBP,2026-02-01,1.1\n"
    )
    loaded.write("partners.csv", PARTNERS.replace("reseller,EUR", "reseller,GBP"))
    loaded.sync(day=LATER)
    assert loaded.rows("SELECT order_id, amount_base, seen_from FROM orders ORDER BY 1") == [
        ("1", 2_000_000, "2026-03-31"),
        ("2", 2_000_000, "2026-03-31"),
        ("3", 1_100_000, "2026-03-31"),
        ("4", 77_000, "2026-03-31"),
    ]


def test_an_amount_without_a_rate_is_kept_unknown_and_reported(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    book.write(
        "orders.csv", orders("1,P2,2026-01-05,100,,", "2,P1,2026-01-05,100,CHF,", "3,P1,2026-01-05,1,,")
    )
    report = book.sync()
    assert book.column("SELECT amount_base FROM orders ORDER BY order_id") == [None, None, 10_000]
    assert any("2 amounts have no exchange rate (" in notice for notice in report.notices)


def many(count: int) -> str:
    return orders(*(f"{number},P1,2026-01-05,10,," for number in range(count)))


@pytest.mark.parametrize("left", [0, 9])
def test_a_source_that_suddenly_shrinks_stops_and_asks(book: Book, left: int) -> None:
    book.write("partners.csv", PARTNERS)
    book.write("orders.csv", many(20))
    book.sync()
    book.write("orders.csv", many(left))
    with pytest.raises(ShrunkenSourceError, match="--yes"):
        book.sync()
    assert book.column("SELECT count(*) FROM orders") == [20]
    assert book.sync(accept_shrunken=True).removed == 20 - left


def test_half_is_still_enough_and_a_vanished_file_is_not(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    book.write("orders.csv", many(20))
    book.sync()
    book.write("orders.csv", many(10))
    assert book.sync().removed == 10
    (book.folder / "orders.csv").unlink()
    with pytest.raises(ShrunkenSourceError):
        book.sync()


def test_a_dry_run_reports_and_leaves_everything(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    report = book.sync(dry_run=True)
    assert report.added == 2
    assert book.column("SELECT count(*) FROM partners") == [0]
    assert book.column("SELECT count(*) FROM sync_run") == [0]
    assert book.sync().added == 2


class StopsAfter(SilentProgress):
    def __init__(self, checks: int) -> None:
        self.left = checks

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise CancelledError


def test_a_cancelled_sync_changes_nothing_wherever_it_is_stopped(loaded: Book) -> None:
    def state() -> list[object]:
        names = ("partners", "orders", "orders_past", "exchange_rates", "record_change", "sync_run", "source")
        return [loaded.rows(f"SELECT * FROM {name}") for name in names]

    before = state()
    loaded.write(
        "orders.csv", orders("1,P1,2026-01-05,150,,", "5,P2,2026-01-05,100,,", "6,P1,2026-02-05,1,,")
    )
    loaded.write("partners.csv", PARTNERS.replace("Alder", "Acer"))
    for checks in range(100):
        try:
            loaded.sync(day=LATER, progress=StopsAfter(checks))
            break
        except CancelledError:
            assert state() == before
    assert 5 < checks < 99
    assert state() != before


def test_orders_of_a_partner_that_another_source_brings_are_welcome(book: Book, tmp_path: Path) -> None:
    book.write("partners.csv", PARTNERS)
    book.sync()
    other = tmp_path / "other"
    other.mkdir()
    (other / "orders.csv").write_text(orders("1,P1,2026-01-05,100,,", "2,P3,2026-01-05,100,,"), "utf-8")
    book.connect("other", path=str(other))
    assert (book.sync("other").added, len(book.sync("other").rejected)) == (1, 1)
    book.write("partners.csv", PARTNERS + "P3,Cedar,reseller,EUR\n")
    book.sync()
    assert book.sync("other").added == 1


def test_what_the_cam_wrote_is_never_touched(loaded: Book) -> None:
    with loaded.workspace.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO orders (source, order_id, partner_id, booked_on, amount, row_hash, seen_from) "
            "VALUES ('me', '1', 'P1', '2026-01-01', 5, x'00', '2026-01-01')"
        )
    loaded.write("orders.csv", orders("1,P1,2026-01-05,150,,", "2,P2,2026-01-05,100,,"))
    loaded.sync(day=LATER)
    assert loaded.rows("SELECT amount, seen_from FROM orders WHERE source = 'me'") == [(5, "2026-01-01")]


def test_notes_and_commitments_are_taken_over_once(book: Book) -> None:
    head = "note_id,partner_id,written_at,text\n"
    book.write("partners.csv", PARTNERS)
    book.write("notes.csv", head + "n1,P1,2026-01-01T10:00:00Z,Called\n")
    book.sync()
    with book.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE notes SET text = 'Called, will call back'")
    book.write("notes.csv", head + "n1,P1,2026-01-01T10:00:00Z,Other\nn2,P1,2026-01-02T10:00:00Z,New\n")
    assert book.sync().added == 1
    book.write("notes.csv", head)
    assert book.sync().removed == 0
    assert book.rows("SELECT note_id, text FROM notes ORDER BY 1") == [
        ("n1", "Called, will call back"), ("n2", "New"),
    ]  # fmt: skip


def test_the_report_has_the_form_of_the_contract(loaded: Book) -> None:
    stored = json.loads(loaded.column("SELECT report FROM sync_run")[0])
    assert stored.keys() >= {
        "name",
        "read",
        "added",
        "changed",
        "unchanged",
        "removed",
        "rejected",
        "seconds",
    }
    assert stored["entities"]["orders"] == {"added": 4, "changed": 0, "unchanged": 0, "removed": 0}


def test_a_removed_source_leaves_its_rows_in_the_past(loaded: Book) -> None:
    with loaded.workspace.database.write() as connection:
        assert remove_source(connection, "exports", as_of=LATER) == 8
    assert loaded.column("SELECT count(*) FROM partners") == [0]
    assert loaded.column("SELECT sum(removed) FROM orders_past") == [4]


def test_a_source_can_be_looked_at_before_anything_is_stored(loaded: Book) -> None:
    with loaded.workspace.database.read() as connection:
        source = source_named(connection, "exports")
    found = try_source(source, progress=SilentProgress())
    assert found.rows == {"partners": 2, "orders": 4, "exchange_rates": 2}
    assert found.columns["partners"] == ("partner_id", "name", "type", "currency")


@pytest.mark.parametrize("name", ["me", "", "../x", "exports"])
def test_names_that_cannot_be_a_source_are_refused(loaded: Book, name: str) -> None:
    with pytest.raises(UsageError):
        loaded.connect(name)


def test_no_name_of_a_partner_stands_in_any_file_of_the_workspace(loaded: Book) -> None:
    assert loaded.column("SELECT name FROM partners ORDER BY 1") == ["Alder Systems", "Birch Supply"]
    files = [path for path in loaded.workspace.home.rglob("*") if path.is_file()]
    assert any(path.stat().st_size > 100_000 for path in files)
    for path in files:
        content = path.read_bytes()
        for encoding in ("utf-8", "utf-16-le"):
            assert "Alder".encode(encoding) not in content
            assert "Birch".encode(encoding) not in content


def test_a_folder_that_is_suddenly_empty_stops_and_asks(loaded: Book) -> None:
    for path in loaded.folder.iterdir():
        path.unlink()
    with pytest.raises(ShrunkenSourceError, match="brings nothing now"):
        loaded.sync(day=LATER)
    assert loaded.sync(day=LATER, accept_shrunken=True).removed == 8
    assert loaded.column("SELECT count(*) FROM partners_past") == [2]


def test_an_emptied_file_counts_as_empty_and_not_as_unreadable(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    book.write("orders.csv", many(30))
    book.sync()
    book.write("orders.csv", "")
    with pytest.raises(ShrunkenSourceError):
        book.sync()
    report = book.sync(accept_shrunken=True)
    assert (report.removed, [problem.reason for problem in report.rejected]) == (30, ["the file is empty"])


def test_rounded_amounts_are_counted(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    book.write(
        "orders.csv",
        orders("1,P1,2026-01-05,0.00005,,", "2,P1,2026-01-05,0.00015,,", "3,P1,2026-01-05,1.5,,"),
    )
    assert any("2 amounts with more than four decimals" in notice for notice in book.sync().notices)
    assert book.column("SELECT amount FROM orders ORDER BY order_id") == [0, 2, 15_000]
