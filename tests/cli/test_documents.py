"""Documents from the command line: drafted, edited, refreshed, agreed, compared and written out."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from camdesk.base.errors import CancelledError
from camdesk.desk.desk import Desk
from tests.cli.conftest import Camdesk

PARTNER = "R-001"


@pytest.fixture
def review(camdesk: Camdesk, own_sample: Path) -> str:
    return str(camdesk("review", "draft", PARTNER, "--json", home=own_sample).json["document_id"])


def test_words_of_ones_own_stand_in_the_finished_pages(
    camdesk: Camdesk, own_sample: Path, review: str, tmp_path: Path
) -> None:
    figures = camdesk("document", "show", review, "--figures", home=own_sample).out
    token = next(word for word in figures.split() if word.startswith("{{"))
    words = tmp_path / "words.md"
    words.write_text(f"Our best quarter yet: {token}.", encoding="utf-8")
    assert camdesk(
        "document", "edit", review, "--section", "summary", "--text", str(words), home=own_sample
    ).code == 0  # fmt: skip
    assert "Our best quarter yet" in camdesk("document", "show", review, home=own_sample).out
    target = tmp_path / "review.pdf"
    assert camdesk("document", "export", review, "--pdf", str(target), home=own_sample).code == 0
    with pypdfium2.PdfDocument(target) as file:
        assert "Our best quarter yet" in file[0].get_textpage().get_text_bounded()
    compared = camdesk("document", "compare", review, "--json", home=own_sample).json
    assert [one["section"] for one in compared["sections"]] == ["summary"]
    assert camdesk("document", "edit", review, "--section", "summary", "--drafted", home=own_sample).code == 0
    assert "Our best quarter yet" not in camdesk("document", "show", review, home=own_sample).out


def test_an_unknown_token_is_refused_with_a_sentence(
    camdesk: Camdesk, own_sample: Path, review: str, tmp_path: Path
) -> None:
    words = tmp_path / "words.md"
    words.write_text("It is {{nothing_like_it}}", encoding="utf-8")
    answer = camdesk(
        "document", "edit", review, "--section", "summary", "--text", str(words), home=own_sample
    )
    assert answer.code == 2
    assert "{{nothing_like_it}}" in answer.err
    assert "camdesk document show" in answer.err


def test_versions_are_named_listed_and_restored(camdesk: Camdesk, own_sample: Path, review: str) -> None:
    assert (
        camdesk("document", "promise", review, "Call Anna", "--due", "2026-12-24", home=own_sample).code == 0
    )
    assert camdesk("document", "name", review, "For the call", home=own_sample).code == 0
    assert camdesk("document", "restore", review, "--version", "1", home=own_sample).code == 0
    listed = camdesk("document", "versions", review, "--json", home=own_sample).json["versions"]
    assert [(one["number"], one["name"]) for one in listed] == [(1, None), (2, "For the call"), (3, None)]
    assert "Call Anna" not in camdesk("document", "show", review, home=own_sample).out


def test_agreeing_writes_the_promises_down(camdesk: Camdesk, own_sample: Path, review: str) -> None:
    added = ("document", "promise", review, "Name a lead engineer", "--side", "theirs", "--due", "2026-12-24")
    assert camdesk(*added, home=own_sample).code == 0
    agreed = camdesk(
        "document", "agree", review, "--by", "Dana Voss", "--with", "Clara Auclair", "--json", home=own_sample
    ).json
    kept = camdesk("commitment", "list", PARTNER, "--json", home=own_sample).json["commitments"]
    found = next(one for one in kept if one["text"] == "Name a lead engineer")
    assert found["commitment_id"] in agreed["commitments"]
    assert (found["side"], found["due_on"]) == ("partner", "2026-12-24")
    status = [
        one["status"] for one in camdesk("document", "list", "--json", home=own_sample).json["documents"]
    ]
    assert status == ["agreed"]
    again = camdesk("document", "agree", review, "--by", "Dana Voss", home=own_sample)
    assert (again.code, "was agreed on" in again.err) == (2, True)


def test_moved_figures_are_checked_and_refreshed(camdesk: Camdesk, own_sample: Path, review: str) -> None:
    assert "No figure has moved" in camdesk("document", "check", review, home=own_sample).out
    target = ("target", "set", PARTNER, "revenue", "90000000", "--year", "2026")
    assert camdesk(*target, home=own_sample).code == 0
    moved = camdesk("document", "check", review, "--json", home=own_sample).json["moved"]
    assert moved
    assert all(one["old"] != one["new"] for one in moved)
    told = camdesk("document", "check", review, home=own_sample).out
    assert "moved." in told
    refreshed = camdesk("document", "refresh", review, "--json", home=own_sample).json["refreshed"]
    assert refreshed == moved
    assert camdesk("document", "check", review, "--json", home=own_sample).json["moved"] == []


def test_a_leak_stops_the_export(camdesk: Camdesk, own_sample: Path, review: str, tmp_path: Path) -> None:
    note = "Their board is about to sell the company"
    assert camdesk("note", "add", PARTNER, note, home=own_sample).code == 0
    assert camdesk("document", "promise", review, f"Ask again: {note}", home=own_sample).code == 0
    target = tmp_path / "review.pdf"
    answer = camdesk("document", "export", review, "--pdf", str(target), home=own_sample)
    assert answer.code == 3
    assert "an internal note" in answer.err
    assert "page" in answer.err
    assert not target.exists()
    assert camdesk(
        "document", "export", review, "--pdf", str(target), "--internal", home=own_sample
    ).code == 0  # fmt: skip
    with pypdfium2.PdfDocument(target) as file:
        assert "INTERNAL" in file[0].get_textpage().get_text_bounded()


def test_all_forms_in_one_go(camdesk: Camdesk, own_sample: Path, review: str, tmp_path: Path) -> None:
    wanted = [
        part for form in ("pptx", "ics", "csv", "eml") for part in (f"--{form}", str(tmp_path / f"r.{form}"))
    ]
    assert camdesk("document", "export", review, *wanted, "--without-score", home=own_sample).code == 0
    assert sorted(path.suffix for path in tmp_path.glob("r.*")) == [".csv", ".eml", ".ics", ".pptx"]
    assert camdesk("document", "export", review, home=own_sample).code == 2


def test_every_review_due_is_drafted_once(camdesk: Camdesk, own_sample: Path) -> None:
    first = camdesk("review", "draft", "--all", "--due", "2w", "--json", home=own_sample).json
    assert first["drafted"]
    assert not first["stopped"]
    assert not any(one["failed"] for one in first["skipped"])
    again = camdesk("review", "draft", "--all", "--due", "2w", "--json", home=own_sample).json
    assert again["drafted"] == []
    drafted = {one["partner_id"]: one["document_id"] for one in first["drafted"]}
    because = {one["partner_id"]: one["because"] for one in again["skipped"]}
    for partner, number in drafted.items():
        assert because[partner] == f"drafted already: document {number}"
    assert "class C has no reviews" in because.values()
    assert "drafted already" in camdesk("review", "draft", "--all", home=own_sample).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("review", "draft"),
        ("review", "draft", PARTNER, "--all"),
        ("review", "draft", "--all", "--due", "soon"),
        ("review", "draft", PARTNER, "--due", "30d"),
        ("document", "edit", "1", "--section", "summary"),
        ("document", "edit", "1", "--section", "summary", "--text", "no-such-file.md"),
        ("document", "promise", "1"),
    ],
)
def test_wrong_use_is_told(camdesk: Camdesk, sample_home: Path, arguments: tuple[str, ...]) -> None:
    answer = camdesk(*arguments, home=sample_home)
    assert answer.code == 2
    assert answer.err.strip()


def test_a_document_in_json_can_be_read_back(camdesk: Camdesk, own_sample: Path, review: str) -> None:
    shown = camdesk("document", "show", review, "--json", home=own_sample).json
    assert json.loads(json.dumps(shown))["partner_id"] == PARTNER
    assert {"commentary", "promises", "agreement", "log"} <= shown.keys()


class StopAfter:
    """A progress whose user stops the work after so many partners."""

    def __init__(self, checks: int) -> None:
        self.left = checks

    def report(self, done: int, total: int, label: str) -> None:
        return

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise CancelledError


def test_what_was_drafted_before_it_was_stopped_is_kept(own_sample: Path) -> None:
    desk = Desk.open(own_sample, ask=lambda _: None)
    report = desk.draft_due_reviews(within_days=30, progress=StopAfter(2))
    assert report.stopped
    assert [one.document_id for one in desk.documents()] == [one.document_id for one in report.drafted][::-1]
    assert len(report.drafted) == 2
    desk.close()
