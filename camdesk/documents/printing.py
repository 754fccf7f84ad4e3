"""A document as it is printed: a person's words and promises in it, signed, marked, with or without score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from camdesk.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    KeyFigures,
    Line,
    Missing,
    PointColumns,
    Prose,
    Section,
    SignOff,
    Span,
    Table,
)
from camdesk.documents.promises import with_promises
from camdesk.documents.tokens import with_commentary
from camdesk.documents.trees import keys_of, text_of, with_spans
from camdesk.insight.results import Band
from camdesk.insight.wording import write_day

INTERNAL = "INTERNAL"
SCORE = "score"
_CLAUSE = re.compile(r".*?[.:;]\s+|.+", re.DOTALL)
_CLAUSE_END = re.compile(r"[.:;]\s*$")
_SAYS_SCORE = re.compile(r"\b(?:the|a|no|partner|its|our|your) score\b|^score\b", re.IGNORECASE)
_AT_BAND = re.compile(rf" at (?:{'|'.join(band.value for band in Band)})\b")


def as_printed(body: Document, *, internal: bool = False, without_score: bool = False) -> Document:
    """Return the document with everything a person did to it in its pages.

    `internal` marks every page's head; `without_score` leaves out the score, what it is made of and what
    moved it: the lines it is made of stay, with their values and targets.
    """
    shown = _with_agreement(with_promises(with_commentary(body)))
    if without_score:
        shown = _without_score(shown)
    return replace(shown, title=f"{INTERNAL} · {shown.title}") if internal else shown


def _with_agreement(body: Document) -> Document:
    """Return the document signed in place of the empty lines for it, with what changed since."""
    sections = list(body.sections)
    if body.agreement is not None:
        block = _signatures(body)
        at = next((at for at, section in enumerate(sections) if _is_for_signing(section)), None)
        message = f"Agreed on {write_day(body.agreement.on)}"
        if at is None:
            sections.append(Section("sign-off", "Approvals", message, (), (block,), False))
        else:
            blocks = (one for one in sections[at].blocks if not isinstance(one, SignOff))
            sections[at] = replace(sections[at], message=message, lead=(), blocks=(block, *blocks))
    if body.log:
        sections.append(_log(body))
    return replace(body, sections=tuple(sections))


def _is_for_signing(section: Section) -> bool:
    return any(isinstance(block, SignOff) for block in section.blocks)


def _signatures(body: Document) -> Table:
    assert body.agreement is not None
    signed = [(body.our_name, name) for name in body.agreement.ours]
    signed += [(body.partner_name, name) for name in body.agreement.theirs]
    day = _cell(write_day(body.agreement.on))
    rows = tuple((_cell(party), _cell(name), day) for party, name in signed)
    return Table((Column("For", share=1), Column("Agreed by", share=1), Column("On", numeric=True)), rows)


def _log(body: Document) -> Section:
    rows = tuple((_cell(entry.at[:10]), _cell(entry.by), _cell(entry.what)) for entry in body.log)
    table = Table((Column("Day"), Column("By", share=1), Column("What changed", share=2.5)), rows)
    return Section("change-log", "Changes", "Changed since it was agreed", (), (table,), False)


def _cell(text: str) -> Cell:
    return Cell((Span(text),))


def _without_score(body: Document) -> Document:
    sections = tuple(_section_without(section) for section in body.sections)
    figures = tuple(figure for figure in body.figures if figure.key != SCORE)
    return with_spans(replace(body, sections=sections, figures=figures), _untied)


def _untied(span: Span) -> Span:
    return Span(span.text) if span.figure == SCORE else span


def _section_without(section: Section) -> Section:
    blocks = [left for block in section.blocks if (left := _block_without(block)) is not None]
    heading = section.heading.replace(" the score", "")
    return replace(
        section,
        heading=heading,
        message=_text_without(section.message) or heading,
        lead=_line_without(section.lead),
        blocks=tuple(blocks),
    )


def _block_without(block: Block) -> Block | None:
    """Return a block without what it says of the score; None where nothing is left of it."""
    if isinstance(block, KeyFigures):
        items = tuple(item for item in block.items if not _tells_score((item.value, *item.caption)))
        return replace(block, items=items) if items else None
    if isinstance(block, Table):
        return _table_without(block)
    if isinstance(block, Prose):
        lines = _lines_without(block.lines)
        title = "" if _SAYS_SCORE.search(block.title) else block.title
        return replace(block, lines=lines, title=title) if lines else None
    if isinstance(block, Missing):
        told = tuple(left for line in block.lines if (left := _text_without(line)))
        return replace(block, lines=told) if told else None
    if isinstance(block, PointColumns):
        columns = (replace(points, lines=_lines_without(points.lines)) for points in block.columns)
        filled = tuple(points for points in columns if points.lines)
        return replace(block, columns=filled) if filled else None
    told_by_title = _SAYS_SCORE.search(getattr(block, "title", ""))
    return None if told_by_title or SCORE in keys_of(block) else block


def _table_without(table: Table) -> Table | None:
    """Return the table without the columns that break the score down, and without rows that tell it."""
    kept = [at for at in range(len(table.columns)) if not _breaks_down(table, at)]
    rows = [
        row
        for row in (tuple(row[at] for at in kept if at < len(row)) for row in table.rows)
        if SCORE not in keys_of(row) and not any(_tells_score(cell.line) for cell in row)
    ]
    if not kept or not rows:
        return None
    columns = tuple(table.columns[at] for at in kept)
    return replace(table, columns=columns, rows=tuple(rows), note=_line_without(table.note))


def _breaks_down(table: Table, column: int) -> bool:
    """Tell whether a column says of several rows what they bring to the score."""
    return sum(len(row) > column and SCORE in keys_of(row[column]) for row in table.rows) > 1


def _text_without(text: str) -> str:
    return text_of(_line_without((Span(_AT_BAND.sub("", text)),)))


def _lines_without(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(left for line in lines if (left := _line_without(line)))


def _line_without(line: Line) -> Line:
    """Return the line without the clauses that tell the score, nor sentences that begin with one."""
    kept: list[Span] = []
    opening, without = True, False
    for clause in _clauses(line):
        told = _tells_score(clause)
        without = told if opening else without
        opening = clause[-1].text.rstrip().endswith(".")
        if not (told or without):
            kept += clause
        elif kept and not without:
            kept[-1] = _ended_like(kept[-1], clause[-1]) if opening else kept[-1]
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" :;"))
    return tuple(kept)


def _ended_like(span: Span, last: Span) -> Span:
    """Return a span that now ends its sentence as `last` did."""
    return replace(span, text=f"{span.text.rstrip(' :;')}.{last.text[len(last.text.rstrip()) :]}")


def _clauses(line: Line) -> Iterator[list[Span]]:
    """Yield the parts of a line up to each stop, colon and semicolon."""
    clause: list[Span] = []
    for span in line:
        for part in [span.text] if span.figure else _CLAUSE.findall(span.text):
            clause.append(Span(part, span.figure))
            if not span.figure and _CLAUSE_END.search(part):
                yield clause
                clause = []
    if clause:
        yield clause


def _tells_score(line: Line | Any) -> bool:
    return SCORE in keys_of(line) or bool(_SAYS_SCORE.search(text_of(line)))
