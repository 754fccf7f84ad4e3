"""How scores compare within a type: rank and quartile, from eight partners on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from camdesk.insight.scoring import COMPARED_FROM


@dataclass(frozen=True, slots=True)
class Place:
    """A partner's place among `ranked` partners of its type; 1 is the best, equal scores share a rank."""

    rank: int | None
    quartile: int | None
    ranked: int


class Ranking:
    """The scores of all partners by type; a score of None is not ranked."""

    def __init__(self, scores: Mapping[str, tuple[str, float | None]]) -> None:
        self._scores = scores
        self._ascending: dict[str, list[float]] = {}
        for kind, score in scores.values():
            if score is not None:
                self._ascending.setdefault(kind, []).append(score)
        for members in self._ascending.values():
            members.sort(reverse=True)

    def place(self, partner_id: str) -> Place:
        kind, score = self._scores[partner_id]
        members = self._ascending.get(kind, [])
        if score is None or len(members) < COMPARED_FROM:
            return Place(None, None, len(members))
        better = bisect_left(members, -score, key=lambda other: -other)
        return Place(better + 1, better * 4 // len(members) + 1, len(members))
