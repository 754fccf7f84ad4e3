"""The odds of business in the next 90 days, for dark partners and new ones, from the portfolio's own history.

By type: for a new partner, how long others took from enrolment to their first business; for a dark one,
how long silences between business lasted. Monthly facts stand on the first day of their month, so that
business of the month of enrolment is business on day 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from camdesk.insight.engine import MetricRun
from camdesk.insight.results import Partner
from camdesk.insight.survival import DARK, NEW, PartnerOdds, Spell, SurvivalCurve

_DAYS = """
SELECT DISTINCT b.partner_id, b.day FROM moments m CROSS JOIN dated_business b ON b.day < m.until
WHERE m.moment = 0 AND b.day IS NOT NULL ORDER BY b.partner_id, b.day
"""
_PROJECTS = """
SELECT p.partner_id, p.started_on,
       COALESCE(p.completed_on, CASE WHEN p.status = 'active' THEN m.day END) AS ended_on
FROM moments m CROSS JOIN projects p
WHERE m.moment = 0 AND p.status IN ('active', 'completed') AND p.started_on < m.until
"""
_ENDS = """
SELECT m.day, p.partner_id, p.terminated_on FROM moments m CROSS JOIN partner_at p ON p.moment = m.moment
WHERE m.moment = 0
"""


def read_odds(run: MetricRun, partners: Iterable[Partner]) -> dict[str, PartnerOdds]:
    """Return the odds of the dark partners, and of those onboarding that did no business yet."""
    everybody = list(partners)
    asked = [partner for partner in everybody if partner.dark or partner.stage == "onboard"]
    if not asked:
        return {}
    history = _History(run)
    curves: dict[str, dict[str, SurvivalCurve]] = {}
    found = {}
    for partner in asked:
        days = history.days.get(partner.partner_id, ())
        started = days[-1] if days else partner.enrolled_on
        if started is None or (days and not partner.dark):
            continue
        if partner.type not in curves:
            members = [member for member in everybody if member.type == partner.type]
            curves[partner.type] = history.curves(members)
        kind = DARK if days else NEW
        elapsed = (history.today - started).days
        odds = curves[partner.type][kind].odds(elapsed)
        found[partner.partner_id] = PartnerOdds(partner.partner_id, kind, elapsed, odds)
    return found


class _History:
    """The days on which each partner did business, up to the day of a run."""

    def __init__(self, run: MetricRun) -> None:
        ends = run.query(_ENDS)
        self.today = date.fromisoformat(ends[0]["day"]) if ends else date.max
        self._ends = {row["partner_id"]: _day(row["terminated_on"]) for row in ends}
        days: dict[str, set[date]] = defaultdict(set)
        for row in run.query(_DAYS):
            days[row["partner_id"]].add(date.fromisoformat(row["day"]))
        self._running: dict[str, list[tuple[date, date]]] = defaultdict(list)
        for row in run.query(_PROJECTS):
            self._add_project(row, days)
        self.days: Mapping[str, Sequence[date]] = {partner: sorted(own) for partner, own in days.items()}
        self._first = min((own[0] for own in self.days.values()), default=self.today)

    def _add_project(self, row: Mapping[str, Any], days: dict[str, set[date]]) -> None:
        """Count both ends of a project: while it runs it is business every day, and there is no silence."""
        started_on, ended_on = date.fromisoformat(row["started_on"]), _day(row["ended_on"])
        if ended_on is not None:
            ended_on = min(ended_on, self.today)
            days[row["partner_id"]] |= {started_on, ended_on}
            self._running[row["partner_id"]].append((started_on, ended_on))

    def curves(self, members: Iterable[Partner]) -> dict[str, SurvivalCurve]:
        known = list(members)
        return {
            NEW: SurvivalCurve(spell for one in known for spell in self._first_business(one)),
            DARK: SurvivalCurve(spell for one in known for spell in self._silences(one.partner_id)),
        }

    def _until(self, partner_id: str) -> date:
        """Return the last day that says anything of a partner: this one, or that of its end."""
        return min(self._ends.get(partner_id) or self.today, self.today)

    def _first_business(self, partner: Partner) -> Iterable[Spell]:
        """Yield the time from enrolment to the first business, unless it was before our records began."""
        enrolled_on, until = partner.enrolled_on, self._until(partner.partner_id)
        if enrolled_on is None or not self._first <= enrolled_on <= until:
            return
        days = self.days.get(partner.partner_id, ())
        if days and days[0] <= until:
            yield Spell(max(0, (days[0] - enrolled_on).days), ended=True)
        else:
            yield Spell((until - enrolled_on).days, ended=False)

    def _silences(self, partner_id: str) -> Iterable[Spell]:
        """Yield the time between one business and the next, the last one still open."""
        days, until = self.days.get(partner_id, ()), self._until(partner_id)
        for before, after in pairwise(days):
            if not any(start <= before and after <= end for start, end in self._running.get(partner_id, ())):
                yield Spell((after - before).days, ended=True)
        if days and days[-1] < until:
            yield Spell((until - days[-1]).days, ended=False)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
