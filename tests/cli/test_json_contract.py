"""The shapes that programs rely on: more keys may come, none of these may go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.cli.conftest import Camdesk

FIGURES = {
    "enrolled", "active", "active_rate", "activation_rate", "revenue_per_active_partner", "retention", "dark",
}  # fmt: skip
QUARTER = {"target", "booked", "commit", "best_case", "gap"}
PARTNER = {
    "partner_id", "name", "type", "tier", "class", "stage", "dark", "score", "band", "provisional", "outcome",
    "leading", "coverage", "rank", "of", "alerts",
}  # fmt: skip
LINE = {
    "metric", "group", "unit", "value", "n", "target", "marks", "points", "weight", "contribution",
    "previous_value", "history",
}  # fmt: skip
ALERT = {
    "id", "partner_id", "rule", "severity", "state", "priority", "value_at_stake", "due_on", "message",
    "next_action", "first_seen", "subjects",
}  # fmt: skip
SAMPLE_DAY = "2026-11-20"


def is_money(value: Any) -> bool:
    return value is None or (isinstance(value, str) and Decimal(value).is_finite() and "E" not in value)


def test_portfolio(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("portfolio", "--json", home=sample_home).json
    assert FIGURES | {"as_of", "base_currency", "quarter", "types", "partners"} <= body.keys()
    assert (body["as_of"], body["base_currency"]) == (SAMPLE_DAY, "EUR")
    assert body["quarter"].keys() >= QUARTER
    assert all(is_money(body["quarter"][name]) for name in QUARTER)
    assert is_money(body["revenue_per_active_partner"])
    assert len(body["types"]) == 7
    for section in body["types"]:
        assert FIGURES | {"type", "quarter", "contribution"} <= section.keys()
        assert is_money(section["contribution"])
    for partner in body["partners"]:
        assert partner.keys() >= PARTNER
    assert sum(section["enrolled"] for section in body["types"]) == body["enrolled"]


def test_portfolio_opens_on_mine(camdesk: Camdesk, sample_home: Path) -> None:
    mine = camdesk("portfolio", "--json", home=sample_home).json["partners"]
    everybody = camdesk("portfolio", "--all", "--json", home=sample_home).json["partners"]
    assert 0 < len(mine) < len(everybody) == 60


def test_scorecard(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("scorecard", "R-001", "--json", home=sample_home).json
    assert {
        "partner_id", "type", "as_of", "profile_version", "score", "band", "outcome", "leading", "coverage",
        "lines", "our_side",
    } <= body.keys()  # fmt: skip
    assert body["lines"]
    assert body["our_side"]
    for line in (*body["lines"], *body["our_side"]):
        assert line.keys() >= LINE
        assert len(line["history"]) == 8
        assert line["target"] is None or {"value", "assumed"} <= line["target"].keys()
        if line["unit"] == "money":
            assert all(is_money(value) for value in (line["value"], line["previous_value"], *line["history"]))


def test_alerts(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("alerts", "--json", home=sample_home).json
    assert {"as_of", "needs_you", "alerts", "held_back"} <= body.keys()
    assert 0 < len(body["needs_you"]) <= 7
    assert set(body["needs_you"]) <= {alert["id"] for alert in body["alerts"]}
    for alert in body["alerts"]:
        assert alert.keys() >= ALERT
        assert is_money(alert["value_at_stake"])
        date.fromisoformat(alert["first_seen"])
        assert alert["subjects"]
        for subject in alert["subjects"]:
            assert {"subject", "state", "value_at_stake", "due_on", "evidence"} <= subject.keys()
            assert all({"entity", "record_id"} == one.keys() for one in subject["evidence"])
    priorities = [alert["priority"] for alert in body["alerts"]]
    assert priorities == sorted(priorities, reverse=True)


def test_figures_have_every_metric_of_every_partner(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("figures", "--json", home=sample_home).json
    pairs = [(figure["partner_id"], figure["metric"]) for figure in body["figures"]]
    partners, metrics = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    assert len(partners) == 60
    assert len(pairs) == len(set(pairs)) == len(partners) * len(metrics)
    assert any(figure["value"] is None for figure in body["figures"])
    assert all({"partner_id", "metric", "value", "n"} == figure.keys() for figure in body["figures"])


def test_figures_can_be_narrowed(camdesk: Camdesk, sample_home: Path) -> None:
    wanted = ("--metric", "revenue", "--metric", "win_rate", "--partner", "R-001")
    body = camdesk("figures", *wanted, "--json", home=sample_home).json
    assert [(one["partner_id"], one["metric"]) for one in body["figures"]] == [
        ("R-001", "revenue"),
        ("R-001", "win_rate"),
    ]
    csv = camdesk("figures", *wanted, "--csv", home=sample_home).out.splitlines()
    assert csv[0] == "partner_id,metric,value,n"
    assert csv[1].startswith(f"R-001,revenue,{body['figures'][0]['value']},")


def test_explain(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("explain", "R-001", "revenue", "--json", home=sample_home).json
    assert {"metric", "unit", "value", "n", "definition", "window", "records"} <= body.keys()
    assert body["window"] == {"start": "2025-11-21", "end": SAMPLE_DAY}
    assert len(body["records"]) == body["n"]
    assert all({"entity", "record_id", "n", "d"} == record.keys() for record in body["records"])


def test_sync(camdesk: Camdesk, own_sample: Path) -> None:
    body = camdesk("sync", "--json", home=own_sample).json
    (source,) = body["sources"]
    assert {
        "name", "read", "added", "changed", "unchanged", "removed", "rejected", "seconds",
    } <= source.keys()  # fmt: skip
    assert source["read"] == source["unchanged"] > 20_000


def test_every_reading_command_answers_in_json_before_and_after(camdesk: Camdesk, sample_home: Path) -> None:
    for command in (
        ("partner", "R-001"), ("terms", "R-001"), ("changes",), ("document", "list"), ("source", "list"),
        ("settings", "show"), ("profile", "list"), ("profile", "check"),
    ):  # fmt: skip
        after = camdesk(*command, "--json", home=sample_home)
        before = camdesk("--json", *command, home=sample_home)
        assert after.code == 0, command
        assert isinstance(after.json, dict)
        assert before.json == after.json


def test_figures_are_the_same_to_the_last_byte_when_asked_again(camdesk: Camdesk, own_sample: Path) -> None:
    command = ("--as-of", "2026-07-15", "figures", "--json")
    first = camdesk(*command, home=own_sample)
    assert camdesk(*command, home=own_sample).out == first.out
    units = {
        line["metric"]: line["unit"]
        for partner in ("R-001", "D-001", "M-001")
        for line in camdesk("scorecard", partner, "--json", home=own_sample).json["lines"]
    }
    fractional = {"percent", "ratio", "days", "hours", "score"}
    seen = set()
    for figure in first.json["figures"]:
        unit, value = units.get(figure["metric"]), figure["value"]
        if unit in fractional and value is not None:
            assert isinstance(value, float), figure
            seen.add(unit)
        elif unit == "count" and value is not None:
            assert isinstance(value, int) or value % 1, figure
            seen.add(unit)
    assert {"percent", "ratio", "count"} <= seen
