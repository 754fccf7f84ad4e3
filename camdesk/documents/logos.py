"""Check a file that is to be a logo: what it really is, how large, and that it only holds a picture."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path
from xml.parsers import expat

from camdesk.base.errors import CamDeskError
from camdesk.documents.branding import file_of
from camdesk.documents.placing import ExportError
from camdesk.documents.typesetting import TYPESETTER
from camdesk.store.logos import Logo

LARGEST_BYTES = 1 << 20
_LARGEST_SIDE = 6_000
_LARGEST_AREA = 12_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SVG_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE|svg)", re.IGNORECASE)
_FORBIDDEN = frozenset(
    {"script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "audio", "video"}
    | {"animate", "animatetransform", "animatemotion", "set"}
)
_OWN_REFERENCE = re.compile(r"#[^\s]+|data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_ADDRESS = re.compile(r"url\(\s*['\"]?\s*([^)'\"]*)", re.IGNORECASE)
_IN_STYLE = re.compile(r"@import|expression\(|javascript:|\\", re.IGNORECASE)
_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#set document(title: "Logo")
#image("{}", width: 240pt, alt: "Logo")
"""
_PIXELS_PER_POINT = 4
_DO = "Export it anew as PNG, JPEG or plain SVG."


class LogoError(CamDeskError):
    """A file cannot be a logo."""


def checked_logo(content: bytes) -> Logo:
    """Return the picture a file holds; raise LogoError with the reason where it cannot be used."""
    if len(content) > LARGEST_BYTES:
        raise LogoError("A logo may have 1 MB at most.", "Save it smaller; 1,000 pixels across are plenty.")
    if content.startswith(_PNG):
        logo = Logo("image/png", content)
        _check_pixels(content)
    elif content.startswith(_JPEG):
        logo = Logo("image/jpeg", content)
        _check_pixels(content)
    elif _SVG_START.match(content):
        logo = Logo("image/svg+xml", content)
        _check_drawing(content)
    else:
        raise LogoError("This is no PNG, JPEG or SVG picture, whatever its name says.", _DO)
    _set(logo)
    return logo


def as_png(logo: Logo) -> bytes:
    """Return a drawing as pixels, for programs that do not know drawings."""
    import pypdfium2

    with pypdfium2.PdfDocument(_set(logo)) as file:
        page = file[0]
        picture = page.render(scale=_PIXELS_PER_POINT, fill_color=(255, 255, 255, 0)).to_pil()
        page.close()
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def _check_pixels(content: bytes) -> None:
    """Refuse what is cut off, and what would take all memory once it is unpacked."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            wide, high = picture.size
            if max(wide, high) > _LARGEST_SIDE or wide * high > _LARGEST_AREA:
                raise LogoError(
                    f"The picture has {wide:,} × {high:,} pixels, more than a logo may.",
                    "Save it smaller; 1,000 pixels across are plenty.",
                )
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise LogoError("The picture is damaged and cannot be read.", _DO) from error


def _check_drawing(content: bytes) -> None:
    """Refuse an SVG with anything that runs, or that is fetched from elsewhere."""
    parser = expat.ParserCreate()
    open_elements: list[str] = []

    def refuse_declaration(*_told: object) -> None:
        raise LogoError("The SVG declares a document type or entities, which a logo may not.", _DO)

    def refuse_instruction(target: str, _told: str) -> None:
        raise LogoError(f"The SVG names a processing instruction ({target[:40]}).", _DO)

    def start(name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2].casefold()
        if not open_elements and element != "svg":
            raise LogoError("This XML file is no SVG picture.", _DO)
        open_elements.append(element)
        if element in _FORBIDDEN:
            raise LogoError(f"The SVG holds “{element}”: a logo may only be drawn.", _DO)
        for key, value in attributes.items():
            _check_attribute(key.rpartition(":")[2].casefold(), value)

    def text(words: str) -> None:
        if open_elements and open_elements[-1] == "style":
            _check_style(words)

    parser.buffer_text = True
    parser.buffer_size = LARGEST_BYTES
    parser.StartDoctypeDeclHandler = refuse_declaration
    parser.EntityDeclHandler = refuse_declaration
    parser.ProcessingInstructionHandler = refuse_instruction
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_elements.pop() and None
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise LogoError("The SVG is damaged and cannot be read.", _DO) from error


def _check_attribute(name: str, value: str) -> None:
    if name.startswith("on"):
        raise LogoError(f"The SVG holds a script ({name[:40]}).", _DO)
    if name in {"href", "src", "base"} and value.strip() and not _OWN_REFERENCE.fullmatch(value.strip()):
        raise LogoError("The SVG refers to something outside itself.", _DO)
    _check_style(value)


def _check_style(text: str) -> None:
    outside = any(not _OWN_REFERENCE.fullmatch(found.strip()) for found in _ADDRESS.findall(text))
    if outside or _IN_STYLE.search(text):
        raise LogoError("The SVG refers to something outside itself.", _DO)


def _set(logo: Logo) -> bytes:
    """Return the picture as a page of its own, held to what documents are held to."""
    with tempfile.TemporaryDirectory(prefix="camdesk-") as folder:
        root = Path(folder)
        name = file_of("logo", logo)
        (root / name).write_bytes(logo.image)
        (root / "document.typ").write_text(_PAGE.format(name), encoding="utf-8")
        try:
            failure = TYPESETTER.typeset(root, standards=("a-2a", "ua-1"), timestamp=0)
        except ExportError as error:
            raise LogoError("The picture takes too long to draw.", _DO) from error
        if failure is not None:
            raise LogoError("The picture cannot be set on a page.", _DO)
        return (root / "document.pdf").read_bytes()
