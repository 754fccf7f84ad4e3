"""Everything the portfolio is shown from, put together once for each reading. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from camdesk.desk.reports import ColumnHead, PortfolioReport, TypeSection
from camdesk.gui.portfolio.entries import Entry, Extras, entries_of
from camdesk.gui.portfolio.facets import Titles, titles_of


@dataclass(frozen=True)
class Book:
    """Everything the screen shows from: the report, its partners, and the heads of all figures at hand."""

    report: PortfolioReport
    entries: tuple[Entry, ...]
    heads: Mapping[str, ColumnHead]
    extras: Extras
    names: Mapping[str, str]  # of the partners, by id
    titles: Titles  # of the values of facets

    def section(self, table: str) -> TypeSection | None:
        """Return the type a table is about; None for the one list."""
        return next((one for one in self.report.sections if one.type == table), None)

    def of_type(self, type_id: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.section.type == type_id)


def make_book(report: PortfolioReport, extras: Extras) -> Book:
    """Put a report and what was read beside it together."""
    heads = {head.metric: head for section in report.sections for head in section.columns}
    entries = tuple(entries_of(report, extras))
    names = {entry.key: entry.partner.name for entry in entries}
    return Book(report, entries, {**extras.heads, **heads}, extras, names, titles_of(entries))
