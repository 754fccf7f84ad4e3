"""Partners with several hats: each hat scored by its own profile, and the scores blended.

The primary hat makes up 0.6 of the blend and the others share 0.4, unless the CAM weighs them otherwise.
A hat without a score leaves the blend to the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from camdesk.insight import scoring
from camdesk.insight.catalog import Catalog
from camdesk.insight.results import Band, Movement
from camdesk.insight.scoring import Covered, LineScore, Score

PRIMARY_SHARE = 0.6
Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PartnerScore(Covered):
    """A partner's score over all its hats, the primary one first; with one hat, that hat's own score."""

    hats: Mapping[str, Score]
    shares: Shares
    """What each hat with a score makes up of the blend; they add up to 1."""
    value: float | None
    outcome: float | None
    leading: float | None
    coverage: float
    connected_weight: float
    band: Band | None
    capped_by: str | None

    @property
    def primary(self) -> Score:
        return next(iter(self.hats.values()))


def hats_of(row: Mapping[str, Any], types: Iterable[str]) -> tuple[str, ...]:
    """Return the types of a row of `partners` that are known here, the primary one first."""
    known = frozenset(types)
    words = [row["type"], *(row["other_types"] or "").split(";")]
    return tuple(dict.fromkeys(word for word in words if word in known))


def default_shares(hats: tuple[str, ...]) -> dict[str, float]:
    """Return 0.6 for the first hat and 0.4 shared among the others."""
    if len(hats) == 1:
        return {hats[0]: 1.0}
    return {hats[0]: PRIMARY_SHARE} | {hat: (1 - PRIMARY_SHARE) / (len(hats) - 1) for hat in hats[1:]}


def blend(scores: Mapping[str, Score], shares: Shares) -> PartnerScore:
    """Return one score of several, each with its share; the shares of hats without a score fall away."""
    if len(scores) == 1:
        (only,) = scores.values()
        return PartnerScore(
            scores,
            {next(iter(scores)): 1.0},
            only.value,
            only.outcome,
            only.leading,
            only.coverage,
            only.connected_weight,
            only.band,
            only.capped_by,
        )
    valued = _weighed(shares, [hat for hat, score in scores.items() if score.value is not None])
    value = _mean(valued, lambda hat: scores[hat].value)
    coverage = _mean(shares, lambda hat: scores[hat].coverage) or 0.0
    capped_by = next((score.capped_by for score in scores.values() if score.capped_by), None)
    band = None
    if value is not None and coverage >= scoring.ENOUGH_COVERAGE:
        band = scoring.band_of(value, capped=capped_by is not None)
    return PartnerScore(
        scores,
        valued,
        value,
        _mean(shares, lambda hat: scores[hat].outcome),
        _mean(shares, lambda hat: scores[hat].leading),
        coverage,
        _mean(shares, lambda hat: scores[hat].connected_weight) or 0.0,
        band,
        capped_by,
    )


def scores_of(
    rows: Mapping[str, Mapping[str, Any]],
    values_of: Callable[[str], Mapping[str, float | int]],
    connected: Mapping[str, frozenset[str]],
    catalog: Catalog,
    *,
    own_shares: Mapping[str, Shares],
) -> dict[str, PartnerScore]:
    """Return every partner's score; `own_shares` are the weights a CAM gave, by partner."""
    found = {}
    for partner_id, row in rows.items():
        hats = hats_of(row, catalog.profiles)
        values = values_of(partner_id)
        scores = {hat: scoring.score(catalog.profiles[hat], values, connected[hat]) for hat in hats}
        shares = _weighed(own_shares.get(partner_id) or default_shares(hats), hats)
        found[partner_id] = blend(scores, shares or default_shares(hats))
    return found


def movements(before: PartnerScore, after: PartnerScore, catalog: Catalog) -> tuple[Movement, ...]:
    """Return exactly what lies between two scores, line by line of every hat, largest first."""
    several = len(after.hats) > 1
    titles = {}
    for hat, score in (*before.hats.items(), *after.hats.items()):
        for name in score.lines:
            title = catalog.metrics[name].title
            titles[hat, name] = f"{title} ({catalog.profiles[hat].short_title})" if several else title
    return scoring.movements(
        (before.value, _lines(before)), (after.value, _lines(after)), lambda key: titles[key]
    )


def _lines(score: PartnerScore) -> dict[tuple[str, str], LineScore]:
    return {
        (hat, name): LineScore(name, line.points, line.share * share)
        for hat, share in score.shares.items()
        for name, line in score.hats[hat].lines.items()
    }


def _weighed(shares: Shares, hats: Iterable[str]) -> dict[str, float]:
    """Return the shares of `hats` alone, adding up to 1."""
    kept = {hat: shares[hat] for hat in hats if shares.get(hat, 0) > 0}
    total = sum(kept.values())
    return {hat: share / total for hat, share in kept.items()}


def _mean(shares: Shares, value_of: Callable[[str], float | None]) -> float | None:
    values = {hat: value for hat in shares if (value := value_of(hat)) is not None}
    weighed = _weighed(shares, values)
    return sum(weighed[hat] * values[hat] for hat in weighed) if weighed else None
