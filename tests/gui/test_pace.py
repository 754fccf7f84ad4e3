"""How long work will still take, in words, from how fast it has gone."""

from __future__ import annotations

import pytest

from camdesk.gui.jobs import Step
from camdesk.gui.sources.pace import Pace, left_words


def test_the_time_left_is_told_once_it_can_be_known() -> None:
    pace = Pace()
    assert pace.words(Step(0, 1000, "Saving orders"), 10.0) == "Saving orders · 0 of 1,000"
    assert pace.words(Step(50, 1000, "Saving orders"), 11.0) == "Saving orders · 50 of 1,000"
    assert pace.words(Step(200, 1000, "Saving deals"), 14.0).endswith("200 of 1,000 · about 15 s left")


def test_a_part_that_counts_anew_is_timed_anew() -> None:
    pace = Pace()
    pace.words(Step(0, 1000, "Saving"), 0.0)
    pace.words(Step(900, 1000, "Saving"), 9.0)
    assert pace.words(Step(0, 80, "Working out the figures"), 100.0).endswith("0 of 80")
    assert pace.words(Step(40, 80, "Working out the figures"), 200.0).endswith("about 2 min left")
    assert pace.words(Step(5, 80, "Working out the figures"), 201.0).endswith("5 of 80")


def test_nobody_knows_how_long_what_cannot_be_counted_takes() -> None:
    assert Pace().words(Step(7, 0, "Reading"), 60.0) == "Reading"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "a few seconds left"),
        (12.6, "about 15 s left"),
        (59, "about 60 s left"),
        (61, "about 1 min left"),
        (3000, "about 50 min left"),
    ],
)
def test_a_time_to_wait_is_said_in_round_figures(seconds: float, words: str) -> None:
    assert left_words(seconds) == words
