"""What is said about the number, in the window and on the command line alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camdesk.base import money
from camdesk.insight.wording import DASH

if TYPE_CHECKING:
    from camdesk.insight.accuracy import Accuracy
    from camdesk.insight.forecast import ForecastDeal

ASSUMED_TARGET = "The target is assumed: last fiscal year's revenue plus the assumed growth."
ANOTHER_QUARTER = "A week ago was another quarter, so there is nothing to compare with."
NO_DEALS = "No open deal is in commit or best case for this quarter."
STATES_UNKNOWN = "How these deals stood a week ago is not known: the first sync came later."


def through_distribution(amount: int, currency: str) -> str:
    """Return how much of booked stands with distributors of the same total, and whose it is."""
    return (
        f"{money.short(amount, currency)} of booked was sold through distributors in this list and counts "
        "for the partner that sold it; a distributor's own booked is what it bought from us."
    )


def changes_in_words(deal: ForecastDeal, currency: str) -> str:
    """Return what happened to a deal in a week; nothing where nothing did, or nobody knows."""
    return "; ".join(one.in_words(currency) for one in deal.changes or ())


def signed_money(amount: float | int | None, currency: str) -> str:
    if amount is None:
        return DASH
    return f"{'+' if amount > 0 else ''}{money.short(amount, currency)}"


def share(value: float | None) -> str:
    return DASH if value is None else f"{value:.1%}"


def signed_share(value: float | None) -> str:
    return DASH if value is None else f"{value:+.1%}".replace("-", "−")


def verdict(whole: Accuracy, currency: str) -> str:
    """Return which way the calls lean, and whether they came nearer than commit."""
    leaning = {
        "over": f"Your calls lean high by {money.short(whole.error, currency)} in all.",
        "under": f"Your calls lean low by {money.short(-whole.error, currency)} in all.",
    }.get(whole.direction or "", "Your calls lean neither way.")
    if whole.beats_commit is None:
        return f"{leaning} Commit of those days is not known, so there is nothing to compare them with."
    if whole.call_mape == whole.commit_mape:
        return f"{leaning} They came as near as commit did."
    nearer = "nearer" if whole.beats_commit else "less near"
    return f"{leaning} They came {nearer} than commit did."
