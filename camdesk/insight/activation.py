"""Activation: the milestones of each partner, from its profile's facts and from rows of its own.

A milestone counts once the portfolio has records of what its fact reads: nobody is late for what no
source reports. A partner's own row of the same name overrides the day it was due and done, and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from camdesk.insight import safety
from camdesk.insight.definitions import Profile
from camdesk.insight.reading import read_by

_STEPS = """
CREATE TEMP TABLE activation_steps (
  partner_id TEXT, place INTEGER, name TEXT, due_on TEXT, done_on TEXT, counts_from TEXT, window_end TEXT
)
"""

# Where a partner stands on its way at each moment; `activated_on` is the day the last step was done.
_AT = """
CREATE TEMP VIEW activation_at AS
SELECT m.moment, s.partner_id, s.window_end, COUNT(*) AS steps, COUNT(s.done_on < m.until OR NULL) AS done,
       CASE WHEN COUNT(*) = COUNT(s.done_on < m.until OR NULL) THEN MAX(s.done_on) END AS activated_on
FROM moments m CROSS JOIN activation_steps s ON s.counts_from < m.until
GROUP BY m.moment, s.partner_id
"""

# Where a name stands twice, the row that says it is done, and of those the first day.
_OWN = """
SELECT partner_id, lower(name), due_on, completed_on FROM milestones WHERE kind = 'onboarding'
ORDER BY completed_on IS NULL, completed_on, milestone_id
"""
_PARTNERS = "SELECT partner_id, type, enrolled_on FROM partners"
_BROUGHT = """
SELECT h.entity, MIN(m.day) FROM portfolio_has h JOIN moments m ON m.moment = h.moment GROUP BY h.entity
"""
RELATIONS = ("activation_steps", "activation_at")

Own = Mapping[tuple[str, str], tuple[str | None, str | None]]


class Activation:
    """The relations of activation on a sealed connection; made with the first query that reads them.

    They take a look at most tables, which few queries need. The facts come from profiles, so that they
    are read under the same guard as any definition.
    """

    def __init__(
        self, connection: Any, profiles: Mapping[str, Profile], *, start: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._profiles = profiles
        self._start = start
        self._made = False

    def ready_for(self, sql: str) -> None:
        """Make the relations if `sql` reads one of them and they are not there yet."""
        if self._made or not any(name in sql for name in RELATIONS):
            return
        self._made = True
        rows = list(self._rows())
        with safety.lifted(self._connection):
            self._connection.execute(_STEPS)
            self._connection.executemany("INSERT INTO activation_steps VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            self._connection.execute(_AT)

    def _rows(self) -> Iterable[tuple[Any, ...]]:
        own: dict[tuple[str, str], tuple[str | None, str | None]] = {}
        for partner_id, name, due_on, done_on in self._query(_OWN):
            own.setdefault((partner_id, name.casefold()), (due_on, done_on))
        brought = dict(self._query(_BROUGHT))
        partners = self._query(_PARTNERS)
        facts: dict[str, dict[str, str]] = {}
        for profile in self._profiles.values():
            members = {row[0]: row[2] for row in partners if row[1] == profile.type}
            for place, step in enumerate(profile.milestones if members else ()):
                if step.fact not in facts:
                    facts[step.fact] = {row[0]: row[1] for row in self._query(step.fact) if row[1]}
                counts_from = min((brought[name] for name in read_by(step) if name in brought), default=None)
                yield from _step_rows(profile, place, members, facts[step.fact], own, counts_from)

    def _query(self, sql: str) -> list[tuple[Any, ...]]:
        self._start()
        found: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
        return found


def _step_rows(
    profile: Profile,
    place: int,
    members: Mapping[str, str | None],
    reached: Mapping[str, str],
    own: Own,
    counts_from: str | None,
) -> Iterable[tuple[Any, ...]]:
    """Yield one step of a profile for each partner of the type."""
    step = profile.milestones[place]
    for member, enrolled_on in members.items():
        due_on, window_end = (_later(enrolled_on, days) for days in (step.day, profile.activation_days))
        done_on = reached.get(member)
        counted = counts_from
        if (member, step.name.casefold()) in own:
            own_due, done_on = own[member, step.name.casefold()]
            due_on, counted = own_due or due_on, ""
        if counted is not None:
            yield member, place, step.name, due_on, done_on, counted, window_end


def _later(day: str | None, days: int) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if day else None
