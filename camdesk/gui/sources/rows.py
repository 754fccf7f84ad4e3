"""Sources, and what a sync did, as table rows and sentences. No Qt here."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from camdesk.desk.reports import OWN_SOURCE, SourceState
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import BELOW_FLOOR
from camdesk.insight.wording import DASH

if TYPE_CHECKING:
    from camdesk.sync.report import SourceReport

SOURCE_COLUMNS = (
    Column("Source", Kind.TEXT),
    Column("Kind", Kind.TEXT),
    Column("Last sync", Kind.TEXT, descending_first=True),
    Column("Rows", Kind.NUMBER, descending_first=True),
    Column("Problems", Kind.NUMBER, descending_first=True),
)
REJECTED_COLUMNS = (
    Column("File", Kind.TEXT),
    Column("Line", Kind.NUMBER),
    Column("Column", Kind.TEXT),
    Column("Value", Kind.TEXT),
    Column("Why it was not taken", Kind.TEXT),
)
_LONGEST_VALUE = 120
_OTHERWISE = "exports"
_NOTHING_TAKEN = (
    "Nothing could be taken. Name the columns of the files as below and sync again; "
    "columns that have to keep their names need a mapping, which the guide shows how to write."
)


def source_rows(sources: Sequence[SourceState], *, now: datetime) -> list[GridRow]:
    return [
        GridRow(
            one.name,
            (
                GridCell(one.name, one.name, strong=True),
                GridCell(one.kind.capitalize(), one.kind, tone=Tone.MUTED),
                GridCell(ago(one.last_sync, now=now), one.last_sync, one.last_sync or "", tone=Tone.MUTED),
                GridCell(f"{one.rows:,}", one.rows, copied=str(one.rows)),
                _problems(one.problems),
            ),
        )
        for one in sources
    ]


def rejected_rows(outcomes: Sequence[SourceReport]) -> list[GridRow]:
    """Return every row that was not taken, with the exact cell and the reason."""
    return [
        GridRow(
            f"{outcome.name} {place}",
            (
                GridCell(problem.file, problem.file, problem.file),
                GridCell(
                    DASH if problem.line is None else f"{problem.line:,}",
                    problem.line,
                    copied="" if problem.line is None else str(problem.line),
                ),
                GridCell(problem.column, problem.column or None),
                GridCell(_shortened(problem.value), problem.value or None, _shortened(problem.value)),
                GridCell(problem.reason, problem.reason, problem.reason),
            ),
        )
        for outcome in outcomes
        for place, problem in enumerate(outcome.rejected)
    ]


def outcome_words(outcome: SourceReport) -> str:
    """Return what syncing a source did, in one sentence."""
    parts = [
        f"{count:,} {word}"
        for count, word in (
            (outcome.added, "added"),
            (outcome.changed, "changed"),
            (outcome.removed, "removed"),
            (len(outcome.rejected), "not taken"),
        )
        if count
    ]
    rows = "1 row" if outcome.read == 1 else f"{outcome.read:,} rows"
    return f"{outcome.name}: {rows} read, {', '.join(parts) or 'nothing new'}."


def report_words(outcomes: Sequence[SourceReport]) -> str:
    """Return what a sync did, a line a source, and what looked suspicious in the files."""
    lines = []
    for outcome in outcomes:
        lines.append(outcome_words(outcome))
        lines += outcome.notices
        if outcome.rejected and not outcome.read:
            lines.append(_NOTHING_TAKEN)
    return "\n".join(lines)


def name_for(folder: Path, taken: Collection[str]) -> str:
    """Return what to call a folder's source: as the folder is called, and numbered where that is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", folder.name.casefold()).strip("-")
    plain = _OTHERWISE if plain in ("", OWN_SOURCE) else plain
    names = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def ago(instant: str | None, *, now: datetime) -> str:
    """Return how long ago an ISO instant was, in one short word or two."""
    if instant is None:
        return "never"
    then = datetime.fromisoformat(instant)
    minutes = int((now - (then if then.tzinfo else then.replace(tzinfo=UTC))).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // (24 * 60)} d ago"


def newest_sync(sources: Sequence[SourceState]) -> str | None:
    return max((one.last_sync for one in sources if one.last_sync), default=None)


def _problems(count: int) -> GridCell:
    if not count:
        return GridCell("0", 0, "no problems", Tone.FAINT, copied="0")
    return GridCell(
        f"{BELOW_FLOOR}{count:,}",
        count,
        "rows or cells that were not taken",
        Tone.BAD,
        strong=True,
        copied=str(count),
    )


def _shortened(value: str) -> str:
    line = value.replace("\0", "␀").replace("\n", " ")
    return line if len(line) <= _LONGEST_VALUE else f"{line[:_LONGEST_VALUE]}…"
