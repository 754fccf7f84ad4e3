"""The state of a deal on a day: decision, open, outcome."""

from __future__ import annotations

from .figure import AsOf
from .periods import Span
from .records import Row

DECIDED = ("approved", "rejected")
INFLUENCED = ("influenced", "co_sell")


def decision(at: AsOf, deal: Row) -> str | None:
    """Return the decision in force: undated from the start, dated later still pending, blank None."""
    said = deal.text("decision")
    if said in DECIDED:
        decided_on = deal.day("decided_at")
        return said if decided_on is None or decided_on <= at.day else "pending"
    return said


def is_open(at: AsOf, deal: Row) -> bool:
    if deal.day("submitted_at") is None or decision(at, deal) == "rejected":
        return False
    closed_on = deal.day("closed_on")
    return closed_on > at.day if closed_on else deal.text("status") == "open"


def closed(deal: Row, span: Span, *, status: str) -> bool:
    """Tell whether the deal was won (or lost) in a range that ends on or before the day."""
    return deal.text("status") == status and deal.day("closed_on") in span


def open_deals(at: AsOf, partner: Row, *, kinds: tuple[str, ...] = ()) -> list[Row]:
    return [
        deal for deal in at.rows("deals", partner)
        if is_open(at, deal) and (not kinds or deal.text("kind") in kinds)
    ]  # fmt: skip


def registered(at: AsOf, partner: Row, span: Span) -> list[Row]:
    """Return the registered deals submitted in a range, whatever their decision."""
    return [
        deal for deal in at.rows("deals", partner)
        if deal.text("kind") == "registered" and deal.day("submitted_at") in span
    ]  # fmt: skip
