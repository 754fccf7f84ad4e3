"""Finished slides read back: each slide with its notes, charts and their workbooks, then the other parts."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from camdesk.documents.leaks import Page

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_TEXT = re.compile(r">([^<]+)<")
_PARAGRAPH = re.compile(r"<a:p\b.*?</a:p>", re.DOTALL)
_RUN = re.compile(r"<a:t>(.*?)</a:t>", re.DOTALL)
# What shapes, sheets and links are called and described by.
_NAMES = re.compile(r'\s(?:name|descr|title|tooltip|author|initials)="([^"]+)"')
_OUTWARD = re.compile(r'<Relationship\b[^>]*\bTargetMode="External"[^>]*>')
_TARGET = re.compile(r'\bTarget="([^"]*)"')
_WRITTEN = (".xml", ".rels", ".vml", ".svg")
# The design: its layouts' prompts and the names of its fonts and colours, the same in every file.
_DESIGN = re.compile(
    r"ppt/(?:slideMasters|slideLayouts|theme|notesMasters|handoutMasters|printerSettings)/"
    r"|xl/(?:theme|styles)|.*/_rels/(?:slideMaster|slideLayout)|\[Content_Types\]|ppt/(?:tableStyles|viewProps)"
)


def pages_of_deck(content: bytes) -> Iterator[Page]:
    """Yield each slide with all that belongs to it, then the other parts of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        left = dict.fromkeys(name for name in file.namelist() if not _DESIGN.match(name))
        slides = sorted((int(found[1]), name) for name in left if (found := _SLIDE.fullmatch(name)))
        for number, name in slides:
            texts = [_text_of(file, part) for part in _parts(file, name, left)]
            yield Page(f"slide {number}", "\n".join(texts))
        for name in left:
            where = "the file's properties" if name.startswith("docProps/") else f"the file's part {name}"
            yield Page(where, _text_of(file, name))


def _parts(file: zipfile.ZipFile, name: str, left: dict[str, None]) -> Iterator[str]:
    """Yield a part and all it leads to that no other has led to yet, and take them out of `left`."""
    if name not in left:
        return
    del left[name]
    yield name
    folder, _, last = name.rpartition("/")
    relations = f"{folder}/_rels/{last}.rels"
    if relations in left:
        del left[relations]
        yield relations
        for target in _TARGET.findall(file.read(relations).decode("utf-8", "replace")):
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            part = posixpath.normpath(path)
            if not _SLIDE.fullmatch(part):
                yield from _parts(file, part, left)


def _text_of(file: zipfile.ZipFile, name: str) -> str:
    """Return what a part says; a workbook's or another archive's parts in turn, a picture's nothing."""
    raw = file.read(name)
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as inner:
            return "\n".join(_text_of(inner, each) for each in inner.namelist() if not _DESIGN.match(each))
    if not name.endswith(_WRITTEN):
        return ""
    text = raw.decode("utf-8", "replace")
    if name.endswith(".rels"):
        links = _OUTWARD.findall(text)
        return unescape("\n".join(target for link in links for target in _TARGET.findall(link)))
    # A word may be set in several runs.
    drawn = ["".join(_RUN.findall(paragraph)) for paragraph in _PARAGRAPH.findall(text)]
    rest = _PARAGRAPH.sub("", text)
    return unescape("\n".join([*drawn, *_TEXT.findall(rest), *_NAMES.findall(text)]))
