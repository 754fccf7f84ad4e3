"""A partner's scorecard, line by line: value, target, points, comparison and trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camdesk.insight import connection, scoring
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Line, Profile
from camdesk.insight.figures import DayFigures
from camdesk.insight.ranking import Place
from camdesk.insight.results import Blend, Group, HatScore, JudgedScore, LineTarget, Scorecard, ScoreLine
from camdesk.insight.scoring import Score
from camdesk.insight.standing import Standing


@dataclass(frozen=True)
class CardMaker:
    """Makes scorecards of one day from what was worked out for it and the days it is compared with."""

    catalog: Catalog
    standing: Standing
    previous: DayFigures
    year_ago: DayFigures
    quarter_ends: Sequence[DayFigures]

    def card(
        self,
        partner_id: str,
        hat: str,
        *,
        onboarding: bool,
        place: Place,
        history: tuple[float | None, ...],
        blended_history: tuple[float | None, ...],
        judged: JudgedScore | None,
    ) -> Scorecard:
        """Return the card of one of the partner's types."""
        blended = self.standing.scores[partner_id]
        profile, score = self.catalog.profiles[hat], blended.hats[hat]
        now = self.standing.figures
        connected = self.standing.connected[hat]
        unconnected = [line.metric for line in profile.lines if line.weight and line.metric not in connected]
        return Scorecard(
            partner_id,
            hat,
            now.day,
            profile.version,
            score.value,
            score.band if score.enough_data and not onboarding else None,
            score.provisional,
            score.outcome,
            score.leading,
            score.coverage,
            score.connected_weight,
            score.enough_data,
            score.capped_by,
            connection.missing_needs(self.catalog, unconnected, now.brought.get(hat, frozenset())),
            onboarding,
            tuple(self._line(partner_id, line, profile, score) for line in profile.lines),
            tuple(self._line(partner_id, line, profile, score) for line in profile.our_side),
            scoring.our_side_points(profile.our_side, now.of(partner_id)),
            place.rank,
            place.ranked,
            place.quartile,
            history,
            self._hats(partner_id),
            Blend(
                blended.value,
                blended.band if blended.enough_data and not onboarding else None,
                blended.provisional,
                blended.outcome,
                blended.leading,
                blended.coverage,
                blended.enough_data,
                blended_history,
            ),
            judged,
        )

    def _hats(self, partner_id: str) -> tuple[HatScore, ...]:
        blended = self.standing.scores[partner_id]
        return tuple(
            HatScore(
                hat, self.catalog.profiles[hat].title, blended.shares.get(hat, 0.0), score.value, score.band
            )
            for hat, score in blended.hats.items()
        )

    def _line(self, partner_id: str, line: Line, profile: Profile, score: Score) -> ScoreLine:
        metric = self.catalog.metrics[line.metric]
        now = self.standing.figures
        value = now.value(partner_id, line.metric)
        earned = None
        if line.marks is not None and value is not None:
            earned = scoring.points(value, line.marks)
        weighted = score.lines.get(line.metric)
        return ScoreLine(
            line.metric,
            metric.title,
            line.group,
            metric.unit,
            metric.better,
            value,
            now.n(partner_id, line.metric),
            self._target(partner_id, line),
            line.marks or (),
            earned,
            line.weight,
            weighted.contribution if weighted and line.group is not Group.OUR_SIDE else None,
            self.previous.value(partner_id, line.metric),
            self.year_ago.value(partner_id, line.metric),
            self.standing.medians.get((profile.type, line.metric)),
            tuple(figures.value(partner_id, line.metric) for figures in self.quarter_ends),
            line.metric in self.standing.connected[profile.type],
        )

    def _target(self, partner_id: str, line: Line) -> LineTarget | None:
        """Return what a line is held against: the mark that is worth 80; assumed where its target is."""
        if line.marks is None:
            return None
        named = connection.targets_of(self.catalog.metrics[line.metric])
        assumed = any(self.standing.targets.get((partner_id, name), (0, False))[1] for name in named)
        return LineTarget(line.marks[2], assumed)
