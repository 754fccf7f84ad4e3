"""The number and the weekly call on the command line."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Camdesk

FIGURES = ("target", "booked", "commit", "best_case", "gap")


def money(text: str | None) -> Decimal:
    return Decimal(text or 0)


def test_the_totals_are_the_portfolios_quarter(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("forecast", "--json", home=sample_home).json
    portfolio = camdesk("portfolio", "--json", home=sample_home).json
    assert {name: body["totals"][f"own_{name}"] for name in FIGURES} == {
        name: portfolio["quarter"][name] for name in FIGURES
    }
    by_type = {section["type"]: section["quarter"] for section in portfolio["types"]}
    for each in body["types"]:
        assert {name: each[f"own_{name}"] for name in FIGURES} == {
            name: by_type[each["type"]][name] for name in FIGURES
        }


def test_totals_are_the_sums_of_the_partners(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("forecast", "--all", "--json", home=sample_home).json
    for name in FIGURES:
        total = sum(money(partner[name]) for partner in body["partners"])
        assert abs(total - money(body["totals"][f"own_{name}"])) < Decimal("0.01")
    assert len(body["partners"]) == 60


def test_a_partners_figures_are_what_explain_says(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("forecast", "--json", home=sample_home).json
    partner = next(each for each in body["partners"] if each["partner_id"] == "R-001")
    figures = camdesk("figures", "--partner", "R-001", "--json", home=sample_home).json["figures"]
    values = {figure["metric"]: figure["value"] for figure in figures}
    metrics = ("revenue_quarter", "quarter_commit", "quarter_best_case", "forecast_gap")
    assert [partner[name] for name in FIGURES[1:]] == [values[metric] for metric in metrics]
    assert money(partner["gap"]) == max(Decimal(0), money(partner["target"]) - money(partner["commit"]))


def test_the_change_is_the_difference_to_the_same_day_a_week_ago(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("forecast", "--json", home=sample_home).json
    before = camdesk("--as-of", body["compared_with"], "forecast", "--json", home=sample_home).json
    assert (body["as_of"], body["compared_with"]) == ("2026-11-20", "2026-11-13")
    earlier = {partner["partner_id"]: partner for partner in before["partners"]}
    for partner in body["partners"]:
        if partner["booked"] is None:
            assert partner["change"]["booked"] is None
            continue
        was = money(earlier[partner["partner_id"]]["booked"])
        assert money(partner["change"]["booked"]) == money(partner["booked"]) - was
        assert partner["change"]["commit"] is None  # what was commit before the first sync nobody knows


def test_a_partners_deals_are_listed(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("forecast", "R-001", "--json", home=sample_home).json
    shown = camdesk("forecast", "R-001", home=sample_home).out
    assert body["deals"]
    for deal in body["deals"]:
        assert deal["deal_id"] in shown
        assert deal["forecast"] in ("commit", "best_case")
        assert deal["changes"] is None
    assert "first sync came later" in shown
    commit = sum(money(deal["amount"]) for deal in body["deals"] if deal["forecast"] == "commit")
    assert money(body["commit"]) == money(body["booked"]) + commit
    assert camdesk("forecast", "brennhof", "--json", home=sample_home).json == body


def test_a_call_is_kept_shown_and_replaced_within_its_week(camdesk: Camdesk, own_sample: Path) -> None:
    def call(*words: str) -> Any:
        return camdesk("forecast", "call", "R-001", *words, "--json", home=own_sample).json

    assert not call("480k", "--week", "2026-11-12")["replaced"]
    assert not call("500,000")["replaced"]
    assert call("510000.50")["replaced"]
    listed = camdesk("forecast", "calls", "R-001", "--json", home=own_sample).json["calls"]
    assert [(one["week"], one["amount"]) for one in listed] == [
        ("2026-11-09", "480000.00"),
        ("2026-11-16", "510000.50"),
    ]
    body = camdesk("forecast", "--json", home=own_sample).json
    partner = next(each for each in body["partners"] if each["partner_id"] == "R-001")
    assert (partner["call"], partner["last_week_call"]) == ("510000.50", "480000.00")
    assert money(partner["call_gap"]) == money("510000.50") - money(partner["commit"])
    assert (body["totals"]["call"], body["totals"]["called"]) == ("510000.50", 1)
    assert "€510,000.50" in camdesk("forecast", "R-001", home=own_sample).out
    earlier = camdesk("--as-of", "2026-11-13", "forecast", "R-001", "--json", home=own_sample).json
    assert earlier["call"] == "480000.00"  # later calls were not made by then


def test_a_call_is_taken_away(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("forecast", "call", "R-001", "480k", "--week", "2026-11-12", home=own_sample)
    camdesk("forecast", "call", "R-001", "500k", home=own_sample)
    assert "€500,000.00" in camdesk("forecast", "clear", "R-001", home=own_sample).out
    week = ("--week", "2026-11-12", "--json")
    assert camdesk("forecast", "clear", "R-001", *week, home=own_sample).json["amount"] == "480000.00"
    assert camdesk("forecast", "calls", "R-001", "--json", home=own_sample).json["calls"] == []
    again = camdesk("forecast", "clear", "R-001", home=own_sample)
    assert (again.code, len(again.err.strip().splitlines())) == (3, 1)


@pytest.mark.parametrize("amount", ["much", "1,5,2", "-5", "1e9", "12e3", "", "9" * 30, "٤٨"])
def test_what_is_no_amount_is_refused(camdesk: Camdesk, own_sample: Path, amount: str) -> None:
    answer = camdesk("forecast", "call", "R-001", "--", amount, home=own_sample)
    assert answer.code == 2
    assert camdesk("forecast", "calls", "R-001", "--json", home=own_sample).json["calls"] == []


def test_wrong_weeks_and_partners_are_refused(camdesk: Camdesk, own_sample: Path) -> None:
    assert camdesk("forecast", "call", "R-001", "5", "--week", "2026-11-24", home=own_sample).code == 2
    assert camdesk("forecast", "call", "R-001", "5", "--week", "November", home=own_sample).code == 2
    assert camdesk("forecast", "call", "nobody", "5", home=own_sample).code == 3
    assert camdesk("forecast", "nobody", home=own_sample).code == 3


def test_accuracy_holds_a_finished_quarter_against_what_was_booked(
    camdesk: Camdesk, own_sample: Path
) -> None:
    assert "No quarter" in camdesk("forecast", "accuracy", home=own_sample).out
    last_day = ("--as-of", "2026-09-30")
    booked = money(
        camdesk(*last_day, "explain", "R-001", "revenue_quarter", "--json", home=own_sample).json["value"]
    )
    calls = (("2026-07-06", booked + 1000), ("2026-09-28", booked))
    for day, amount in calls:
        camdesk("forecast", "call", "R-001", str(amount), "--week", day, home=own_sample)
    body = camdesk("forecast", "accuracy", "--json", home=own_sample).json
    (quarter,) = body["quarters"]
    assert quarter["quarter"] == "FY26 Q3"
    first, second = quarter["calls"]
    assert (first["weeks_before_end"], first["called_on"], first["error"]) == (12, "2026-07-12", "1000.00")
    assert first["percent"] == pytest.approx(float(1000 / booked))
    assert (second["weeks_before_end"], second["error"], second["percent"]) == (0, "0.00", 0)
    assert (first["booked"], first["commit"]) == (second["booked"], None)
    assert (body["total"]["error"], body["total"]["direction"]) == ("1000.00", "over")
    assert body["total"]["compared"] == {
        "calls": 0, "call": None, "commit": None, "commit_error": None, "commit_bias": None,
        "call_beats_commit": None,
    }  # fmt: skip
    assert [each["weeks_before_end"] for each in body["weeks"]] == [12, 0]
    assert "lean high" in camdesk("forecast", "accuracy", home=own_sample).out


def test_csv_has_every_partner_and_no_formula(camdesk: Camdesk, tmp_path: Path) -> None:
    exports, home = tmp_path / "exports", tmp_path / "workspace"
    exports.mkdir()
    partners = 'partner_id,name,type\n=P1,"=HYPERLINK(""x"")",reseller\nP2,+Plus,reseller\nP3,@At,reseller\n'
    orders = "order_id,partner_id,booked_on,amount\nO1,P2,2026-08-03,100\nO2,P2,2026-08-15,-250\n"
    deals = (
        "deal_id,partner_id,name,status,amount,submitted_at,forecast,expected_close_on\n"
        "D1,P2,-Minus,open,40,2026-08-01T09:00:00Z,commit,2026-09-10\n"
    )
    for name, text in (("partners", partners), ("orders", orders), ("deals", deals)):
        (exports / f"{name}.csv").write_text(text, encoding="utf-8")
    camdesk("init", home=home)
    camdesk("source", "add", "exports", "folder", str(exports), home=home)
    assert camdesk("--as-of", "2026-08-20", "sync", home=home).code == 0
    answer = camdesk("--as-of", "2026-08-20", "forecast", "--csv", home=home)
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert {row["partner_id"]: row["name"] for row in rows} == {
        "'=P1": '\'=HYPERLINK("x")',
        "P2": "'+Plus",
        "P3": "'@At",
    }
    plus = next(row for row in rows if row["partner_id"] == "P2")
    assert (plus["booked"], plus["booked_change"], plus["target"]) == ("-150.00", "-250.00", "")
    listed = camdesk("--as-of", "2026-08-20", "forecast", "P2", "--csv", home=home).out
    (deal,) = csv.DictReader(io.StringIO(listed))
    assert (deal["name"], deal["amount"], deal["slipped"]) == ("'-Minus", "40.00", "no")
