"""Rows whose values can be read and still cannot be right: they are listed, never loaded."""

from __future__ import annotations

import pytest

from tests.sync.book import METRICS, PARTNERS, Book, reasons

TARGETS = "target_id,partner_id,metric,period_start,period_end,value\n"
REBATES = "rebate_id,partner_id,program,metric,period_start,period_end,threshold,payout\n"
FUNDS = "fund_id,partner_id,period_start,period_end,allocated\n"
MONTH = "2026-01-01,2026-01-31"
BACKWARDS = "2026-01-31,2026-01-01"
ONE_DAY = "2026-01-01,2026-01-01"


@pytest.fixture
def with_partners(book: Book) -> Book:
    book.write("partners.csv", PARTNERS)
    return book


def loaded(book: Book, entity: str) -> int:
    return int(book.column(f"SELECT count(*) FROM {entity}")[0])


def test_targets_and_rebates_name_an_installed_metric(with_partners: Book) -> None:
    with_partners.write("targets.csv", f"{TARGETS}1,P1,revenu,{MONTH},5\n2,P1,Win rate,{MONTH},0.5\n")
    with_partners.write(
        "rebates.csv", f"{REBATES}1,P1,Growth,sales,{MONTH},5,1\n2,P1,Growth,revenue,{MONTH},5,1\n"
    )
    report = with_partners.sync()
    assert [(problem.file, problem.line, problem.column, problem.value) for problem in report.rejected] == [
        ("rebates.csv", 2, "metric", "sales"),
        ("targets.csv", 2, "metric", "revenu"),
    ]
    assert all("not the id of a metric" in problem.reason for problem in report.rejected)
    assert with_partners.column("SELECT metric FROM targets") == ["win_rate"]
    assert with_partners.column("SELECT metric FROM rebates") == ["revenue"]


def test_a_metric_installed_later_is_found_in_unchanged_files(with_partners: Book) -> None:
    with_partners.write("targets.csv", f"{TARGETS}1,P1,my_own,{MONTH},5\n")
    assert len(with_partners.sync().rejected) == 1
    assert with_partners.sync(metrics=METRICS | {"my_own"}).rejected == ()
    assert with_partners.column("SELECT metric FROM targets") == ["my_own"]


@pytest.mark.parametrize(
    ("entity", "header", "row"),
    [
        ("targets", TARGETS, "{id},P1,revenue,{period},5"),
        ("rebates", REBATES, "{id},P1,Growth,revenue,{period},5,1"),
        ("funds", FUNDS, "{id},P1,{period},5"),
    ],
)
def test_a_period_does_not_end_before_it_starts(
    with_partners: Book, entity: str, header: str, row: str
) -> None:
    periods = (MONTH, BACKWARDS, ONE_DAY)
    rows = (row.format(id=number, period=period) for number, period in enumerate(periods))
    with_partners.write(f"{entity}.csv", header + "\n".join(rows) + "\n")
    report = with_partners.sync()
    assert reasons(report) == {3: "the period ends before it starts"}
    assert report.rejected[0].value == "2026-01-01"
    assert loaded(with_partners, entity) == 2


@pytest.mark.parametrize(
    ("entity", "columns", "values", "count"),
    [
        ("usage", "usage_id,partner_id,month", "1,P1,2026-01-01", "seats"),
        ("usage", "usage_id,partner_id,month", "1,P1,2026-01-01", "active_seats"),
        ("listing_activity", "activity_id,listing_id,partner_id,month", "1,L1,P1,2026-01-01", "views"),
        ("listing_activity", "activity_id,listing_id,partner_id,month", "1,L1,P1,2026-01-01", "installs"),
        ("listing_activity", "activity_id,listing_id,partner_id,month", "1,L1,P1,2026-01-01", "uninstalls"),
        (
            "listing_activity",
            "activity_id,listing_id,partner_id,month",
            "1,L1,P1,2026-01-01",
            "active_customers",
        ),
        ("listing_activity", "activity_id,listing_id,partner_id,month", "1,L1,P1,2026-01-01", "tickets"),
        ("inventory", "inventory_id,partner_id,counted_on", "1,P1,2026-01-01", "units"),
    ],
)
def test_there_is_never_less_than_none(
    with_partners: Book, entity: str, columns: str, values: str, count: str
) -> None:
    with_partners.write(f"{entity}.csv", f"{columns},{count}\n{values},-1\n2{values[1:]},0\n")
    assert reasons(with_partners.sync()) == {2: "less than 0"}
    assert with_partners.column(f"SELECT {count} FROM {entity}") == [0]


def test_returns_are_less_than_none(with_partners: Book) -> None:
    with_partners.write(
        "orders.csv", "order_id,partner_id,booked_on,amount,quantity\n1,P1,2026-01-01,-10,-2\n"
    )
    with_partners.write(
        "sell_through.csv", "line_id,partner_id,reseller,month,units\n1,P2,Shop,2026-01-01,-3\n"
    )
    assert with_partners.sync().rejected == ()
    assert with_partners.column("SELECT quantity FROM orders") == [-2]
    assert with_partners.column("SELECT units FROM sell_through") == [-3]


def test_words_are_known_however_their_letters_are_written(book: Book) -> None:
    book.write("partners.csv", "partner_id,name,type,class,status\nP1,Alder,RESELLER,a,Enrolled\n")
    book.write("cases.csv", "case_id,partner_id,severity,opened_at\n1,P1,p1,2026-01-01\n2,P1,p7,2026-01-01\n")
    assert reasons(book.sync()) == {3: "not one of: P1, P2, P3, P4"}
    assert book.rows("SELECT type, class, status FROM partners") == [("reseller", "A", "enrolled")]
    assert book.column("SELECT severity FROM cases") == ["P1"]
