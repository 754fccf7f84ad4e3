"""A PDF says what the document says, letter by letter, and is written whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from camdesk.base.resources import resource
from camdesk.documents import pdf
from camdesk.documents.model import (
    Bars,
    Cell,
    Column,
    Document,
    FrozenFigure,
    FrozenRecord,
    KeyFigure,
    KeyFigures,
    Missing,
    PairedBars,
    ParityBars,
    ParityRow,
    PointColumns,
    Points,
    Promise,
    Promises,
    Prose,
    Radar,
    Section,
    Series,
    SignOff,
    Span,
    StackedColumns,
    Step,
    Table,
    Waterfall,
)
from camdesk.documents.pdf import export_pdf
from camdesk.documents.placing import ExportError


def figure(key: str, title: str, written: str, records: int = 3) -> FrozenFigure:
    listed = tuple(
        FrozenRecord(f"DL-{number}", "Aster Foods · Gateway", "3 Mar 2026", "€12,400.00")
        for number in range(min(records, 20))
    )
    return FrozenFigure(
        key, title, key, 1, written, (("target", "70%"),), "1 Oct 2025 to 30 Sep 2026", date(2026, 9, 30),
        records, "Won over won and lost.", listed, "deal",
    )  # fmt: skip


def document(*, name: str = "Brennhof Systemhaus", text: str = "Gateway for the north") -> Document:
    """Return a document with one of each kind of block; `text` stands wherever a person's words may."""
    won = Span("61.4%", "won")
    blocks = (
        KeyFigures(
            (KeyFigure(Span("€3.91M", "sum"), Span("+4%", "sum"), (Span(text),)), KeyFigure(won, None, ()))
        ),
        Waterfall(
            "Moves", Step("Q2", 64, "64"), Step("Q3", 58, "58"), (Step(text, -6, "−6.0", "won"),), text
        ),
        PairedBars(
            "Months", ("Jan", "Feb"), Series(text, (1, None), "sum"), Series("Out", (2, 3)), "€3", text
        ),
        Bars("Stages", (Step(text, 4, "4", "won"), Step("Won", 0, "0")), ((), (Span(text),)), text),
        StackedColumns(
            "Renewals",
            ("Nov 26", "Dec"),
            (Series(text, (3, None), "sum"), Series("At risk", (1, 2))),
            (Span("€4", "sum"), Span("")),
            text,
        ),
        Radar(
            "Views",
            (text[:40], "Openness", "Goals"),
            Series("We", (75, 50, 0)),
            Series("They", (25, None, 100)),
            text,
        ),
        ParityBars(
            "Invested",
            "Northlight",
            name,
            (ParityRow("People", Step("us", 3, "€3", "sum"), Step("them", -1, "−€1")),),
            text,
        ),
        Promises(
            (Promise("vendor", text, "Northlight · Dana Voss", date(2026, 12, 1), None, (won,)),), "Agreed"
        ),
        PointColumns(
            (Points("Wins", ((Span(text), won),)), Points("Risks", ((Span(text),),), numbered=False))
        ),
        Table(
            (Column("Deal", share=1), Column("Amount", numeric=True), Column("Trend")),
            ((Cell((Span(text),)), Cell((won,), "bad", strong=True), Cell(spark=(1, None, 3, 2))),),
            "Deals",
            (Span(text),),
        ),
        Prose(((Span(text),),), "Why"),
        Missing((text,)),
        SignOff(((name, text), ("Us", "For us"))),
    )
    sections = (
        Section("summary", "Summary", "A message", (Span(text), Span(" "), won), blocks),
        Section("more", "More", text[:120], (), (Missing(("Nothing here.",)),), new_page=False),
    )
    return Document(
        "review", "Quarterly business review", "P-1", name, "Northlight Software", "2026-Q3", "FY26 Q3",
        date(2026, 9, 30), date(2026, 11, 20), sections,
        (figure("sum", "Revenue", "€3,912,000.00"), figure("won", "Win rate", "61.4%", records=45)),
    )  # fmt: skip


def words(path: Path) -> str:
    """Return the text of all pages without spaces: where lines break is not the point."""
    reader = pypdf.PdfReader(path)
    return "".join("".join(page.extract_text().split()) for page in reader.pages).replace("\u200b", "")


