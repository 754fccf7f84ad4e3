"""What rules look at, taken from insight as it stands on one day."""

from __future__ import annotations

from camdesk.insight import scoring
from camdesk.insight.alerts.situation import LOOKING_BACK, Situation
from camdesk.insight.figure_store import DayFigures
from camdesk.insight.insight import Insight
from camdesk.insight.survival import DARK


def situation_of(insight: Insight, *, reads: str | None = None) -> Situation:
    """Return the portfolio as rules see it on the insight's day.

    With `reads`, one rule's query, what it does not name is left out: figures of 90 days before, and odds.
    """
    before = None
    if reads is None or any(words in reads for words in LOOKING_BACK):
        before = insight.figures(insight.ninety_days_ago)
    partners = insight.partners()
    return Situation(
        insight.as_of,
        partners,
        figures=_flat(insight.figures()),
        past_figures=_flat(before) if before else {},
        contributions={partner: insight.contribution(partner) for partner in partners},
        score_shifts=_score_shifts(insight, before) if before else {},
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


def _score_shifts(insight: Insight, before: DayFigures) -> dict[str, tuple[float, float]]:
    now = insight.figures()
    shifts = {
        partner: scoring.over_common_lines(insight.profile(partner), before.of(partner), now.of(partner))
        for partner in insight.partners()
    }
    return {partner: shift for partner, shift in shifts.items() if shift is not None}


def _flat(figures: DayFigures) -> dict[tuple[str, str], float | int | None]:
    return {
        (partner, metric): value
        for partner, values in figures.values.items()
        for metric, value in values.items()
    }
