"""A document as PDF: Typst in a child process, data by JSON alone, a whole file or none at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from camdesk.base.resources import resource
from camdesk.documents import page_data
from camdesk.documents.branding import Branding
from camdesk.documents.model import Document
from camdesk.documents.placing import ExportError, place
from camdesk.documents.typesetting import TYPESETTER

# Readable by screen readers, and by programs in thirty years.
_STANDARDS = ("a-2a", "ua-1")

_PLAIN = Branding()

Paper = Literal["a4", "letter"]


def export_pdf(body: Document, target: Path, *, paper: Paper = "a4", brand: Branding = _PLAIN) -> Path:
    """Write the document to `target`, replacing what was there only once the new file is complete.

    A character that no shipped font holds stops a tagged PDF; the plain one then made says so in its annex.
    """
    with tempfile.TemporaryDirectory(prefix="camdesk-") as folder:
        root = Path(folder)
        for template in resource("templates").glob("*.typ"):
            shutil.copyfile(template, root / template.name)
        brand.write_logos(root)
        failure = _typeset(root, body, paper, brand, _STANDARDS)
        if failure is not None:
            failure = _typeset(root, body, paper, brand, ())
        if failure is not None:
            raise _failed(failure)
        return place(root / "document.pdf", target)


def _failed(reason: str) -> ExportError:
    first = reason.strip().splitlines()[0] if reason.strip() else "no reason was given"
    return ExportError(f"The document could not be set: {first}.", "The draft itself is safe.")


def _typeset(
    root: Path, body: Document, paper: Paper, brand: Branding, standards: tuple[str, ...]
) -> str | None:
    """Make `document.pdf` in `root`; return None, or why it could not be made."""
    data = page_data.build(body, paper=paper, tagged=bool(standards))
    data["brand"] = brand.page_data()
    (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    drafted = datetime.combine(body.drafted_on, datetime.min.time(), UTC)
    return TYPESETTER.typeset(root, standards=standards, timestamp=int(drafted.timestamp()))
