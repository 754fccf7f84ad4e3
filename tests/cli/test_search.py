"""`camdesk search` answers in lines or JSON, and takes any text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Camdesk


def test_what_was_written_is_found(camdesk: Camdesk, own_sample: Path) -> None:
    assert camdesk("note", "add", "R-001", "Zoë asked for a naïve price sheet", home=own_sample).code == 0
    answer = camdesk("search", "naive zoe", home=own_sample)
    assert (answer.code, answer.err) == (0, "")
    assert "Zoë asked for a naïve price sheet" in answer.out
    body = camdesk("search", "naive zoe", "--json", home=own_sample).json
    (hit,) = body["hits"]
    assert (hit["kind"], hit["partner_id"], hit["on"]) == ("note", "R-001", "2026-11-20")
    text = hit["snippet"]["text"]
    assert [text[first:last] for first, last in hit["snippet"]["marks"]] == ["Zoë", "naïve"]


def test_a_partner_comes_first_and_a_limit_holds(camdesk: Camdesk, own_sample: Path) -> None:
    hits = camdesk("search", "brennhof", "--limit", "3", "--json", home=own_sample).json["hits"]
    assert hits[0]["kind"] == "partner"
    assert hits[0]["title"] == "Brennhof Systemhaus"
    assert len(hits) == 3
    alone = camdesk("search", "a", "--partner", "Brennhof", "--limit", "500", "--json", home=own_sample).json
    assert {hit["partner_id"] for hit in alone["hits"]} == {"R-001"}


@pytest.mark.parametrize("text", ["", '"', "* OR (", "😀", "zzzzz", "x" * 10_000])
def test_nothing_found_is_said_in_a_sentence(camdesk: Camdesk, own_sample: Path, text: str) -> None:
    answer = camdesk("search", "--", text, home=own_sample)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Nothing has")
    assert camdesk("search", "--json", "--", text, home=own_sample).json["hits"] == []


def test_wrong_use_is_said_in_a_sentence(camdesk: Camdesk, own_sample: Path) -> None:
    assert camdesk("search", "a", "--limit", "0", home=own_sample).code == 2
    answer = camdesk("search", "a", "--partner", "nobody", home=own_sample)
    assert (answer.code, len(answer.err.splitlines())) == (3, 1)
