"""One workspace seen from one day: figures, scorecards, where partners stand, and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from camdesk.base.errors import NotFoundError
from camdesk.base.periods import ONE_DAY, add_months
from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.insight import connection, moments, scoring, standing
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Line, Profile
from camdesk.insight.engine import open_run
from camdesk.insight.figures import DayFigures, figures_on
from camdesk.insight.programme import Overlap, programme, read_overlaps
from camdesk.insight.results import (
    Band,
    Evidence,
    Figure,
    Group,
    LineTarget,
    Milestone,
    Partner,
    ProgrammeFigures,
    Scorecard,
    ScoreChange,
    ScoreLine,
    TierState,
)
from camdesk.insight.scoring import Score
from camdesk.insight.standing import Standing
from camdesk.store.workspace import Workspace

HISTORY_QUARTERS = 8
_Made = TypeVar("_Made")


class Insight:
    """Everything insight knows, as of one day. Made anew when facts or the day change."""

    def __init__(self, workspace: Workspace, catalog: Catalog, settings: Settings, as_of: date) -> None:
        self.workspace = workspace
        self.catalog = catalog
        self.settings = settings
        self.as_of = as_of
        self._figures: dict[date, DayFigures] = {}
        self._standings: dict[date, Standing] = {}
        self._scores: dict[date, dict[str, Score]] = {}
        self._remembered: dict[str, Any] = {}

    def remember(self, name: str, make: Callable[[Insight], _Made]) -> _Made:
        """Return what `make` makes of this insight, made once under that name."""
        if name not in self._remembered:
            self._remembered[name] = make(self)
        made: _Made = self._remembered[name]
        return made

    # Figures

    def prepare(self, *, progress: Progress | None = None) -> None:
        """Make the figures of all days the screens show, in one run."""
        self._load(
            [self.as_of, *self.quarter_ends, self.previous_quarter_end, self.year_ago], progress=progress
        )

    def figures(self, day: date | None = None) -> DayFigures:
        day = day or self.as_of
        if day not in self._figures:
            self._load([day])
        return self._figures[day]

    def figure(self, partner_id: str, metric: str, *, day: date | None = None) -> Figure:
        """Return one figure; raises NotFoundError for a partner or metric that does not exist."""
        self._know(partner_id, metric)
        figures = self.figures(day)
        return Figure(
            partner_id, metric, figures.day, figures.value(partner_id, metric), figures.n(partner_id, metric)
        )

    def evidence(self, partner_id: str, metric: str, *, day: date | None = None) -> Evidence:
        """Return a figure with exactly the records that made it."""
        figure = self.figure(partner_id, metric, day=day)
        definition = self.catalog.metrics[metric]
        with open_run(self.workspace.database, self.catalog, self.settings, [figure.as_of]) as run:
            records = run.evidence(metric, partner_id, figure.as_of)
            period = run.target_period(metric, partner_id)
        window = period or moments.window_of(definition.window, figure.as_of, self.settings.calendar)
        return Evidence(
            metric,
            definition.title,
            definition.unit,
            figure.value,
            figure.n,
            definition.words,
            window.start if window else None,
            window.last if window else figure.as_of,
            records,
        )

    # Partners

    @cached_property
    def quarter_ends(self) -> tuple[date, ...]:
        """The last days of the eight newest finished quarters, oldest first."""
        return tuple(self.settings.calendar.quarter_ends(self.as_of, HISTORY_QUARTERS))

    @cached_property
    def previous_quarter_end(self) -> date:
        return self.settings.calendar.quarter(self.as_of).start - ONE_DAY

    @cached_property
    def year_ago(self) -> date:
        return add_months(self.as_of, -12)

    def standing(self, day: date | None = None) -> Standing:
        """Return how every partner stands on a day."""
        day = day or self.as_of
        if day not in self._standings:
            figures = self.figures(day)
            with open_run(self.workspace.database, self.catalog, self.settings, [day]) as run:
                self._standings[day] = standing.read_standing(run, self.catalog, figures)
        return self._standings[day]

    @cached_property
    def _partners(self) -> dict[str, Partner]:
        found = standing.partners_of(self.standing(), self.catalog, self.settings)
        return dict(sorted(found.items(), key=lambda item: item[1].name.casefold()))

    def partners(self) -> dict[str, Partner]:
        """Return every partner by id, in the order of their names."""
        return self._partners

    def profile(self, partner_id: str) -> Profile:
        self._know(partner_id)
        return self.standing().profile(partner_id, self.catalog)

    def tier_state(self, partner_id: str) -> TierState:
        self._know(partner_id)
        return standing.tier_of(self.standing(), partner_id, self.catalog)

    def milestones(self, partner_id: str) -> tuple[Milestone, ...]:
        self._know(partner_id)
        return self.standing().facts.milestones.get(partner_id, ())

    def contribution(self, partner_id: str) -> float | int | None:
        return standing.contribution(self.standing(), partner_id, self.catalog)

    def programme(self, members: Collection[str]) -> ProgrammeFigures:
        """Return the figures of a set of partners as a whole."""
        current = self.standing()
        return programme(
            members,
            standing=current,
            partners=self._partners,
            catalog=self.catalog,
            overlaps=self._overlaps,
        )

    # Scores

    def scores(self, day: date | None = None) -> dict[str, Score]:
        """Return every partner's score on a day."""
        day = day or self.as_of
        if day not in self._scores:
            types = {partner_id: row["type"] for partner_id, row in self.standing().rows.items()}
            self._scores[day] = standing.scores_of(types, self.figures(day), self.catalog)
        return self._scores[day]

    def score_history(self, partner_id: str) -> tuple[float | None, ...]:
        """Return the score at the eight newest quarter ends; None where there was not enough data."""
        scores = [self.scores(day)[partner_id] for day in self.quarter_ends]
        return tuple(score.value if score.enough_data else None for score in scores)

    def rank(self, partner_id: str) -> tuple[int | None, int]:
        """Return the place within the type and how many are ranked; no place below eight."""
        ranked = self._rankings.get(self.standing().rows[partner_id]["type"], [])
        own = self.scores()[partner_id]
        if len(ranked) < scoring.COMPARED_FROM or not own.enough_data or own.value is None:
            return None, len(ranked)
        return ranked.index(own.value) + 1, len(ranked)

    @cached_property
    def _rankings(self) -> dict[str, list[float]]:
        """The scores of each type's partners with enough data, best first."""
        found: dict[str, list[float]] = {}
        for partner_id, score in self.scores().items():
            if score.enough_data and score.value is not None:
                found.setdefault(self.standing().rows[partner_id]["type"], []).append(score.value)
        return {kind: sorted(scores, reverse=True) for kind, scores in found.items()}

    def band(self, partner_id: str) -> Band | None:
        """Return the band a list shows; a partner still onboarding has its activation instead."""
        score = self.scores()[partner_id]
        onboarding = self._partners[partner_id].stage == "onboard"
        return score.band if score.enough_data and not onboarding else None

    def scorecard(self, partner_id: str, *, day: date | None = None) -> Scorecard:
        """Return a partner's scorecard as it stands, or stood, on a day."""
        self._know(partner_id)
        if day is not None and day != self.as_of:
            return Insight(self.workspace, self.catalog, self.settings, day).scorecard(partner_id)
        self.prepare()
        profile, score = self.profile(partner_id), self.scores()[partner_id]
        connected = self.standing().connected[profile.type]
        place, ranked = self.rank(partner_id)
        unconnected = [line.metric for line in profile.lines if line.weight and line.metric not in connected]
        brought = self.figures().brought.get(profile.type, frozenset())
        values = self.figures().of(partner_id)
        return Scorecard(
            partner_id,
            profile.type,
            self.as_of,
            profile.version,
            score.value,
            self.band(partner_id),
            score.provisional,
            score.outcome,
            score.leading,
            score.coverage,
            score.connected_weight,
            score.enough_data,
            score.capped_by,
            connection.missing_needs(self.catalog, unconnected, brought),
            self._partners[partner_id].stage == "onboard",
            tuple(self._line(partner_id, line, profile, score, connected) for line in profile.lines),
            tuple(self._line(partner_id, line, profile, score, connected) for line in profile.our_side),
            scoring.our_side_points(profile.our_side, values),
            place,
            ranked,
            self.score_history(partner_id),
        )

    def score_change(self, partner_id: str, *, before: date, after: date) -> ScoreChange:
        """Return what moved the score between two days, exactly."""
        self._know(partner_id)
        first, second = self.scores(before)[partner_id], self.scores(after)[partner_id]
        titles = {name: metric.title for name, metric in self.catalog.metrics.items()}
        return ScoreChange(before, after, first.value, second.value, scoring.movements(first, second, titles))

    def _line(
        self, partner_id: str, line: Line, profile: Profile, score: Score, connected: frozenset[str]
    ) -> ScoreLine:
        metric = self.catalog.metrics[line.metric]
        value = self.figures().value(partner_id, line.metric)
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
            self.figures().n(partner_id, line.metric),
            self._target(partner_id, line),
            line.marks or (),
            earned,
            line.weight,
            weighted.contribution if weighted and line.group is not Group.OUR_SIDE else None,
            self.figures(self.previous_quarter_end).value(partner_id, line.metric),
            self.figures(self.year_ago).value(partner_id, line.metric),
            self.standing().medians.get((profile.type, line.metric)),
            tuple(self.figures(day).value(partner_id, line.metric) for day in self.quarter_ends),
            line.metric in connected,
        )

    def _target(self, partner_id: str, line: Line) -> LineTarget | None:
        """Return what a line is held against: the mark that is worth 80; assumed where its target is."""
        if line.marks is None:
            return None
        named = connection.targets_of(self.catalog.metrics[line.metric])
        assumed = any(self.standing().targets.get((partner_id, name), (0, False))[1] for name in named)
        return LineTarget(line.marks[2], assumed)

    def _load(self, days: Collection[date], *, progress: Progress | None = None) -> None:
        wanted = [day for day in days if day not in self._figures]
        if wanted:
            self._figures |= figures_on(
                self.workspace.database, self.catalog, self.settings, wanted, progress=progress
            )

    def _know(self, partner_id: str, metric: str | None = None) -> None:
        if partner_id not in self.standing().rows:
            raise NotFoundError(
                f"There is no partner {partner_id} in this workspace.",
                "See them all with: camdesk portfolio --all",
            )
        if metric is not None and metric not in self.catalog.metrics:
            raise NotFoundError(
                f"There is no metric called {metric}.", "See the metrics of a partner with: camdesk figures"
            )

    @cached_property
    def _overlaps(self) -> tuple[Overlap, ...]:
        with open_run(self.workspace.database, self.catalog, self.settings, [self.as_of]) as run:
            return read_overlaps(run, self.standing(), self.catalog)
