"""A file in which almost everything is wrong loads what is right and lists the rest."""

from __future__ import annotations

import json

import pytest

from tests.sync.book import PARTNERS, Book, reasons

HEADER = "order_id,partner_id,booked_on,amount,currency,quantity,kind,product\n"
BROKEN: list[tuple[bytes, str]] = [
    (b"B1,P1,2026-02-30,10,EUR,1,new,x", "no such day"),
    (b"B2,P1,31.31.2026,10,EUR,1,new,x", "no such day"),
    (b"B3,P1,yesterday,10,EUR,1,new,x", "not a day"),
    (b"B4,P1,00:00.0,10,EUR,1,new,x", "the day is lost"),
    (b"B5,P1,45123,10,EUR,1,new,x", "day number"),
    (b"B6,P1,9999-12-31,10,EUR,1,new,x", "year 9999"),
    (b"B7,P1,1899-12-30,10,EUR,1,new,x", "year 1899"),
    (b"B8,P1,,10,EUR,1,new,x", "required"),
    (b"B9,P1,2026-01-05,ten,EUR,1,new,x", "not a number"),
    (b"B10,P1,2026-01-05,,EUR,1,new,x", "required"),
    (b"B11,P1,2026-01-05,1.2.3,EUR,1,new,x", "not a number"),
    (b"B12,P1,2026-01-05,#N/A,EUR,1,new,x", "not a number"),
    (b"B13,P1,2026-01-05,NaN,EUR,1,new,x", "not a number"),
    (b"B14,P1,2026-01-05,1e5,EUR,1,new,x", "not a number"),
    (b'B15,P1,2026-01-05,"2,024",EUR,1,new,x', "decimals or thousands"),
    (b"B16,P1,2026-01-05,99999999999999999999,EUR,1,new,x", "larger than can be kept"),
    (b"B17,P1,2026-01-05,=1+1,EUR,1,new,x", "not a number"),
    (b"B18,P1,2026-01-05,10,EURO,1,new,x", "currency code"),
    (b"B19,P1,2026-01-05,10,XQZ,1,new,x", "currency code"),
    (b"B20,P1,2026-01-05,10,EUR,many,new,x", "not a number"),
    (b"B21,P1,2026-01-05,10,EUR,1,renewd,x", "not one of"),
    (b"B22,P9,2026-01-05,10,EUR,1,new,x", "no such partner"),
    (b"B23,,2026-01-05,10,EUR,1,new,x", "required"),
    (b"G1,P1,2026-01-05,10,EUR,1,new,x", "same id as line 2"),
    (b",P1,2026-01-05,10,EUR,1,new,x", "required"),
    (b"1.23E+15,P1,2026-01-05,10,EUR,1,new,x", "digits are lost"),
    (b"i" * 201 + b",P1,2026-01-05,10,EUR,1,new,x", "201 characters"),
    (b"B28,P1,2026-01-05,10,EUR,1,new,a\x00b", "NUL"),
    (b"B29,P1,2026-01-05,10,EUR,1,new," + b"x" * 10_000_000, "10,000,000 characters"),
    (b"B30,P1,2026-01-05,10,EUR,1,new,caf\xe9 \xff", "not text"),
    (b"B31,P1,2026-01-05,10", "4 cells where the header has 8"),
    (b"B32,P1,2026-01-05,10,EUR,1,new,x,y,z", "10 cells where the header has 8"),
    (b'B33,P1,2026-01-05,10,EUR,1,new,"open', "not closed"),
    ("B34,P1,2026-01-05,١٢,EUR,1,new,é".encode(), "not a number"),
]


@pytest.fixture
def broken(book: Book) -> Book:
    good = "G1,P1,2026-01-05,10.50,EUR,1,new,Größe\n"
    lines = b"\n".join(line for line, _ in BROKEN)
    more = b"\nG2,P2,2026-01-06,20,GBP,2,renewal,x\nG3,P1,2026-01-07T10:00:00Z,30,,,,\n"
    book.write("partners.csv", PARTNERS)
    book.write("orders.csv", (HEADER + good).encode() + lines + more)
    return book


def test_good_rows_load_and_each_bad_one_is_listed(broken: Book) -> None:
    report = broken.sync()
    assert broken.column("SELECT order_id FROM orders ORDER BY 1") == ["G1", "G2", "G3"]
    found = reasons(report)
    assert sorted(line for line in found if line) == list(range(3, 3 + len(BROKEN)))
    for line, (content, word) in enumerate(BROKEN, 3):
        assert word in found[line], content[:40]
    assert len(report.rejected) == len(BROKEN)


def test_the_report_stays_small_and_can_be_stored_and_printed(broken: Book) -> None:
    text = json.dumps(broken.sync().as_json())
    assert len(text) < 20_000
    text.encode("utf-8")


def test_an_unchanged_broken_file_lists_the_same_problems_again(broken: Book) -> None:
    first, second = broken.sync(), broken.sync()
    assert second.rejected == first.rejected
    assert second.unchanged == first.added


def test_unknown_partner_types_are_rejected_with_the_installed_ones(book: Book) -> None:
    book.write("partners.csv", "partner_id,name,type\nP1,Alder,reseller\nP2,Birch,wholesaler\n")
    assert reasons(book.sync()) == {3: "not one of: distributor, reseller"}


def test_a_row_that_is_broken_today_keeps_what_was_stored_of_it(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    book.sync()
    book.write("partners.csv", PARTNERS.replace("distributor,GBP", "distributor,POUND"))
    report = book.sync()
    assert (report.removed, len(report.rejected)) == (0, 1)
    assert book.column("SELECT currency FROM partners ORDER BY partner_id") == ["EUR", "GBP"]


def test_hidden_characters_do_not_make_different_names(book: Book) -> None:
    book.write("partners.csv", "partner_id,name,type\nP1,\u00a0Alder\u00a0Systems\u202e\x07 ,reseller\n")
    assert book.sync().rejected == ()
    assert book.column("SELECT name FROM partners") == ["Alder Systems"]
