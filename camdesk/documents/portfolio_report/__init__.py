"""The portfolio report: what the channel lead needs once a month, without notes and tasks."""

from camdesk.documents.portfolio_report.known import CohortLine, Number, QuarterLine, ReportFacts, TypeLine
from camdesk.documents.portfolio_report.report import draft_report

__all__ = ["CohortLine", "Number", "QuarterLine", "ReportFacts", "TypeLine", "draft_report"]
