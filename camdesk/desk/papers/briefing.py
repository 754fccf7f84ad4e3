"""The part of the desk that prepares papers for our own side: briefs, the portfolio report, partner files.

They are drafted anew each time and written out at once; no draft of them is kept.
"""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from camdesk.desk.clock import instant_now
from camdesk.desk.opened import Opened
from camdesk.store import audit

if TYPE_CHECKING:
    from camdesk.desk.number.forecast_reports import ForecastReport
    from camdesk.desk.portfolio.programme import ProgrammeReport
    from camdesk.desk.reports import AlertReport
    from camdesk.documents.briefs import FollowUp
    from camdesk.documents.model import Document
    from camdesk.documents.pdf import Paper


class Briefing(Opened):
    """Internal papers. A partner may be given by its id or the beginning of its name."""

    @abstractmethod
    def alerts(self, *, mine: bool = True) -> AlertReport:
        """Return the open alerts by priority."""

    @abstractmethod
    def alerts_of(self, partner_id: str) -> AlertReport:
        """Return the report with the open alerts of one partner alone."""

    @abstractmethod
    def forecast(self, *, mine: bool = True) -> ForecastReport:
        """Return the quarter by partner."""

    @abstractmethod
    def programme(self, by: str = "type", *, mine: bool = True) -> ProgrammeReport:
        """Return how the programme does, whole and divided."""

    def brief(self, partner_id: str) -> Document:
        """Return the page for the next meeting with a partner, or for a call if none is planned."""
        from camdesk.desk.papers import meeting_papers

        with self._lock:
            found = self.find_partner(partner_id)
            return meeting_papers.brief(self.insight, found, self.alerts_of(found))

    def briefs_today(self, *, mine: bool = True) -> tuple[Document, ...]:
        """Return a brief for each meeting of the desk's day, in the order of their time."""
        from camdesk.desk.papers import meeting_papers

        with self._lock:
            alerts = self.alerts(mine=False)
            return tuple(
                meeting_papers.brief(self.insight, meeting["partner_id"], alerts, meeting=meeting)
                for meeting in meeting_papers.meetings_of_day(self.insight, mine=mine)
            )

    def follow_up(self, partner_id: str) -> FollowUp:
        """Return the mail after the last meeting: only what was agreed; raises NotFoundError without one.

        Raises LeakError where it says what the partner must not see.
        """
        from camdesk.desk.papers import meeting_papers
        from camdesk.documents.confidential import own_words, secrets_of
        from camdesk.documents.leaks import Page, stop_leaks

        with self._lock:
            found = self.find_partner(partner_id)
            mail = meeting_papers.follow_up(self.insight, found)
        pages = (Page("the mail's subject", mail.subject), Page("the mail's text", mail.text))
        database = self.workspace.database
        secrets = secrets_of(database, found, our_name=self.settings.our_name)
        stop_leaks(pages, secrets, own=own_words(database, found))
        return mail

    def portfolio_report(self, *, mine: bool = True) -> Document:
        """Return the month's report for the channel lead: yours, or of all partners."""
        from camdesk.desk.papers import portfolio_paper

        with self._lock:
            return portfolio_paper.portfolio_report(
                self.insight,
                forecast=self.forecast(mine=mine),
                programme=self.programme(mine=mine),
                alerts=self.alerts(mine=mine),
            )

    def partner_file(self, partner_id: str) -> Document:
        """Return what an examiner asks for about a partner: agreed, checked, paid, granted, overruled."""
        from camdesk.desk.papers import file_paper

        with self._lock:
            return file_paper.partner_file(self.insight, self.find_partner(partner_id))

    def write_paper(self, body: Document, target: Path, *, paper: Paper = "a4") -> Path:
        """Write an internal paper as PDF; the file appears whole or not at all."""
        from camdesk.documents.pdf import export_pdf

        written = export_pdf(body, target, paper=paper)
        whose = f" of {body.partner_id}" if body.partner_id else ""
        with self.workspace.database.write() as connection:
            audit.record(
                connection, "document exported", detail=f"{body.kind}{whose} as PDF", at=instant_now()
            )
        return written
