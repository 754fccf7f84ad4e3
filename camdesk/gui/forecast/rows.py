"""The quarter by partner as rows and sentences. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from camdesk.base import money
from camdesk.base.folding import folded
from camdesk.desk.number.forecast_reports import ForecastFigures, ForecastReport, ForecastRow, ForecastTotal
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.today.rows import QuarterWords
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import BELOW_FLOOR, figure_cell
from camdesk.insight.forecast_words import ANOTHER_QUARTER, signed_money, through_distribution
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, NO_DATA, write, write_change, write_day

ASSUMED = "~\u2009"
_STATES_UNKNOWN = "How deals stood a week ago is not known yet: the first sync came later."
_CALL_WORDS = (
    "What you say the quarter will come to. Bold: called this week. "
    "Type an amount to call it; Del takes the call away."
)


def _head(title: str, tooltip: str) -> Column:
    return Column(title, Kind.NUMBER, tooltip, descending_first=True)


COLUMNS = (
    Column("Partner", Kind.TEXT, strong=True),
    Column("Type", Kind.TEXT),
    _head("Target", "The quarter's share of the revenue target; ~ where it is assumed."),
    _head("Booked", "Booked this quarter so far."),
    _head("Booked ±", "What booked gained or lost in a week."),
    _head("Commit", "Booked and the deals in commit that close this quarter."),
    _head("Commit ±", "What commit gained or lost in a week."),
    _head("Best case", "Commit and the deals in best case that close this quarter."),
    _head("Best ±", "What best case gained or lost in a week."),
    _head("Gap", "Target less commit, at least nothing. ▼ where not even best case closes it."),
    _head("Gap ±", "What the gap gained or lost in a week; less is better."),
    _head("Your call", _CALL_WORDS),
    _head("Last week", "Your call as it stood at the end of last week."),
    _head("To commit", "Your call less commit: what you expect beside the CRM."),
)
PARTNER, TYPE, TARGET, BOOKED, BOOKED_MOVED, COMMIT, COMMIT_MOVED = range(7)
BEST, BEST_MOVED, GAP, GAP_MOVED, CALL, LAST_CALL, TO_COMMIT = range(7, 14)


@dataclass(frozen=True, slots=True)
class Line:
    """A partner in the table; `words` are what the filter looks in."""

    key: str
    name: str
    type: str
    words: str
    says_something: bool
    call: int | None
    commit: float | int | None
    cells: tuple[GridCell, ...]

    @property
    def row(self) -> GridRow:
        return GridRow(self.key, self.cells)


@dataclass(frozen=True)
class Forecast:
    """What the screen shows, worked out in the background."""

    report: ForecastReport
    lines: tuple[Line, ...]
    types: Mapping[str, str]  # their plural titles, in the order of screens
    quarter: QuarterWords
    calls: str
    notes: str
    totals: tuple[GridRow, ...]
    empty: frozenset[int]  # columns in which nobody has anything


TOTAL_COLUMNS = (replace(COLUMNS[PARTNER], title="Type", sortable=False), *COLUMNS[1:])
_MAY_BE_EMPTY = (BOOKED_MOVED, COMMIT_MOVED, BEST_MOVED, GAP_MOVED, LAST_CALL)


def forecast(report: ForecastReport) -> Forecast:
    types = {one.type: one.title for one in report.types if one.type is not None}
    lines = tuple(_line(report, row, types) for row in report.rows)
    return Forecast(
        report,
        lines,
        types,
        quarter_words(report),
        calls_words(report),
        notes(report),
        tuple(_total(report, one) for one in (*report.types, report.total)),
        frozenset(place for place in _MAY_BE_EMPTY if all(line.cells[place].sort is None for line in lines)),
    )


def with_call(line: Line, amount: int | None, currency: str) -> Line:
    """Return a line with a call that is still being kept, or taken away."""
    cells = list(line.cells)
    cells[CALL] = _called(amount, currency, note="kept in a moment", fresh=True)
    against = None if amount is None or line.commit is None else amount - line.commit
    cells[TO_COMMIT] = _against(against, currency)
    return replace(line, call=amount, cells=tuple(cells))


def quarter_words(report: ForecastReport) -> QuarterWords:
    """Return the number of the quarter in one line; what nobody knows is left out."""
    of, currency = report.total.figures, report.base_currency
    parts = (
        ("target", of.target),
        ("booked", of.booked),
        ("commit", of.commit),
        ("best case", of.best_case),
    )
    known = [
        f"{name} {write(value, Unit.MONEY, currency=currency)}" for name, value in parts if value is not None
    ]
    gap = ""
    if of.gap is not None:
        gap = f"gap {write(of.gap, Unit.MONEY, currency=currency)}" if of.gap > 0 else "no gap"
    days = "1 day left" if report.days_left == 1 else f"{report.days_left} days left"
    before = f"{report.quarter}: {' · '.join(known)}" if known else report.quarter
    return QuarterWords(before, gap, bool(of.gap), days)


def calls_words(report: ForecastReport) -> str:
    """Return what is called so far, and how many of the calls are of this week."""
    total, currency = report.total, report.base_currency
    if total.call is None:
        return "No call yet: stand on a partner and type what you expect it to book."
    said = f"Called {money.short(total.call, currency)} for {total.called:,} of {total.partners:,}"
    if total.call_gap is not None:
        said += f" · {signed_money(total.call_gap, currency)} to commit"
    monday = _monday(report.as_of)
    fresh = sum(row.call is not None and row.call.week_on == monday for row in report.rows)
    return f"{said} · {fresh:,} this week"


def notes(report: ForecastReport) -> str:
    """Return what one has to know to read the totals."""
    said = []
    if report.total.through_distribution:
        said.append(through_distribution(report.total.through_distribution, report.base_currency))
    if report.compared_with is None:
        said.append(ANOTHER_QUARTER)
    elif report.total.before is not None and report.total.before.commit is None:
        said.append(_STATES_UNKNOWN)
    if any(row.target_assumed and row.figures.target is not None for row in report.rows):
        said.append("~ against an assumed target: last fiscal year's revenue plus the assumed growth.")
    return " ".join(said)


def section_words(report: ForecastReport, kind: str, *, shown: int) -> str:
    """Return what stands beside the title of a type."""
    total = next(one for one in report.types if one.type == kind)
    count = f"{shown:,}" if shown == total.partners else f"{shown:,} of {total.partners:,}"
    parts = (("commit", total.figures.commit), ("target", total.figures.target), ("your call", total.call))
    known = [
        f"{name} {money.short(value, report.base_currency)}" for name, value in parts if value is not None
    ]
    return " · ".join([count, *known])


def _line(report: ForecastReport, row: ForecastRow, types: Mapping[str, str]) -> Line:
    partner, currency = row.partner, report.base_currency
    title = types.get(partner.type, partner.type)
    note = f"week of {write_day(row.call.week_on)}, by {row.call.author}" if row.call else ""
    fresh = row.call is not None and row.call.week_on == _monday(report.as_of)
    cells = (
        GridCell(partner.name, partner.name, f"{partner.name}: Enter shows the deals behind it", strong=True),
        GridCell(title, title, title, Tone.MUTED),
        *_figures(row.figures, row.before, currency, assumed=row.target_assumed),
        _called(row.call.amount if row.call else None, currency, note=note, fresh=fresh),
        _money(row.last_week_call.amount if row.last_week_call else None, currency),
        _against(row.call_gap, currency),
    )
    words = folded(
        " ".join((partner.name, partner.partner_id, title, partner.tier or "", partner.region or ""))
    )
    return Line(
        partner.partner_id,
        partner.name,
        partner.type,
        words,
        row.says_something,
        row.call.amount if row.call else None,
        row.figures.commit,
        cells,
    )


def _total(report: ForecastReport, total: ForecastTotal) -> GridRow:
    currency, strong = report.base_currency, total.type is None
    note = f"{total.called:,} of {total.partners:,} partners called"
    called = _called(total.call, currency, note=note, fresh=strong)
    cells = (
        GridCell(total.title, total.title, f"{total.partners:,} partners", strong=True),
        GridCell("", copied=""),
        *_figures(total.figures, total.before, currency, assumed=False),
        replace(called, tone=Tone.NORMAL) if total.called else called,
        GridCell("", copied=""),
        _against(total.call_gap, currency),
    )
    return GridRow(total.type or "", tuple(replace(one, strong=True) for one in cells) if strong else cells)


def _figures(
    now: ForecastFigures, before: ForecastFigures | None, currency: str, *, assumed: bool
) -> tuple[GridCell, ...]:
    then = before or ForecastFigures(None, None, None, None, None)
    target = _money(now.target, currency)
    if assumed and now.target is not None:
        words = f"{target.tooltip} · assumed: last fiscal year's revenue plus the assumed growth"
        spoken = f"{target.text}, assumed"
        target = replace(target, text=f"{ASSUMED}{target.text}", tooltip=words, spoken=spoken)
    return (
        target,
        _money(now.booked, currency),
        _moved(now.booked, then.booked, currency),
        _money(now.commit, currency),
        _moved(now.commit, then.commit, currency),
        _money(now.best_case, currency),
        _moved(now.best_case, then.best_case, currency),
        _gap(now, currency),
        _moved(now.gap, then.gap, currency, less_is_better=True),
    )


def _money(amount: float | int | None, currency: str) -> GridCell:
    return figure_cell(amount, Unit.MONEY, currency=currency)


def _gap(of: ForecastFigures, currency: str) -> GridCell:
    if of.gap is None:
        return _money(None, currency)
    plain = _money(of.gap, currency)
    if of.gap == 0:
        return replace(
            plain, text="none", tooltip="Commit reaches the target.", tone=Tone.GOOD, spoken="no gap"
        )
    short = (of.target or 0) - max(of.best_case or 0, of.commit or 0)
    if short <= 0:
        return replace(plain, tooltip=f"{plain.tooltip} · best case would close it")
    words = f"even best case falls {money.short(short, currency)} short"
    return replace(
        plain,
        text=f"{BELOW_FLOOR}{plain.text}",
        tooltip=f"{plain.tooltip} · {words}",
        tone=Tone.BAD,
        spoken=f"{plain.text}, {words}",
    )


def _moved(
    now: float | int | None, before: float | int | None, currency: str, *, less_is_better: bool = False
) -> GridCell:
    if now is None or before is None:
        return GridCell(DASH, None, NO_DATA, Tone.FAINT, spoken="change not known", copied="")
    change = now - before
    text = write_change(now, before, Unit.MONEY, currency=currency)
    if change == 0:
        return GridCell(text, 0, "as a week ago", Tone.FAINT, spoken="no change", copied="0.00")
    way = "up" if change > 0 else "down"
    good = (change > 0) is not less_is_better
    return GridCell(
        text,
        change,
        f"{money.exact(before, currency)} a week ago",
        Tone.GOOD if good else Tone.BAD,
        spoken=f"{way} {money.short(abs(change), currency)} in a week",
        copied=money.plain(change),
    )


def _called(amount: int | None, currency: str, *, note: str, fresh: bool) -> GridCell:
    if amount is None:
        return GridCell(DASH, None, "No call yet: type an amount", Tone.FAINT, spoken="no call", copied="")
    text = money.short(amount, currency)
    return GridCell(
        text,
        amount,
        f"{money.exact(amount, currency)} · {note}",
        Tone.NORMAL if fresh else Tone.MUTED,
        strong=fresh,
        spoken=f"{text}, {note}",
        copied=money.plain(amount),
    )


def _against(difference: float | int | None, currency: str) -> GridCell:
    if difference is None:
        return GridCell(DASH, None, "", Tone.FAINT, spoken="not known", copied="")
    text = signed_money(difference, currency) if difference else "±0"
    tone = Tone.FAINT if not difference else Tone.GOOD if difference > 0 else Tone.BAD
    words = "as commit" if not difference else "above commit" if difference > 0 else "below commit"
    return GridCell(text, difference, words, tone, spoken=f"{text}, {words}", copied=money.plain(difference))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
