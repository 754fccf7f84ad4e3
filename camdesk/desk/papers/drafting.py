"""Reviews and plans drafted from the portfolio as it stands, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from camdesk.base.errors import UsageError
from camdesk.base.periods import ONE_DAY, Period
from camdesk.documents.drafting import draft_plan, draft_review
from camdesk.documents.drafting.rows import PartnerRows
from camdesk.documents.library import save_draft
from camdesk.documents.model import Document, FrozenMilestone
from camdesk.insight.insight import Insight


def quarter_of(insight: Insight, period: str | None) -> Period:
    """Return a fiscal quarter by its name, the newest finished one without; raises UsageError."""
    calendar = insight.settings.calendar
    if period is None:
        return calendar.quarter(calendar.quarter(insight.as_of).start - ONE_DAY)
    named = calendar.quarter_named(period)
    if named is None:
        raise UsageError(f"{period} is not a fiscal quarter.", "Write it like 2026-Q3.")
    if named.start > insight.as_of:
        raise UsageError("That quarter has not begun yet.", "Choose one that has, like 2026-Q3.")
    return named


def review(
    insight: Insight,
    partner_id: str,
    quarter: Period,
    *,
    saved_at: str,
    by: str,
    attention: str | None = None,
) -> int:
    """Draft and keep a review, as long as the partner's class asks or `attention`; return its number."""
    drafted = draft_review(insight, partner_id, period=quarter, attention=attention)
    body = _with_milestones(insight, drafted)
    return save_draft(insight.workspace.database, body, saved_at=saved_at, by=by)


def plan(insight: Insight, partner_id: str, year: int | None, *, saved_at: str, by: str) -> int:
    """Draft and keep a joint business plan for a fiscal year, the next one without; return its number."""
    next_year = insight.settings.calendar.year_number(insight.as_of) + 1
    body = _with_milestones(insight, draft_plan(insight, partner_id, year=year or next_year))
    return save_draft(insight.workspace.database, body, saved_at=saved_at, by=by)


def anew(insight: Insight, body: Document) -> Document:
    """Return a document as it would be drafted today; a review stays as long as it is."""
    if body.kind == "review":
        quarter = quarter_of(insight, body.period)
        length = "B" if body.compact else "A"
        drafted = draft_review(insight, body.partner_id, period=quarter, attention=length)
        return _with_milestones(insight, drafted)
    if body.kind == "plan":
        return _with_milestones(insight, draft_plan(insight, body.partner_id, year=int(body.period)))
    raise UsageError(f"A {body.kind} is made anew each time.", "There is nothing in it to refresh.")


def _with_milestones(insight: Insight, body: Document) -> Document:
    """Return the document with the milestones that lie ahead, for calendars; a plan may bring its own."""
    if body.milestones:
        return body
    rows = PartnerRows(insight.workspace.database, body.partner_id).of("milestones")
    ahead = sorted(
        (date.fromisoformat(row["due_on"]), row["name"])
        for row in rows
        if row["due_on"] and not row["completed_on"] and row["due_on"] >= body.drafted_on.isoformat()
    )
    return replace(body, milestones=tuple(FrozenMilestone(name, due) for due, name in ahead))
