"""Briefs, the mail after a meeting, the report and the partner file, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Camdesk


def test_a_brief_reads_on_the_terminal(camdesk: Camdesk, sample_home: Path) -> None:
    answer = camdesk("brief", "R-003", home=sample_home)
    assert answer.code == 0
    for words in (
        "INTERNAL", "Vantorre Digital", "In the room", "What changed since we last met", "Open commitments",
        "Three asks", "They will raise", "Deals and renewals",
        "the largest Ivarsson Water: Northlight Gateway – raises the alert “Registration not decided”.",
    ):  # fmt: skip
        assert words in answer.out


def test_a_brief_in_json_is_the_document(camdesk: Camdesk, sample_home: Path) -> None:
    body = camdesk("brief", "Vantorre", "--json", home=sample_home).json
    (brief,) = body["briefs"]
    assert (brief["kind"], brief["partner_id"]) == ("brief", "R-003")
    assert brief["figures"]
    assert body["files"] == []


def test_todays_meetings_each_get_a_page(camdesk: Camdesk, sample_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "today"
    answer = camdesk("brief", "--today", "--all", "--pdf", str(folder), home=sample_home)
    assert answer.code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "brief-2026-11-20-R-012.pdf", "brief-2026-11-20-R-013.pdf", "brief-2026-11-20-R-013_2.pdf",
        "brief-2026-11-20-R-014.pdf",
    ]  # fmt: skip
    assert len(camdesk("brief", "--today", "--json", home=sample_home).json["briefs"]) < 4


def test_a_day_without_meetings_says_so(camdesk: Camdesk, sample_home: Path) -> None:
    answer = camdesk("--as-of", "2026-11-22", "brief", "--today", home=sample_home)
    assert (answer.code, answer.out) == (
        0,
        "No meeting on 2026-11-22. For one partner: camdesk brief PARTNER\n",
    )


def test_the_mail_takes_what_was_agreed_and_leaves_the_notes(camdesk: Camdesk, own_sample: Path) -> None:
    camdesk("commitment", "add", "R-014", "Send the price list", "--side", "ours", "--due", "2026-11-27",
            home=own_sample)  # fmt: skip
    camdesk("commitment", "add", "R-014", "Name two engineers", "--side", "theirs", home=own_sample)
    camdesk("note", "add", "R-014", "They are nervous about the price", home=own_sample)
    answer = camdesk("brief", "R-014", "--follow-up", home=own_sample)
    assert answer.code == 0
    assert "- Send the price list, by 27 Nov 2026" in answer.out
    assert "- Name two engineers" in answer.out
    assert "nervous" not in answer.out
    assert "Score" not in answer.out
    mail = camdesk("brief", "R-014", "--follow-up", "--json", home=own_sample).json
    assert mail["to"]
    assert mail["text"].count("\n- ") == 2


def test_a_mail_without_a_meeting_is_refused(camdesk: Camdesk, sample_home: Path) -> None:
    answer = camdesk("brief", "R-021", "--follow-up", home=sample_home)
    assert answer.code == 3
    assert "Log the one that was" in answer.err


@pytest.mark.parametrize(
    "words",
    [(), ("R-001", "--today"), ("--today", "--follow-up"), ("R-001", "--follow-up", "--pdf", "x.pdf")],
)
def test_what_does_not_fit_together_is_refused(
    camdesk: Camdesk, sample_home: Path, words: tuple[str, ...]
) -> None:
    assert camdesk("brief", *words, home=sample_home).code == 2


def test_the_report_is_shown_and_written(camdesk: Camdesk, sample_home: Path, tmp_path: Path) -> None:
    shown = camdesk("report", "--all", home=sample_home).out
    for words in (
        "Forecast by partner",
        "Resellers",
        "need a decision",
        "The ten largest bring",
        "Campaigns",
    ):
        assert words in shown
    target = tmp_path / "report.pdf"
    assert camdesk("report", "--pdf", str(target), home=sample_home).out == f"Wrote {target}\n"
    assert target.read_bytes().startswith(b"%PDF")
    assert camdesk("report", "--json", home=sample_home).json["kind"] == "report"


def test_the_file_of_a_partner_is_shown_and_written(
    camdesk: Camdesk, sample_home: Path, tmp_path: Path
) -> None:
    shown = camdesk("file", "F-002", home=sample_home).out
    assert "Referral fee: Lockridge Textiles" in shown
    assert "Term: 8 % of the first order" in shown
    target = tmp_path / "file.pdf"
    body = camdesk("file", "F-002", "--pdf", str(target), "--json", home=sample_home).json
    assert (body["kind"], body["file"]) == ("file", str(target))
    assert target.read_bytes().startswith(b"%PDF")
    assert camdesk("file", "Nobody", home=sample_home).code == 3


def test_what_left_the_desk_stands_in_the_audit(camdesk: Camdesk, own_sample: Path, tmp_path: Path) -> None:
    before = camdesk("audit", "verify", "--json", home=own_sample).json
    camdesk("report", "--pdf", str(tmp_path / "report.pdf"), home=own_sample)
    after = camdesk("audit", "verify", "--json", home=own_sample).json
    assert after["entries"] == before["entries"] + 1
