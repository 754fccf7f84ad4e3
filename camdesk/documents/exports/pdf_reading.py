"""A finished PDF read back: its pages, and every text of it that stands outside them.

Outside stand the descriptions of figures, bookmarks, links, comments, properties and attached files. They
are found in the file's objects themselves, so that none is missed because no reader has a name for it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from camdesk.documents.leaks import Page

_STREAM = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
_DICTIONARY = 600  # bytes before a stream, in which it says what it is
# A string in brackets, whose inner brackets come in pairs, or in digits; and the name before it.
_STRING = re.compile(rb"\(([^()\\]*)(\)?)|<([0-9A-Fa-f\s]+)>")
_KEY = re.compile(rb"/([A-Za-z]+)\s*$")
_KEY_BYTES = 24
_BRACKET = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}
_TAG = re.compile(r"<[^>]*>")
# Numbers that the file gives its own parts.
_MARKS = frozenset({"ID", "Headers"})
_PLACES = {
    "Alt": "the description of a figure",
    "ActualText": "the spoken text of a mark",
    "T": "a heading's name",
    "Title": "the bookmarks or the title",
    "URI": "a link",
    "Contents": "a comment or link",
    **dict.fromkeys(("Author", "Subject", "Keywords", "Creator", "Producer"), "the file's properties"),
}
_ELSEWHERE = "the file, outside its pages"
_PROPERTIES = "the file's properties"


def pages_of_pdf(content: bytes) -> Iterator[Page]:
    """Yield the text of each page, then what stands elsewhere in the file, by its place."""
    import pypdfium2

    with pypdfium2.PdfDocument(content) as file:
        for number, page in enumerate(file, start=1):
            text = page.get_textpage()
            yield Page(f"page {number}", text.get_text_range())
            text.close()
            page.close()
        for number in range(file.count_attachments()):
            attached = file.get_attachment(number)
            read = bytes(attached.get_data()).decode("utf-8", "replace")
            yield Page("a file attached to it", f"{attached.get_name()}\n{read}")
    yield from _outside_pages(content)


def _outside_pages(content: bytes) -> Iterator[Page]:
    found: dict[str, dict[str, None]] = {}
    for place, text in _texts(content):
        found.setdefault(place, {})[text] = None
    for place, texts in found.items():
        yield Page(place, "\n".join(texts))


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield every string of the file's objects with its place, and what its metadata say."""
    end = 0
    for stream in _STREAM.finditer(content):
        before = content[end : stream.start()]
        yield from _strings(before)
        end = stream.end()
        told = before[-_DICTIONARY:].rpartition(b" obj")[2]
        if b"/ObjStm" in told:
            yield from _strings(_unpacked(stream[1], told))
        elif b"/Metadata" in told:
            yield _PROPERTIES, _TAG.sub("\n", _unpacked(stream[1], told).decode("utf-8", "replace"))
    yield from _strings(content[end:])


def _unpacked(stream: bytes, told: bytes) -> bytes:
    return zlib.decompressobj().decompress(stream) if b"/FlateDecode" in told else stream


def _strings(objects: bytes) -> Iterator[tuple[str, str]]:
    at = 0
    while (found := _STRING.search(objects, at)) is not None:
        start, at = found.start(), found.end()
        key = _KEY.search(objects, max(0, start - _KEY_BYTES), start)
        name = key[1].decode() if key else ""
        if found[3] is not None:
            raw = bytes.fromhex(_even(found[3]))
        elif found[2]:
            raw = found[1]
        else:
            at = _closing(objects, start + 1)
            raw = _ESCAPE.sub(_plain, objects[start + 1 : at - 1])
        if raw.strip() and name not in _MARKS:
            yield _PLACES.get(name, _ELSEWHERE), _decoded(raw)


def _closing(objects: bytes, start: int) -> int:
    """Return where the bracket that opened before `start` has been closed; inner ones come in pairs."""
    depth = 1
    for bracket in _BRACKET.finditer(objects, start):
        depth += {b"(": 1, b")": -1}.get(bracket[0], 0)
        if not depth:
            return bracket.end()
    return len(objects)


def _even(digits: bytes) -> str:
    plain = b"".join(digits.split()).decode()
    return plain + "0" * (len(plain) % 2)


def _plain(escape: re.Match[bytes]) -> bytes:
    if escape[1].isdigit():
        return bytes([int(escape[1], 8) & 0xFF])
    return _ESCAPED.get(escape[1], escape[1])


def _decoded(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode("latin-1")
