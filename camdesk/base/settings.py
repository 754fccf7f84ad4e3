"""What a workspace is told about the vendor: currency, fiscal year, whose portfolio it is, working week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from camdesk.base.periods import FiscalCalendar
from camdesk.base.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that figures, screens and documents depend on."""

    base_currency: str = "EUR"
    fiscal_year_start_month: int = 1
    our_name: str = "Our company"
    owner_emails: tuple[str, ...] = ()
    working_time: WorkingTime = field(default_factory=WorkingTime)
    stale_after_days: int = 3
    brand_colour: str | None = None
    """The main colour of documents, #RRGGBB; without it the product's own."""
    cover: bool = False
    """Whether documents begin with a cover."""
    fixed_day: date | None = None
    """The sample's day: a workspace of fictitious data is always looked at from its own last day."""

    @property
    def calendar(self) -> FiscalCalendar:
        return FiscalCalendar(self.fiscal_year_start_month)
