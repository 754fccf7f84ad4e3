"""A document's life: every save a version, a person's words kept, agreed and locked, nothing ever lost."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import text as sql

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.desk.desk import Desk
from camdesk.documents.model import Document, Section
from camdesk.documents.printing import as_printed
from camdesk.documents.promises import promises_of
from camdesk.documents.tokens import drafted_text, words_of
from camdesk.documents.trees import text_of
from camdesk.store.workspace import Workspace
from tests.documents.conftest import TODAY, Put, put_reseller

REPO = Path(__file__).parents[2]


@pytest.fixture
def desk(workspace: Workspace, put: Put) -> Desk:
    put_reseller(put)
    return Desk(workspace, as_of=TODAY)


def section(body: Document, name: str = "summary") -> Section:
    return next(one for one in as_printed(body).sections if one.name == name)


def test_words_replace_the_drafted_ones_and_can_be_taken_back(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    drafted = section(desk.document(number))
    token, figure = next(iter(words_of(desk.document(number)).items()))
    desk.write_section(
        number, "summary", f"A good quarter: {{{{{token}}}}}.\n\n- first\n- second\n\n### Why\nBecause."
    )
    shown = section(desk.document(number))
    assert text_of(shown.lead) == f"A good quarter: {figure.text}."
    assert figure in shown.lead
    prose = [
        (block.title, [text_of(line) for line in block.lines])
        for block in shown.blocks
        if block.kind == "prose"
    ]
    assert prose == [("", ["• first", "• second"]), ("Why", ["Because."])]
    desk.write_section(number, "summary", None)
    assert section(desk.document(number)) == drafted


def test_the_drafted_words_as_text_say_the_same_when_they_are_put_back(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    body = desk.document(number)
    for one in body.sections:
        desk.write_section(number, one.name, drafted_text(body, one))
    for one in body.sections:
        assert told(section(desk.document(number), one.name)) == told(one)


def told(one: Section) -> list[str]:
    prose = [text_of(line) for block in one.blocks if block.kind == "prose" for line in block.lines]
    return [words.strip() for words in (text_of(one.lead), *prose) if words.strip()]


def test_an_unknown_figure_section_or_overlong_text_is_refused(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    with pytest.raises(UsageError, match=r"no figure \{\{revenues\}\}"):
        desk.write_section(number, "summary", "It is {{revenues}}")
    with pytest.raises(NotFoundError, match="no section"):
        desk.write_section(number, "summery", "It is")
    with pytest.raises(UsageError, match="25,000 characters"):
        desk.write_section(number, "summary", "x" * 25_000)
    desk.write_section(number, "summary", r"Two braces \{{ are no token")
    assert text_of(section(desk.document(number)).lead) == "Two braces {{ are no token"


def test_every_save_is_a_version_that_can_be_named_compared_and_restored(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    first = desk.document(number)
    desk.write_section(number, "summary", "Words of one")
    desk.name_version(number, "Sent to Anna")
    desk.write_section(number, "summary", "Words of two")
    desk.write_section(number, "summary", "Words of two")
    assert [(one.number, one.name) for one in desk.versions(number)] == [
        (1, None),
        (2, "Sent to Anna"),
        (3, None),
    ]
    changed = desk.compare(number)
    assert [one.section for one in changed.sections] == ["summary"]
    assert changed.sections[0].sentences == ("It said “Words of one” and says “Words of two”.",)
    desk.restore_version(number, 1)
    assert replace(desk.document(number)) == first
    assert len(desk.versions(number)) == 4
    assert desk.compare(number, old=1, new=4).same
    with pytest.raises(NotFoundError, match="no version 9"):
        desk.restore_version(number, 9)


def test_an_agreed_document_is_locked_and_a_change_is_a_new_draft_with_a_log(desk: Desk) -> None:
    number = desk.draft_plan("P-1")
    desk.agree(number, ours=["Dana Voss"], theirs=["Clara Auclair"], on=TODAY)
    agreed = desk.document(number)
    assert [one.status for one in desk.documents()] == ["agreed"]
    assert agreed.agreement is not None
    printed = as_printed(agreed)
    tables = [block for one in printed.sections for block in one.blocks if block.kind == "table"]
    words = " ".join(text_of(cell.line) for table in tables for row in table.rows for cell in row)
    assert "Dana Voss" in words
    assert "Clara Auclair" in words
    with pytest.raises(UsageError, match="was agreed on"):
        desk.agree(number, ours=["Dana Voss"])
    desk.write_section(number, agreed.sections[0].name, "Changed")
    later = desk.document(number)
    assert [one.status for one in desk.documents()] == ["draft"]
    assert later.agreement is None
    assert [entry.what for entry in later.log] == [f"The words of {agreed.sections[0].name} changed."]
    assert desk.document(number, version=2) == agreed
    assert [one.agreed for one in desk.versions(number)] == [False, True, False]
    assert any(one.name == "change-log" for one in as_printed(later).sections)


def test_a_new_draft_of_an_agreed_review_keeps_the_agreed_one_and_the_words(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    token, figure = next(iter(words_of(desk.document(number)).items()))
    desk.write_section(number, "summary", f"As agreed: {{{{{token}}}}}")
    desk.agree(number, ours=["Dana Voss"])
    assert desk.draft_review("P-1") == number
    assert text_of(section(desk.document(number)).lead) == f"As agreed: {figure.text}"
    assert [one.agreed for one in desk.versions(number)] == [False, False, True, False]


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 19)])
def test_a_document_is_agreed_between_its_draft_and_today(desk: Desk, day: date) -> None:
    number = desk.draft_review("P-1")
    with pytest.raises(UsageError):
        desk.agree(number, ours=["Dana Voss"], on=day)
    with pytest.raises(UsageError, match="Nobody of ours"):
        desk.agree(number, ours=["  "])
    assert [one.status for one in desk.documents()] == ["draft"]


def test_what_is_promised_becomes_commitments_once(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    desk.promise(
        number, "Name a lead engineer", side="theirs", owner="Clara Auclair", due_on=date(2026, 12, 9)
    )
    proposed = [one for one in promises_of(desk.document(number)) if one.commitment_id is None]
    written = desk.agree(number, ours=["Dana Voss"])
    assert len(written) == len(proposed) > 0
    kept = {one.commitment_id: one for one in desk.commitments("P-1")}
    named = next(kept[one] for one in written if kept[one].text == "Name a lead engineer")
    assert (named.side, named.owner, named.due_on) == ("partner", "Clara Auclair", date(2026, 12, 9))
    assert {row.document_id for row in desk.own_rows("P-1")} == {number}
    desk.write_section(number, "summary", "Once more")
    assert desk.agree(number, ours=["Dana Voss"]) == ()


def test_a_proposed_promise_can_be_taken_out_and_one_on_record_cannot(desk: Desk) -> None:
    number = desk.draft_review("P-1")
    desk.promise(number, "Name a lead engineer", side="theirs")
    listed = promises_of(desk.document(number))
    place = next(at for at, one in enumerate(listed, start=1) if one.text == "Name a lead engineer")
    desk.take_out_promise(number, place)
    left = promises_of(desk.document(number))
    assert "Name a lead engineer" not in {one.text for one in left}
    on_record = next(at for at, one in enumerate(left, start=1) if one.commitment_id is not None)
    with pytest.raises(UsageError, match="is on record"):
        desk.take_out_promise(number, on_record)
    with pytest.raises(NotFoundError):
        desk.take_out_promise(number, 99)


CHILD = """
import sys
from datetime import date
from pathlib import Path
from camdesk.desk.desk import Desk
from camdesk.documents.exports.exporting import Copy

