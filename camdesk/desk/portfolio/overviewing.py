"""The part of the desk about the programme's screen; what it stands on loads with the first look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camdesk.desk.opened import Opened

if TYPE_CHECKING:
    from camdesk.desk.portfolio.programme_reports import ProgrammePage
    from camdesk.desk.reports import FigureReport


class Overviewing(Opened):
    """The programme beyond its groups, and every figure of it with readable records."""

    def programme_page(self, *, mine: bool = True) -> ProgrammePage:
        """Return activation month by month, how much hangs on the largest, and what investments led to."""
        from camdesk.desk.portfolio import programme_page

        with self._lock:
            return programme_page.page(self.insight, mine=mine)

    def open_programme_figure(
        self, metric: str, *, by: str = "type", group: str | None = None, mine: bool = True
    ) -> FigureReport:
        """Return a figure of the programme, or of one group, with its partners and records."""
        from camdesk.desk.portfolio import programme_page

        with self._lock:
            return programme_page.open_figure(self.insight, metric, by=by, group=group, mine=mine)

    def open_cohort(self, quarter: str, *, mine: bool = True) -> FigureReport:
        """Return who enrolled in a fiscal quarter such as FY26 Q4, and how far each has come."""
        from camdesk.desk.portfolio import programme_page

        with self._lock:
            return programme_page.open_cohort(self.insight, quarter, mine=mine)

    def open_investment(self, figure: str, *, mine: bool = True) -> FigureReport:
        """Return an amount of an investment, by the key of its figure, with all of its records."""
        from camdesk.desk.portfolio import programme_page

        with self._lock:
            return programme_page.open_investment(self.insight, figure, mine=mine)
