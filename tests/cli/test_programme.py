"""The programme, and a CAM's own word on stages and classes, on the command line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Camdesk

GROUP = {
    "group", "title", "partners", "enrolled", "active", "active_rate", "activation_rate", "retention", "dark",
    "revenue_per_active_partner", "contribution", "time_to_first_revenue", "active_retention",
    "top_ten_share",
}  # fmt: skip


def test_the_programme_in_json(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("programme", "--all", "--json", home=sample_home).json
    assert body.keys() >= GROUP | {"as_of", "by", "groups", "cohorts", "odds"}
    assert (body["partners"], len(body["groups"])) == (60, 7)
    assert all(group.keys() == GROUP for group in body["groups"])
    assert sum(Decimal(group["contribution"]) for group in body["groups"]) == Decimal(body["contribution"])
    portfolio = camdesk("portfolio", "--all", "--json", home=sample_home).json
    assert {name: portfolio[name] for name in ("enrolled", "active_rate", "contribution", "dark")} == {
        name: body[name] for name in ("enrolled", "active_rate", "contribution", "dark")
    }
    assert len(body["odds"]) >= body["dark"] > 0


def test_it_is_divided_as_asked_and_opens_on_mine(camdesk: Camdesk, sample_home: Path) -> None:
    mine = camdesk("programme", "--by", "enrolment-year", "--json", home=sample_home).json
    assert mine["by"] == "enrolment year"
    assert 0 < mine["partners"] < 60
    assert sum(group["partners"] for group in mine["groups"]) == mine["partners"]
    assert camdesk("programme", "--by", "mood", home=sample_home).code == 3


def test_it_reads_within_a_hundred_columns(camdesk: Camdesk, sample_home: Path) -> None:
    for by in ("type", "tier", "region", "country"):
        answer = camdesk("programme", "--all", "--by", by, home=sample_home)
        assert answer.code == 0
        assert max(len(line) for line in answer.out.splitlines()) <= 100
        assert "All partners" in answer.out


@pytest.mark.parametrize("metric", ["active_rate", "dark_partners", "contribution", "top_ten_share"])
def test_a_figure_opens_its_records(camdesk: Camdesk, sample_home: Path, metric: str) -> None:
    where = ("--by", "type", "--group", "Resellers", "--all")
    body = camdesk("programme", "explain", metric, *where, "--json", home=sample_home).json
    assert len(body["records"]) == body["n"] > 0
    n = sum(Decimal(str(record["n"])) for record in body["records"] if record["n"] is not None)
    d = sum(Decimal(str(record["d"])) for record in body["records"] if record["d"] is not None)
    assert float(n / d if d else n) == pytest.approx(float(body["value"]))
    said = camdesk("programme", "explain", metric, *where, home=sample_home).out
    assert body["title"] in said
    assert body["definition"] in said


def test_a_stage_of_ones_own(camdesk: Camdesk, own_sample: Path) -> None:
    before = camdesk("partner", "R-018", "--json", home=own_sample).json
    assert (before["stage"], before["stage_derived"]) == ("onboard", True)
    assert before["stage_reason"] in camdesk("partner", "R-018", home=own_sample).out
    made = camdesk("stage", "set", "R-018", "active", "--reason", "Sells already", home=own_sample)
    assert made.code == 0
    assert (
        f"Set to active by hand: Sells already (by the facts onboard: {before['stage_reason']})" in made.out
    )
    rows = camdesk("portfolio", "--all", "--json", home=own_sample).json["partners"]
    row = next(row for row in rows if row["partner_id"] == "R-018")
    assert (row["stage"], row["stage_derived"], row["derived_stage"]) == ("active", False, "onboard")
    assert camdesk("stage", "clear", "R-018", home=own_sample).code == 0
    assert camdesk("partner", "R-018", "--json", home=own_sample).json["stage"] == "onboard"


def test_a_class_of_ones_own(camdesk: Camdesk, own_sample: Path) -> None:
    otherwise = camdesk("partner", "R-018", "--json", home=own_sample).json["class"]
    assert otherwise != "A"
    made = camdesk(
        "class", "set", "R-018", "A", "--reason", "New owner", "--until", "2026-12-31", home=own_sample
    )
    assert f"R-018 is in class A (otherwise {otherwise})" in made.out
    body = camdesk("partner", "R-018", "--json", home=own_sample).json
    assert (body["class"], body["derived_class"], body["class_reason"]) == ("A", otherwise, "New owner")
    later = camdesk("--as-of", "2027-01-01", "partner", "R-018", "--json", home=own_sample).json
    assert later["class_reason"] == ""
    assert camdesk("class", "clear", "R-018", home=own_sample).code == 0
    assert camdesk("partner", "R-018", "--json", home=own_sample).json["class"] == otherwise


def test_what_cannot_be_set_is_said(camdesk: Camdesk, own_sample: Path) -> None:
    for command in (
        ("stage", "set", "R-018", "asleep", "--reason", "x"),
        ("stage", "set", "R-018", "active", "--reason", " "),
        ("stage", "set", "R-018", "active", "--reason", "x", "--until", "2026-11-19"),
        ("stage", "clear", "R-018"),
        ("class", "set", "R-018", "D", "--reason", "x"),
    ):
        assert camdesk(*command, home=own_sample).code == 2, command
    assert camdesk("class", "set", "Z-999", "A", "--reason", "x", home=own_sample).code == 3


def test_a_parent_shows_the_sums_of_its_branches(camdesk: Camdesk, sample_home: Path) -> None:
    family = ("R-014", "R-015", "R-016")
    body = camdesk("partner", "R-014", "--json", home=sample_home).json
    assert [branch["partner_id"] for branch in body["family"]["branches"]] == list(family[1:])
    asked = [word for name in family for word in ("--partner", name)]
    answer = camdesk("figures", "--metric", "revenue_quarter", *asked, "--json", home=sample_home)
    booked = [Decimal(figure["value"]) for figure in answer.json["figures"] if figure["value"] is not None]
    assert Decimal(body["family"]["quarter"]["booked"]) == sum(booked) > max(booked)
    assert "With its 2 branches" in camdesk("partner", "R-014", home=sample_home).out
    assert camdesk("partner", "R-015", "--json", home=sample_home).json["family"] is None
