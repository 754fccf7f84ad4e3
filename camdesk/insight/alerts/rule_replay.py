"""One rule on its way through past days: figures made many days at a time, the rule asked on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from camdesk.base.progress import Progress
from camdesk.insight.alerts import situation as inputs
from camdesk.insight.alerts.evaluation import PORTFOLIO, Firing, fire, judged_by
from camdesk.insight.alerts.freshness import read_freshness
from camdesk.insight.alerts.outcomes import Outcome, outcomes_of
from camdesk.insight.alerts.past_alerts import PastAlert, Reading, Spans, told
from camdesk.insight.alerts.situation import PAST_DAYS
from camdesk.insight.alerts.view import situation_of
from camdesk.insight.engine import open_run
from camdesk.insight.figures import figures_on
from camdesk.insight.insight import Insight
from camdesk.insight.results import AlertEvidence
from camdesk.insight.rules import Rule

_AT_ONCE = 13
"""Days whose figures are made in one run: a quarter of weeks."""


class RuleReplay:
    """One rule on its way through the days; with changed thresholds beside it where there are any."""

    def __init__(
        self, insight: Insight, rule: Rule, days: Sequence[date], thresholds: Mapping[str, float]
    ) -> None:
        self.held_back: str | None = None
        self._insight = insight
        self._rule = rule
        self._days = days
        self._variants: dict[bool, Mapping[str, float]] = {False: {}}
        if thresholds:
            self._variants[True] = thresholds
        self._spans = {changed: Spans() for changed in self._variants}
        self._readings: dict[date, dict[str, Reading]] = {}
        # Figures of 90 days before are made only for a rule that looks back at them.
        self._looks_back = any(words in rule.records for words in inputs.LOOKING_BACK)

    def run(self, progress: Progress) -> None:
        heard = self._heard()
        for done, seen in enumerate(self._seen(progress)):
            progress.check()
            progress.report(done, len(self._days), f"Replaying {seen.as_of:%b %Y}")
            self._readings[seen.as_of] = _readings(seen)
            if seen.as_of in heard:
                for changed, firings in self._fired(seen).items():
                    self._spans[changed].see(seen.as_of, firings)

    def told(self, *, changed: bool) -> tuple[PastAlert, ...]:
        spans = self._spans[changed].found
        records = dict.fromkeys(record for span in spans for record in span.evidence)
        outcomes: dict[AlertEvidence, tuple[Outcome, ...]] = {}
        with self._insight.workspace.database.read() as connection:
            for one in outcomes_of(connection, records):
                outcomes[one.record] = (*outcomes.get(one.record, ()), one)
        currency = self._insight.settings.base_currency
        return tuple(told(span, self._readings, outcomes, currency=currency) for span in spans)

    def _heard(self) -> frozenset[date]:
        """Return the days on which the rule has something to say, and note why it has not on others."""
        settings = self._insight.settings
        heard = set()
        with self._insight.workspace.database.read() as connection:
            newest = read_freshness(connection, settings, self._insight.as_of)
            for day in self._days:
                because = newest.because(self._rule) if self._rule.absence else None
                if because is not None:
                    # Stale now, the source may still have told of days before its last sync.
                    because = read_freshness(connection, settings, day).because(self._rule)
                if because is None and newest.has_any(self._rule):
                    heard.add(day)
                self.held_back = because or self.held_back
        return frozenset(heard)

    def _seen(self, progress: Progress) -> Iterator[Insight]:
        """Yield the portfolio on each day, the figures made many days at a time."""
        of = self._insight
        for first in range(0, len(self._days), _AT_ONCE):
            days = self._days[first : first + _AT_ONCE]
            wanted = {*days, *(_before(day) for day in days if self._looks_back)}
            figures = figures_on(
                of.workspace.database,
                of.catalog,
                of.settings,
                wanted,
                keep=False,
                progress=_Unsaid(progress),
            )
            for day in days:
                seen = Insight(of.workspace, of.catalog, of.settings, day)
                seen.take({name: figures[name] for name in (day, _before(day)) if name in figures})
                yield seen

    def _fired(self, seen: Insight) -> dict[bool, list[Firing]]:
        situation = situation_of(seen, reads=self._rule.records)
        partners = situation.partners.values()
        judged = {
            changed: judged_by(self._rule, seen.catalog, partners, changed=thresholds)
            for changed, thresholds in self._variants.items()
        }
        if not any(judged.values()):
            return {changed: [] for changed in self._variants}

        def prepare(raw: Any) -> None:
            inputs.put(raw, situation, seen.catalog, seen.settings)

        database = seen.workspace.database
        with open_run(database, seen.catalog, seen.settings, [seen.as_of], prepare=prepare) as run:
            return {
                changed: _by_partner(fire(run, self._rule, about, seen.as_of))
                for changed, about in judged.items()
            }


class _Unsaid:
    """Let the work inside a step be stopped; how far the step itself is, is not told."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def report(self, done: int, total: int, label: str) -> None:
        return

    def check(self) -> None:
        self._progress.check()


def _before(day: date) -> date:
    return day - timedelta(days=PAST_DAYS)


def _by_partner(firings: Sequence[Firing]) -> list[Firing]:
    """Return a notice about the portfolio as one firing for each partner in it."""
    found = []
    for firing in firings:
        if firing.partner_id == PORTFOLIO:
            found += [Firing(one.subject, firing.rule, (one,)) for one in firing.subjects]
        else:
            found.append(firing)
    return found


def _readings(seen: Insight) -> dict[str, Reading]:
    scores, figures = seen.scores(), seen.figures()
    return {
        partner_id: Reading(
            figures.value(partner_id, seen.profile(partner_id).attainment),
            seen.contribution(partner_id),
            scores[partner_id].value if scores[partner_id].enough_data else None,
            partner.dark,
        )
        for partner_id, partner in seen.partners().items()
    }
