"""The reference itself: a few cases worked by hand, and portfolios worth comparing on."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from .calculation import METRICS, figures
from .columns import COLUMNS
from .periods import Span, fiscal_quarter, fiscal_year, last_months, plus_months
from .portfolios import TYPES, write_portfolio
from .working_time import business_hours

DAY = date(2026, 5, 20)
Values = dict[tuple[str, str], tuple[Fraction | None, int]]


def write(folder: Path, **entities: list[str]) -> None:
    """Write one file per entity: a header line, then the rows."""
    for entity, lines in entities.items():
        (folder / f"{entity}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
    ],
)
def test_a_day_the_month_does_not_have_becomes_its_last(start: date, months: int, end: date) -> None:
    assert plus_months(start, months) == end


def test_twelve_months_end_on_the_day_and_leave_out_the_same_day_a_year_before() -> None:
    assert last_months(DAY, 12) == Span(date(2025, 5, 21), DAY)
    assert last_months(DAY, 12, back=12) == Span(date(2024, 5, 21), date(2025, 5, 20))


def test_fiscal_periods_begin_with_the_start_month() -> None:
    assert fiscal_year(DAY, 7) == Span(date(2025, 7, 1), date(2026, 6, 30))
    assert fiscal_quarter(DAY, 2) == Span(date(2026, 5, 1), date(2026, 7, 31))


def test_business_hours_leave_out_nights_and_weekends() -> None:
    friday, monday = datetime(2026, 5, 15, 16, 30, tzinfo=UTC), datetime(2026, 5, 18, 10, tzinfo=UTC)
    assert business_hours(friday, monday) == Fraction(3, 2)
    assert business_hours(monday, friday) == 0


def test_revenue_converts_at_the_newest_rate_and_counts_pos_lines_that_name_the_partner(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        partners=["partner_id,name,type,currency", "P,Reseller,reseller,USD", "D,Distributor,distributor,"],
        orders=[
            "order_id,partner_id,booked_on,amount,currency",
            "O1,P,2026-05-20,100.00005,EUR",  # half-even: 100.0000
            "O2,P,2025-05-21,10,",  # the partner's currency, at 0.5
            "O3,P,2025-05-20,1000,EUR",  # a day too early
            "O4,P,2026-05-21,1000,EUR",  # does not exist yet
            "O5,P,2026-01-01,1000,SEK",  # no rate: unknown
        ],
        sell_through=["line_id,partner_id,reseller,reseller_partner_id,month,value", "L,D,R,P,2026-05-01,7"],
        exchange_rates=[
            "rate_id,currency,rated_on,rate",
            "R1,USD,2025-05-21,0.5",
            "R2,USD,2025-05-22,0.9",
        ],
    )
    found = figures(tmp_path, as_of=DAY, metrics=["revenue", "sell_through"])
    assert found["P", "revenue"] == (Fraction(112), 3)
    assert found["D", "sell_through"] == (Fraction(7), 1)
    assert found["P", "sell_through"] == (None, 0)
    assert found["D", "revenue"] == (None, 0)


def test_attainment_takes_the_shortest_target_and_without_one_assumes_last_year_and_a_tenth(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        partners=["partner_id,name,type", "A,With target,reseller", "B,Without,reseller", "C,New,reseller"],
        orders=[
            "order_id,partner_id,booked_on,amount",
            "O1,A,2026-04-01,50",
            "O2,B,2025-01-01,365",
            "O3,B,2026-01-01,154",
        ],
        targets=[
            "target_id,partner_id,metric,period_start,period_end,value",
            "T1,A,revenue,2026-01-01,2026-12-31,9999",
            "T2,A,revenue,2026-04-01,2026-06-30,182",  # 91 days, 50 of them gone
            "T3,C,revenue,2026-04-01,2026-06-30,182",
        ],
    )
    found = figures(tmp_path, as_of=DAY, metrics=["revenue_attainment", "forecast_gap"])
    assert found["A", "revenue_attainment"] == (Fraction(50, 100), 2)
    assert found["B", "revenue_attainment"] == (Fraction(154) / (Fraction("401.5") * Fraction(140, 365)), 2)
    assert found["C", "revenue_attainment"] == (Fraction(0), 1)
    assert found["A", "forecast_gap"] == (Fraction(132), 2)


def test_an_open_deal_is_lost_ninety_days_after_its_expected_close(tmp_path: Path) -> None:
    header = "deal_id,partner_id,status,decision,submitted_at,decided_at,closed_on,expected_close_on"
    write(
        tmp_path,
        partners=["partner_id,name,type", "P,Partner,reseller"],
        deals=[
            header,
            "D1,P,won,approved,2026-01-01T00:00:00Z,,2026-05-20,",
            "D2,P,won,,2026-01-01T00:00:00Z,,2026-04-01,",
            "D3,P,lost,,2026-01-01T00:00:00Z,,2026-04-01,",
            "D4,P,open,,2025-06-01T00:00:00Z,,,2026-02-19",  # lost on the day itself
            "D5,P,open,,2025-06-01T00:00:00Z,,,2026-02-20",  # lost tomorrow
            "D6,P,lost,rejected,2025-06-01T00:00:00Z,2026-05-21T00:00:00Z,2026-04-01,",  # rejected tomorrow
            "D7,P,lost,rejected,2025-06-01T00:00:00Z,,2026-04-01,",
            "D8,P,won,,2026-01-01T00:00:00Z,,,",  # undated
        ],
    )
    found = figures(tmp_path, as_of=DAY, metrics=["win_rate", "slipped_deals"])
    assert found["P", "win_rate"] == (Fraction(2, 5), 5)
    assert found["P", "slipped_deals"] == (Fraction(2), 2)


def test_three_months_are_the_latest_reported_ones_and_end_when_reports_stop(tmp_path: Path) -> None:
    write(
        tmp_path,
        partners=["partner_id,name,type", "D,Distributor,distributor"],
        pos_reports=[
            "report_id,partner_id,month,due_on,received_on",
            "R1,D,2025-12-01,2026-01-10,2026-01-10",
            "R2,D,2026-01-01,2026-02-10,2026-02-11",
            "R3,D,2026-02-01,2026-03-10,",  # never came
            "R4,D,2026-03-01,2026-04-10,2026-04-02",
            "R5,D,2026-04-01,2026-05-10,2026-05-21",  # comes tomorrow
        ],
        sell_through=[
            "line_id,partner_id,reseller,month,units,value",
            "L1,D,A,2025-12-01,10,100",
            "L2,D,B,2026-01-01,20,200",
            "L3,D,C,2026-02-01,40,400",
            "L4,D,A,2026-03-01,32,300",
        ],
        inventory=["inventory_id,partner_id,counted_on,units", "I1,D,2026-05-20,62", "I2,D,2026-05-19,900"],
    )
    names = ["active_resellers", "weeks_of_supply", "pos_on_time", "sell_through"]
    found = figures(tmp_path, as_of=DAY, metrics=names)
    assert found["D", "active_resellers"] == (Fraction(2), 3)
    assert found["D", "weeks_of_supply"] == (Fraction(93, 7), 4)
    assert found["D", "pos_on_time"] == (Fraction(2, 5), 5)
    assert found["D", "sell_through"] == (Fraction(1000), 4)
    # 75 days after April's end: January, March and April, which sold nothing; a day later it is too old.
    assert figures(tmp_path, as_of=date(2026, 7, 14))["D", "active_resellers"] == (Fraction(2), 2)
    assert figures(tmp_path, as_of=date(2026, 7, 15))["D", "active_resellers"][0] is None


def test_a_renewal_long_overdue_is_lost_and_one_lately_overdue_waits(tmp_path: Path) -> None:
    write(
        tmp_path,
        partners=["partner_id,name,type", "M,Provider,msp"],
        renewals=[
            "renewal_id,partner_id,customer,value,renewed_value,due_on,opened_on,status,decided_on,forecast",
            "R1,M,A,100,80,2026-01-01,,renewed,2026-01-01,",
            "R2,M,B,100,500,2026-01-01,,renewed,,",
            "R3,M,C,100,,2026-02-18,,open,,",  # 91 days: lost
            "R4,M,D,100,,2026-02-19,,open,,",  # 90 days: waits, at risk
            "R5,M,E,100,,2026-01-01,,lost,2026-05-21,",  # lost tomorrow, but overdue for long
            "R6,M,F,30,,2026-05-20,2026-05-20,open,,likely",
            "R7,M,G,10,,2026-08-18,,renewed,2026-05-20,",
            "R8,M,H,10,,2026-08-18,,renewed,,",  # undated: renewed on the day it is due
            "R9,M,I,10,,2026-08-19,,open,,",
        ],
    )
    found = figures(tmp_path, as_of=DAY)
    assert found["M", "renewal_rate"] == (Fraction(180, 400), 4)
    assert found["M", "renewals_due"] == (Fraction(50), 3)
    assert found["M", "renewals_covered"] == (Fraction(40, 50), 3)
    assert found["M", "renewal_value_at_risk"] == (Fraction(100), 1)


def test_an_undecided_registration_waits_two_working_days_before_it_is_late(tmp_path: Path) -> None:
    write(
        tmp_path,
        partners=["partner_id,name,type", "P,Partner,reseller"],
        deals=[
            "deal_id,partner_id,status,decision,submitted_at,decided_at",
            "D1,P,open,approved,2026-05-15T09:00:00Z,2026-05-18T17:00:00Z",  # Friday to Monday: 16 h
            "D2,P,open,approved,2026-05-15T09:00:00Z,2026-05-19T09:01:00Z",  # a minute late
            "D3,P,open,pending,2026-05-18T12:00:00Z,",  # 21 h old on Wednesday's end
            "D4,P,open,pending,2026-05-19T09:00:00Z,",  # exactly 16 h old: left out
            "D5,P,open,approved,2026-05-15T09:00:00Z,",  # decided, nobody knows when
            "D6,P,open,approved,2026-05-20T09:00:00Z,2026-05-21T09:00:00Z",  # undecided on the day
        ],
    )
    found = figures(tmp_path, as_of=DAY)
    assert found["P", "registrations_decided_in_time"] == (Fraction(1, 3), 3)
    assert found["P", "registration_decision_time"] == (Fraction(16), 5)
    assert found["P", "registrations_open"] == (Fraction(3), 3)


def test_figures_that_read_an_undated_state_begin_with_the_first_sync(tmp_path: Path) -> None:
    write_portfolio(tmp_path, seed=3, as_of=DAY)
    early = figures(tmp_path, as_of=date(2026, 5, 19), first_sync_on=DAY)
    assert all(early[partner, "win_rate"] == (None, 0) for partner, _ in early)
    assert any(early[partner, "revenue"][0] for partner, _ in early)


def test_the_same_seed_writes_the_same_portfolio(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        write_portfolio(tmp_path / name, seed=seed, as_of=DAY)

    def content(name: str) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    assert content("one") == content("again")
    assert content("one") != content("other")


def test_a_portfolio_has_all_types_every_entity_and_unique_ids(tmp_path: Path) -> None:
    write_portfolio(tmp_path, seed=1, as_of=DAY)
    for entity, columns in COLUMNS.items():
        with (tmp_path / f"{entity}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows, entity
        assert len({row[columns[0]] for row in rows}) == len(rows), entity
        if entity == "partners":
            assert {row["type"] for row in rows} == set(TYPES)


def test_every_metric_has_values_to_compare(tmp_path: Path) -> None:
    found: list[Values] = []
    for seed in range(4):
        write_portfolio(tmp_path / str(seed), seed=seed, as_of=DAY)
        found.append(figures(tmp_path / str(seed), as_of=DAY))
    known = {metric for values in found for (_, metric), (value, _) in values.items() if value}
    assert known == set(METRICS)
