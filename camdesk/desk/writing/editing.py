"""What a person changes in a document, checked before it is kept."""

from __future__ import annotations

from datetime import date

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.documents.library import with_text
from camdesk.documents.model import Document, Promise
from camdesk.documents.promises import added, owner_of
from camdesk.documents.tokens import check_text

_OURS = ("ours", "vendor")
_THEIRS = ("theirs", "partner")


def with_section(body: Document, section: str, text: str | None) -> Document:
    """Return the document with a person's words for a section, named by its name or heading."""
    wanted = section.casefold()
    found = next((one for one in body.sections if wanted in {one.name, one.heading.casefold()}), None)
    if found is None:
        names = ", ".join(one.name for one in body.sections)
        raise NotFoundError(f"This document has no section {section}.", f"Choose from: {names}.")
    if text is not None:
        check_text(body, text)
    return with_text(body, found.name, text)


def with_promise(body: Document, text: str, *, side: str, owner: str | None, due_on: date | None) -> Document:
    """Return the document with one more promise of ours or theirs."""
    if side in _OURS:
        return added(body, Promise("vendor", text, owner_of(body.our_name, owner), due_on, None))
    if side in _THEIRS:
        return added(body, Promise("partner", text, owner_of(body.partner_name, owner), due_on, None))
    raise UsageError(f"{side} is no side.", "Say ours or theirs.")
