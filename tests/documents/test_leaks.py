"""What a partner must not read is found wherever a page puts it, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.documents.leaks import Leak, LeakError, Page, Secrets, find_leaks

OTHERS = Secrets(
    others=(("R-002", "Kite Networks GmbH"), ("R-003", "Vale"), ("R-004", "SAB"), ("R-005", "Brennhof")),
    own_names=("Brennhof Systemhaus", "Northlight Software"),
)


def found(text: str, secrets: Secrets = OTHERS) -> list[str]:
    return [leak.found for leak in find_leaks([Page("page 1", text)], secrets)]


@pytest.mark.parametrize(
    "text",
    [
        "Lost to Kite Networks in June",
        "LOST TO KITE NETWORKS GMBH",
        "lost to kite networks.",
        "Kite\r\nNetworks came first",
        "Kite Net\u00ad\nworks came first",
        "(Kite Networks)",
        "KiteNetworks".replace("KiteNetworks", "Kite\u00a0Networks"),
    ],
)
def test_a_name_is_found_however_the_page_breaks_it(text: str) -> None:
    assert found(text) == ["Kite Networks GmbH"]


@pytest.mark.parametrize(
    "text",
    [
        "Kites and networks",
        "Kite Networksystems",
        "a trip through the vale",
        "Valencia",
        "Sab and sab are words",
        "Brennhof Systemhaus grew",
        "deal R-002-17 and order OR-002",
        "R-0021",
    ],
)
def test_other_words_are_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("to Vale, who", "Vale"),
        ("the SAB offer", "SAB"),
        ("Brennhof and Brennhof Systemhaus", "Brennhof"),
        ("see R-002.", "R-002"),
        ("see (R-002)", "R-002"),
    ],
)
def test_short_names_and_ids_stand_alone(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["7th of 18", "the 1st out of 204", "ranked 3", "Rank: 12", "#4 of 19", "class B", "Class A partner"],
)
def test_ranks_and_classes_are_found(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize("text", ["7 of 18 deals", "the 7th of May", "first class", "2nd of June", "classes"])
def test_plain_counts_are_no_ranks(text: str) -> None:
    assert found(text) == []


def test_internal_texts_are_found_whole_or_by_the_sentence() -> None:
    note = "Do not renew before spring. Their new managing director dislikes our pricing. Ask Anna."
    secrets = Secrets(texts=(("an internal note", note), ("a task", "Call back")))
    pages = [
        Page("page 1", "Nothing of it. Call back later."),
        Page("page 2", "… their new managing\ndirector dislikes our pricing …"),
    ]
    leak = Leak("an internal note", "Their new managing director dislikes our pricing.", "page 2")
    assert find_leaks(pages, secrets) == (leak,)


def test_what_the_own_records_say_is_no_leak() -> None:
    page = Page("page 1", "Kite Networks and Vale bought")
    leaks = find_leaks([page], OTHERS, own=lambda words: words.startswith("Kite"))
    assert [leak.found for leak in leaks] == ["Vale"]


def test_the_failure_names_what_and_where() -> None:
    leaks = find_leaks([Page("slide 3", "by Kite Networks")], OTHERS)
    assert "slide 3 has the name of another partner, “Kite Networks GmbH”" in str(LeakError(leaks))


words = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäöüéABCDEÄ", min_size=4, max_size=9), min_size=2, max_size=3
)


@given(words, st.sampled_from([" ", "\n", "\r\n", "  ", "\u00a0"]), st.sampled_from(["", "«", "12 ", "– "]))
def test_a_name_of_several_words_is_always_found(name: list[str], gap: str, before: str) -> None:
    text = f"{before}{gap.join(name)}{'' if before else ', who'}"
    secrets = Secrets(others=(("", " ".join(name)),))
    assert [leak.found for leak in find_leaks([Page("page 1", text)], secrets)] == [" ".join(name)]


@given(words)
def test_a_name_inside_longer_words_is_never_found(name: list[str]) -> None:
    text = f"x{' '.join(name)}x"
    assert find_leaks([Page("page 1", text)], Secrets(others=(("", " ".join(name)),))) == ()
