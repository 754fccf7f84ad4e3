"""Documents carry both logos and the vendor's colour; a file that is more than a picture is refused."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from camdesk.base import colours
from camdesk.base.errors import CamDeskError, NotFoundError, UsageError
from camdesk.desk.desk import Desk
from camdesk.documents.exports.exporting import Copy
from camdesk.documents.logos import LogoError, checked_logo
from camdesk.store.workspace import Workspace
from tests.documents.conftest import TODAY, Put, put_reseller

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 3">{}</svg>'
)
DRAWING = SVG.format('<rect width="9" height="3" fill="#7A1F5C"/>').encode()


def picture(form: str = "PNG", size: tuple[int, int] = (90, 30)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#7A1F5C").save(made, form)
    return made.getvalue()


@pytest.fixture
def desk(workspace: Workspace, put: Put) -> Desk:
    put_reseller(put)
    return Desk(workspace, as_of=TODAY)


@pytest.fixture
def keep(desk: Desk, tmp_path: Path) -> Callable[[str | None, bytes], None]:
    def write(partner: str | None, content: bytes) -> None:
        file = tmp_path / "picture"
        file.write_bytes(content)
        desk.set_logo(partner, file)
        file.unlink()

    return write


Keep = Callable[[str | None, bytes], None]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(picture(), "image/png"), (picture("JPEG"), "image/jpeg"), (DRAWING, "image/svg+xml")],
)
def test_a_logo_is_what_its_bytes_say(desk: Desk, keep: Keep, content: bytes, media_type: str) -> None:
    keep("Brennhof", content)
    kept = desk.logo("P-1")
    assert kept is not None
    assert (kept.media_type, kept.image) == (media_type, content)
    assert desk.logo(None) is None
    desk.remove_logo("P-1")
    assert desk.logo("P-1") is None
    with pytest.raises(NotFoundError):
        desk.remove_logo("P-1")


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<rect onload="alert(1)"/>', "script"),
        ('<image href="http://x.example/a.png"/>', "outside"),
        ('<image xlink:href="file:///etc/passwd"/>', "outside"),
        ('<image href="../../secret.png"/>', "outside"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "outside"),
        ('<rect fill="url(http://x.example/#a)"/>', "outside"),
        ("<style>@import 'http://x.example/a.css';</style>", "outside"),
        ("<style>rect { fill: url(//x.example/a) }</style>", "outside"),
        ('<a href="javascript:alert(1)"><rect/></a>', "outside"),
        ("<foreignObject/>", "foreignobject"),
        ('<rect><set attributeName="href" to="x"/></rect>', "set"),
        ("<rect", "damaged"),
    ],
)
def test_a_drawing_that_does_more_is_refused(inside: str, reason: str) -> None:
    with pytest.raises(LogoError) as refused:
        checked_logo(SVG.format(inside).encode())
    assert reason in str(refused.value)


def _bomb() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a\x01\x00\x01\x00",
        b"<html><body>logo</body></html>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<?xml version="1.0"?><?xml-stylesheet href="http://x.example/a.css"?>' + DRAWING,
        b'<?xml version="1.0"?><html/>',
        picture()[:60],
        _bomb(),
        DRAWING + b" " * (1 << 20),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(desk: Desk, keep: Keep, content: bytes) -> None:
    with pytest.raises(LogoError) as refused:
        keep(None, content)
    assert str(refused.value).count("\n") == 0
    assert desk.logo(None) is None


def test_a_file_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(CamDeskError, match="could not be read"):
        desk.set_logo(None, tmp_path / "none.png")


def _pictures(path: Path) -> int:
    reader = pypdf.PdfReader(path)
    return len(reader.pages[0].images)


@pytest.mark.parametrize("kind", ["review", "plan"])
def test_both_logos_stand_on_the_first_page_described_and_tagged(
    desk: Desk, keep: Keep, tmp_path: Path, kind: str
) -> None:
    keep(None, picture())
    keep("P-1", picture("JPEG", (40, 40)))
    number = desk.draft_review("P-1") if kind == "review" else desk.draft_plan("P-1")
    plain = desk.export(number, tmp_path / "plain.pdf", Copy())
    covered = desk.export(number, tmp_path / "covered.pdf", Copy(cover=True))
    assert _pictures(plain) == _pictures(covered) == 2
    assert len(pypdf.PdfReader(covered).pages) == len(pypdf.PdfReader(plain).pages) + 1
    said = pypdf.PdfReader(covered).pages[0].extract_text()
    assert "Brennhof Systemhaus" in said
    assert "Northlight Software" in said
    assert "Prepared 20 Nov 2026" in said
    for path in (plain, covered):
        content = path.read_bytes()
        assert b"pdfuaid" in content
        assert b"pdfaid" in content
    alts = _descriptions(covered)
    assert "Logo of Northlight Software" in alts
    assert "Logo of Brennhof Systemhaus" in alts


def _descriptions(path: Path) -> list[str]:
    """Return the alternative texts of everything in the file's structure."""
    reader = pypdf.PdfReader(path)
    found: list[str] = []
    left = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        part = left.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            left += part
        elif isinstance(part, dict):
            found += [str(part["/Alt"])] if "/Alt" in part else []
            left += [part["/K"]] if "/K" in part else []
    return found


