"""The quarter in one line, and the forecast by partner."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell as words_cell
from camdesk.documents.drafting.draft import number, say, table, wide
from camdesk.documents.model import (
    Block,
    Cell,
    KeyFigure,
    KeyFigures,
    Line,
    Missing,
    Section,
    Span,
)
from camdesk.documents.phrases import clipped, count
from camdesk.documents.portfolio_report.draft import Report
from camdesk.documents.portfolio_report.known import Amount, Number, QuarterLine
from camdesk.insight.results import Unit
from camdesk.insight.wording import write_change

SHOWN = 18
_COLUMNS = (
    ("own_target", "Target", "target"),
    ("own_booked", "Booked", "booked"),
    ("own_commit", "Commit", "commit"),
    ("own_best_case", "Best case", "best_case"),
    ("own_gap", "Gap", "gap"),
)


def section(report: Report) -> Section:
    keys = {name: _frozen(report, metric, name) for metric, _, name in _COLUMNS}
    blocks: list[Block] = [_key_figures(report, keys)]
    lines = [line for line in report.known.quarter if _says_anything(line.number)]
    if lines:
        blocks.append(_table(report, lines, keys))
    else:
        blocks.append(
            Missing(("Forecast by partner: no target, order or open deal of the quarter is known.",))
        )
    return Section("quarter", "The quarter", _message(report), _lead(report, keys), tuple(blocks))


def _says_anything(of: Number) -> bool:
    return any((of.target, of.booked, of.commit, of.best_case))


def _frozen(report: Report, metric: str, name: str) -> str:
    definition = report.insight.catalog.metrics[metric]
    total: Amount = getattr(report.known.number, name)
    parts = [
        (line.partner.partner_id, line.partner.name, getattr(line.number, name))
        for line in report.known.quarter
    ]
    return report.keep(metric, definition.title, definition.words, value=total, unit=Unit.MONEY, parts=parts)


def _message(report: Report) -> str:
    of, insight = report.known.number, report.insight
    calendar = insight.settings.calendar
    title = calendar.quarter_title(insight.as_of)
    left = (calendar.quarter(insight.as_of).last - insight.as_of).days
    days = "on its last day" if left == 0 else f"{count(left, 'day')} left"
    if of.booked is None and of.target is None:
        return f"{title}: no sale and no target is known, {days}"
    if of.target is None:
        return f"{title}: {report.money(of.booked)} booked and no target, {days}"
    booked = report.money(of.booked or 0)
    end = f"{report.money(of.gap)} short after commit" if of.gap else "commit closes it"
    return f"{title}: {booked} of {report.money(of.target)} booked, {end}, {days}"


def _lead(report: Report, keys: dict[str, str]) -> Line:
    known, of = report.known, report.known.number
    called = [line.call for line in known.quarter if line.call is not None]
    parts: list[str | Span] = [f"{known.whose}, {len(known.partners)} in number. "]
    if of.best_case is not None:
        parts += ["Best case ", Span(report.money(of.best_case), keys["best_case"]), ". "]
    if called:
        parts.append(f"Called {report.money(sum(called))} for {count(len(called), 'partner')}.")
    return say(*parts)


def _key_figures(report: Report, keys: dict[str, str]) -> KeyFigures:
    of = report.known.number
    shown = (
        ("target", of.target, "target of the quarter"),
        ("booked", of.booked, "booked so far"),
        ("commit", of.commit, "booked and commit"),
        ("gap", of.gap, "gap, partner by partner"),
    )
    return KeyFigures(
        tuple(
            KeyFigure(Span(report.money(value), keys[name] if value is not None else None), None, say(words))
            for name, value, words in shown
        )
    )


def _table(report: Report, lines: list[QuarterLine], keys: dict[str, str]) -> Block:
    ranked = sorted(lines, key=_size)
    rest = ranked[SHOWN:]
    rows = [_row(report, line, keys) for line in ranked[:SHOWN]]
    if rest:
        rows.append(_sum(report, f"{count(len(rest), 'other partner')}", rest))
    rows.append(_total(report, keys))
    titles = [title for _, title, _ in _COLUMNS]
    words = "~ against an assumed target."
    more = _weekly(report, lines)
    if more:
        titles += ["In a week", "Call"]
        rows = [[*row, *more.get(place, (words_cell(""), words_cell("")))] for place, row in enumerate(rows)]
        words = f"In a week: what commit gained or lost. {words}"
    columns = [wide("Partner"), *map(number, titles)]
    return table(columns, rows, title="Forecast by partner", note=say(words))


def _weekly(report: Report, lines: list[QuarterLine]) -> dict[int, tuple[Cell, Cell]]:
    """Return what changed in a week and the calls, by place; nothing where nobody knows either."""
    ranked = sorted(lines, key=_size)
    if all(line.before is None and line.call is None for line in ranked):
        return {}
    return {
        place: (
            words_cell(
                write_change(line.number.commit, line.before, Unit.MONEY, currency=report.frozen.currency)
            ),
            words_cell(report.money(line.call)),
        )
        for place, line in enumerate(ranked[:SHOWN])
    }


def _size(line: QuarterLine) -> float:
    return -max(line.number.target or 0, line.number.commit or 0)


def _row(report: Report, line: QuarterLine, keys: dict[str, str]) -> list[Cell]:
    of = line.number
    name = f"{clipped(line.partner.name, 34)}{' ~' if line.assumed and of.target is not None else ''}"
    return [
        words_cell(name),
        *(report.cell(getattr(of, field), Unit.MONEY, keys[field]) for _, _, field in _COLUMNS),
    ]


def _sum(report: Report, title: str, lines: list[QuarterLine]) -> list[Cell]:
    def added(field: str) -> Amount:
        known = [value for line in lines if (value := getattr(line.number, field)) is not None]
        return sum(known) if known else None

    sums = (added(field) for _, _, field in _COLUMNS)
    return [
        words_cell(title, tone="quiet"),
        *(words_cell(report.money(value), tone="quiet") for value in sums),
    ]


def _total(report: Report, keys: dict[str, str]) -> list[Cell]:
    of = report.known.number
    return [
        words_cell("All", strong=True),
        *(report.cell(getattr(of, field), Unit.MONEY, keys[field], strong=True) for _, _, field in _COLUMNS),
    ]
