"""A mapping turns another system's export into the portfolio, and says all that is wrong with itself."""

from __future__ import annotations

import pytest

from camdesk.base.errors import NotFoundError
from camdesk.sync.mapping import MappingError, load_mapping, shipped_mappings
from tests.sync.book import PARTNERS, Book, reasons

REPORT = """Account Report;;;;;;
Konto;Kontoname;Art;Land;Stand;Kredit;Stufe
A-1;Erle AG;Fachhändler;49;31.12.2025;1.234,50 €;k.A.
A-2;Birke GmbH;Großhändler;43;05.01.2026;99,90 €;Gold
A-3;Test GmbH;Fachhändler;49;05.01.2026;0,00 €;Gold
Gesamt;;;;;1.334,40 €;
Vertraulich - nicht weitergeben;;;;;;
"""
MAPPING = """
header_line = 2

[[table]]
entity = "partners"
file = "Konten"
decimal = ","
thousands = "."
blanks = ["k.A."]

[table.columns]
partner_id = "Konto"
name = "Kontoname"
type = { from = "Art", values = { "Fachhändler" = "reseller", "Großhändler" = "distributor" } }
country = { from = "Land", lookup = { file = "Laender", key = "Vorwahl", column = "Name" } }
enrolled_on = { from = "Stand", dates = "day-first" }
credit_limit = { from = "Kredit", remove = ["€"] }
tier = "Stufe"
currency = { constant = "EUR" }
website = { template = "https://crm.example/{Konto}" }

[[table.skip]]
column = "Konto"
equals = "Gesamt"
starts_with = ["Vertraulich"]

[[table.skip]]
column = "Kontoname"
contains = "Test"
"""


def test_a_report_of_another_system_loads_without_being_edited(book: Book) -> None:
    book.map(MAPPING)
    book.write("Konten.csv", REPORT, "cp1252")
    book.write("Laender.csv", "x;\nVorwahl;Name\n49;Deutschland\n43;Österreich\n", "cp1252")
    report = book.sync()
    assert report.rejected == ()
    assert book.rows(
        "SELECT partner_id, name, type, country, enrolled_on, credit_limit, tier, currency, website "
        "FROM partners ORDER BY 1"
    ) == [
        ("A-1", "Erle AG", "reseller", "Deutschland", "2025-12-31", 12_345_000, None, "EUR",
         "https://crm.example/A-1"),
        ("A-2", "Birke GmbH", "distributor", "Österreich", "2026-01-05", 999_000, "Gold", "EUR",
         "https://crm.example/A-2"),
    ]  # fmt: skip


def test_two_files_may_fill_one_entity_and_rows_may_be_chosen(book: Book) -> None:
    book.map(
        """
        [[table]]
        entity = "orders"
        file = ["won", "lost"]
        columns = { order_id = "Id", partner_id = "Partner", booked_on = "Day", amount = "Sum" }
        keep = [{ column = "Stage", equals = "won" }]
        """
    )
    book.write("partners.csv", PARTNERS)
    book.write("won.csv", "Id,Partner,Day,Sum,Stage\n1,P1,2026-01-01,10,won\n2,P1,2026-01-01,10,open\n")
    book.write("lost.csv", "Id,Partner,Day,Sum,Stage\n1,P1,2026-01-02,10,won\n3,P2,2026-01-01,10,won\n")
    report = book.sync()
    assert book.column("SELECT order_id FROM orders ORDER BY 1") == ["1", "3"]
    assert reasons(report) == {2: "the same id as lost.csv line 2, which was kept"}


def test_a_label_without_its_file_is_a_problem_and_not_a_crash(book: Book) -> None:
    book.map(MAPPING)
    book.write("Konten.csv", REPORT, "cp1252")
    report = book.sync()
    assert any("looked up in Laender, which is not there" in problem.reason for problem in report.rejected)


def test_a_column_the_file_does_not_have_is_named(book: Book) -> None:
    book.map('[[table]]\nentity = "partners"\nfile = "partners"\n[table.columns]\ntier = "Level"\n')
    book.write("partners.csv", PARTNERS)
    book_problems = book.sync().rejected
    assert [(problem.column, problem.value) for problem in book_problems] == [("tier", "Level")]


