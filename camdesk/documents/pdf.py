"""A document as PDF: Typst in a child process, data by JSON alone, a whole file or none at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from camdesk.base.resources import resource
from camdesk.documents import page_data
from camdesk.documents.model import Document
from camdesk.documents.placing import ExportError, place

TIME_LIMIT_SECONDS = 20
# Readable by screen readers, and by programs in thirty years.
_STANDARDS = "a-2a,ua-1"

Paper = Literal["a4", "letter"]


def export_pdf(body: Document, target: Path, *, paper: Paper = "a4") -> Path:
    """Write the document to `target`, replacing what was there only once the new file is complete.

    A character that no shipped font holds stops a tagged PDF; the plain one then made says so in its annex.
    """
    with tempfile.TemporaryDirectory(prefix="camdesk-") as folder:
        root = Path(folder)
        for template in resource("templates").glob("*.typ"):
            shutil.copyfile(template, root / template.name)
        failure = _typeset(root, body, paper, _STANDARDS)
        if failure is not None:
            failure = _typeset(root, body, paper, "")
        if failure is not None:
            raise _failed(failure)
        return place(root / "document.pdf", target)


def _failed(reason: str) -> ExportError:
    first = reason.strip().splitlines()[0] if reason.strip() else "no reason was given"
    return ExportError(f"The document could not be set: {first}.", "The draft itself is safe.")


def _typeset(root: Path, body: Document, paper: Paper, standards: str) -> str | None:
    """Make `document.pdf` in `root`; return None, or why it could not be made."""
    data = page_data.build(body, paper=paper, tagged=bool(standards))
    (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    drafted = datetime.combine(body.drafted_on, datetime.min.time(), UTC)
    command = [
        sys.executable,
        "-I",
        str(Path(__file__).with_name("typesetter.py")),
        str(root),
        str(resource("fonts")),
        standards,
        str(int(drafted.timestamp())),
    ]
    # A template that names a package would be looked for on the network: a dead port ends that at once.
    dead = "http://127.0.0.1:9"
    environment = {**os.environ, "HTTP_PROXY": dead, "HTTPS_PROXY": dead, "ALL_PROXY": dead, "NO_PROXY": ""}
    try:
        result = subprocess.run(  # noqa: S603  # our own interpreter and script
            command, cwd=root, env=environment, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ExportError(
            f"Setting the document took more than {TIME_LIMIT_SECONDS} seconds and was stopped.",
            "Try again; if it stays so, put the shipped templates back.",
        ) from error
    if result.returncode == 0:
        return None
    return result.stderr.decode("utf-8", "replace") or f"the typesetter ended with {result.returncode}"
