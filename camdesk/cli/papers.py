"""An internal paper on the terminal: sections and blocks as words, a chart's bars as lines; or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from camdesk.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from camdesk.documents.model import Block, Document, Line, Points, Table


def tell(body: Document) -> None:
    """Write a document section by section."""
    output.heading(f"{body.title}: {body.partner_name}, {body.period_title}")
    for section in body.sections:
        output.heading(section.message)
        if section.lead:
            output.line(_words(section.lead))
        for block in section.blocks:
            _tell(block)


def paper_body(body: Document) -> dict[str, Any]:
    """Return a document as JSON has it."""
    from camdesk.documents.model import to_json

    found: dict[str, Any] = json.loads(to_json(body))
    return found


def _words(line: Line) -> str:
    return "".join(span.text for span in line)


def _tell(block: Block) -> None:
    if block.kind == "table":
        _table(block)
    elif block.kind == "key_figures":
        output.line()
        for item in block.items:
            output.line(f"{item.value.text:>14}  {_words(item.caption)}")
    elif block.kind == "point_columns":
        for points in block.columns:
            _points(points)
    elif block.kind == "bars":
        columns = [output.Column(""), output.Column("", right=True), output.Column("")]
        output.heading(block.title)
        notes = [_words(note) for note in block.notes]
        rows = [(step.label, step.written, note) for step, note in zip(block.steps, notes, strict=True)]
        output.table(columns, rows)
    elif block.kind == "prose":
        _list(block.title, [_words(line) for line in block.lines])
    elif block.kind == "missing":
        _list("", block.lines)


def _list(title: str, lines: Sequence[str]) -> None:
    if title:
        output.heading(title)
    else:
        output.line()
    for line in lines:
        output.line(line)


def _points(points: Points) -> None:
    output.heading(points.title)
    for place, line in enumerate(points.lines, start=1):
        output.line(f"{f'{place}.' if points.numbered else '·'} {_words(line)}")


def _table(block: Table) -> None:
    if block.title:
        output.heading(block.title)
    else:
        output.line()
    columns = [
        output.Column(column.title, right=column.numeric, wide=column.share > 0) for column in block.columns
    ]
    output.table(columns, [[_words(cell.line) for cell in row] for row in block.rows])
    if block.note:
        output.line(_words(block.note))
