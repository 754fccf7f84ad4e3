"""The deals behind a partner's number and the calls made for it, as rows and sentences. No Qt here."""

from __future__ import annotations

from camdesk.base import money
from camdesk.desk.number.forecast_reports import PartnerForecast
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import BELOW_FLOOR, figure_cell
from camdesk.insight.forecast import ForecastDeal
from camdesk.insight.forecast_words import (
    ASSUMED_TARGET,
    NO_DEALS,
    STATES_UNKNOWN,
    changes_in_words,
    signed_money,
)
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_change, write_day

DEAL_COLUMNS = (
    Column("Deal", Kind.TEXT, strong=True),
    Column("Stage", Kind.TEXT),
    Column("Likely", Kind.NUMBER, "The probability that its source gives it.", descending_first=True),
    Column("Amount", Kind.NUMBER, descending_first=True),
    Column("Closes", Kind.TEXT),
    Column("Forecast", Kind.TEXT),
    Column("In a week", Kind.TEXT),
)
GONE_COLUMNS = (
    Column("Deal", Kind.TEXT, strong=True),
    Column("Amount", Kind.NUMBER, descending_first=True),
    Column("What happened", Kind.TEXT),
)
CALL_COLUMNS = (
    Column("Week of", Kind.TEXT),
    Column("Call", Kind.NUMBER),
    Column("± week before", Kind.NUMBER),
    Column("By", Kind.TEXT),
)


def number_words(single: PartnerForecast) -> str:
    """Return the partner's quarter in one line."""
    of, currency = single.row.figures, single.report.base_currency
    parts = (
        ("target", of.target),
        ("booked", of.booked),
        ("commit", of.commit),
        ("best case", of.best_case),
        ("gap", of.gap),
    )
    known = [
        f"{name} {write(value, Unit.MONEY, currency=currency)}" for name, value in parts if value is not None
    ]
    return f"{single.report.quarter}: {' · '.join(known) or 'nothing known yet'}"


def call_words(single: PartnerForecast) -> str:
    """Return the call that stands, beside commit, and what else one has to know."""
    row, currency, said = single.row, single.report.base_currency, []
    if row.call is not None:
        gap = "" if row.call_gap is None else f", {signed_money(row.call_gap, currency)} against commit"
        called = money.exact(row.call.amount, currency).removesuffix(".00")
        said.append(f"Your call: {called}, week of {write_day(row.call.week_on)}{gap}.")
    if row.target_assumed and row.figures.target is not None:
        said.append(ASSUMED_TARGET)
    if not any(deal.category for deal in single.deals):
        said.append(NO_DEALS)
    if any(deal.changes is None for deal in single.deals):
        said.append(STATES_UNKNOWN)
    return " ".join(said)


def deal_rows(single: PartnerForecast) -> list[GridRow]:
    """Return the deals in commit and best case, commit first, the largest first."""
    currency = single.report.base_currency
    return [_deal(deal, currency) for deal in single.deals if deal.category]


def gone_rows(single: PartnerForecast) -> list[GridRow]:
    """Return the deals that left the number within the week."""
    currency = single.report.base_currency
    return [
        GridRow(
            deal.deal_id,
            (
                _name(deal),
                figure_cell(deal.amount, Unit.MONEY, currency=currency),
                _text(changes_in_words(deal, currency)),
            ),
        )
        for deal in single.deals
        if not deal.category
    ]


def call_rows(single: PartnerForecast) -> list[GridRow]:
    """Return the calls of the quarter, the newest first, each beside the one before it."""
    calls, currency, made = single.calls, single.report.base_currency, []
    for place, one in enumerate(calls):
        before = calls[place - 1].amount if place else None
        change = write_change(one.amount, before, Unit.MONEY, currency=currency)
        made.append(
            GridRow(
                one.week_on.isoformat(),
                (
                    GridCell(
                        write_day(one.week_on), one.week_on.isoformat(), f"written {one.written_at[:10]}"
                    ),
                    figure_cell(one.amount, Unit.MONEY, currency=currency),
                    GridCell(change, None if before is None else one.amount - before),
                    _text(one.author),
                ),
            )
        )
    return made[::-1]


def _deal(deal: ForecastDeal, currency: str) -> GridRow:
    close = write_day(deal.expected_close_on)
    shown = f"{deal.expected_close_on.day} {deal.expected_close_on:%b}" if deal.expected_close_on else DASH
    day = deal.expected_close_on.isoformat() if deal.expected_close_on else None
    likely = deal.probability
    cells = (
        _name(deal),
        _text(deal.stage or DASH),
        GridCell(DASH if likely is None else f"{likely:.0f}%", likely),
        figure_cell(deal.amount, Unit.MONEY, currency=currency),
        GridCell(
            f"{BELOW_FLOOR}{shown}" if deal.slipped else shown,
            day,
            "slipped: its expected close has passed" if deal.slipped else close,
            Tone.WARN if deal.slipped else Tone.NORMAL,
            spoken=f"{close}, slipped" if deal.slipped else close,
            copied=close,
        ),
        _text((deal.category or DASH).replace("_", " ").capitalize()),
        _text(changes_in_words(deal, currency)),
    )
    return GridRow(deal.deal_id, cells)


def _name(deal: ForecastDeal) -> GridCell:
    about = " · ".join(part for part in (deal.name, deal.customer, deal.deal_id) if part)
    return GridCell(deal.name, deal.name, about, strong=True)


def _text(words: str) -> GridCell:
    return GridCell(words, words or None, words)
