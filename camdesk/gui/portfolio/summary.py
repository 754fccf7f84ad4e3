"""The portfolio in two lines: who is enrolled and truly active, and the quarter's number. No Qt here."""

from __future__ import annotations

from camdesk.desk.reports import PortfolioReport
from camdesk.gui.guide import Overview
from camdesk.insight.results import Unit
from camdesk.insight.wording import write


def summary(report: PortfolioReport) -> str:
    """Return the portfolio in one line; what nobody knows is left out."""
    figures, currency = report.figures, report.base_currency
    parts = []
    if figures.enrolled is not None and figures.active is not None:
        parts += [f"{figures.enrolled:,} enrolled", f"{figures.active:,} active"]
    if figures.active_rate is not None:
        parts.append(f"{write(figures.active_rate, Unit.PERCENT, currency=currency)} active rate")
    if figures.dark:
        parts.append(f"{figures.dark:,} dark")
    if figures.revenue_per_active_partner is not None:
        money = write(figures.revenue_per_active_partner, Unit.MONEY, currency=currency)
        parts.append(f"{money} revenue per active partner")
    if figures.retention is not None:
        parts.append(f"{write(figures.retention, Unit.PERCENT, currency=currency)} retained")
    return " · ".join(parts)


def quarter_line(report: PortfolioReport) -> str:
    """Return the quarter's number in one line, or nothing where no part of it is known."""
    quarter = report.quarter
    parts = [
        f"{name} {write(value, Unit.MONEY, currency=report.base_currency)}"
        for name, value in (
            ("target", quarter.target),
            ("booked", quarter.booked),
            ("commit", quarter.commit),
            ("best case", quarter.best_case),
            ("gap", quarter.gap),
        )
        if value is not None
    ]
    return f"{quarter.title}: {' · '.join(parts)}" if parts else ""


def overview(report: PortfolioReport) -> Overview:
    """Return what stands around every screen."""
    quarter = report.quarter
    days = "1 day left" if quarter.days_left == 1 else f"{quarter.days_left} days left"
    return Overview(
        sum(len(section.rows) for section in report.sections),
        sum(bool(section.rows) for section in report.sections),
        f"{quarter.title} · {days}",
    )
