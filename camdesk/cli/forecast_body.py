"""The forecast as JSON and CSV have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from camdesk.cli import values
from camdesk.cli.spreadsheet import as_csv
from camdesk.insight.forecast_words import changes_in_words

if TYPE_CHECKING:
    from camdesk.desk.number.forecast_reports import (
        ForecastFigures,
        ForecastReport,
        ForecastRow,
        ForecastTotal,
        PartnerForecast,
    )
    from camdesk.insight.forecast import DealChange, ForecastDeal
    from camdesk.store.forecast_calls import ForecastCall

FIGURES = ("target", "booked", "commit", "best_case", "gap")


def body(report: ForecastReport) -> dict[str, Any]:
    """Return the quarter by partner as JSON has it."""
    return {
        **_head(report),
        "totals": _total(report.total),
        "types": [_total(each) for each in report.types],
        "partners": [_row(row) for row in report.rows],
    }


def _head(report: ForecastReport) -> dict[str, Any]:
    return {
        "as_of": values.day(report.as_of),
        "base_currency": report.base_currency,
        "mine_only": report.mine_only,
        "quarter": report.quarter,
        "quarter_start": values.day(report.quarter_start),
        "quarter_end": values.day(report.quarter_end),
        "days_left": report.days_left,
        "compared_with": values.day(report.compared_with),
    }


def _total(total: ForecastTotal) -> dict[str, Any]:
    return {
        **({"type": total.type} if total.type else {}),
        **{f"own_{name}": values.amount(getattr(total.figures, name)) for name in FIGURES},
        "change": _change(total.figures, total.before),
        "call": values.amount(total.call),
        "call_gap": values.amount(total.call_gap),
        "called": total.called,
        "partners": total.partners,
        "booked_through_distribution": values.amount(total.through_distribution),
    }


def _row(row: ForecastRow) -> dict[str, Any]:
    return {
        "partner_id": row.partner.partner_id,
        "name": row.partner.name,
        "type": row.partner.type,
        **{name: values.amount(getattr(row.figures, name)) for name in FIGURES},
        "target_assumed": row.target_assumed,
        "change": _change(row.figures, row.before),
        "call": values.amount(row.call.amount if row.call else None),
        "call_week": values.day(row.call.week_on if row.call else None),
        "last_week_call": values.amount(row.last_week_call.amount if row.last_week_call else None),
        "call_gap": values.amount(row.call_gap),
    }


def _change(now: ForecastFigures, before: ForecastFigures | None) -> dict[str, values.Plain]:
    return {name: values.amount(_moved(now, before, name)) for name in FIGURES}


def _moved(now: ForecastFigures, before: ForecastFigures | None, name: str) -> float | int | None:
    after, earlier = getattr(now, name), getattr(before, name) if before else None
    return None if after is None or earlier is None else after - earlier


def partner_body(single: PartnerForecast) -> dict[str, Any]:
    """Return one partner's quarter, its deals and its calls as JSON has them."""
    return {
        **_head(single.report),
        **_row(single.row),
        "deals": [_deal(deal) for deal in single.deals if deal.category],
        "gone": [_deal(deal) for deal in single.deals if not deal.category],
        "calls": [call_body(one) for one in single.calls],
    }


def _deal(deal: ForecastDeal) -> dict[str, Any]:
    return {
        "deal_id": deal.deal_id,
        "opportunity_id": deal.opportunity_id,
        "name": deal.name,
        "customer": deal.customer,
        "stage": deal.stage,
        "amount": values.amount(deal.amount),
        "probability": deal.probability,
        "expected_close_on": values.day(deal.expected_close_on),
        "forecast": deal.category,
        "slipped": deal.slipped,
        "changes": None if deal.changes is None else [_deal_change(one) for one in deal.changes],
    }


def _deal_change(one: DealChange) -> dict[str, Any]:
    def said(value: Any) -> Any:
        if isinstance(value, int):
            return values.amount(value)
        return value if value is None or isinstance(value, str) else values.day(value)

    return {"change": one.change, "before": said(one.before), "after": said(one.after)}


def call_body(one: ForecastCall) -> dict[str, Any]:
    return {
        "partner_id": one.partner_id,
        "quarter_start": values.day(one.quarter_from),
        "week": values.day(one.week_on),
        "amount": values.amount(one.amount),
        "author": one.author,
        "written_at": one.written_at,
    }


def portfolio_csv(report: ForecastReport) -> str:
    """Return the quarter by partner for a spreadsheet."""
    heads = (
        "partner_id", "name", "type", *FIGURES, "call", "last_week_call", "call_gap",
        *(f"{name}_change" for name in FIGURES),
    )  # fmt: skip
    bodies = [(_row(row), _change(row.figures, row.before)) for row in report.rows]
    rows = [
        [*(body[name] for name in heads[: -len(FIGURES)]), *(change[name] for name in FIGURES)]
        for body, change in bodies
    ]
    return as_csv(heads, rows)


def deals_csv(single: PartnerForecast) -> str:
    """Return the deals behind one partner's number for a spreadsheet."""
    currency = single.report.base_currency
    heads = (
        "deal_id",
        "name",
        "customer",
        "stage",
        "amount",
        "expected_close_on",
        "forecast",
        "slipped",
        "changes",
    )
    rows = []
    for deal in single.deals:
        body = _deal(deal)
        slipped = "yes" if deal.slipped else "no"
        rows.append([*(body[name] for name in heads[:7]), slipped, changes_in_words(deal, currency)])
    return as_csv(heads, rows)
