"""The vendor's looks and the logos, set on the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from tests.cli.conftest import Camdesk


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    made = io.BytesIO()
    Image.new("RGB", (90, 30), "#7A1F5C").save(made, "PNG")
    file = tmp_path / "logo.png"
    file.write_bytes(made.getvalue())
    return file


def test_name_colour_cover_and_logos_reach_the_document(
    camdesk: Camdesk, own_sample: Path, picture: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.jpg"
    Image.new("RGB", (40, 40), "#17805C").save(theirs)
    for words in (
        ("name", "Westlicht AG"),
        ("colour", "#7a1f5c"),
        ("cover", "on"),
        ("logo", "set", str(picture)),
        ("logo", "set", str(theirs), "--partner", "Brennhof"),
    ):
        assert camdesk("brand", *words, home=own_sample).code == 0
    told = camdesk("brand", "show", "--partner", "R-001", "--json", home=own_sample).json
    assert (told["our_name"], told["colour"], told["cover"]) == ("Westlicht AG", "#7A1F5C", True)
    assert told["logo"] == {"media_type": "image/jpeg", "bytes": theirs.stat().st_size}
    picture.unlink()
    theirs.unlink()
    assert camdesk("review", "draft", "R-001", home=own_sample).code == 0
    number = str(camdesk("document", "list", "--json", home=own_sample).json["documents"][0]["document_id"])
    file = tmp_path / "review.pdf"
    assert camdesk("document", "export", number, "--pdf", str(file), home=own_sample).code == 0
    first = pypdf.PdfReader(file).pages[0]
    assert "Westlicht AG" in first.extract_text()
    assert len(first.images) == 2


def test_looks_are_taken_back(camdesk: Camdesk, own_sample: Path, picture: Path) -> None:
    camdesk("brand", "logo", "set", str(picture), home=own_sample)
    camdesk("brand", "colour", "#7A1F5C", home=own_sample)
    assert camdesk("brand", "logo", "clear", home=own_sample).code == 0
    assert camdesk("brand", "colour", "none", home=own_sample).code == 0
    told = camdesk("brand", "show", "--json", home=own_sample).json
    assert (told["colour"], told["logo"]) == (None, None)


def test_what_cannot_be_is_told_in_a_sentence(camdesk: Camdesk, own_sample: Path, tmp_path: Path) -> None:
    pale = camdesk("brand", "colour", "#FFD400", home=own_sample)
    assert (pale.code, "too pale" in pale.err) == (2, True)
    (tmp_path / "logo.png").write_bytes(b"MZ no picture")
    other = camdesk("brand", "logo", "set", str(tmp_path / "logo.png"), home=own_sample)
    assert (other.code, "no PNG, JPEG or SVG" in other.err) == (3, True)
    none = camdesk("brand", "logo", "clear", home=own_sample)
    assert (none.code, "no logo" in none.err) == (3, True)
    assert camdesk("brand", "logo", "set", str(tmp_path / "none.svg"), home=own_sample).code == 3
