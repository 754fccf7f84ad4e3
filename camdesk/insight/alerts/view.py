"""What rules look at, taken from insight as it stands on one day."""

from __future__ import annotations

from datetime import timedelta

from camdesk.insight import scoring
from camdesk.insight.alerts.situation import PAST_DAYS, Situation
from camdesk.insight.insight import Insight
from camdesk.insight.survival import DARK


def situation_of(insight: Insight, *, past: Insight | None = None, reads: str | None = None) -> Situation:
    """Return the portfolio as rules see it; `past` is the same 90 days before, where it is at hand.

    With `reads`, one rule's query, odds that it does not name are left out: they take a while.
    """
    past = past or Insight(
        insight.workspace, insight.catalog, insight.settings, insight.as_of - timedelta(days=PAST_DAYS)
    )
    partners = insight.partners()
    return Situation(
        insight.as_of,
        partners,
        figures=_flat(insight),
        past_figures=_flat(past),
        contributions={partner: insight.contribution(partner) for partner in partners},
        score_shifts=_score_shifts(insight, past),
        tiers={partner: insight.tier_state(partner) for partner in partners},
        milestones={partner: insight.milestones(partner) for partner in partners},
        revival_odds=_revival_odds(insight) if reads is None or "revival_odds" in reads else {},
    )


def _revival_odds(insight: Insight) -> dict[str, float]:
    return {
        partner: one.odds.value
        for partner, one in insight.odds().items()
        if one.kind == DARK and one.odds.value is not None
    }


def _score_shifts(insight: Insight, past: Insight) -> dict[str, tuple[float, float]]:
    now, before = insight.figures(), past.figures()
    shifts = {
        partner: scoring.over_common_lines(insight.profile(partner), before.of(partner), now.of(partner))
        for partner in insight.partners()
    }
    return {partner: shift for partner, shift in shifts.items() if shift is not None}


def _flat(insight: Insight) -> dict[tuple[str, str], float | int | None]:
    return {
        (partner, metric): value
        for partner, values in insight.figures().values.items()
        for metric, value in values.items()
    }
