"""Finished files read back: the text of each page, slide or line, whatever made it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from html import unescape

from camdesk.documents.leaks import Page

_PARAGRAPH = re.compile(r"<a:p\b.*?</a:p>", re.DOTALL)
_RUN = re.compile(r"<a:t>(.*?)</a:t>", re.DOTALL)
_CELL = re.compile(r"<(?:c:v|t|dc:\w+|cp:\w+)(?: [^>]*)?>([^<]*)<")
_TARGET = re.compile(r'Target="\.\./(charts/[^"]+|embeddings/[^"]+)"')


def pages_of(form: str, content: bytes) -> list[Page]:
    """Return what stands where in a file of this form (pdf, pptx, ics, csv, eml)."""
    return list(_READERS[form](content))


def _of_pdf(content: bytes) -> Iterator[Page]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as file:
        for number, page in enumerate(file, start=1):
            text = page.get_textpage()
            yield Page(f"page {number}", text.get_text_bounded())
            text.close()
            page.close()
        told = file.get_metadata_dict(skip_empty=True)
        yield Page("the file's properties", "\n".join(str(value) for value in told.values()))


def _of_slides(content: bytes) -> Iterator[Page]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = set(file.namelist())
        slides = (re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name) for name in names)
        for number in sorted(int(found[1]) for found in slides if found):
            parts = [_drawn(file.read(f"ppt/slides/slide{number}.xml").decode())]
            parts += _charts(file, f"ppt/slides/_rels/slide{number}.xml.rels", names)
            yield Page(f"slide {number}", "\n".join(parts))
        for name in sorted(names):
            if name.startswith("docProps/") and name.endswith(".xml"):
                yield Page("the file's properties", _values(file.read(name).decode()))


def _charts(file: zipfile.ZipFile, relations: str, names: set[str]) -> Iterator[str]:
    """Yield the texts of a slide's charts, and of the workbooks that let them be edited."""
    if relations not in names:
        return
    for target in _TARGET.findall(file.read(relations).decode()):
        part = f"ppt/{target}"
        if part.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(file.read(part))) as book:
                for name in book.namelist():
                    if name == "xl/sharedStrings.xml" or name.startswith("docProps/"):
                        yield _values(book.read(name).decode())
        else:
            text = file.read(part).decode()
            yield f"{_drawn(text)}\n{_values(text)}"
            folder, _, name = part.rpartition("/")
            yield from _charts(file, f"{folder}/_rels/{name}.rels", names)


def _drawn(xml: str) -> str:
    paragraphs = ("".join(_RUN.findall(found)) for found in _PARAGRAPH.findall(xml))
    return unescape("\n".join(paragraphs))


def _values(xml: str) -> str:
    return unescape("\n".join(_CELL.findall(xml)))


def _of_calendar(content: bytes) -> Iterator[Page]:
    unfolded = content.decode().replace("\r\n ", "")
    for number, line in enumerate(unfolded.split("\r\n"), start=1):
        if not line.startswith("UID:"):
            yield Page(f"line {number}", re.sub(r"\\([\\;,])", r"\1", line))


def _of_table(content: bytes) -> Iterator[Page]:
    for number, row in enumerate(csv.reader(io.StringIO(content.decode("utf-8-sig"))), start=1):
        yield Page(f"line {number}", "\n".join(row))


def _of_mail(content: bytes) -> Iterator[Page]:
    message = message_from_bytes(content, policy=default)
    yield Page("the mail's head", "\n".join(f"{name}: {value}" for name, value in message.items()))
    words = message.get_body(("plain",))
    yield Page("the mail's text", words.get_content() if words is not None else "")
    for attached in message.iter_attachments():
        for page in _of_pdf(attached.get_content()):
            yield Page(f"{page.where} of the attachment", page.text)


_READERS: dict[str, Callable[[bytes], Iterator[Page]]] = {
    "pdf": _of_pdf,
    "pptx": _of_slides,
    "ics": _of_calendar,
    "csv": _of_table,
    "eml": _of_mail,
}
