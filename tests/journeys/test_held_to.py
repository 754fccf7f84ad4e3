"""What the command line answers, held against calculations that share no code with it."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from camdesk.cli.main import run
from tests.reference.calculation import figures
from tests.reference.portfolios import write_portfolio

SAMPLE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "adventureworks"
Answer = Callable[..., Any]
Orders = dict[str, list[tuple[date, int]]]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Return a function that runs one command on a day and gives its JSON, or its code where it has none."""
    monkeypatch.setenv("CAMDESK_PASSPHRASE", "correct horse")

    def answer(day: str, *words: str) -> Any:
        code = run(["--home", str(tmp_path / "home"), "--as-of", day, "--json", *words])
        said = capsys.readouterr()
        assert code == 0, said.err
        return json.loads(said.out) if said.out.startswith("{") else code

    return answer


def connect(
    ask: Answer, day: str, folder: Path, *, init: Iterable[str] = (), source: Iterable[str] = ()
) -> Any:
    ask(day, "init", *init)
    ask(day, "source", "add", "exports", "folder", str(folder), *source)
    return ask(day, "sync")["sources"][0]


def by_metric(answer: Any) -> dict[tuple[str, str], Any]:
    """Return values by partner and metric, which must be named once each."""
    found = {(one["partner_id"], one["metric"]): one["value"] for one in answer["figures"]}
    assert len(found) == len(answer["figures"])
    return found


def agrees(value: Any, expected: Fraction | None) -> bool:
    if value is None or expected is None:
        return value is None and expected is None
    if isinstance(value, str):
        return abs(Fraction(Decimal(value)) - expected) <= Fraction(1, 10_000)
    return bool(abs(value - float(expected)) <= 1e-9 * max(1.0, abs(float(expected))))


def sample_orders() -> Orders:
    """Return each reseller's order lines in ten-thousandths of a dollar at the day's average rate."""
    tables = {}
    for name in ("DimCurrency", "FactCurrencyRate", "FactResellerSales"):
        with (SAMPLE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    rates = {
        (row["CurrencyKey"], row["Date"]): Decimal(row["AverageRate"]) for row in tables["FactCurrencyRate"]
    }
    found: Orders = defaultdict(list)
    for row in tables["FactResellerSales"]:
        amount = Decimal(row["SalesAmount"]) * 10_000 * rates[row["CurrencyKey"], row["OrderDate"]]
        units = int(amount.quantize(Decimal(1), ROUND_HALF_EVEN))
        found[row["ResellerKey"]].append((date.fromisoformat(row["OrderDate"]), units))
    return found


def expected_figures(lines: list[tuple[date, int]]) -> dict[str, Fraction | None]:
    """Work out a reseller's figures on 2013-11-30; money in dollars."""

    def between(start: date, end: date) -> Fraction:
        return Fraction(sum(units for day, units in lines if start <= day <= end), 10_000)

    day = date(2013, 11, 30)
    year, before = between(date(2013, 1, 1), day), between(date(2012, 1, 1), date(2012, 12, 31))
    latest = between(date(2012, 12, 1), day)
    prior = between(date(2011, 12, 1), date(2012, 11, 30))
    long_known = bool(lines) and min(lines)[0] <= date(2011, 11, 30)
    target = before * Fraction(11, 10)
    return {
        "revenue": latest if lines else None,
        "revenue_quarter": between(date(2013, 10, 1), day) if lines else None,
        "revenue_year": year if lines else None,
        "revenue_growth": latest / prior - 1 if long_known and prior > 0 else None,
        "revenue_attainment": year / (target * Fraction(334, 365)) if target > 0 else None,
    }


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="the public sample data is not on this machine")
def test_adventureworks_figures_equal_an_independent_calculation(ask: Answer) -> None:
    day = "2013-11-30"
    report = connect(
        ask, day, SAMPLE, init=["--base-currency", "USD"], source=["--mapping", "adventureworks"]
    )
    assert (report["read"], report["rejected"]) == (75_820, [])
    found = by_metric(ask(day, "figures"))
    partners = {partner for partner, _ in found}
    assert len(partners) == 701
    assert len(found) == 701 * len({metric for _, metric in found})
    orders = sample_orders()
    wrong = [
        (partner, metric, found[partner, metric], value)
        for partner in partners
        for metric, value in expected_figures(orders.get(partner, [])).items()
        if not agrees(found[partner, metric], value)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("seed", "day", "currency", "start"),
    [(11, "2025-03-31", "USD", 2), (12, "2024-02-29", "GBP", 4), (13, "2026-01-01", "USD", 4)],
)
def test_figures_agree_with_the_reference_in_other_currencies_and_fiscal_years(
    ask: Answer, tmp_path: Path, seed: int, day: str, currency: str, start: int
) -> None:
    folder, as_of = tmp_path / "in", date.fromisoformat(day)
    write_portfolio(folder, seed=seed, as_of=as_of, partners=21)
    connect(ask, day, folder, init=["--base-currency", currency, "--fiscal-year-start", str(start)])
    found = by_metric(ask(day, "figures"))
    expected = figures(
        folder, as_of=as_of, base_currency=currency, fiscal_year_start_month=start, first_sync_on=as_of
    )
    wrong = [
        (key, found[key], value)
        for key, (value, _) in expected.items()
        if key in found and not agrees(found[key], value)
    ]
    assert not wrong


