"""By what the portfolio is narrowed down and grouped: type, tier, region, stage, band, class. No Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from camdesk.gui.portfolio.entries import DARK, Entry, saying
from camdesk.insight.lifecycle import STAGES
from camdesk.insight.results import Band

_STAGE_TITLES = {"recruit": "Recruit", "onboard": "Onboard", "develop": "Develop"}
_BAND_TITLES = {
    Band.GREEN.value: "Green, 75 and more",
    Band.AMBER.value: "Amber, 50 to 74",
    Band.RED.value: "Red, below 50",
}

Chosen = Mapping[str, frozenset[str]]
"""The values chosen of each facet, by its key; a facet without values narrows nothing down."""
Titles = Mapping[str, Mapping[str, str]]
"""How each value of each facet reads, in the order in which it is offered."""


def stage_title(stage: str) -> str:
    return _STAGE_TITLES.get(stage, stage.capitalize())


def _plain(value: str, _entry: Entry) -> str:
    return value


def _type(_value: str, entry: Entry) -> str:
    return entry.section.plural


def _stage(value: str, _entry: Entry) -> str:
    return stage_title(value)


def _band(value: str, _entry: Entry) -> str:
    return _BAND_TITLES[value]


def _class(value: str, _entry: Entry) -> str:
    return f"Class {value}"


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that partners share, how its values read, and what it is called to have none.

    `order` names values in the order in which they are offered; others follow by their names.
    """

    key: str
    title: str
    without: str
    title_of: Callable[[str, Entry], str] = _plain
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet and how many partners it would show."""

    value: str
    title: str
    count: int


FACETS = (
    Facet("type", "Type", "No type", _type),
    Facet("tier", "Tier", "No tier"),
    Facet("region", "Region", "No region"),
    Facet("stage", "Stage", "No stage", _stage, (*STAGES, DARK)),
    Facet("band", "Band", "No score", _band, tuple(_BAND_TITLES)),
    Facet("class", "Class", "No class", _class),
)
"""In the order of their chips."""
BY_KEY = {facet.key: facet for facet in FACETS}


def passing(entries: Sequence[Entry], chosen: Chosen, *, but: str = "") -> Sequence[Entry]:
    """Return the entries that have one of the chosen values of every facet, `but` one left aside."""
    for key, values in chosen.items():
        if values and key != but:
            entries = [entry for entry in entries if not values.isdisjoint(entry.facets[key])]
    return entries


def choices(
    facet: Facet, entries: Sequence[Entry], chosen: Chosen, *, titles: Titles, words: Sequence[str] = ()
) -> list[Choice]:
    """Return a facet's values with how many partners each would show, given what else is chosen."""
    shown = saying(passing(entries, chosen, but=facet.key), words)
    counts = Counter(value for entry in shown for value in entry.facets[facet.key])
    return [Choice(value, title, counts[value]) for value, title in titles[facet.key].items()]


def titles_of(entries: Sequence[Entry]) -> Titles:
    """Return how the values of all facets read; types in the order of the report, no value last."""
    return {facet.key: _titles(facet, entries) for facet in FACETS}


def _titles(facet: Facet, entries: Iterable[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for value in entry.facets[facet.key]:
            if value not in found:
                found[value] = facet.title_of(value, entry) if value else facet.without
    if facet.title_of is _type:
        return found
    places = {value: place for place, value in enumerate(facet.order)}
    return dict(
        sorted(
            found.items(),
            key=lambda pair: (not pair[0], places.get(pair[0], len(places)), pair[1].casefold()),
        )
    )
