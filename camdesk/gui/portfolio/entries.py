"""The partners of the portfolio as lists, groups, facets and cards are made of them. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from camdesk.base.folding import folded
from camdesk.desk.reports import Cell, ColumnHead, PortfolioReport, PortfolioRow, TypeSection
from camdesk.insight.results import Milestone, Partner

METRIC = "metric:"
"""What the id of a column that shows a metric begins with."""
DARK = "dark"
"""What a dark partner is among the stages, beside its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One partner with what its type's table says of it; `words` is what a filter looks at."""

    row: PortfolioRow
    section: TypeSection
    currency: str
    words: str
    own: Mapping[str, int]  # the place of a metric among the cells of its row
    further: Mapping[str, Mapping[str, Cell]]  # by metric and partner
    facets: Mapping[str, tuple[str, ...]]  # its values by facet
    milestone: Milestone | None = None

    @property
    def partner(self) -> Partner:
        return self.row.partner

    @property
    def key(self) -> str:
        return self.row.partner.partner_id

    def figure(self, metric: str) -> Cell | None:
        """Return a figure of this partner; None where it was never asked for."""
        place = self.own.get(metric)
        if place is not None:
            return self.row.cells[place]
        return self.further.get(metric, {}).get(self.key)


@dataclass(frozen=True, slots=True)
class Extras:
    """What was read beside the report: figures by metric and partner, their heads, open milestones."""

    figures: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    heads: Mapping[str, ColumnHead] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] | None = None  # None: not asked for


def entries_of(report: PortfolioReport, extras: Extras) -> Iterator[Entry]:
    """Return an entry for every partner of the report, in its order."""
    milestones = extras.milestones or {}
    for section in report.sections:
        own = {head.metric: place for place, head in enumerate(section.columns)}
        for row in section.rows:
            partner = row.partner
            yield Entry(
                row,
                section,
                report.base_currency,
                _words(partner, section),
                own,
                extras.figures,
                _facets(row, section),
                milestones.get(partner.partner_id),
            )


def _words(partner: Partner, section: TypeSection) -> str:
    parts = (
        partner.name,
        partner.partner_id,
        partner.tier,
        partner.region,
        partner.country,
        partner.industry,
        section.short_title,
        f"class {partner.attention}",
        partner.stage,
        "dark" if partner.dark else "",
    )
    return folded(" ".join(part for part in parts if part))


def saying(entries: Sequence[Entry], words: Sequence[str]) -> Sequence[Entry]:
    """Return the entries that hold every one of the folded words."""
    for word in words:
        entries = [entry for entry in entries if word in entry.words]
    return entries


def wanted_words(text: str) -> list[str]:
    """Return what was typed into a filter as words to look for."""
    return folded(text).split()


def _facets(row: PortfolioRow, section: TypeSection) -> dict[str, tuple[str, ...]]:
    partner = row.partner
    return {
        "type": (section.type,),
        "tier": (partner.tier or "",),
        "region": (partner.region or "",),
        "stage": (partner.stage, DARK) if partner.dark else (partner.stage,),
        "band": (row.band.value if row.band else "",),
        "class": (partner.attention,),
    }
