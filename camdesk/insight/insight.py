"""One workspace seen from one day: figures, scorecards, where partners stand, and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from camdesk.base.errors import NotFoundError
from camdesk.base.periods import ONE_DAY, add_months
from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.insight import hats, moments, scoring, standing
from camdesk.insight.catalog import Catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.engine import MetricRun, open_run
from camdesk.insight.figures import DayFigures, figures_on
from camdesk.insight.hats import PartnerScore
from camdesk.insight.odds import read_odds
from camdesk.insight.programme import (
    Counted,
    SharedRecords,
    active_among,
    count_once,
    programme,
    read_shared,
)
from camdesk.insight.ranking import Place, Ranking
from camdesk.insight.results import (
    Band,
    Evidence,
    Figure,
    JudgedScore,
    Milestone,
    Partner,
    ProgrammeFigures,
    Scorecard,
    ScoreChange,
    TierState,
)
from camdesk.insight.scorecards import CardMaker
from camdesk.insight.scoring import Score
from camdesk.insight.standing import Standing
from camdesk.insight.survival import PartnerOdds
from camdesk.store.judgements import judgements_on
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
        self._kept: ExitStack | None = None
        self._runs: dict[tuple[str, date], MetricRun] = {}
        self._standings: dict[date, Standing] = {}
        self._scores: dict[date, dict[str, PartnerScore]] = {}
        self._counted: dict[frozenset[str], Counted] = {}
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
        days = [
            self.as_of,
            *self.quarter_ends,
            self.previous_quarter_end,
            self.ninety_days_ago,
            self.year_ago,
        ]
        self._load(days, progress=progress)

    def take(self, figures: Mapping[date, DayFigures]) -> None:
        """Use figures that were made elsewhere, such as those of many days in one run."""
        self._figures |= figures

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
            partner_id,
            metric,
            figures.day,
            figures.value(partner_id, metric),
            figures.n(partner_id, metric),
        )

    @contextmanager
    def kept_runs(self) -> Iterator[None]:
        """Keep open what evidence is read from: a document asks for dozens of figures of one partner."""
        if self._kept is not None:
            yield
            return
        with ExitStack() as self._kept:
            try:
                yield
            finally:
                self._kept = None
                self._runs.clear()

    @contextmanager
    def _run(self, partner_id: str, day: date) -> Iterator[MetricRun]:
        opening = open_run(
            self.workspace.database,
            self.catalog,
            self.settings,
            [day],
            partners=[partner_id],
        )
        if self._kept is None:
            with opening as run:
                yield run
            return
        if (partner_id, day) not in self._runs:
            self._runs[partner_id, day] = self._kept.enter_context(opening)
        yield self._runs[partner_id, day]

    def evidence(self, partner_id: str, metric: str, *, day: date | None = None) -> Evidence:
        """Return a figure with exactly the records that made it."""
        figure = self.figure(partner_id, metric, day=day)
        definition = self.catalog.metrics[metric]
        with self._run(partner_id, figure.as_of) as run:
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
    def ninety_days_ago(self) -> date:
        """The day that alerts compare with."""
        return self.as_of - timedelta(days=90)

    @cached_property
    def year_ago(self) -> date:
        return add_months(self.as_of, -12)

    def standing(self, day: date | None = None) -> Standing:
        """Return how every partner stands on a day."""
        day = day or self.as_of
        if day not in self._standings:
            figures = self.figures(day)
            with self.workspace.database.read() as read:
                judgements = judgements_on(read, day)
            with open_run(self.workspace.database, self.catalog, self.settings, [day]) as run:
                self._standings[day] = standing.read_standing(
                    run, self.catalog, figures, judgements=judgements
                )
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
        return standing.contribution(self.standing(), partner_id)

    def programme(
        self, members: Collection[str], *, within: Collection[str] | None = None
    ) -> ProgrammeFigures:
        """Return the figures of a set of partners as a whole, or as a part of `within`.

        What two partners show counts for one of them, so that parts of the same whole add up to it.
        """
        view, figures = within or members, self.figures()
        return programme(
            members,
            figures=figures,
            counted=self.counted(view),
            counted_active=self.counted(active_among(view, figures)),
        )

    def counted(self, members: Collection[str]) -> Counted:
        """Return what counts for each of `members` in their total."""
        inside = frozenset(members)
        if inside not in self._counted:
            self._counted[inside] = count_once(inside, self.figures(), self._shared)
        return self._counted[inside]

    def odds(self) -> Mapping[str, PartnerOdds]:
        """Return, for dark partners and new ones, the odds of business in the next 90 days."""
        return self._odds

    # Scores

    def scores(self, day: date | None = None) -> dict[str, PartnerScore]:
        """Return every partner's score on a day, over all its hats."""
        day = day or self.as_of
        if day not in self._scores:
            today = self.standing()
            self._scores[day] = standing.scores_of(
                today.rows, self.figures(day), self.catalog, today.judgements
            )
        return self._scores[day]

    def score_history(self, partner_id: str, *, hat: str | None = None) -> tuple[float | None, ...]:
        """Return the score at the eight newest quarter ends; None where there was not enough data."""
        scores = [self._score_on(day, partner_id) for day in self.quarter_ends]
        history: list[PartnerScore | Score] = [*(score.hats[hat] if hat else score for score in scores)]
        return tuple(score.value if score.enough_data else None for score in history)

    def _score_on(self, day: date, partner_id: str) -> PartnerScore:
        """Return one partner's score on a day; everybody's, once made, are at hand."""
        if day in self._scores:
            return self._scores[day][partner_id]
        today = self.standing()
        row = {partner_id: today.rows[partner_id]}
        return standing.scores_of(row, self.figures(day), self.catalog, today.judgements)[partner_id]

    def place(self, partner_id: str) -> Place:
        """Return how a partner's score compares within its primary type; no rank below eight."""
        return self._ranking.place(partner_id)

    def judged_score(self, partner_id: str) -> JudgedScore | None:
        """Return the score the CAM gave in place of the computed one, while that holds."""
        made = self.standing().judgements.get((partner_id, "score"))
        if made is None or made.expires_on is None:
            return None
        return JudgedScore(
            float(made.value),
            scoring.band_of(made.value),
            made.reason,
            made.author,
            made.made_on,
            made.expires_on,
        )

    def band(self, partner_id: str) -> Band | None:
        """Return the band a list shows; a partner still onboarding has its activation instead."""
        score = self.scores()[partner_id]
        onboarding = self._partners[partner_id].stage == "onboard"
        return score.band if score.enough_data and not onboarding else None

    def scorecard(self, partner_id: str, *, day: date | None = None, hat: str | None = None) -> Scorecard:
        """Return a partner's scorecard of one of its types, the primary one unless `hat` names another.

        Raises NotFoundError for a partner, or a hat, that does not exist.
        """
        self._know(partner_id)
        if day is not None and day != self.as_of:
            return self._seen_on(day).scorecard(partner_id, hat=hat)
        self.prepare()
        worn = self.scores()[partner_id].hats
        if hat is not None and hat not in worn:
            raise NotFoundError(
                f"{partner_id} is not of the type {hat}.",
                f"Its types here: {', '.join(worn)}.",
            )
        return self._cards.card(
            partner_id,
            hat or self.profile(partner_id).type,
            onboarding=self._partners[partner_id].stage == "onboard",
            place=self.place(partner_id),
            history=self.score_history(partner_id, hat=hat or self.profile(partner_id).type),
            blended_history=self.score_history(partner_id),
            judged=self.judged_score(partner_id),
        )

    def _seen_on(self, day: date) -> Insight:
        """Return the same facts seen from another day: a review asks for them with every partner."""
        return self.remember(
            f"seen on {day}", lambda now: Insight(now.workspace, now.catalog, now.settings, day)
        )

    def score_change(self, partner_id: str, *, before: date, after: date) -> ScoreChange:
        """Return what moved the score between two days, exactly."""
        self._know(partner_id)
        first, second = (
            self._score_on(before, partner_id),
            self._score_on(after, partner_id),
        )
        moved = hats.movements(first, second, self.catalog)
        return ScoreChange(before, after, first.value, second.value, moved)

    @cached_property
    def _cards(self) -> CardMaker:
        return CardMaker(
            self.catalog,
            self.standing(),
            previous=self.figures(self.previous_quarter_end),
            year_ago=self.figures(self.year_ago),
            quarter_ends=tuple(self.figures(day) for day in self.quarter_ends),
        )

    @cached_property
    def _ranking(self) -> Ranking:
        rows, enrolled = self.standing().rows, self.standing().facts.enrolled
        return Ranking(
            {
                partner_id: (
                    rows[partner_id]["type"],
                    score.value if score.enough_data and partner_id in enrolled else None,
                )
                for partner_id, score in self.scores().items()
            }
        )

    def _load(self, days: Collection[date], *, progress: Progress | None = None) -> None:
        wanted = [day for day in days if day not in self._figures]
        if wanted:
            self._figures |= figures_on(
                self.workspace.database,
                self.catalog,
                self.settings,
                wanted,
                progress=progress,
            )

    def _know(self, partner_id: str, metric: str | None = None) -> None:
        if partner_id not in self.standing().rows:
            raise NotFoundError(
                f"There is no partner {partner_id} in this workspace.",
                "See them all with: camdesk portfolio --all",
            )
        if metric is not None and metric not in self.catalog.metrics:
            raise NotFoundError(
                f"There is no metric called {metric}.",
                "See the metrics of a partner with: camdesk figures",
            )

    @cached_property
    def _odds(self) -> dict[str, PartnerOdds]:
        with open_run(self.workspace.database, self.catalog, self.settings, [self.as_of]) as run:
            return read_odds(run, self.partners().values())

    @cached_property
    def _shared(self) -> SharedRecords:
        with open_run(self.workspace.database, self.catalog, self.settings, [self.as_of]) as run:
            return read_shared(run)