desk = Desk.open(Path(sys.argv[1]), ask=lambda prompt: None, as_of=date(2026, 11, 20))
document, turned = int(sys.argv[2]), int(sys.argv[4])
forms = ("csv", "ics", "pptx", "pdf", "eml")
print("ready", flush=True)
for turn in range(40):
    desk.write_section(document, "summary", f"Turn {turn} " + "of many words " * 400)
    desk.draft_review("P-1")
    for form in forms[turned:] + forms[:turned]:
        desk.export(document, Path(sys.argv[3]) / f"review.{form}", Copy(form))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process at once")
def test_a_kill_leaves_the_last_saved_words_and_whole_files(desk: Desk, tmp_path: Path) -> None:
    number = desk.draft_review("P-1")
    places = tmp_path / "out"
    places.mkdir()
    draw = random.Random(4)
    home = desk.workspace.home
    before = len(desk.versions(number))
    for turn in range(8):
        desk.close()
        _kill_after(home, number, places, first=turn % 5, seconds=draw.uniform(0.02, 2.5))
        desk.workspace.database.check()
        versions = desk.versions(number)
        assert len(versions) >= before
        before = len(versions)
        body = desk.document(number)
        lead = text_of(section(body).lead)
        assert not body.commentary or lead.endswith("of many words")
        for path in places.iterdir():
            if not path.name.startswith("."):
                assert _is_whole(path)
    assert before > 1
    assert any(places.iterdir())


def _kill_after(home: Path, number: int, places: Path, *, first: int, seconds: float) -> None:
    command = [sys.executable, "-c", CHILD, str(home), str(number), str(places), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPO) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        began = perf_counter()
        try:
            child.wait(max(0.0, seconds - (perf_counter() - began)))
        except subprocess.TimeoutExpired:
            child.kill()


def _is_whole(path: Path) -> bool:
    ends: dict[str, Callable[[bytes], bool]] = {
        ".pdf": lambda content: content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF"),
        ".pptx": lambda content: content.startswith(b"PK") and b"PK\x05\x06" in content[-64:],
        ".csv": lambda content: content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n"),
        ".ics": lambda content: content.endswith(b"\r\nEND:VCALENDAR\r\n"),
        ".eml": lambda content: re.search(rb"\n--=+\d+==--\r?\n$", content) is not None,
    }
    return ends[path.suffix](path.read_bytes())


def test_stored_bodies_without_the_newer_parts_still_load(desk: Desk) -> None:
    number = desk.draft_plan("P-1")
    parts = ("commentary", "promises", "declined", "milestones", "agreement", "log")
    with desk.workspace.database.write() as connection:
        for part in parts:
            connection.execute(sql(f"UPDATE document_version SET body = json_remove(body, '$.{part}')"))
    body = desk.document(number)
    assert (body.commentary, body.agreement, body.log) == ((), None, ())
    assert desk.versions(number)[0].agreed is False
