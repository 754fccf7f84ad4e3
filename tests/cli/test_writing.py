"""What a CAM writes from the command line: in one line, with its id told, wrong use said in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from camdesk.portfolio.entities import ENTITIES
from tests.cli.conftest import Camdesk

SAMPLE_DAY = "2026-11-20"
PARTNER = "R-001"

ADDED = [
    ("contacts", ("contact", "add", PARTNER, "--name", "Ines Kaya", "--role", "CTO", "--is-executive")),
    ("requests", ("request", "add", PARTNER, "--kind", "other", "--subject", "SSO", "--amount", "1,250.50")),
    ("milestones", ("milestone", "add", PARTNER, "--name", "Pilot", "--due-on", "2026-12-01")),
    ("assessments", ("assessment", "add", PARTNER, "--side", "ours", "--question", "Trust", "--score", "75")),
    ("investments", ("investment", "add", PARTNER, "--side", "theirs", "--amount", "900", "--no-pledged")),
    ("accounts", ("account", "add", PARTNER, "--customer", "Contoso", "--products", "A", "--products", "B")),
    ("terms", ("term", "add", PARTNER, "--kind", "discount", "--text", "22 % on list", "--value", "22%")),
    ("agreements", ("agreement", "add", PARTNER, "--kind", "nda", "--renews-itself")),
    ("meetings", ("meeting", "log", PARTNER, "--kind", "review", "--subject", "Q3", "--with", "Clara")),
    ("meetings", ("meeting", "log", PARTNER, "--missed-by", "partner", "--on", "2026-11-02T09:30")),
    ("targets", ("target", "set", PARTNER, "revenue", "500000", "--year", "2027")),
    ("commitments", ("commitment", "add", PARTNER, "Send prices", "--side", "ours", "--due", "2026-12-01")),
    ("notes", ("note", "add", PARTNER, "Budget round in December")),
]  # fmt: skip


def own(camdesk: Camdesk, home: Path, partner: str = PARTNER) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = camdesk("own", "list", partner, "--json", home=home).json["rows"]
    return rows


@pytest.mark.parametrize(("entity", "command"), ADDED)
def test_a_row_is_added_and_its_id_is_told(
    camdesk: Camdesk, own_sample: Path, entity: str, command: tuple[str, ...]
) -> None:
    answer = camdesk(*command, home=own_sample)
    assert (answer.code, answer.err) == (0, "")
    (row,) = own(camdesk, own_sample)
    assert (row["entity"], row["partner_id"]) == (entity, PARTNER)
    assert row["record_id"] in answer.out
    assert row["author"] == "dana.voss@northlight.example"
    again = camdesk(*command, "--json", home=own_sample).json
    assert again["entity"] == entity
    assert again["record_id"] in {each["record_id"] for each in own(camdesk, own_sample)}


def test_what_is_given_is_what_is_kept(camdesk: Camdesk, own_sample: Path) -> None:
    for _, command in ADDED:
        assert camdesk(*command, home=own_sample).code == 0
    by_entity = {row["entity"]: row["values"] for row in own(camdesk, own_sample)}
    assert by_entity["contacts"]["is_executive"] is True
    assert by_entity["requests"]["amount"] == "1250.50"
    assert by_entity["requests"]["asked_at"].startswith(SAMPLE_DAY)
    assert by_entity["assessments"] == {
        "side": "vendor", "question": "Trust", "score": 75, "assessed_on": SAMPLE_DAY,
    }  # fmt: skip
    assert by_entity["investments"]["pledged"] is False
    assert by_entity["accounts"]["products"] == ["A", "B"]
    assert by_entity["terms"]["value"] == 0.22
    assert (by_entity["targets"]["period_start"], by_entity["targets"]["period_end"]) == (
        "2027-01-01", "2027-12-31",
    )  # fmt: skip


@pytest.mark.parametrize("topic", ["contact", "request", "milestone", "assessment", "agreement"])
def test_every_column_has_an_option(camdesk: Camdesk, topic: str) -> None:
    told = camdesk(topic, "add", "--help").out
    for column in ENTITIES[f"{topic}s"].columns[2:]:
        assert f"--{column.name.replace('_', '-')}" in told


def test_a_target_changes_the_scorecard(camdesk: Camdesk, own_sample: Path) -> None:
    def attainment() -> dict[str, Any]:
        card = camdesk("scorecard", "R-001", "--json", home=own_sample).json
        line: dict[str, Any] = next(one for one in card["lines"] if one["metric"] == "revenue_attainment")
        return line

    before = attainment()["value"]
    quarter = ("--quarter", "2026-Q4")
    answer = camdesk("target", "set", "R-001", "revenue", "1000000", *quarter, home=own_sample)
    assert answer.code == 0
    after = attainment()
    assert after["value"] != before
    assert after["target"]["assumed"] is False
    assert "changed" in camdesk("target", "set", "R-001", "revenue", "2000000", *quarter, home=own_sample).out
    assert attainment()["value"] == pytest.approx(after["value"] / 2)
    assert len(own(camdesk, own_sample)) == 1


def test_a_target_beside_a_synced_one_is_offered(camdesk: Camdesk, own_sample: Path) -> None:
    answer = camdesk("target", "set", "R-001", "revenue", "5", "--year", "2026", home=own_sample)
    assert "sample has a target for the same period" in answer.err
    listed = camdesk("own", "list", home=own_sample).out
    assert "Brought by a source" in listed
    assert camdesk("own", "merge", "target", "1", home=own_sample).code == 0
    body = camdesk("own", "list", "--json", home=own_sample).json
    assert body == {"rows": [], "offers": []}
    again = camdesk("own", "merge", "target", "1", home=own_sample)
    assert (again.code, len(again.err.strip().splitlines())) == (3, 1)


def test_both_may_stay(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("target", "set", "R-001", "revenue", "5", "--year", "2026", home=own_sample)
    assert camdesk("own", "keep", "targets", "me-1", home=own_sample).code == 0
    body = camdesk("own", "list", "--json", home=own_sample).json
    assert (len(body["rows"]), body["offers"]) == (1, [])


def test_rows_are_changed_and_removed(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("contact", "add", PARTNER, "--name", "Ines Kaya", "--role", "CTO", home=own_sample)
    change = ("own", "change", "contact", "1", "role=", "is-primary=yes")
    assert camdesk(*change, home=own_sample).code == 0
    (row,) = own(camdesk, own_sample)
    assert (row["values"]["role"], row["values"]["is_primary"]) == (None, True)
    assert camdesk("own", "remove", "contact", "1", home=own_sample).code == 0
    assert own(camdesk, own_sample) == []


def test_requests_are_answered_and_milestones_reached(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("request", "add", PARTNER, "--kind", "contract", home=own_sample)
    camdesk("milestone", "add", PARTNER, "--name", "Pilot", home=own_sample)
    answered = ("request", "answer", "1", "--decision", "approved", "--valid-until", "2027-01-31")
    assert camdesk(*answered, home=own_sample).code == 0
    assert camdesk("milestone", "done", "1", "--on", "2026-11-18", home=own_sample).code == 0
    values = {row["entity"]: row["values"] for row in own(camdesk, own_sample)}
    assert values["requests"]["decision"] == "approved"
    assert values["requests"]["answered_at"].startswith(SAMPLE_DAY)
    assert values["milestones"]["completed_on"] == "2026-11-18"


def test_commitments_from_promise_to_done(camdesk: Camdesk, own_sample: Path) -> None:
    due = ("--due", "2026-11-01", "--owner", "Dana")
    made = camdesk(
        "commitment", "add", PARTNER, "Send prices", "--side", "ours", *due, "--json", home=own_sample
    )

    def state(*options: str) -> list[str]:
        listed = camdesk("commitment", "list", PARTNER, "--json", *options, home=own_sample).json[
            "commitments"
        ]
        return [each["state"] for each in listed if each["commitment_id"] == made.json["record_id"]]

    assert state() == ["overdue"]
    assert camdesk("commitment", "done", "1", "--on", "2026-11-05", home=own_sample).code == 0
    assert (state(), state("--all")) == ([], ["late"])
    camdesk("commitment", "add", PARTNER, "Send slides", "--side", "theirs", home=own_sample)
    assert camdesk("commitment", "drop", "2", "--reason", "Not needed", home=own_sample).code == 0
    assert "dropped: Not needed" in camdesk("commitment", "list", PARTNER, "--all", home=own_sample).out


def test_notes_are_listed_newest_first(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("note", "add", PARTNER, "Budget round in December", home=own_sample)
    notes = camdesk("note", "list", PARTNER, "--json", home=own_sample).json["notes"]
    days = [note["written_at"] for note in notes]
    assert days == sorted(days, reverse=True)
    assert (notes[0]["text"], notes[0]["author"]) == (
        "Budget round in December",
        "dana.voss@northlight.example",
    )
    assert notes[-1]["author"] is None
    assert "Budget round" in camdesk("note", "list", PARTNER, home=own_sample).out


def test_tasks_are_ticked_off(camdesk: Camdesk, own_sample: Path) -> None:
    alert = camdesk("alerts", "--json", home=own_sample).json["alerts"][0]
    camdesk("task", "add", "Call Clara", "--alert", str(alert["id"]), "--due", "2026-11-30", home=own_sample)
    (task,) = camdesk("task", "list", "--json", home=own_sample).json["tasks"]
    assert (task["partner_id"], task["due_on"]) == (alert["partner_id"], "2026-11-30")
    assert camdesk("task", "done", str(task["task_id"]), home=own_sample).code == 0
    assert camdesk("task", "list", "--json", home=own_sample).json["tasks"] == []
    assert "Call Clara" in camdesk("task", "list", "--all", home=own_sample).out


def test_tasks_are_changed_and_removed(camdesk: Camdesk, own_sample: Path) -> None:
    def tasks() -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = camdesk("task", "list", "--all", "--json", home=own_sample).json["tasks"]
        return told

    camdesk("task", "add", "Call Clara", "--partner", PARTNER, "--due", "2026-11-30", home=own_sample)
    number = str(tasks()[0]["task_id"])
    assert camdesk("task", "change", number, "--text", "Mail Clara", home=own_sample).code == 0
    assert (tasks()[0]["text"], tasks()[0]["due_on"]) == ("Mail Clara", "2026-11-30")
    assert camdesk("task", "change", number, "--no-due", home=own_sample).code == 0
    assert (tasks()[0]["text"], tasks()[0]["due_on"]) == ("Mail Clara", None)
    assert "Mail Clara" in camdesk("task", "remove", number, home=own_sample).out
    assert tasks() == []


def test_a_sync_says_what_is_offered(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("contact", "add", PARTNER, "--name", "clara auclair", home=own_sample)
    (report,) = camdesk("sync", "--json", home=own_sample).json["sources"]
    assert sum("camdesk own list" in notice for notice in report["notices"]) == 1
    (again,) = camdesk("sync", "--json", home=own_sample).json["sources"]
    assert sum("camdesk own list" in notice for notice in again["notices"]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("note", "add", PARTNER),
        ("note", "add", PARTNER, " "),
        ("note", "add", "r", "Hello"),
        ("meeting", "log", PARTNER, "--on", "soon"),
        ("meeting", "log", PARTNER, "--on", "03/04/2026"),
        ("meeting", "log", PARTNER, "--on", "2026-12-24"),
        ("meeting", "log", PARTNER, "--kind", "lunch"),
        ("meeting", "log", PARTNER, "--planned", "--missed-by", "partner"),
        ("target", "set", PARTNER, "revenu", "5"),
        ("target", "set", PARTNER, "revenue", "much"),
        ("target", "set", PARTNER, "revenue", "5", "--year", "2027", "--quarter", "2027-Q1"),
        ("target", "set", PARTNER, "revenue", "5", "--quarter", "2027"),
        ("target", "set", PARTNER, "revenue", "5", "--from", "2027-01-01"),
        ("target", "set", PARTNER, "revenue", "5", "--currency", "EURO"),
        ("contact", "add", PARTNER),
        ("assessment", "add", PARTNER, "--side", "ours", "--question", "Trust", "--score", "80"),
        ("commitment", "add", PARTNER, "Send prices"),
        ("commitment", "add", PARTNER, "Send prices", "--side", "nobody"),
        ("commitment", "add", PARTNER, "Send prices", "--side", "ours", "--due", "2026-02-30"),
        ("task", "add", "Call", "--due", "tomorrow"),
        ("task", "add", " "),
        ("task", "change", "1"),
        ("task", "change", "1", "--due", "2026-12-01", "--no-due"),
        ("own", "change", "contact", "1", "role"),
        ("own", "remove", "orders", "1"),
    ],
)
def test_wrong_use(camdesk: Camdesk, own_sample: Path, wrong: tuple[str, ...]) -> None:
    answer = camdesk(*wrong, home=own_sample)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err
    assert own(camdesk, own_sample) == []


@pytest.mark.parametrize(
    "impossible",
    [
        ("note", "add", "nobody", "Hello"),
        ("note", "list", "nobody"),
        ("meeting", "log", "nobody"),
        ("meeting", "log", PARTNER, "--with", "Nobody"),
        ("target", "set", "nobody", "revenue", "5"),
        ("contact", "add", "nobody", "--name", "Ines"),
        ("request", "answer", "99"),
        ("milestone", "done", "99"),
        ("commitment", "done", "99"),
        ("commitment", "drop", "99", "--reason", "why not"),
        ("commitment", "list", "nobody"),
        ("task", "done", "99"),
        ("task", "change", "99", "--text", "Call"),
        ("task", "remove", "99"),
        ("task", "add", "Call", "--partner", "nobody"),
        ("task", "add", "Call", "--deal", "nothing"),
        ("task", "add", "Call", "--alert", "999999"),
        ("own", "change", "contact", "99", "role=CTO"),
        ("own", "change", "contact", "CT-00001", "role=CTO"),
        ("own", "remove", "contact", "99"),
        ("own", "merge", "contact", "99"),
        ("own", "keep", "contact", "99"),
    ],
)
def test_what_cannot_be_done(camdesk: Camdesk, own_sample: Path, impossible: tuple[str, ...]) -> None:
    answer = camdesk(*impossible, home=own_sample)
    assert (answer.code, answer.out) == (3, "")
    (sentence,) = answer.err.strip().splitlines()
    assert ". " in sentence
