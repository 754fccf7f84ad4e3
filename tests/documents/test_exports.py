"""Finished files say what the document says, let nothing out, and print hostile text as itself."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from camdesk.desk.desk import Desk
from camdesk.documents.exports.exporting import FORMS, Copy, Form
from camdesk.documents.exports.reading import pages_of
from camdesk.documents.exports.tables import neutral
from camdesk.documents.leaks import LeakError
from camdesk.documents.model import Missing, Waterfall
from camdesk.documents.plain import cleaned
from camdesk.store.workspace import Workspace
from tests.documents.conftest import TODAY, Put, put_partner, put_reseller

HOSTILE = (
    '#read("/etc/passwd") #eval("1") $x^2$ *b* _i_ <a href="javascript:alert(1)">x</a> {{braces}}',
    "=HYPERLINK(\"http://x\";\"y\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "END:VEVENT\r\nBEGIN:VEVENT",
    "line\nbreak\x00\x07and\x1b[31mcolour",
    "ab\u202egnp.exe",
    "مرحبا بالعالم שלום",
    "party \U0001f389 emoji",
    "A" * 10_000,
)  # fmt: skip


@pytest.fixture
def desk(workspace: Workspace, put: Put) -> Desk:
    put_reseller(put)
    put("contacts", {"contact_id": "c1", "partner_id": "P-1", "name": "Clara Auclair", "is_primary": 1,
                     "email": "clara@brennhof.example"})  # fmt: skip
    put("milestones", {"milestone_id": "m1", "partner_id": "P-1", "kind": "joint", "name": "Lab opens",
                       "due_on": "2027-02-01"})  # fmt: skip
    return Desk(workspace, as_of=TODAY)


Written = Callable[..., bytes]


@pytest.fixture
def written(desk: Desk, tmp_path: Path) -> Written:
    def write(number: int, form: Form, **options: bool) -> bytes:
        return desk.export(number, tmp_path / "out" / f"file.{form}", Copy(form, **options)).read_bytes()

    return write


def text_of_file(form: str, content: bytes) -> str:
    return "\n".join(page.text for page in pages_of(form, content))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_slides_hold_the_messages_and_native_charts_and_tables(desk: Desk, written: Written) -> None:
    number = desk.draft_review("P-1")
    body = desk.document(number)
    deck = Presentation(io.BytesIO(written(number, "pptx")))
    titles = [slide.shapes.title.text for slide in deck.slides]
    for section in body.sections:
        # A section of a line or two stands under its message on the slide before.
        short = all(isinstance(block, Missing) for block in section.blocks)
        told = [
            shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame
        ]
        assert section.message in (told if short else titles)
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    assert any(shape.has_table for shape in shapes)
    charts = [shape.chart for shape in shapes if shape.has_chart]
    assert charts
    assert not any(slide.has_notes_slide for slide in deck.slides)
    waterfall = next(block for one in body.sections for block in one.blocks if isinstance(block, Waterfall))
    steps = [step.label for step in (waterfall.before, *waterfall.steps, waterfall.after)]
    assert any(list(chart.plots[0].categories) == steps for chart in charts)


def test_a_calendar_has_each_promise_and_milestone_on_its_day(desk: Desk, written: Written) -> None:
    number = desk.draft_review("P-1")
    desk.promise(number, "Agree; sign, and \\ send", side="ours", due_on=date(2026, 12, 24))
    lines = written(number, "ics").decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    text = "\r\n".join(lines).replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261224" in text
    assert r"SUMMARY:Brennhof Systemhaus: Agree\; sign\, and \\ send" in text
    assert "Lab opens" in text
    assert "DTSTART;VALUE=DATE:20270201" in text
    identities = [line for line in lines if line.startswith("UID:")]
    assert len(identities) == len(set(identities)) == text.count("BEGIN:VEVENT")
    assert written(number, "ics").decode().split("\r\n") == lines


def test_a_table_has_each_promise_and_milestone(desk: Desk, written: Written) -> None:
    number = desk.draft_review("P-1")
    desk.promise(number, "Name a lead", side="theirs", owner="Clara Auclair", due_on=date(2026, 12, 24))
    rows = list(csv.DictReader(io.StringIO(written(number, "csv").decode("utf-8-sig"))))
    assert {"what": "commitment", "side": "theirs", "who": "Clara Auclair", "text": "Name a lead",
            "due": "2026-12-24", "id": ""} in rows  # fmt: skip
    assert [row["text"] for row in rows if row["what"] == "milestone"] == ["Lab opens"]


def test_the_mail_is_a_draft_to_the_first_contact_with_the_pdf(desk: Desk, written: Written) -> None:
    mail = message_from_bytes(written(desk.draft_review("P-1"), "eml"), policy=default)
    assert mail["To"] == "Clara Auclair <clara@brennhof.example>"
    assert mail["X-Unsent"] == "1"
    assert "FY26 Q3" in mail["Subject"]
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "review-P-1-2026-Q3.pdf"
    assert attached.get_content().startswith(b"%PDF")


@pytest.mark.parametrize("form", ["pdf", "pptx", "csv", "eml"])
def test_another_partners_name_stops_the_export_and_leaves_nothing(
    desk: Desk, put: Put, written: Written, tmp_path: Path, form: Form
) -> None:
    put_partner(put, "P-2", "reseller", "Kite Networks GmbH")
    number = desk.draft_review("P-1")
    written(number, form)
    desk.promise(number, "Do better than Kite Networks", side="ours", due_on=date(2026, 12, 24))
    target = tmp_path / "stopped" / f"file.{form}"
    with pytest.raises(LeakError, match="Kite Networks GmbH"):
        desk.export(number, target, Copy(form))
    assert not target.parent.exists()
    internal = written(number, form, internal=True)
    assert "INTERNAL" in text_of_file(form, internal)
    assert "Kite Networks" in text_of_file(form, internal)


def test_what_a_killed_export_left_is_cleared_away(desk: Desk, written: Written, tmp_path: Path) -> None:
    number = desk.draft_review("P-1")
    written(number, "csv")
    left = tmp_path / "out" / ".file.csv.4711.part"
    left.write_bytes(b"half")
    written(number, "csv")
    assert [path.name for path in left.parent.iterdir()] == ["file.csv"]


def test_what_the_own_records_say_may_leave(desk: Desk, put: Put, written: Written) -> None:
    put_partner(put, "P-2", "reseller", "Tallis Energy")
    assert "Tallis Energy" in text_of_file("pdf", written(desk.draft_review("P-1"), "pdf"))


def test_notes_tasks_reasons_and_ranks_stop_an_export(desk: Desk, written: Written) -> None:
    number = desk.draft_review("P-1")
    desk.add_note("P-1", "Their director dislikes our pricing")
    desk.add_task("Find out who decides the budget", partner_id="P-1")
    desk.set_class("P-1", "A", reason="The owner is an old friend of ours", until=None)
    for words, what in (
        ("their director dislikes our pricing", "an internal note"),
        ("Find out who decides the budget!", "a task"),
        ("the owner is an old friend of ours", "the reason of a judgement"),
        ("They are 7th of 18 here", "a rank"),
        ("A class B partner", "the attention class"),
    ):
        desk.write_section(number, "summary", words)
        with pytest.raises(LeakError) as stopped:
            written(number, "pdf")
        assert {leak.what for leak in stopped.value.leaks} == {what}
    desk.write_section(number, "summary", None)
    written(number, "pdf")


@pytest.mark.parametrize("form", ["pdf", "pptx"])
def test_the_score_can_be_left_out(desk: Desk, written: Written, form: Form) -> None:
    number = desk.draft_review("P-1")
    assert "Partner score" in text_of_file(form, written(number, form))
    text = text_of_file(form, written(number, form, without_score=True))
    assert "Partner score" not in text
    assert "What moved the score" not in text
    assert "Revenue against target" in text


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_prints_as_itself(workspace: Workspace, put: Put, tmp_path: Path, form: Form) -> None:
    put_reseller(put, name="#panic() =1+1 Brennhof")
    put("contacts", {"contact_id": "c1", "partner_id": "P-1", "name": "Eve\r\nBcc: all@x.example",
                     "is_primary": 1, "email": "eve@x.example\r\nBcc: all@x.example"})  # fmt: skip
    desk = Desk(workspace, as_of=TODAY)
    number = desk.draft_review("P-1")
    for text in HOSTILE:
        if len(text) <= 2_000:
            desk.promise(number, text, side="theirs", owner=text[:40], due_on=date(2026, 12, 24))
    desk.write_section(number, "summary", "\n\n".join(HOSTILE).replace("{{", r"\{{"))
    content = desk.export(number, tmp_path / f"file.{form}", Copy(form)).read_bytes()
    said = squeezed(text_of_file(form, content)).replace("\u200b", "")
    assert "root:" not in said
    assert form == "csv" or "#panic()=1+1Brennhof" in said
    if form in {"pdf", "pptx"}:
        assert '#read("/etc/passwd")' in said
        assert "A" * 800 in said
    if form in {"pptx", "ics", "csv"}:
        for text in HOSTILE[:-1]:
            assert squeezed(cleaned(text))[:150] in said
    if form == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    if form == "ics":
        lines = content.decode().split("\r\n")
        events = sum(line.startswith("UID:") for line in lines)
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == events
    if form == "eml":
        mail = message_from_bytes(content, policy=default)
        assert mail["Bcc"] is None
        assert mail["To"] is None
    if form == "pptx":
        assert not _formulas(content)


def _formulas(content: bytes) -> list[str]:
    """Return the worksheets of a presentation's charts that hold a formula."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as deck:
        for name in deck.namelist():
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(deck.read(name))) as book:
                    found += [name for sheet in book.namelist() if b"<f>" in book.read(sheet)]
    return found


