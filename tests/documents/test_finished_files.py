"""Nothing a partner must not see leaves in any corner of a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pypdf
import pytest
from pptx import Presentation
from pypdf.annotations import Link, Text
from pypdf.generic import NameObject, TextStringObject

from camdesk.desk.desk import Desk
from camdesk.documents.branding import Branding
from camdesk.documents.exports.exporting import FORMS, Copy, Form, export
from camdesk.documents.exports.mail import Letter
from camdesk.documents.exports.reading import pages_of
from camdesk.documents.leaks import LeakError, Secrets, stop_leaks
from camdesk.documents.model import (
    Document,
    FrozenFigure,
    FrozenMilestone,
    FrozenRecord,
    Missing,
    Promise,
    Section,
    Series,
    Span,
    StackedColumns,
    Step,
    Waterfall,
)
from camdesk.store.workspace import Workspace
from tests.documents.conftest import TODAY, Put, day, put_partner, put_reseller

NOTE = "Their director dislikes our pricing and will leave"
SECRETS = Secrets(
    others=(("R-002", "Kite Networks GmbH"),),
    own_names=("Brennhof Systemhaus", "Northlight Software"),
    texts=(("an internal note", NOTE),),
)
PLANTED = (
    ("won with Kite Networks", "the name of another partner", "Kite Networks GmbH"),
    ("they are 7th of 18", "a rank", "7th of 18"),
    (NOTE, "an internal note", NOTE),
)
planted = pytest.mark.parametrize(("words", "what", "told"), PLANTED)


def never_own(_words: str) -> bool:
    return False


def review() -> Document:
    chart = Waterfall("Moves", Step("Q2", 64, "64"), Step("Q3", 58, "58"), (Step("Pace", -6, "−6"),), "Falls")
    months = StackedColumns(
        "Renewals", ("Nov", "Dec"), (Series("Due", (3, 1)),), (Span("€3"), Span("")), "Two"
    )
    section = Section("summary", "Summary", "A steady quarter", (Span("All is well"),), (chart, months))
    record = FrozenRecord("DL-1", "Aster Foods", "3 Mar 2026", "€12.00")
    figure = FrozenFigure("won", "Win rate", None, 1, "1", (), "", TODAY, 1, "Won.", (record,), "deal")
    return Document(
        "review", "Quarterly business review", "P-1", "Brennhof Systemhaus", "Northlight Software", "2026-Q3",
        "FY26 Q3", date(2026, 9, 30), TODAY, (section,), (figure,),
        promises=(Promise("vendor", "Send the list", "Northlight · Dana", date(2026, 12, 1), None),),
        milestones=(FrozenMilestone("Lab opens", date(2027, 2, 1)),),
    )  # fmt: skip


def with_section(body: Document, **changes: object) -> Document:
    return replace(body, sections=(replace(body.sections[0], **changes),))  # type: ignore[arg-type]


def in_charts(body: Document, words: str) -> Document:
    return with_section(body, blocks=tuple(replace(one, alt=words) for one in body.sections[0].blocks[:2]))  # type: ignore[arg-type]


PLACES: dict[str, Callable[[Document, str], Document]] = {
    "title": lambda body, words: with_section(body, message=words),
    "lead": lambda body, words: with_section(body, lead=(Span(words),)),
    "missing": lambda body, words: with_section(body, blocks=(Missing((words,)),)),
    "description of a chart": in_charts,
    "properties": lambda body, words: replace(body, period_title=words),
    "annex": lambda body, words: replace(body, figures=(replace(body.figures[0], definition=words),)),
    "record": lambda body, words: replace(
        body, figures=(replace(body.figures[0], records=(FrozenRecord("1", words, "", ""),)),)
    ),
    "source": lambda body, words: replace(body, sources=(words,)),
}


def exported(body: Document, folder: Path, form: Form, letter: Letter = Letter()) -> Path:  # noqa: B008
    target = folder / "out" / f"file.{form}"
    return export(body, target, Copy(form), secrets=SECRETS, own=never_own, letter=letter, brand=Branding())


@pytest.mark.parametrize("form", FORMS)
def test_what_holds_nothing_of_the_kind_is_written(tmp_path: Path, form: Form) -> None:
    assert exported(review(), tmp_path, form).stat().st_size > 50


@planted
@pytest.mark.parametrize("place", PLACES)
def test_a_pdf_is_stopped_whatever_part_says_it(
    tmp_path: Path, place: str, words: str, what: str, told: str
) -> None:
    with pytest.raises(LeakError) as stopped:
        exported(PLACES[place](review(), words), tmp_path, "pdf")
    assert {(leak.what, leak.found) for leak in stopped.value.leaks} == {(what, told)}
    assert f"has {what}, “{told}”" in str(stopped.value)
    assert not (tmp_path / "out").exists()


@planted
@pytest.mark.parametrize("place", ["title", "lead", "missing", "properties"])
@pytest.mark.parametrize("form", ["pptx", "eml"])
def test_slides_and_mails_are_stopped(
    tmp_path: Path, form: Form, place: str, words: str, what: str, told: str
) -> None:
    with pytest.raises(LeakError) as stopped:
        exported(PLACES[place](review(), words), tmp_path, form)
    assert (what, told) in {(leak.what, leak.found) for leak in stopped.value.leaks}
    assert not (tmp_path / "out").exists()


@planted
@pytest.mark.parametrize("form", ["ics", "csv"])
def test_calendars_and_tables_are_stopped(
    tmp_path: Path, form: Form, words: str, what: str, told: str
) -> None:
    promise = replace(review().promises[0], text=words)
    for body in (
        replace(review(), promises=(promise,)),
        replace(review(), milestones=(FrozenMilestone(words, date(2027, 2, 1)),)),
    ):
        with pytest.raises(LeakError, match=f"line .* has {what}, “{told}”"):
            exported(body, tmp_path, form)
        assert not (tmp_path / "out").exists()


def test_the_head_of_a_mail_is_read(tmp_path: Path) -> None:
    with pytest.raises(LeakError, match="the mail's head has the name of another partner"):
        exported(review(), tmp_path, "eml", Letter("", "Eve of Kite Networks", "eve@x.example"))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("clean")
    return {form: exported(review(), folder, form).read_bytes() for form in ("pdf", "pptx", "eml")}


def annotated(writer: pypdf.PdfWriter, words: str) -> None:
    writer.add_annotation(0, Text(rect=(9, 9, 20, 20), text=words))


def linked(writer: pypdf.PdfWriter, words: str) -> None:
    writer.add_annotation(0, Link(rect=(9, 9, 20, 20), url=f"https://x.example/?{words}"))


def described(writer: pypdf.PdfWriter, words: str) -> None:
    writer.root_object[NameObject("/Alt")] = TextStringObject(words)


IN_PDF: dict[str, Callable[[pypdf.PdfWriter, str], object]] = {
    "the bookmarks or the title": lambda writer, words: writer.add_outline_item(title=words, page_number=0),
    "the file's properties": lambda writer, words: writer.add_metadata({"/Subject": words}),
    "a comment or link": annotated,
    "a link": linked,
    "a file attached to it": lambda writer, words: writer.add_attachment("list.txt", words.encode()),
    "the description of a figure": described,
}


def rewritten(content: bytes, plant: Callable[[pypdf.PdfWriter, str], object], words: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    plant(writer, words)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@planted
@pytest.mark.parametrize("where", IN_PDF)
@pytest.mark.parametrize("letters", ["", "Ω \\ (brackets) "])
def test_a_pdf_is_read_outside_its_pages(
    clean: dict[str, bytes], where: str, letters: str, words: str, what: str, told: str
) -> None:
    content = rewritten(clean["pdf"], IN_PDF[where], f"{letters}{words}")
    with pytest.raises(LeakError, match=f"{where} has {what}, “{told}”"):
        stop_leaks(pages_of("pdf", content), SECRETS, own=never_own)


@pytest.mark.parametrize("where", IN_PDF)
def test_a_pdf_attached_to_a_mail_is_read_as_whole(clean: dict[str, bytes], where: str) -> None:
    mail = message_from_bytes(clean["eml"], policy=default)
    changed = EmailMessage(policy=SMTP)
    changed.set_content("Hello")
    (attached,) = mail.iter_attachments()
    content = rewritten(attached.get_content(), IN_PDF[where], "by Kite Networks")
    changed.add_attachment(content, maintype="application", subtype="pdf", filename="review.pdf")
    with pytest.raises(LeakError, match=f"{where} of the attachment has the name"):
        stop_leaks(pages_of("eml", changed.as_bytes()), SECRETS, own=never_own)


@pytest.mark.parametrize(
    ("where", "mail"),
    [
        ("the mail's text", ("Kite Networks", "review.txt", "Hello")),
        ("the attachment's name", ("Hello", "Kite Networks.txt", "Hello")),
        ("the attachment", ("Hello", "review.txt", "Kite Networks")),
    ],
)
def test_every_part_of_a_mail_is_read(where: str, mail: tuple[str, str, str]) -> None:
    message = EmailMessage(policy=SMTP)
    text, name, attached = mail
    message.set_content("Hello")
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    message.add_attachment(attached, filename=name)
    with pytest.raises(LeakError, match=f"{where} has the name"):
        stop_leaks(pages_of("eml", message.as_bytes()), SECRETS, own=never_own)


def noted(deck: Presentation, words: str) -> None:  # type: ignore[valid-type]
    deck.slides[1].notes_slide.notes_text_frame.text = words  # type: ignore[attr-defined]


def named(deck: Presentation, words: str) -> None:  # type: ignore[valid-type]
    deck.slides[1].shapes[0]._element._nvXxPr.cNvPr.set("descr", words)  # type: ignore[attr-defined]


def linked_out(deck: Presentation, words: str) -> None:  # type: ignore[valid-type]
    run = deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0]  # type: ignore[attr-defined]
    run.hyperlink.address = f"https://x.example/?{words}"


def propertied(deck: Presentation, words: str) -> None:  # type: ignore[valid-type]
    deck.core_properties.keywords = words  # type: ignore[attr-defined]


IN_DECK = {noted: "slide 2", named: "slide 2", linked_out: "slide 2", propertied: "the file's properties"}


@planted
@pytest.mark.parametrize("plant", IN_DECK)
def test_slides_are_read_in_every_part(
    clean: dict[str, bytes], plant: Callable[[object, str], None], words: str, what: str, told: str
) -> None:
    deck = Presentation(io.BytesIO(clean["pptx"]))
    plant(deck, words)
    file = io.BytesIO()
    deck.save(file)
    with pytest.raises(LeakError, match=f"{IN_DECK[plant]} has {what}, “{told}”"):
        stop_leaks(pages_of("pptx", file.getvalue()), SECRETS, own=never_own)


@planted
def test_the_workbooks_of_charts_are_read(clean: dict[str, bytes], words: str, what: str, told: str) -> None:
    content = rezipped(
        clean["pptx"],
        lambda name: name.endswith(".xlsx"),
        lambda book: rezipped(
            book, lambda name: name == "xl/sharedStrings.xml", lambda xml: xml.replace(b"Due", words.encode())
        ),
    )
    with pytest.raises(LeakError, match=f"slide . has {what}, “{told}”"):
        stop_leaks(pages_of("pptx", content), SECRETS, own=never_own)


def rezipped(content: bytes, wanted: Callable[[str], bool], change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if wanted(name) else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Do better than Kite Networks", "the name of another partner"),
        ("Stay 7th of 18", "a rank"),
        ("The owner is an old friend of ours", "the reason of a judgement"),
    ],
)
def test_the_mail_after_a_meeting_is_stopped(workspace: Workspace, put: Put, words: str, what: str) -> None:
    put_reseller(put)
    put_partner(put, "P-2", "reseller", "Kite Networks GmbH")
    put("meetings", {"meeting_id": "m1", "partner_id": "P-1", "scheduled_at": f"{day(0)}T10:00:00Z",
                     "kind": "working", "status": "held"})  # fmt: skip
    desk = Desk(workspace, as_of=TODAY)
    desk.set_class("P-1", "A", reason="The owner is an old friend of ours", until=None)
    assert desk.follow_up("P-1").text
    desk.add_commitment("P-1", words, side="ours")
    with pytest.raises(LeakError, match=f"the mail's text has {what}"):
        desk.follow_up("P-1")


def test_a_task_that_is_on_record_as_promised_may_be_said(workspace: Workspace, put: Put) -> None:
    put_reseller(put)
    put("meetings", {"meeting_id": "m1", "partner_id": "P-1", "scheduled_at": f"{day(0)}T10:00:00Z",
                     "kind": "working", "status": "held"})  # fmt: skip
    desk = Desk(workspace, as_of=TODAY)
    desk.add_task("Send them the new price list", partner_id="P-1")
    desk.add_commitment("P-1", "Send them the new price list", side="ours")
    assert "Send them the new price list" in desk.follow_up("P-1").text
