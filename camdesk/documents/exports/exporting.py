"""One document as one file: made aside, checked for what its reader must not see, then put in place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from camdesk.documents.branding import Branding
from camdesk.documents.exports.calendar import calendar_of
from camdesk.documents.exports.mail import Letter, mail_of
from camdesk.documents.exports.reading import pages_of
from camdesk.documents.exports.tables import table_of
from camdesk.documents.leaks import Secrets, stop_leaks
from camdesk.documents.model import Document
from camdesk.documents.pdf import Paper, export_pdf
from camdesk.documents.placing import place
from camdesk.documents.printing import INTERNAL, as_printed
from camdesk.documents.typesetting import TYPESETTER

Form = Literal["pdf", "pptx", "ics", "csv", "eml"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Copy:
    """What kind of copy is wanted. One for our own side is marked, and not checked for leaks."""

    form: Form = "pdf"
    paper: Paper = "a4"
    internal: bool = False
    without_score: bool = False
    cover: bool | None = None  # None: as the settings say


def export(
    body: Document,
    target: Path,
    copy: Copy,
    *,
    secrets: Secrets,
    own: Callable[[str], bool],
    letter: Letter,
    brand: Branding,
) -> Path:
    """Write a copy of the document to `target`; raises LeakError with nothing written.

    `own` tells whether the partner's own records say some words, which it may then read. What was at
    `target` is replaced only once the new file is complete.
    """
    if copy.form in {"pdf", "eml"}:
        TYPESETTER.begin()
    shown = as_printed(body, internal=copy.internal, without_score=copy.without_score)
    with tempfile.TemporaryDirectory(prefix="camdesk-") as folder:
        made = Path(folder) / f"document.{copy.form}"
        _make(shown, made, copy, letter, brand)
        if not copy.internal:
            stop_leaks(pages_of(copy.form, made.read_bytes()), secrets, own=own)
        return place(made, target)


def _make(shown: Document, made: Path, copy: Copy, letter: Letter, brand: Branding) -> None:
    mark = f"{INTERNAL} " if copy.internal else ""
    if copy.form == "pdf":
        export_pdf(shown, made, paper=copy.paper, brand=brand)
    elif copy.form == "pptx":
        from camdesk.documents.exports.slides import slides_of

        made.write_bytes(slides_of(shown, brand))
    elif copy.form == "ics":
        made.write_bytes(calendar_of(shown, mark=mark))
    elif copy.form == "csv":
        made.write_bytes(table_of(shown, mark=mark.strip()))
    else:
        attached = export_pdf(shown, made.with_suffix(".pdf"), paper=copy.paper, brand=brand).read_bytes()
        # A copy of our own is addressed to nobody.
        made.write_bytes(mail_of(shown, attached, Letter(letter.sender) if copy.internal else letter))
