"""Draft documents, keep them, and write them out."""

from __future__ import annotations

from pathlib import Path

from camdesk.base.errors import UsageError
from camdesk.base.periods import ONE_DAY
from camdesk.documents.drafting import draft_plan as make_plan
from camdesk.documents.drafting import draft_review as make_review
from camdesk.documents.library import StoredDocument, list_documents, load_document, save_draft
from camdesk.documents.model import Document
from camdesk.documents.pdf import Paper
from camdesk.documents.pdf import export_pdf as write_pdf
from camdesk.insight.insight import Insight
from camdesk.store.workspace import Workspace


def draft_review(insight: Insight, partner_id: str, *, period: str | None, saved_at: str) -> int:
    """Draft and keep a review; `period` is a fiscal quarter's name, the newest finished one by default."""
    calendar = insight.settings.calendar
    quarter = calendar.quarter(calendar.quarter(insight.as_of).start - ONE_DAY)
    if period is not None:
        named = calendar.quarter_named(period)
        if named is None:
            raise UsageError(f"{period} is not a fiscal quarter.", "Write it like 2026-Q3.")
        quarter = named
    if quarter.start > insight.as_of:
        raise UsageError("That quarter has not begun yet.", "Choose one that has, like 2026-Q3.")
    body = make_review(insight, partner_id, period=quarter)
    return save_draft(insight.workspace.database, body, saved_at=saved_at)


def draft_plan(insight: Insight, partner_id: str, *, year: int | None, saved_at: str) -> int:
    """Draft and keep a joint business plan for a fiscal year, the next one by default."""
    next_year = insight.settings.calendar.year_number(insight.as_of) + 1
    body = make_plan(insight, partner_id, year=year or next_year)
    return save_draft(insight.workspace.database, body, saved_at=saved_at)


def stored(workspace: Workspace, partner_id: str | None) -> tuple[StoredDocument, ...]:
    return list_documents(workspace.database, partner_id=partner_id)


def load(workspace: Workspace, document_id: int) -> Document:
    return load_document(workspace.database, document_id)


def export_pdf(workspace: Workspace, document_id: int, target: Path, *, paper: Paper) -> Path:
    return write_pdf(load(workspace, document_id), target, paper=paper)