def test_the_cover_of_the_settings_can_be_left_out_once(desk: Desk, tmp_path: Path) -> None:
    number = desk.draft_review("P-1")
    desk.save_settings(replace(desk.settings, cover=True))
    covered = pypdf.PdfReader(desk.export(number, tmp_path / "a.pdf", Copy()))
    plain = pypdf.PdfReader(desk.export(number, tmp_path / "b.pdf", Copy(cover=False)))
    assert len(covered.pages) == len(plain.pages) + 1


def test_slides_carry_logos_and_the_colour_as_objects(desk: Desk, keep: Keep, tmp_path: Path) -> None:
    keep(None, DRAWING)
    keep("P-1", picture())
    desk.save_settings(replace(desk.settings, brand_colour="#7a1f5c"))
    deck = Presentation(str(desk.export(desk.draft_review("P-1"), tmp_path / "a.pptx", Copy("pptx"))))
    shown = [shape for shape in deck.slides[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [shape._element._nvXxPr.cNvPr.get("descr") for shape in shown] == [
        "Logo of Northlight Software",
        "Logo of Brennhof Systemhaus",
    ]
    assert all(abs(shape.width / shape.height - 3) < 0.05 for shape in shown)
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    fills = {
        str(series.format.fill.fore_color.rgb)
        for chart in charts
        for series in chart.plots[0].series
        if series.format.fill.type == 1
    }
    assert "7A1F5C" in fills


def test_a_name_is_words_and_never_code(desk: Desk, keep: Keep, tmp_path: Path) -> None:
    keep(None, picture())
    desk.save_settings(replace(desk.settings, our_name='North"#panic("x")'))
    path = desk.export(desk.draft_review("P-1"), tmp_path / "a.pdf", Copy(cover=True))
    assert 'North"#panic("x")' in pypdf.PdfReader(path).pages[0].extract_text()


@pytest.mark.parametrize("text", ["red", "#12345", "#GGGGGG", "rgb(1,2,3)"])
def test_what_is_no_colour_is_told(desk: Desk, text: str) -> None:
    with pytest.raises(UsageError, match="is not a colour"):
        desk.save_settings(replace(desk.settings, brand_colour=text))


@given(st.integers(0, 0xFFFFFF))
def test_a_colour_too_pale_has_a_darker_shade_that_is_read(number: int) -> None:
    colour = f"#{number:06X}"
    shade = colours.darkened(colour, colours.MARKS)
    assert colours.contrast_on_white(shade) >= colours.MARKS
    if colours.contrast_on_white(colour) >= colours.MARKS:
        assert shade == colour


def test_a_pale_colour_is_refused_with_one_that_would_do(desk: Desk) -> None:
    with pytest.raises(UsageError) as refused:
        desk.save_settings(replace(desk.settings, brand_colour="#FFD400"))
    offered = str(refused.value).rsplit(" ", 1)[-1]
    desk.save_settings(replace(desk.settings, brand_colour=offered))
    assert desk.settings.brand_colour == offered
