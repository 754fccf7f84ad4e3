"""Write docs/folder-format.md from the schema: `python docs/make_format.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind

TARGET = Path(__file__).with_name("folder-format.md")

HEAD = """# Folder format

A folder, a `.zip` or an `.xlsx` workbook with one sheet per entity. Each file or sheet is called after its
entity (`partners.csv`, `orders.csv`, …) and has a header line. Only `partners` must be there; each other file
adds what it adds.

- Text files may be UTF-8 with or without BOM, UTF-16 or Windows-1252, separated by comma, semicolon or tab.
- A column marked **!** must have a value in every row. The others may be missing; what is not listed
  here is not read.
- A value that cannot be what its column says is listed with file, line, column, value and reason, and its
  row is left out.
- Columns called otherwise, other date and number formats and other words are the work of a
  [mapping](guide.md#a-mapping), not of editing the export.
- Every entity may also have `url`, the row's page in the system it comes from.

This page is written by `docs/make_format.py` from the schema in `camdesk/portfolio/entities.py`.
"""

UNBOUNDED = 1e9
WORDS = {
    Kind.ID: "id: text, at most 200 characters",
    Kind.TEXT: "text",
    Kind.TYPE: "id of a partner type",
    Kind.METRIC: "id of a metric",
    Kind.LIST: "words, separated by semicolons",
    Kind.DATE: "date, YYYY-MM-DD",
    Kind.MONTH: "month, YYYY-MM or its first day",
    Kind.INSTANT: "instant, YYYY-MM-DDTHH:MM:SSZ, or a date",
    Kind.MONEY: "amount",
    Kind.CURRENCY: "currency, ISO 4217",
    Kind.NUMBER: "number",
    Kind.RATE: "number, exact",
    Kind.INTEGER: "whole number",
    Kind.FLAG: "yes or no",
}


def page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(section(entity) for entity in ENTITIES.values())])


def section(entity: Entity) -> str:
    notes = []
    if entity.own_day and entity.money:
        notes.append(f"Amounts are converted with the rate of `{entity.own_day}`.")
    if entity.taken_over:
        notes.append(
            "Taken over from an earlier tool: new rows are added, what exists here is never overwritten."
        )
    rows = [
        f"| `{column.name}`{' **!**' if column.required else ''} | {words(column)} |"
        for column in entity.columns
    ]
    return "\n".join([f"## {entity.title}: `{entity.name}`", "", *((" ".join(notes), "") if notes else ()),
                      "| column | holds |", "| --- | --- |", *rows, ""])  # fmt: skip


def words(column: Column) -> str:
    """Return what a column holds, as a person reads it."""
    said = ", ".join(column.choices) if column.kind is Kind.CHOICE else WORDS[column.kind]
    if column.choices and column.kind is not Kind.CHOICE:
        said += f": {', '.join(column.choices)}"
    if column.lowest is not None and column.highest is not None:
        said += f", {column.lowest:g} " + (
            "or more" if column.highest >= UNBOUNDED else f"to {column.highest:g}"
        )
    return f"{said} (default {column.default})" if column.default else said


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8", newline="\n")
