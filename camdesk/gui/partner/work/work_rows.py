"""Commitments, tasks, targets and rows of one's own as table rows. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from camdesk.base.periods import FiscalCalendar
from camdesk.desk.writing.entries import Commitment, MergeOffer, OwnRow
from camdesk.desk.writing.work_page import TargetLine
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES

if TYPE_CHECKING:
    from camdesk.store.tasks import Task

COMMITMENT_COLUMNS = (
    Column("Commitment", Kind.TEXT, sortable=False),
    Column("Side", Kind.TEXT, sortable=False),
    Column("Owner", Kind.TEXT, sortable=False),
    Column("Due", Kind.TEXT, sortable=False),
)
TASK_COLUMNS = (Column("Task", Kind.TEXT, sortable=False), Column("Due", Kind.TEXT, sortable=False))
TARGET_COLUMNS = (
    Column("Target", Kind.TEXT),
    Column("Period", Kind.TEXT),
    Column("Value", Kind.NUMBER),
    Column("Set by", Kind.TEXT),
    Column("Counts in", Kind.TEXT, sortable=False),
)
OWN_COLUMNS = (
    Column("What", Kind.TEXT),
    Column("Kind", Kind.TEXT),
    Column("Day", Kind.TEXT),
    Column("Written by", Kind.TEXT),
)
OFFER_COLUMNS = (Column("You wrote", Kind.TEXT), Column("Looks like", Kind.TEXT))
KEY_END = "\u001f"
_BOX, _TICKED = "☐", "☑"
_DONE_SHOWN = 5
_OPEN = frozenset({"open", "overdue"})


def due_words(one: Commitment, *, today: date) -> str:
    """Return when a commitment is due, and by how many days it is late."""
    return _due(one.due_on, today)


def commitment_rows(
    commitments: Iterable[Commitment], *, today: date, everything: bool = False
) -> list[GridRow]:
    """Return what is open, ours in front of theirs, then the last ones that were settled, or all."""
    open_ones = [one for one in commitments if one.state in _OPEN]
    settled = sorted((one for one in commitments if one.state not in _OPEN), key=_settled_on, reverse=True)
    ordered = [one for side in ("vendor", "partner") for one in open_ones if one.side == side]
    return [_commitment(one, today) for one in (*ordered, *settled[: None if everything else _DONE_SHOWN])]


def task_rows(tasks: Iterable[Task], *, today: date, everything: bool = False) -> list[GridRow]:
    """Return what is to be done, then the last tasks that were, or all."""
    still: list[Task] = []
    done: list[Task] = []
    for task in tasks:
        (still if task.done_on is None else done).append(task)
    done.sort(key=lambda task: task.done_on or "", reverse=True)
    return [_task(task, today) for task in (*still, *done[: None if everything else _DONE_SHOWN])]


def target_rows(targets: Iterable[TargetLine], *, today: date, calendar: FiscalCalendar) -> list[GridRow]:
    """Return targets with the figures that are held against them."""
    return [
        GridRow(
            one.record_id,
            (
                GridCell(one.title, one.title, one.title),
                GridCell(_period(one, today, calendar), one.start.isoformat(), _days(one)),
                GridCell(one.written, one.written),
                GridCell(_by(one), _by(one), _by(one)),
                GridCell(
                    ", ".join(one.counts_in) or "no figure yet",
                    tooltip="\n".join(one.counts_in),
                    tone=Tone.NORMAL if one.counts_in else Tone.MUTED,
                ),
            ),
        )
        for one in targets
    ]


def own_rows(rows: Iterable[OwnRow]) -> list[GridRow]:
    """Return rows of one's own that are shown nowhere else as one's own, the newest first."""
    shown = [row for row in rows if row.entity not in ("notes", "commitments")]
    shown.sort(key=lambda row: row.written_at, reverse=True)
    return [
        GridRow(
            f"{row.entity}{KEY_END}{row.record_id}",
            (
                GridCell(row.label, row.label, row.label),
                GridCell(entity_noun(row.entity), row.entity),
                GridCell(_day_of(row.day), row.day),
                GridCell(f"{row.author}, {_day_of(row.written_at)}", row.written_at),
            ),
        )
        for row in shown
    ]


def offer_rows(offers: Sequence[MergeOffer]) -> list[GridRow]:
    return [
        GridRow(
            KEY_END.join((one.own.entity, one.own.record_id, f"{one.source}:{one.synced_id}")),
            (
                GridCell(f"{entity_noun(one.own.entity)}: {one.own.label}", one.own.label, one.own.label),
                GridCell(f"{one.synced_id} from {one.source}: {one.label}", one.synced_id, one.label),
            ),
        )
        for one in offers
    ]


def entity_noun(entity: str) -> str:
    """Return what one row of an entity is called: Contact."""
    words = ENTITIES[entity].key.removesuffix("_id").replace("_", " ")
    return words.capitalize()


def _commitment(one: Commitment, today: date) -> GridRow:
    side = "Ours" if one.side == "vendor" else "Theirs"
    is_open = one.state in _OPEN
    box = _BOX if is_open else _TICKED if one.done_on else "–"
    tone = Tone.NORMAL if is_open else Tone.MUTED
    words = _due(one.due_on, today) if is_open else _settled(one)
    state = Tone.BAD if one.state == "overdue" else tone
    hint = f"{one.text}\nDropped: {one.dropped_because}" if one.dropped_because else one.text
    return GridRow(
        one.commitment_id,
        (
            GridCell(f"{box}  {one.text}", one.text, hint, tone, spoken=f"{one.text}, {one.state}"),
            GridCell(side, side, tone=tone),
            GridCell(one.owner or "", one.owner, one.owner or "", tone),
            GridCell(words, tooltip=words, tone=state),
        ),
    )


def _settled_on(one: Commitment) -> str:
    return str(one.done_on or one.dropped_on or "")


def _settled(one: Commitment) -> str:
    if one.done_on:
        return f"kept {write_day(one.done_on)}" if one.state == "kept" else f"late, {write_day(one.done_on)}"
    return f"dropped {write_day(one.dropped_on)}"


def _task(task: Task, today: date) -> GridRow:
    is_open = task.done_on is None
    due = date.fromisoformat(task.due_on) if task.due_on else None
    words = _due(due, today) if is_open else f"done {_day_of(task.done_on)}"
    tone = Tone.NORMAL if is_open else Tone.MUTED
    late = is_open and due is not None and due < today
    state = "to do" if is_open else "done"
    return GridRow(
        str(task.task_id),
        (
            GridCell(
                f"{_BOX if is_open else _TICKED}  {task.text}",
                task.text,
                task.text,
                tone,
                spoken=f"{task.text}, {state}",
            ),
            GridCell(words, tooltip=words, tone=Tone.BAD if late else tone),
        ),
    )


def _due(due: date | None, today: date) -> str:
    if due is None:
        return "no day given"
    late = (today - due).days
    if late > 0:
        return f"{late} {'day' if late == 1 else 'days'} late, {write_day(due)}"
    return "due today" if late == 0 else f"due {write_day(due)}"


def _period(one: TargetLine, today: date, calendar: FiscalCalendar) -> str:
    """Return the fiscal year or quarter a target is for, or its days."""
    year, quarter = calendar.year(one.start), calendar.quarter(one.start)
    if (one.start, one.last) == (year.start, year.last):
        words = f"FY{calendar.year_number(one.start) % 100:02d}"
    elif (one.start, one.last) == (quarter.start, quarter.last):
        words = calendar.quarter_title(one.start)
    else:
        words = _days(one)
    return words if one.start <= today <= one.last else f"{words}, not now"


def _days(one: TargetLine) -> str:
    return f"{write_day(one.start)} – {write_day(one.last)}"


def _by(one: TargetLine) -> str:
    return one.author or ("me" if one.is_own else one.source)


def _day_of(iso: str | None) -> str:
    return write_day(date.fromisoformat(iso[:10])) if iso else ""
