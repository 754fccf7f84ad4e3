"""Grammar of drafted sentences."""

from __future__ import annotations

import pytest

from camdesk.documents.phrases import (
    capital,
    clipped,
    count,
    in_words,
    joined,
    number_in_words,
    of_in_words,
    plural,
    record_of,
)
from camdesk.portfolio.entities import ENTITIES


@pytest.mark.parametrize(
    ("number", "noun", "written"),
    [
        (0, "deal", "no deals"),
        (1, "deal", "1 deal"),
        (1204, "inventory count", "1,204 inventory counts"),
        (2, "advocacy act", "2 advocacy acts"),
        (3, "referral", "3 referrals"),
        (2, "POS report", "2 POS reports"),
    ],
)
def test_counts(number: int, noun: str, written: str) -> None:
    assert count(number, noun) == written


def test_small_numbers_are_words() -> None:
    assert in_words(1, "protection") == "one protection"
    assert in_words(12, "line") == "twelve lines"
    assert in_words(13, "line") == "13 lines"
    assert [number_in_words(number) for number in (0, 4, 1_400)] == ["none", "four", "1,400"]
    assert of_in_words(3, 8, "line") == "three of eight lines"
    assert of_in_words(0, 3, "promise") == "none of three promises"
    assert of_in_words(1, 1, "line") == "one of one line"


def test_lists_and_capitals() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert capital("POS report") == "POS report"
    assert capital("three deals") == "Three deals"


def test_every_entity_has_a_word_for_one_record_and_for_many() -> None:
    words = {entity.title: record_of(entity.title) for entity in ENTITIES.values()}
    assert words["Sell-through lines"] == "sell-through line"
    assert words["POS reports"] == "POS report"
    assert words["Usage"] == "usage row"
    assert plural(words["Listing activity"]) == "rows of listing activity"
    assert all(not word.endswith("s") for word in words.values())


def test_clipping_keeps_words_whole_and_says_that_it_cut() -> None:
    assert clipped("a  short\nline", 20) == "a short line"
    assert clipped("Northlight Backup renewal", 18) == "Northlight Backup…"
    assert clipped("x" * 10_000, 10) == "x" * 10 + "…"
