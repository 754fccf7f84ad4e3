"""What a CAM says over what was worked out: it shows, the computed figure stays, and it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Camdesk

BOTH = "R-013"
"""A reseller that is a managed service provider as well."""


def test_both_scorecards_of_a_partner_with_two_hats_can_be_reached(
    camdesk: Camdesk, sample_home: Path
) -> None:
    whole = camdesk("scorecard", BOTH, "--json", home=sample_home).json
    first = camdesk("scorecard", BOTH, "--as", "reseller", "--json", home=sample_home).json
    second = camdesk("scorecard", BOTH, "--as", "msp", "--json", home=sample_home).json
    assert (first["type"], second["type"]) == ("reseller", "msp")
    assert whole["score"] == pytest.approx(0.6 * first["score"] + 0.4 * second["score"])
    for card in (whole, first, second):
        assert sum(line["contribution"] or 0 for line in card["lines"]) == pytest.approx(card["score"])
    (row,) = (
        row
        for row in camdesk("portfolio", "--all", "--json", home=sample_home).json["partners"]
        if row["partner_id"] == BOTH
    )
    assert row["score"] == whole["score"]


def test_a_hat_the_partner_does_not_wear_is_refused(camdesk: Camdesk, sample_home: Path) -> None:
    answer = camdesk("scorecard", BOTH, "--as", "isv", home=sample_home)
    assert answer.code == 3
    assert answer.err == "R-013 is not of the type isv. Its types here: reseller, msp.\n"


def test_what_moved_the_score_between_two_days_adds_up(camdesk: Camdesk, sample_home: Path) -> None:
    change = camdesk("scorecard", BOTH, "--since", "2026-03-31", "--json", home=sample_home).json["change"]
    assert change["before"] == "2026-03-31"
    moved = sum(movement["points"] for movement in change["movements"])
    assert moved == pytest.approx(change["score_after"] - change["score_before"])


def test_a_score_of_ones_own_stands_beside_the_computed_one(camdesk: Camdesk, own_sample: Path) -> None:
    computed = _row(camdesk, own_sample, "R-001")["score"]
    assert camdesk("score", "set", "R-001", "61", "--reason", "Flattered", home=own_sample).code == 0
    row = _row(camdesk, own_sample, "R-001")
    assert (row["score"], row["computed_score"], row["band"]) == (61, computed, "amber")
    judged = camdesk("scorecard", "R-001", "--json", home=own_sample).json["judged"]
    assert (judged["score"], judged["reason"], judged["expires_on"]) == (61, "Flattered", "2027-02-18")


def test_a_score_of_ones_own_ends_after_its_last_day(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("score", "set", "R-001", "61", "--reason", "x", "--until", "2026-12-01", home=own_sample)
    assert _row(camdesk, own_sample, "R-001", "--as-of", "2026-12-01")["score"] == 61
    later = _row(camdesk, own_sample, "R-001", "--as-of", "2026-12-02")
    assert later["score"] == later["computed_score"] != 61


def test_a_score_of_ones_own_can_be_taken_back(camdesk: Camdesk, own_sample: Path) -> None:
    before = _row(camdesk, own_sample, "R-001")["score"]
    camdesk("score", "set", "R-001", "61", "--reason", "x", home=own_sample)
    assert camdesk("score", "clear", "R-001", home=own_sample).code == 0
    assert _row(camdesk, own_sample, "R-001")["score"] == before
    assert camdesk("score", "clear", "R-001", home=own_sample).code == 2


def test_hats_are_blended_by_shares_of_ones_own(camdesk: Camdesk, own_sample: Path) -> None:
    weighed = camdesk("hats", "set", BOTH, "reseller=1", "msp=3", "--reason", "Mostly seats", home=own_sample)
    assert weighed.code == 0
    card = camdesk("scorecard", BOTH, "--json", home=own_sample).json
    assert [(hat["type"], hat["share"]) for hat in card["hats"]] == [("reseller", 0.25), ("msp", 0.75)]
    camdesk("hats", "clear", BOTH, home=own_sample)
    card = camdesk("scorecard", BOTH, "--json", home=own_sample).json
    assert [hat["share"] for hat in card["hats"]] == [0.6, 0.4]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score", "set", "R-001", "101", "--reason", "x"), "A score is a number from 0 to 100."),
        (("score", "set", "R-001", "50", "--reason", " "), "Say why."),
        (
            ("score", "set", "R-001", "50", "--reason", "x", "--until", "2027-03-01"),
            "A score of your own holds for 90 days at most.",
        ),
        (("hats", "set", "R-001", "reseller=1", "--reason", "x"), "R-001 has one type only."),
        (("hats", "set", BOTH, "reseller=1", "--reason", "x"), "Give every type of the partner its share."),
        (("hats", "set", BOTH, "reseller=one", "--reason", "x"), "reseller=one is not a type and its share."),
    ],
)
def test_what_cannot_be_judged_is_said_in_a_sentence(
    camdesk: Camdesk, own_sample: Path, words: tuple[str, ...], said: str
) -> None:
    answer = camdesk(*words, home=own_sample)
    assert answer.code == 2
    assert answer.err.startswith(said)


def test_a_sync_leaves_a_snapshot_with_the_profile_of_its_day(camdesk: Camdesk, first_day: Path) -> None:
    card = camdesk("--as-of", "2026-08-20", "scorecard", "P1", "--json", home=first_day).json
    (taken,) = card["snapshots"]
    assert (taken["taken_on"], taken["profile_version"]) == (card["as_of"], card["profile_version"])


def _row(camdesk: Camdesk, home: Path, partner_id: str, *more: str) -> dict[str, object]:
    rows = camdesk("portfolio", "--all", "--json", *more, home=home).json["partners"]
    (row,) = (row for row in rows if row["partner_id"] == partner_id)
    assert isinstance(row, dict)
    return row
