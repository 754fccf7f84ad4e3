"""What each partner has records of by a day, so that a few partners' changes do not ask for all of them."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from camdesk.insight.engine import MetricRun

_FIRST = "SELECT partner_id, entity, COALESCE(first_day, '') AS first_day FROM first_rows"
_AT_MOMENTS = """
SELECT moment, partner_id, 'target:' || metric AS entity FROM target_at
UNION SELECT moment, partner_id, 'tier_requirements' FROM requirement_at
"""
_HATS = """
SELECT p.partner_id, t.type FROM partners p JOIN type_terms t
ON instr(';' || p.type || ';' || COALESCE(p.other_types, '') || ';', ';' || t.type || ';')
"""


@dataclass(frozen=True)
class Brought:
    """By one day: each partner's hats and what it has, and what anybody of the portfolio has."""

    partners: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    portfolio: frozenset[str]

    def by_type(self) -> dict[str, frozenset[str]]:
        """Return what the partners of each type have records of, whichever hat of theirs it is."""
        found: dict[str, set[str]] = defaultdict(set)
        for hats, entities in self.partners.values():
            for hat in hats if entities else ():
                found[hat] |= entities
        return {hat: frozenset(entities) for hat, entities in found.items()}

    def with_changes(self, changed: Brought, touched: Collection[str]) -> Brought:
        """Return the whole portfolio after the records of some partners changed."""
        others = {name: had for name, had in self.partners.items() if name not in touched}
        return Brought(others | dict(changed.partners), changed.portfolio)

    def as_json(self) -> str:
        """Write each partner's hats and entities as the bits of two numbers: they are many."""
        hats = sorted({hat for hats, _ in self.partners.values() for hat in hats})
        names = sorted({name for _, entities in self.partners.values() for name in entities})
        # Most partners have what others of their kind have.
        of_hats = {worn: _bits(hats, worn) for worn in {worn for worn, _ in self.partners.values()}}
        held = {entities for _, entities in self.partners.values()}
        of_names = {entities: _bits(names, entities) for entities in held}
        rows = {
            partner: [of_hats[worn], of_names[entities]]
            for partner, (worn, entities) in self.partners.items()
        }
        body = {"hats": hats, "names": names, "partners": rows, "portfolio": sorted(self.portfolio)}
        return json.dumps(body, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Brought:
        body = json.loads(text)
        sets: dict[tuple[str, int], frozenset[str]] = {}

        def named(kind: str, bits: int) -> frozenset[str]:
            if (kind, bits) not in sets:
                sets[kind, bits] = frozenset(
                    name for place, name in enumerate(body[kind]) if bits >> place & 1
                )
            return sets[kind, bits]

        rows = body["partners"].items()
        return cls(
            {partner: (named("hats", hats), named("names", names)) for partner, (hats, names) in rows},
            frozenset(body["portfolio"]),
        )


def read_brought(run: MetricRun) -> dict[int, Brought]:
    """Return what the partners of a run have by each of its moments."""
    moments = [(row["until"], row["moment"]) for row in run.query("SELECT until, moment FROM moments")]
    moments.sort()
    found: dict[int, dict[str, set[str]]] = {moment: defaultdict(set) for _, moment in moments}
    for row in run.query(_FIRST):
        # Days are half-open: a row of the day itself is there by its end.
        for _, moment in moments[bisect_left(moments, (row["first_day"] + "\0", -1)) :]:
            found[moment][row["partner_id"]].add(row["entity"])
    for row in run.query(_AT_MOMENTS):
        found[row["moment"]][row["partner_id"]].add(row["entity"])
    hats: dict[str, set[str]] = defaultdict(set)
    for row in run.query(_HATS):
        hats[row["partner_id"]].add(row["type"])
    portfolio: dict[int, set[str]] = defaultdict(set)
    for row in run.query("SELECT moment, entity FROM portfolio_has"):
        portfolio[row["moment"]].add(row["entity"])
    return {
        moment: Brought(
            {
                partner: (frozenset(worn), frozenset(entities.get(partner, ())))
                for partner, worn in hats.items()
            },
            frozenset(portfolio[moment]),
        )
        for moment, entities in found.items()
    }


def _bits(names: list[str], held: Iterable[str]) -> int:
    places = {name: place for place, name in enumerate(names)}
    return sum(1 << places[name] for name in held)