@given(st.text())
def test_no_cell_is_ever_a_formula(text: str) -> None:
    cell = neutral(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%"))
    assert "\n" not in cell


@pytest.mark.parametrize("kind", ["review", "plan"])
def test_nothing_of_a_slide_runs_over_its_edge_or_into_another_thing(
    desk: Desk, written: Written, kind: str
) -> None:
    number = desk.draft_review("P-1") if kind == "review" else desk.draft_plan("P-1")
    deck = Presentation(io.BytesIO(written(number, "pptx")))
    for slide in deck.slides:
        boxes = [
            shape for shape in slide.shapes if shape.has_text_frame or shape.has_table or shape.has_chart
        ]
        assert len(boxes) > 1
        for shape in boxes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
        big = [shape for shape in boxes if shape.has_table or shape.has_chart]
        for place, one in enumerate(big):
            for other in big[place + 1 :]:
                assert one.top + one.height <= other.top or other.top + other.height <= one.top


def test_a_table_of_many_rows_goes_on_under_its_head(desk: Desk, written: Written) -> None:
    number = desk.draft_review("P-1")
    for count in range(40):
        desk.promise(number, f"Promise number {count}", side="ours")
    deck = Presentation(io.BytesIO(written(number, "pptx")))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    promised = [row[1] for row in rows if len(row) > 1 and row[1].startswith("Promise number")]
    assert promised == [f"Promise number {count}" for count in range(40)]
    assert sum(row[:2] == ["Side", "What"] for row in rows) > 1
