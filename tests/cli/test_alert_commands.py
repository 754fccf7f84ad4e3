"""One alert in full, what a person does with it, how rules serve, and rules tried on the past."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Camdesk


def _alerts(camdesk: Camdesk, home: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = camdesk("alerts", "--json", home=home).json["alerts"]
    return found


def test_an_alert_shows_everything_it_rests_on(camdesk: Camdesk, sample_home: Path) -> None:
    for alert in _alerts(camdesk, sample_home)[:4]:
        body = camdesk("alert", "show", str(alert["id"]), "--json", home=sample_home).json
        assert {key: body[key] for key in alert} == alert
        assert body["partner_name"]
        assert body["rule_title"]
        assert body["judged_by"]
        assert body["why"]
        assert body["next_action"]
        evidence = {(one["entity"], one["record_id"]) for row in body["subjects"] for one in row["evidence"]}
        shown = {
            (table["entity"], record["record_id"]) for table in body["records"] for record in table["records"]
        }
        assert shown == evidence
        assert all(len(record) > 1 for table in body["records"] for record in table["records"])
        assert all(one["words"] and one["title"] for one in (*body["thresholds"], *body["baseline"]))
        for source in body["sources"]:
            date.fromisoformat(source["last_sync"])
        assert [one["event"] for one in body["history"]].count("opened") >= 1
        text = camdesk("alert", "show", str(alert["id"]), home=sample_home)
        assert text.code == 0
        assert body["message"] in text.out
        assert f"Next: {body['next_action']}" in text.out


def test_thresholds_are_those_of_the_partner_s_type(camdesk: Camdesk, sample_home: Path) -> None:
    alerts = _alerts(camdesk, sample_home)
    stalling = {
        alert["partner_id"][0]: alert["id"] for alert in alerts if alert["rule"] == "pipeline-stalling"
    }
    warning = {
        letter: next(
            one["value"]
            for one in camdesk("alert", "show", str(number), "--json", home=sample_home).json["thresholds"]
            if one["name"] == "warning_days"
        )
        for letter, number in stalling.items()
        if letter in "RA"
    }
    assert warning["R"] == 30
    assert warning["A"] == 75


def test_a_closed_alert_can_still_be_looked_at(camdesk: Camdesk, own_sample: Path) -> None:
    alert = next(one for one in _alerts(camdesk, own_sample) if one["rule"] == "incentive-unpaid")
    assert camdesk("source", "remove", "sample", home=own_sample).code == 0
    assert alert["id"] not in {one["id"] for one in _alerts(camdesk, own_sample)}
    body = camdesk("alert", "show", str(alert["id"]), "--json", home=own_sample).json
    assert (body["state"], body["subjects"], body["records"]) == ("resolved", [], [])
    assert [one["closed_on"] for one in body["earlier"]] == ["2026-11-20"]
    assert "closed by itself" in camdesk("alert", "show", str(alert["id"]), home=own_sample).out
    nobody = camdesk("alert", "show", "999999", home=own_sample)
    assert nobody.code == 3
    assert "camdesk alerts" in nobody.err


def test_one_row_is_snoozed_alone_by_its_name(camdesk: Camdesk, own_sample: Path) -> None:
    alert = next(one for one in _alerts(camdesk, own_sample) if len(one["subjects"]) > 1)
    number, row = str(alert["id"]), alert["subjects"][0]
    answer = camdesk("alert", "snooze", number, "--subject", row["subject"], home=own_sample)
    assert answer.code == 0
    assert "until it gets worse" in answer.out
    after = next(one for one in _alerts(camdesk, own_sample) if one["id"] == alert["id"])
    assert after["state"] == "new"
    assert {one["subject"] for one in after["subjects"] if one["state"] == "snoozed"} == {row["subject"]}
    other = next(one for one in alert["subjects"] if one["label"] != row["label"])
    assert camdesk("alert", "ack", number, "--subject", other["label"], home=own_sample).code == 0
    wrong = camdesk("alert", "resolve", number, "--reason", "x", "--subject", "nobody", home=own_sample)
    assert wrong.code == 3
    assert f"camdesk alert show {number}" in wrong.err


def test_not_useful_counts_against_the_rule(camdesk: Camdesk, own_sample: Path) -> None:
    first, second = _alerts(camdesk, own_sample)[:2]
    said = camdesk(
        "alert", "not-useful", str(first["id"]), "--reason", "they always pay late", home=own_sample
    )
    assert said.code == 0
    camdesk("alert", "ack", str(second["id"]), home=own_sample)
    rules = {
        one["rule"]: one for one in camdesk("alerts", "--rules", "--json", home=own_sample).json["rules"]
    }
    assert rules[first["rule"]]["not_useful"] == 1
    assert rules[second["rule"]]["acted_upon"] == 1
    assert rules[first["rule"]]["fired"] >= 1
    assert sum(one["fired"] for one in rules.values()) >= len(_alerts(camdesk, own_sample))
    history = camdesk("alert", "show", str(first["id"]), home=own_sample).out
    assert "they always pay late" in history
    table = camdesk("alerts", "--rules", home=own_sample).out
    assert table.splitlines()[0].split() == [
        "Rule", "About", "Types", "Fired", "Acted", "upon", "Not", "useful", "Muted",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2026-10-01", "2099-01-01"])
def test_alerts_are_dealt_with_as_they_stand_today(camdesk: Camdesk, own_sample: Path, day: str) -> None:
    alert = _alerts(camdesk, own_sample)[0]
    answer = camdesk("--as-of", day, "alert", "ack", str(alert["id"]), home=own_sample)
    assert answer.code == 2
    assert "as they stand today" in answer.err
    assert _alerts(camdesk, own_sample)[0]["state"] == "new"


def test_alerts_fit_a_narrow_terminal(camdesk: Camdesk, sample_home: Path) -> None:
    out = camdesk("alerts", home=sample_home).out
    listed = [line for line in out.splitlines() if line.strip()]
    assert "Needs you today (7)" in listed
    assert any(line.startswith("Good news") for line in listed)
    others = max(len(line) for line in listed) - max(
        len(alert["message"]) for alert in _alerts(camdesk, sample_home)
    )
    assert others <= 50, "what stands beside the words leaves them room in 80 columns"


def test_a_rule_is_tried_on_the_past(camdesk: Camdesk, sample_home: Path) -> None:
    span = ("--from", "2026-10-23", "--to", "2026-11-20")
    call = ("profile", "back-test", "behind-plan", *span, "--set", "warning=0.2", "--set", "critical=0.1")
    body = camdesk(*call, "--json", home=sample_home).json
    assert (body["rule"], body["every_days"], body["days"]) == ("behind-plan", 7, 5)
    assert body["changed"]["thresholds"] == {"warning": 0.2, "critical": 0.1}
    assert len(body["changed"]["alerts"]) < len(body["alerts"])
    for alert in body["alerts"]:
        assert span[1] <= alert["first_day"] <= alert["last_day"] <= span[3]
        assert alert["name"]
        assert alert["verdict"]
    text = camdesk(*call, home=sample_home).out
    assert text.splitlines()[: len(body["summary"])] == body["summary"]
    assert "No longer raised" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("no-such-rule",), 3),
        (("behind-plan", "--every", "hour"), 2),
        (("behind-plan", "--set", "warning"), 2),
        (("behind-plan", "--set", "warning=much"), 2),
        (("behind-plan", "--set", "patience=1"), 2),
        (("behind-plan", "--from", "2026-11-20", "--to", "2026-11-01"), 2),
        (("behind-plan", "--to", "2030-01-01"), 2),
    ],
)
def test_what_cannot_be_replayed(
    camdesk: Camdesk, sample_home: Path, arguments: tuple[str, ...], code: int
) -> None:
    answer = camdesk("profile", "back-test", *arguments, home=sample_home)
    assert answer.code == code
    assert answer.out == ""
    assert answer.err


def test_all_problems_of_ones_own_files_are_listed_at_once(camdesk: Camdesk, own_sample: Path) -> None:
    before = camdesk("figures", "--partner", "R-001", "--metric", "revenue", "--json", home=own_sample).json
    files = {
        "metrics/bad.toml": '[revenue]\ntitle = 5\n[other]\nrecords = "DROP TABLE orders"\n',
        "rules/bad.toml": "not = [toml",
        "profiles/bad.toml": 'type = "reseller"\nfavourite = true\n',
    }
    for name, text in files.items():
        (own_sample / name).parent.mkdir(exist_ok=True)
        (own_sample / name).write_text(text, encoding="utf-8")
    answer = camdesk("profile", "check", "--json", home=own_sample)
    assert answer.code == 1
    keys = {problem["column"] for problem in answer.json["problems"]}
    assert {"revenue.title", "revenue.words", "other.records", "", "favourite", "dark_after_days"} <= keys
    assert {problem["file"] for problem in answer.json["problems"]} == {"bad.toml"}
    after = camdesk("figures", "--partner", "R-001", "--metric", "revenue", "--json", home=own_sample).json
    assert after == before
