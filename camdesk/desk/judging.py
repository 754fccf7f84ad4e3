"""What the CAM says over what was worked out: a score, a stage, an attention class, the weight of hats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from camdesk.base.errors import UsageError
from camdesk.desk.author import author_of
from camdesk.insight.insight import Insight
from camdesk.store.judgements import About, Judgement, end_judgement, judgements_of, write_judgement

LONGEST_OVERRIDE = 90
"""The days after which a score is the computed one again."""


def judge_score(
    insight: Insight, partner_id: str, score: float, *, reason: str, until: date | None = None
) -> None:
    """Show `score` in place of the computed one, for at most 90 days; the computed one stays beside it."""
    if not 0 <= score <= 100:
        raise UsageError("A score is a number from 0 to 100.", "Give one, such as 65.")
    last = insight.as_of + timedelta(days=LONGEST_OVERRIDE)
    if until is not None and not insight.as_of <= until <= last:
        raise UsageError(
            f"A score of your own holds for {LONGEST_OVERRIDE} days at most.",
            f"Give a day from {insight.as_of} to {last}.",
        )
    judge(insight, partner_id, "score", score, reason=reason, until=until or last)


def weigh_hats(insight: Insight, partner_id: str, shares: Mapping[str, float], *, reason: str) -> None:
    """Blend a partner's hats by `shares`, given for each of its types; they need not add up to 1."""
    worn = insight.scorecard(partner_id).hats
    types = {hat.type for hat in worn}
    if len(types) < 2:
        raise UsageError(
            f"{partner_id} has one type only.", "Shares are for partners whose other_types name more."
        )
    if shares.keys() != types or min(shares.values()) < 0 or not sum(shares.values()):
        raise UsageError(
            "Give every type of the partner its share.", f"Its types are {', '.join(sorted(types))}."
        )
    total = sum(shares.values())
    kept = {kind: share / total for kind, share in shares.items()}
    judge(insight, partner_id, "hats", kept, reason=reason, until=None)


def judge(
    insight: Insight, partner_id: str, about: About, value: Any, *, reason: str, until: date | None
) -> None:
    """Keep a judgement, in place of the one before, with who made it and why."""
    insight.profile(partner_id)  # says so where there is no such partner
    if not reason.strip():
        raise UsageError("Say why.", 'Add a reason: --reason "…"')
    made = Judgement(
        partner_id, about, value, reason.strip(), author_of(insight.settings), insight.as_of, until
    )
    with insight.workspace.database.write() as connection:
        write_judgement(connection, made)


def take_back(insight: Insight, partner_id: str, about: About) -> None:
    """Go back to what is worked out."""
    insight.profile(partner_id)
    with insight.workspace.database.write() as connection:
        ended = end_judgement(connection, partner_id, about=about, on=insight.as_of)
    if not ended:
        raise UsageError(
            f"Nothing of your own is set for {partner_id} here.", "There is nothing to take back."
        )


def judgements(insight: Insight, partner_id: str) -> tuple[Judgement, ...]:
    """Return every judgement ever made of a partner, newest first."""
    insight.profile(partner_id)
    with insight.workspace.database.read() as connection:
        return judgements_of(connection, partner_id)