def test_everything_wrong_with_a_mapping_is_listed_with_its_key(book: Book) -> None:
    book.map(
        """
        colour = "red"
        [[table]]
        entity = "partnerz"
        file = "x"
        [[table]]
        entity = "orders"
        file = "y"
        columns = { amount = { from = "a", constant = "b" } }
        """
    )
    assert book.mapping is not None
    with pytest.raises(MappingError) as caught:
        load_mapping(book.mapping)
    places = {problem.column for problem in caught.value.problems}
    assert places == {"colour", "table.0", "table.1.columns.amount"}
    assert "mapping.toml" in str(caught.value)


@pytest.mark.parametrize("line", ["not toml", 'table = "x"', '[[table]]\nentity = "orders"'])
def test_a_mapping_that_is_none_is_refused_in_a_sentence(book: Book, line: str) -> None:
    book.map(line)
    book.write("partners.csv", PARTNERS)
    with pytest.raises(MappingError):
        book.sync()


def test_an_unknown_mapping_names_the_shipped_ones() -> None:
    with pytest.raises(NotFoundError, match="adventureworks"):
        load_mapping("no-such-mapping")


def test_every_shipped_mapping_loads() -> None:
    assert all(load_mapping(name).table for name in shipped_mappings())


def test_rates_quoted_in_another_currency_are_crossed_into_the_base(book: Book) -> None:
    book.map('[[table]]\nentity = "exchange_rates"\nfile = "rates"\nquoted_in = "USD"\n')
    book.write("partners.csv", PARTNERS)
    book.write(
        "rates.csv",
        "rate_id,currency,rated_on,rate\n1,EUR,2026-01-01,1.25\n2,GBP,2026-01-01,1.50\n"
        "3,GBP,2026-01-02,1.50\n",
    )
    book.write("orders.csv", "order_id,partner_id,booked_on,amount,currency\n1,P1,2026-02-01,100,USD\n")
    book.sync()
    rates = book.rows("SELECT currency, rate FROM exchange_rates ORDER BY 1")
    assert rates == [("EUR", "1"), ("GBP", "1.2"), ("USD", "0.8")]
    assert book.column("SELECT amount_base FROM orders") == [800_000]


def test_undecidable_days_are_asked_for_once_and_settled_by_the_mapping(book: Book) -> None:
    book.write("partners.csv", PARTNERS)
    book.write("orders.csv", "order_id,partner_id,booked_on,amount\n1,P1,03/04/2026,1\n2,P1,05/06/2026,1\n")
    assert all("day-first" in reason for reason in reasons(book.sync()).values())
    book.map('[[table]]\nentity = "orders"\nfile = "orders"\ndates = "month-first"\n')
    book.connect("mapped")
    book.sync("mapped")
    assert book.column("SELECT booked_on FROM orders ORDER BY 1") == ["2026-03-04", "2026-05-06"]


def test_a_key_without_a_label_is_not_taken_for_the_label(book: Book) -> None:
    book.map(MAPPING)
    book.write("Konten.csv", REPORT, "cp1252")
    book.write("Laender.csv", "x;\nVorwahl;Name\n49;Deutschland\n", "cp1252")
    assert reasons(book.sync()) == {4: "Laender has no label for this"}


def test_a_column_that_occurs_twice_is_pointed_out(book: Book) -> None:
    book.write("partners.csv", "partner_id,name,type,name\nP1,Alder,reseller,Acer\n")
    report = book.sync()
    assert [problem.column for problem in report.rejected] == ["name"]
    assert book.column("SELECT name FROM partners") == ["Alder"]


def test_columns_nobody_asked_for_are_named_because_one_may_be_misspelt(book: Book) -> None:
    book.write("partners.csv", "partner_id,name,type,teir\nP1,Alder,reseller,Gold\n")
    assert book.sync().notices == ("partners.csv: columns not used: teir.",)
