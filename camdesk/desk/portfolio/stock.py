"""Take stock of a day: how every partner stood on it, kept with the profile it was judged by."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from camdesk.insight.insight import Insight
from camdesk.insight.results import Band, PastScore
from camdesk.store.database import BusyError
from camdesk.store.snapshots import snapshots_of, write_snapshots


def take(insight: Insight) -> None:
    """Keep a snapshot of every partner, in place of any of the same day."""
    bodies = {
        partner_id: (insight.profile(partner_id).version, _body(insight, partner_id))
        for partner_id in insight.partners()
    }
    # Another window may be writing for long; then that one takes stock.
    with suppress(BusyError), insight.workspace.database.write() as connection:
        write_snapshots(connection, insight.as_of, bodies=bodies)


def past_scores(insight: Insight, partner_id: str) -> tuple[PastScore, ...]:
    """Return the scores that showed on the days of syncs up to the insight's day, newest first."""
    insight.profile(partner_id)
    with insight.workspace.database.read() as connection:
        found = snapshots_of(connection, partner_id)
    return tuple(
        PastScore(day, version, body["score"], Band(body["band"]) if body["band"] else None)
        for day, version, body in found
        if day <= insight.as_of
    )


def _body(insight: Insight, partner_id: str) -> dict[str, Any]:
    score, partner = insight.scores()[partner_id], insight.partners()[partner_id]
    judged, band = insight.judged_score(partner_id), insight.band(partner_id)
    shown = judged.band if judged else band
    values = insight.figures().of(partner_id)
    lines = insight.profile(partner_id).all_lines()
    return {
        "score": judged.score if judged else score.value,
        "computed_score": score.value,
        "outcome": score.outcome,
        "leading": score.leading,
        "coverage": score.coverage,
        "band": shown.value if shown else None,
        "stage": partner.stage,
        "class": partner.attention,
        "tier": partner.tier,
        "dark": partner.dark,
        "figures": {line.metric: values[line.metric] for line in lines if line.metric in values},
    }
