"""The top risks, each with what is asked for: the gravest open alert of a partner, by priority."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell, lacking, number, table, wide
from camdesk.documents.model import Block, Cell, Section, Span
from camdesk.documents.phrases import capital, clipped, in_words
from camdesk.documents.portfolio_report.draft import Report
from camdesk.insight.results import Alert, Unit
from camdesk.insight.wording import write_day

SHOWN = 8
_RISKS = ("critical", "warning")


def section(report: Report) -> Section:
    found = _gravest(report)
    if not found:
        lack = f"Risks: no warning is open on {write_day(report.insight.as_of)}."
        return lacking("risks", "Risks and asks", "No risk is open", lack)
    worth = [alert.value_at_stake for alert in found if alert.value_at_stake is not None]
    key = report.keep(
        "at-stake",
        "At stake in the top risks",
        "What the open alerts named here put at stake: the gravest one of each partner, by priority.",
        value=sum(worth),
        unit=Unit.MONEY,
        parts=[
            (
                alert.partner_id,
                f"{report.names[alert.partner_id]}: {_title(report, alert)}",
                alert.value_at_stake,
            )
            for alert in found
        ],
        kind="alert",
    )
    many = capital(in_words(len(found), "partner"))
    message = (
        f"{many} {'needs' if len(found) == 1 else 'need'} a decision: {report.money(sum(worth))} at stake"
    )
    rows = [_row(report, alert, key) for alert in found]
    columns = [wide("Partner", 0.8), wide("Risk", 1.5), number("At stake"), wide("Asked for", 1.4)]
    blocks: tuple[Block, ...] = (table(columns, rows),)
    return Section("risks", "Risks and asks", message, (), blocks, new_page=False)


def _gravest(report: Report) -> list[Alert]:
    """Return the first alert of each partner by priority: one partner does not fill the page."""
    chosen: dict[str, Alert] = {}
    for alert in report.known.alerts:
        if alert.severity in _RISKS and alert.partner_id in report.names:
            chosen.setdefault(alert.partner_id, alert)
    return list(chosen.values())[:SHOWN]


def _title(report: Report, alert: Alert) -> str:
    return report.insight.catalog.rules[alert.rule].title


def _row(report: Report, alert: Alert, key: str) -> list[Cell]:
    at_stake = report.cell(alert.value_at_stake, Unit.MONEY, key)
    return [
        cell(report.names[alert.partner_id]),
        Cell((Span(clipped(alert.message, 150)),)),
        at_stake,
        Cell((Span(clipped(alert.next_action, 120)),)),
    ]
