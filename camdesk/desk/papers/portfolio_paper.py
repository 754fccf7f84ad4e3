"""The portfolio report: the desk's own reports handed to the drafting of it."""

from __future__ import annotations

from camdesk.desk.number.forecast_reports import ForecastFigures, ForecastReport
from camdesk.desk.portfolio.programme import Cohort, ProgrammeGroup, ProgrammeReport
from camdesk.desk.reports import AlertReport
from camdesk.documents.model import Document
from camdesk.documents.portfolio_report import (
    CohortLine,
    Number,
    QuarterLine,
    ReportFacts,
    TypeLine,
    draft_report,
)
from camdesk.insight.insight import Insight


def portfolio_report(
    insight: Insight, *, forecast: ForecastReport, programme: ProgrammeReport, alerts: AlertReport
) -> Document:
    """Return the report of the partners in view; all three must be of the same view."""
    known = ReportFacts(
        "Your partners" if forecast.mine_only else "All partners",
        tuple(row.partner for row in forecast.rows),
        _number(forecast.total.figures),
        tuple(
            QuarterLine(
                row.partner,
                _number(row.figures),
                row.target_assumed,
                row.before.commit if row.before is not None else None,
                row.call.amount if row.call is not None else None,
            )
            for row in forecast.rows
        ),
        tuple(_type(group) for group in programme.groups),
        _type(programme.whole),
        tuple(_cohort(cohort) for cohort in programme.cohorts),
        alerts.alerts,
    )
    return draft_report(insight, known)


def _number(of: ForecastFigures) -> Number:
    return Number(of.target, of.booked, of.commit, of.best_case, of.gap)


def _type(group: ProgrammeGroup) -> TypeLine:
    return TypeLine(group.title, group.partners, group.figures)


def _cohort(of: Cohort) -> CohortLine:
    return CohortLine(
        of.quarter, of.enrolled, of.in_time, of.late, of.missed, of.on_the_way, of.unknown, of.median_days
    )
