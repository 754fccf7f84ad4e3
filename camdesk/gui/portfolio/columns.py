"""What can stand in a column of the portfolio: master data, scores, any metric. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from camdesk.desk.reports import Cell, ColumnHead
from camdesk.gui.portfolio.book import Book
from camdesk.gui.portfolio.entries import METRIC, Entry
from camdesk.gui.portfolio.facets import stage_title
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import figure_cell, score_cell, trend_cell
from camdesk.insight.results import Partner, Unit
from camdesk.insight.wording import DASH, NO_DATA, write_day

DARK_WORDS = "dark: no commercial event lately"
ALL = ""
"""The key of the one list among the tables; the others have their type's."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column before it is made: how it is kept and called, and how a partner's cell in it is made."""

    id: str
    long_title: str
    column: Column
    make: Callable[[Entry], GridCell]


class MadeCells(Sequence[GridCell]):
    """The cells of one partner, each made when it is first looked at."""

    __slots__ = ("_entry", "_made", "_specs")

    def __init__(self, specs: Sequence[ColumnSpec], entry: Entry) -> None:
        self._specs = specs
        self._entry = entry
        self._made: list[GridCell | None] = [None] * len(specs)

    def __len__(self) -> int:
        return len(self._specs)

    def __getitem__(self, place: int) -> GridCell:  # type: ignore[override] # no slices: nobody cuts a row
        cell = self._made[place]
        if cell is None:
            cell = self._made[place] = self._specs[place].make(self._entry)
        return cell


def rows_of(entries: Sequence[Entry], specs: Sequence[ColumnSpec]) -> list[GridRow]:
    """Return partners as rows under these columns."""
    return [GridRow(entry.key, MadeCells(specs, entry)) for entry in entries]


def standard(book: Book, table: str) -> tuple[str, ...]:
    """Return the columns a table has until somebody chooses others."""
    section = book.section(table)
    if section is None:
        return _LIST
    return (
        "partner",
        "tier",
        "score",
        "trend",
        *(METRIC + head.metric for head in section.columns),
        "alerts",
    )


def specs(book: Book, ids: Sequence[str], *, table: str) -> tuple[ColumnSpec, ...]:
    """Return a table's columns by id, the name always in front; those nobody knows any more are left out."""
    section = book.section(table)
    own = {head.metric: head for head in section.columns} if section is not None else {}
    heads = {**book.heads, **own}
    found = []
    for one in dict.fromkeys(("partner", *ids)):
        head = heads.get(one.removeprefix(METRIC)) if one.startswith(METRIC) else None
        if one in _FIXED:
            found.append(_FIXED[one])
        elif head is not None:
            found.append(metric_spec(head))
    return tuple(found)


def metric_spec(head: ColumnHead) -> ColumnSpec:
    """Return the column that shows a metric."""
    column = Column(head.title, Kind.NUMBER, head.long_title, descending_first=head.better != "lower")
    return ColumnSpec(METRIC + head.metric, head.long_title, column, partial(_figure, head=head))


def master_specs() -> tuple[ColumnSpec, ...]:
    """Return the columns that are no metrics, in the order they are offered."""
    return tuple(_FIXED.values())


def metrics_in(ids: Sequence[str]) -> list[str]:
    return [one.removeprefix(METRIC) for one in ids if one.startswith(METRIC)]


# Cells


def _figure(entry: Entry, *, head: ColumnHead) -> GridCell:
    cell = entry.figure(head.metric) or Cell(None, None, assumed=False)
    note = "target assumed" if cell.assumed and cell.value is not None else ""
    return figure_cell(cell.value, head.unit, currency=entry.currency, points=cell.points, note=note)


def _name(entry: Entry) -> GridCell:
    partner = entry.partner
    facts = [
        partner.name,
        partner.partner_id,
        partner.region or "",
        partner.country or "",
        f"class {partner.attention}",
        DARK_WORDS if partner.dark else "",
    ]
    return GridCell(partner.name, partner.name, " · ".join(filter(None, facts)), strong=True)


def _tier(entry: Entry) -> GridCell:
    tier = entry.partner.tier or ""
    return GridCell(tier, tier or None, "" if tier else "no tier", spoken=tier or "no tier")


def _score(entry: Entry) -> GridCell:
    row = entry.row
    return score_cell(
        row.score,
        provisional=row.provisional,
        enough_data=row.enough_data,
        onboarding=row.onboarding,
        coverage=row.coverage,
    )


def _trend(entry: Entry) -> GridCell:
    return trend_cell(entry.row.score_history)


def _type(entry: Entry) -> GridCell:
    return GridCell(entry.section.short_title, entry.section.short_title, entry.section.title)


def _stage(entry: Entry) -> GridCell:
    partner = entry.partner
    stage = stage_title(partner.stage)
    why = " · ".join(filter(None, (stage, partner.stage_reason)))
    if partner.dark:  # what matters more, in a column too narrow for both
        return GridCell("Dark", "Dark", f"{why} · {DARK_WORDS}", Tone.WARN)
    return GridCell(stage, stage, why)