def write_deals(folder: Path, *lines: str) -> None:
    head = "deal_id,partner_id,kind,status,amount,submitted_at,decision,expected_close_on,closed_on,forecast"
    (folder / "deals.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")


@pytest.fixture
def edited(ask: Answer, tmp_path: Path) -> Path:
    """A folder synced on the 1st of November, and again on the 15th after an edit."""
    folder = tmp_path / "in"
    folder.mkdir()
    head = "partner_id,name,type,status,enrolled_on"
    rows = [f"P{number},Partner {number},reseller,enrolled,2020-01-01" for number in range(4)]
    (folder / "partners.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    (folder / "orders.csv").write_text(
        "order_id,partner_id,booked_on,amount\nO1,P0,2026-10-05,10\n", encoding="utf-8"
    )
    (folder / "targets.csv").write_text(
        "target_id,partner_id,metric,period_start,period_end,value\n"
        "T1,P0,influenced_revenue,2026-01-01,2026-12-31,1000\n", encoding="utf-8",
    )  # fmt: skip
    write_deals(
        folder,
        "D1,P0,registered,open,100,2026-09-01T00:00:00Z,approved,2026-12-01,,commit",
        "D2,P0,registered,open,200,2026-09-01T00:00:00Z,approved,2026-12-01,,commit",
        "D3,P0,co_sell,open,400,2026-09-01T00:00:00Z,approved,2026-12-01,,pipeline",
    )
    connect(ask, "2026-11-01", folder)
    write_deals(
        folder,
        "D1,P0,registered,open,100,2026-09-01T00:00:00Z,approved,2026-12-01,,pipeline",
        "D3,P0,co_sell,won,400,2026-09-01T00:00:00Z,approved,2026-12-01,2026-11-05,pipeline",
        "D4,P0,registered,open,50,2026-09-01T00:00:00Z,approved,2026-12-01,,commit",
    )
    rows[0] = rows[0].replace("enrolled,", "terminated,", 1)
    (folder / "partners.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    ask("2026-11-15", "sync")
    return folder


@pytest.mark.usefixtures("edited")
@pytest.mark.parametrize(
    ("day", "commit"),
    [("2026-10-31", None), ("2026-11-01", "310.00"), ("2026-11-14", "310.00"), ("2026-11-15", "60.00")],
)
def test_a_state_without_a_date_is_read_as_it_stood_that_day(
    ask: Answer, day: str, commit: str | None
) -> None:
    found = ask(day, "figures", "--partner", "P0", "--metric", "quarter_commit")
    assert [one["value"] for one in found["figures"]] == [commit]


@pytest.mark.usefixtures("edited")
def test_a_deal_is_never_pipeline_and_won_on_the_same_day(ask: Answer) -> None:
    records = ask("2026-11-10", "explain", "P0", "influenced_coverage")["records"]
    assert [one["record_id"] for one in records].count("D3") == 1


@pytest.mark.usefixtures("edited")
def test_the_portfolio_counts_who_was_enrolled_that_day(ask: Answer) -> None:
    assert ask("2026-11-10", "portfolio")["enrolled"] == 4
    assert ask("2026-11-15", "portfolio")["enrolled"] == 3


def test_a_look_ahead_leaves_what_was_done_about_an_alert(ask: Answer, tmp_path: Path) -> None:
    write_portfolio(tmp_path / "in", seed=10, as_of=date(2026, 11, 20), partners=14)
    connect(ask, "2026-11-20", tmp_path / "in")
    first = ask("2026-11-20", "alerts")["needs_you"][0]
    ask("2026-11-20", "alert", "ack", str(first))
    ask("2027-06-01", "portfolio")
    states = {one["id"]: one["state"] for one in ask("2026-11-20", "alerts")["alerts"]}
    assert states[first] == "acknowledged"
