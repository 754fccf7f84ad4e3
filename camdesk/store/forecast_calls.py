"""What the CAM calls for a partner's quarter, one amount a week; earlier weeks stay as they were called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from camdesk.store.tables import forecast_call


@dataclass(frozen=True, slots=True)
class ForecastCall:
    """One call, in ten-thousandths of the base currency. `week_on` is the Monday of its ISO week."""

    partner_id: str
    quarter_from: date
    week_on: date
    amount: int
    author: str
    written_at: str


def write_call(connection: Connection, call: ForecastCall) -> bool:
    """Keep a call in place of that week's own; tell whether there was one."""
    of_the_week = select(forecast_call).where(
        forecast_call.c.partner_id == call.partner_id,
        forecast_call.c.quarter_from == call.quarter_from.isoformat(),
        forecast_call.c.week_on == call.week_on.isoformat(),
    )
    replaced = connection.execute(of_the_week).first() is not None
    said = {"amount": call.amount, "author": call.author, "written_at": call.written_at}
    connection.execute(
        insert(forecast_call)
        .values(
            partner_id=call.partner_id,
            quarter_from=call.quarter_from.isoformat(),
            week_on=call.week_on.isoformat(),
            **said,
        )
        .on_conflict_do_update(index_elements=["partner_id", "quarter_from", "week_on"], set_=said)
    )
    return replaced


def remove_call(connection: Connection, call: ForecastCall) -> None:
    connection.execute(
        delete(forecast_call).where(
            forecast_call.c.partner_id == call.partner_id,
            forecast_call.c.quarter_from == call.quarter_from.isoformat(),
            forecast_call.c.week_on == call.week_on.isoformat(),
        )
    )


def read_calls(
    connection: Connection, *, until: date, partner_id: str | None = None, quarter_from: date | None = None
) -> tuple[ForecastCall, ...]:
    """Return the calls of weeks begun by `until`, oldest first; of one partner or quarter where named."""
    wanted = (
        select(forecast_call)
        .where(forecast_call.c.week_on <= until.isoformat())
        .order_by(forecast_call.c.quarter_from, forecast_call.c.week_on, forecast_call.c.partner_id)
    )
    if partner_id is not None:
        wanted = wanted.where(forecast_call.c.partner_id == partner_id)
    if quarter_from is not None:
        wanted = wanted.where(forecast_call.c.quarter_from == quarter_from.isoformat())
    return tuple(_read(row) for row in connection.execute(wanted))


def _read(row: Any) -> ForecastCall:
    return ForecastCall(
        row.partner_id,
        date.fromisoformat(row.quarter_from),
        date.fromisoformat(row.week_on),
        row.amount,
        row.author,
        row.written_at,
    )