def test_the_pages_hold_the_figures_and_the_annex_their_origin(tmp_path: Path) -> None:
    text = words(export_pdf(document(), tmp_path / "review.pdf"))
    for expected in (
        "€3.91M",
        "61.4%",
        "€3,912,000.00",
        "Wonoverwonandlost.",
        "DL-19",
        "and25dealsmore",
        "45deals",
        "Openness",
        "Atrisk",
        "Nov26",
        "1Dec2026",
    ):
        assert expected in text
    assert "asof30Sep2026" in text
    assert "asof20Nov2026" in text


def test_numbers_link_to_the_annex_and_back(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(export_pdf(document(), tmp_path / "review.pdf"))
    annex = next(
        number for number, page in enumerate(reader.pages) if "Where the figures" in page.extract_text()
    )
    links = {number: len(page.get("/Annots", [])) for number, page in enumerate(reader.pages)}
    assert links[0] >= 4
    assert links[annex] == 2


def test_the_file_is_tagged_named_and_outlined(tmp_path: Path) -> None:
    reader = pypdf.PdfReader(export_pdf(document(), tmp_path / "review.pdf"))
    assert reader.metadata is not None
    assert reader.metadata.title == "Brennhof Systemhaus · Quarterly business review FY26 Q3"
    assert "/StructTreeRoot" in reader.root_object
    assert len(reader.outline) >= 2
    embedded, loose = reader.pages[0]._get_fonts()
    assert any("+Inter" in name for name in embedded)
    assert loose == set()


HOSTILE = (
    '#read("/etc/passwd") #eval("1+1") $x^2$ *bold* _it_ @preview/x:0.1.0 <label> \\ `raw` // not a comment '
    "= Heading {{ braces }} %s {0} \"quotes\" 'single' </svg>"
)


def test_hostile_text_prints_as_itself_everywhere(tmp_path: Path) -> None:
    text = words(export_pdf(document(name=HOSTILE[:60], text=HOSTILE), tmp_path / "review.pdf"))
    assert text.count("".join(HOSTILE.split())) >= 6
    assert "root:" not in text


def test_a_text_of_ten_thousand_letters_still_makes_a_document(tmp_path: Path) -> None:
    long = "A" * 10_000
    assert "A" * 300 in words(export_pdf(document(text=long), tmp_path / "review.pdf"))


def test_reordering_and_control_characters_are_taken_out(tmp_path: Path) -> None:
    text = words(export_pdf(document(text="in\u202evoice\u0007 \u0000paid\u2066"), tmp_path / "review.pdf"))
    assert "invoicepaid" in text


def test_wide_scripts_are_set_from_the_shipped_fonts(tmp_path: Path) -> None:
    path = export_pdf(document(text="東京 株式会社 한국 Ελλάς Москва ไทย"), tmp_path / "review.pdf")
    assert "東京株式会社한국ΕλλάςМосква" in words(path)
    assert "/StructTreeRoot" in pypdf.PdfReader(path).root_object


def test_a_letter_no_font_has_gives_a_plain_pdf_that_says_so(tmp_path: Path) -> None:
    path = export_pdf(document(text="rare \U00020bb7 letter"), tmp_path / "review.pdf")
    assert "sothisPDFisnottaggedforscreenreaders" in words(path)


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    first = export_pdf(document(), tmp_path / "a.pdf").read_bytes()
    assert first == export_pdf(document(), tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper(tmp_path: Path, paper: pdf.Paper, size: tuple[int, int]) -> None:
    box = pypdf.PdfReader(export_pdf(document(), tmp_path / "review.pdf", paper=paper)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "review.pdf"
    target.write_bytes(b"the old one")
    broken = replace(document(), sections=(Section("x", "x", "x", (Span("1", "unknown-figure"),), ()),))
    with pytest.raises(ExportError):
        export_pdf(broken, target)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("camdesk.documents.placing.os.fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        export_pdf(document(), target)
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]


def test_a_template_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "document.typ").write_text(
        "#let f(n) = for i in range(100000) { for j in range(100000) { } }\n#f(1)"
    )
    monkeypatch.setattr("camdesk.documents.typesetting.TIME_LIMIT_SECONDS", 1)
    monkeypatch.setattr(
        "camdesk.documents.pdf.resource", lambda name: templates if name == "templates" else resource(name)
    )
    with pytest.raises(ExportError, match="was stopped"):
        export_pdf(document(), tmp_path / "out" / "review.pdf")
    assert not (tmp_path / "out").exists()