def _outcome(entry: Entry) -> GridCell:
    return _points(entry.row.outcome, entry)


def _leading(entry: Entry) -> GridCell:
    return _points(entry.row.leading, entry)


def _points(points: float | None, entry: Entry) -> GridCell:
    if points is None or not entry.row.enough_data or entry.row.onboarding:
        return _nothing(NO_DATA)
    return figure_cell(round(points), Unit.POINTS, currency="", points=points)


def _coverage(entry: Entry) -> GridCell:
    share = f"{entry.row.coverage:.0%}"
    return GridCell(share, entry.row.coverage, copied=share)


def _rank(entry: Entry) -> GridCell:
    row = entry.row
    if row.rank is None:
        return _nothing("ranked from eight partners of a type on")
    return GridCell(f"{row.rank} of {row.ranked}", row.rank)


def _alerts(entry: Entry) -> GridCell:
    count = entry.row.alerts
    tone = Tone.NORMAL if count else Tone.FAINT
    return GridCell(str(count), count, tone=tone, strong=count > 0, copied=str(count))


def _class(entry: Entry) -> GridCell:
    partner = entry.partner
    how = "derived" if partner.attention_derived else partner.attention_reason or "as the source gives it"
    return GridCell(partner.attention, partner.attention, how)


def _enrolled(entry: Entry) -> GridCell:
    day = entry.partner.enrolled_on
    if day is None:
        return _nothing(NO_DATA)
    return GridCell(write_day(day), day.toordinal(), copied=day.isoformat())


def _milestone(entry: Entry) -> GridCell:
    step = entry.milestone
    if step is None:
        return _nothing("none open")
    due = f", due {write_day(step.due_on)}" if step.due_on else ""
    return GridCell(f"{step.name}{due}", step.due_on.toordinal() if step.due_on else None, step.name)


def _nothing(why: str) -> GridCell:
    return GridCell(DASH, None, why, Tone.FAINT, spoken=why, copied="")


def _fact(entry: Entry, *, read: Callable[[Partner], str | None]) -> GridCell:
    text = read(entry.partner)
    return GridCell(text, text, text) if text else _nothing(NO_DATA)


def _spec(
    column_id: str,
    title: str,
    make: Callable[[Entry], GridCell],
    *,
    kind: Kind = Kind.TEXT,
    tooltip: str = "",
    down: bool = False,
    long_title: str = "",
) -> ColumnSpec:
    column = Column(title, kind, tooltip, strong=column_id == "partner", descending_first=down)
    return ColumnSpec(column_id, long_title or title, column, make)


def _fact_spec(column_id: str, title: str, read: Callable[[Partner], str | None]) -> ColumnSpec:
    return _spec(column_id, title, partial(_fact, read=read))


_OUTCOMES = "Points for what the partnership produced"
_LEADING = "Points for what comes before the outcomes"
_FIXED = {
    spec.id: spec
    for spec in (
        _spec("partner", "Partner", _name),
        _spec("tier", "Tier", _tier, kind=Kind.BADGE),
        _spec(
            "score",
            "Score",
            _score,
            kind=Kind.SCORE,
            tooltip="0 to 100, by what this type is judged on",
            down=True,
        ),
        _spec(
            "trend",
            "8 quarters",
            _trend,
            kind=Kind.TREND,
            tooltip="The score at the last eight quarter ends",
            down=True,
            long_title="Score over 8 quarters",
        ),
        _spec("type", "Type", _type),
        _spec("stage", "Stage", _stage),
        _spec("outcome", "Outcomes", _outcome, kind=Kind.NUMBER, tooltip=_OUTCOMES, down=True),
        _spec("leading", "Leading", _leading, kind=Kind.NUMBER, tooltip=_LEADING, down=True),
        _spec(
            "coverage",
            "Data",
            _coverage,
            kind=Kind.NUMBER,
            tooltip="How much of what counts is known",
            down=True,
        ),
        _spec(
            "rank",
            "Rank",
            _rank,
            kind=Kind.NUMBER,
            tooltip="Place within its type, from eight partners on",
        ),
        _spec("alerts", "Alerts", _alerts, kind=Kind.NUMBER, tooltip="Open alerts", down=True),
        _spec("class", "Class", _class, tooltip="How much of your attention it gets: A, B or C"),
        _fact_spec("region", "Region", lambda partner: partner.region),
        _fact_spec("country", "Country", lambda partner: partner.country),
        _fact_spec("industry", "Industry", lambda partner: partner.industry),
        _fact_spec("status", "Status", lambda partner: partner.status.capitalize()),
        _spec("enrolled", "Enrolled", _enrolled, kind=Kind.NUMBER, down=True),
        _fact_spec("currency", "Currency", lambda partner: partner.currency),
        _fact_spec("parent", "Parent", lambda partner: partner.parent_partner_id),
        _fact_spec("id", "Id", lambda partner: partner.partner_id),
        _spec("milestone", "Next milestone", _milestone, tooltip="Of partners not yet active"),
    )
}
_LIST = (
    "partner", "tier", "score", "trend", "type", "stage", "outcome", "leading", "coverage", "rank", "alerts",
)  # fmt: skip
