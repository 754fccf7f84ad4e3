"""Records as the command line shows them: those behind a figure, those behind an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from camdesk.cli import output

if TYPE_CHECKING:
    from camdesk.desk.reports import RecordTable


def tell_records(table: RecordTable, *, most: int) -> None:
    """Write the first records of a table under its title, and how many there are besides."""
    output.heading(f"{table.title} ({len(table.rows)})")
    columns = [
        output.Column(head, right=numeric, wide=not numeric)
        for head, numeric in zip(table.heads, table.numeric, strict=True)
    ]
    output.table(columns, table.rows[:most])
    if len(table.rows) > most:
        output.line(f"… and {len(table.rows) - most:,} more; --json lists all.")
