"""What is done with several partners at once, as the desk is asked for it. No Qt here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from camdesk.base.progress import Progress

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.desk.portfolio.tending import ReviewsDrafted

DUE = (("no date", None), ("tomorrow", 1), ("in a week", 7), ("in two weeks", 14), ("in a month", 30))
"""When a task may be due: in words, and in days."""


def pin(desk: Desk, partner_ids: tuple[str, ...]) -> None:
    desk.pin_partners(partner_ids)


def classify(desk: Desk, partner_ids: tuple[str, ...], attention: str, reason: str) -> None:
    desk.classify_partners(partner_ids, attention, reason=reason)


def set_stage(desk: Desk, partner_id: str, stage: str, reason: str) -> None:
    desk.set_stage(partner_id, stage, reason=reason)


def add_tasks(desk: Desk, partner_ids: tuple[str, ...], text: str, days: int | None) -> None:
    due_on: date | None = None if days is None else desk.as_of + timedelta(days=days)
    desk.add_tasks(partner_ids, text, due_on=due_on)


def acknowledge(desk: Desk, partner_ids: tuple[str, ...]) -> int:
    return desk.acknowledge_partners(partner_ids)


def draft_reviews(desk: Desk, partner_ids: tuple[str, ...], progress: Progress) -> ReviewsDrafted:
    return desk.draft_reviews(partner_ids, progress=progress)


def told(outcome: ReviewsDrafted) -> str:
    """Return what drafting came to, in a sentence or two."""
    reviews = "1 review" if outcome.drafted == 1 else f"{outcome.drafted} reviews"
    parts = [f"Stopped after {reviews}." if outcome.stopped else f"Drafted {reviews}."]
    if outcome.made_before:
        before = outcome.made_before
        parts.append("1 was drafted before." if before == 1 else f"{before} were drafted before.")
    parts += outcome.failed[:2]
    if len(outcome.failed) > 2:
        parts.append(f"{len(outcome.failed) - 2} more could not be drafted.")
    return " ".join(parts)
