"""How near earlier calls came, beside commit of the same days, as rows and a sentence. No Qt here."""

from __future__ import annotations

from camdesk.base import money
from camdesk.desk.number.forecast_reports import AccuracyReport
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.insight.accuracy import Accuracy, HeldCall
from camdesk.insight.forecast_words import share, signed_money, signed_share, verdict
from camdesk.insight.wording import DASH, write_day

_NONE_YET = (
    "No quarter with a call of yours has ended yet. Call your partners each week: once the quarter is over, "
    "this shows how near you came, and whether you came nearer than commit."
)


def _number(title: str, tooltip: str = "") -> Column:
    return Column(title, Kind.NUMBER, tooltip)


WEEK_COLUMNS = (
    Column("Weeks before the end", Kind.TEXT),
    _number("Calls", "How many calls of finished quarters."),
    _number("Off by", "The mean of how far calls were off, as a share of what was booked."),
    _number("Leaning", "+ called too high, − called too low, over all that was booked."),
    _number("You", "How far you were off where commit of that day is known."),
    _number("Commit", "How far commit of the same days was off."),
)
CALL_COLUMNS = (
    Column("Partner", Kind.TEXT, strong=True),
    Column("Quarter", Kind.TEXT),
    Column("Week of", Kind.TEXT),
    _number("Call"),
    _number("Booked"),
    _number("Off by"),
    _number("Off by, %"),
    _number("Commit"),
    _number("Commit, %"),
)


def sentence(report: AccuracyReport) -> str:
    """Return the verdict, or what has to happen before there is one."""
    said = verdict(report.total, report.base_currency) if report.total.calls else _NONE_YET
    if report.not_held:
        calls = "1 call is" if report.not_held == 1 else f"{report.not_held:,} calls are"
        said = f"{said} {calls} left out: no sale of the partner is known."
    return said


def week_rows(report: AccuracyReport) -> list[GridRow]:
    if not report.total.calls:
        return []
    named = [(f"{number}", whole) for number, whole in report.weeks]
    return [_week(name, number, whole) for number, (name, whole) in enumerate(named)] + [
        _week("All calls", len(named), report.total, strong=True)
    ]


def call_rows(report: AccuracyReport) -> list[GridRow]:
    """Return every call of finished quarters, the newest quarter first."""
    currency = report.base_currency
    return [
        _call(report.names[one.partner_id], each.quarter, one, currency)
        for each in report.quarters
        for one in each.held
    ]


def _week(name: str, place: int, whole: Accuracy, *, strong: bool = False) -> GridRow:
    nearer = whole.beats_commit
    cells = (
        GridCell(name, place, strong=strong),
        GridCell(f"{whole.calls:,}", whole.calls, strong=strong),
        GridCell(share(whole.mape), whole.mape, strong=strong),
        GridCell(signed_share(whole.bias), whole.bias, strong=strong),
        GridCell(
            f"✓ {share(whole.call_mape)}" if nearer else share(whole.call_mape),
            whole.call_mape,
            "nearer than commit" if nearer else "",
            Tone.GOOD if nearer else Tone.NORMAL,
            strong=strong,
        ),
        GridCell(share(whole.commit_mape), whole.commit_mape, strong=strong),
    )
    return GridRow(name, cells)


def _call(name: str, quarter: str, one: HeldCall, currency: str) -> GridRow:
    cells = (
        GridCell(name, name, strong=True),
        GridCell(quarter, one.quarter_from.isoformat()),
        GridCell(write_day(one.week_on), one.week_on.isoformat()),
        GridCell(money.short(one.call, currency), one.call, copied=money.plain(one.call)),
        GridCell(money.short(one.booked, currency), one.booked, copied=money.plain(one.booked)),
        GridCell(signed_money(one.error, currency), one.error, copied=money.plain(one.error)),
        GridCell(signed_share(one.percent), one.percent),
        GridCell(
            DASH if one.commit is None else money.short(one.commit, currency),
            one.commit,
            copied="" if one.commit is None else money.plain(one.commit),
        ),
        GridCell(signed_share(one.commit_percent), one.commit_percent),
    )
    return GridRow(f"{one.partner_id} {one.week_on} {one.quarter_from}", cells)
