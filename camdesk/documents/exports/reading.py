"""Finished files read back: the text of each page, slide or line and of all between, whatever made it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from camdesk.documents.exports.deck_reading import pages_of_deck
from camdesk.documents.exports.pdf_reading import pages_of_pdf
from camdesk.documents.leaks import Page


def pages_of(form: str, content: bytes) -> list[Page]:
    """Return what stands where in a file of this form (pdf, pptx, ics, csv, eml)."""
    return list(_READERS[form](content))


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
    for part in message.walk():
        assert isinstance(part, EmailMessage)
        if part.is_multipart():
            continue
        if (name := part.get_filename()) is not None:
            yield Page("the attachment's name", name)
        if part.get_content_type() == "application/pdf":
            for page in pages_of_pdf(part.get_content()):
                yield Page(f"{page.where} of the attachment", page.text)
        else:
            raw = part.get_payload(decode=True)
            said = raw.decode(part.get_content_charset("utf-8"), "replace") if isinstance(raw, bytes) else ""
            yield Page("the attachment" if name else "the mail's text", said)


_READERS: dict[str, Callable[[bytes], Iterator[Page]]] = {
    "pdf": pages_of_pdf,
    "pptx": pages_of_deck,
    "ics": _of_calendar,
    "csv": _of_table,
    "eml": _of_mail,
}
