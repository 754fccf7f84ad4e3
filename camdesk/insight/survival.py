"""The odds that something still happens soon, from how long it took before (Kaplan and Meier's estimate).

Pure functions over spells. A spell that has not ended yet, or was cut short, says only that it lasted at
least so long.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

LEAST_SPELLS = 20
LEAST_AT_RISK = 5
WITHIN_DAYS = 90
NEW, DARK = "new", "dark"


@dataclass(frozen=True, slots=True)
class Spell:
    """How many days something took; `ended` False where it had not happened when we last looked."""

    days: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely it is that a spell ends soon; no `value` where too little is known, `because` says why."""

    value: float | None
    spells: int
    at_risk: int
    because: str | None = None


@dataclass(frozen=True, slots=True)
class PartnerOdds:
    """A partner's odds of business in the next 90 days, and how many days it has had none."""

    partner_id: str
    kind: str  # new: none since enrolment | dark: none since its last
    days: int
    odds: Odds


class SurvivalCurve:
    """What a set of spells says of another one of which is known only how long it has lasted."""

    def __init__(self, spells: Iterable[Spell]) -> None:
        known = list(spells)
        self._days = sorted(spell.days for spell in known)
        self._ends = sorted(spell.days for spell in known if spell.ended)

    def __len__(self) -> int:
        return len(self._days)

    def at_risk(self, elapsed: int) -> int:
        """Return how many spells lasted longer than `elapsed` days."""
        return len(self._days) - bisect_right(self._days, elapsed)

    def chance(self, elapsed: int, *, within: int = WITHIN_DAYS) -> float:
        """Return the chance that a spell of `elapsed` days ends in the `within` days after them."""
        remaining = 1.0
        for day in sorted({*self._ends[bisect_right(self._ends, elapsed) :]}):
            if day > elapsed + within:
                break
            ended = bisect_right(self._ends, day) - bisect_left(self._ends, day)
            remaining *= 1 - ended / (len(self._days) - bisect_left(self._days, day))
        return 1 - remaining

    def odds(self, elapsed: int, *, within: int = WITHIN_DAYS) -> Odds:
        """Return the chance where enough is known: 20 spells, of which 5 lasted longer than `elapsed`."""
        at_risk = self.at_risk(elapsed)
        if len(self) < LEAST_SPELLS:
            because = f"only {_cases(len(self))} known, odds take {LEAST_SPELLS}"
            return Odds(None, len(self), at_risk, because)
        if at_risk < LEAST_AT_RISK:
            few = f"only {at_risk}" if at_risk else "none"
            because = f"{few} of {_cases(len(self))} lasted longer, odds take {LEAST_AT_RISK}"
            return Odds(None, len(self), at_risk, because)
        return Odds(self.chance(elapsed, within=within), len(self), at_risk)


def _cases(number: int) -> str:
    return f"{number:,} past {'case' if number == 1 else 'cases'}"
