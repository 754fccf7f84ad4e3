"""The report as a document: the quarter, who is productive, what is at risk, and what investments led to."""

from __future__ import annotations

from camdesk.documents.model import Document
from camdesk.documents.phrases import clipped
from camdesk.documents.portfolio_report import investments, programme, quarter, risks
from camdesk.documents.portfolio_report.draft import Report
from camdesk.documents.portfolio_report.known import ReportFacts
from camdesk.insight.insight import Insight

TITLE = "INTERNAL · Portfolio report"


def draft_report(insight: Insight, known: ReportFacts) -> Document:
    """Draft the report of a set of partners as of today; no note and no task has a place in it."""
    report = Report(insight, known.partners, known)
    sections = (
        quarter.section(report),
        programme.productivity(report),
        risks.section(report),
        programme.cohorts(report),
        programme.largest(report),
        investments.section(report),
    )
    return Document(
        kind="report",
        title=TITLE,
        partner_id="",
        partner_name=known.whose,
        our_name=clipped(insight.settings.our_name, 90),
        period=f"{insight.as_of:%Y-%m}",
        period_title=f"{insight.as_of:%B %Y}",
        figures_as_of=insight.as_of,
        drafted_on=insight.as_of,
        sections=sections,
        figures=report.frozen.figures,
    )
