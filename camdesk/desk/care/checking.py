"""Check what a person writes by the very code that checks what a file brings."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from camdesk.base import money
from camdesk.base.errors import FieldError, Problem, UsageError
from camdesk.base.progress import SilentProgress
from camdesk.portfolio.model import Column, Entity, Kind
from camdesk.sync.check import check
from camdesk.sync.mapping import Formats
from camdesk.sync.reshape import URL, MappedRow, MappedTable
from camdesk.sync.values import Ids, Stored

_SIDES = ("vendor", "partner")
_SIDES_SAID = {"ours": "vendor", "us": "vendor", "theirs": "partner", "them": "partner"}
_FORMATS = Formats(decimal=".", thousands=",")
_OF_A_MAPPING = "; say in the mapping"
_WRITTEN_LIKE = {
    Kind.DATE: "Write a day like 2026-11-20.",
    Kind.MONTH: "Write a month by its first day, like 2026-11-01.",
    Kind.INSTANT: "Write a day like 2026-11-20, or with its time like 2026-11-20T14:30.",
    Kind.MONEY: "Write an amount like 1250.50, without a sign.",
    Kind.NUMBER: "Write a number like 12.5.",
    Kind.INTEGER: "Write a whole number.",
    Kind.FLAG: "Write yes or no.",
    Kind.CURRENCY: "Write it like EUR.",
}


def checked(entity: Entity, values: Mapping[str, str | None], *, ids: Ids) -> tuple[Stored, ...]:
    """Return the values of a row in the order of the entity's columns, then the url.

    Raises FieldError with the first thing that is wrong; an empty text is no value.
    """
    columns = [*entity.columns, URL]
    unknown = sorted(values.keys() - {column.name for column in columns})
    if unknown:
        known = ", ".join(column.name for column in entity.columns[1:])
        raise UsageError(f"{entity.title} have no {unknown[0]}.", f"They have: {known}.")
    table = MappedTable(
        entity,
        "",
        columns,
        [column.name for column in columns],
        [_FORMATS] * len(columns),
        rows=[MappedRow(1, [_said(column, values.get(column.name)) for column in columns], None)],
    )
    findings = check([table], ids=ids, progress=SilentProgress())
    if findings.problems:
        raise _refusal(entity, findings.problems[0], ids)
    (record,) = findings.entities[entity.name].records.values()
    return record.values


def written(column: Column, stored: Any) -> str | None:
    """Return a stored value as a person would write it."""
    if stored is None:
        return None
    if column.kind is Kind.MONEY:
        return money.plain(stored)
    if column.kind is Kind.FLAG:
        return "yes" if stored else "no"
    return str(stored)


def _said(column: Column, text: str | None) -> str | None:
    """Return the column's word for ours and theirs."""
    if text is None or column.choices != _SIDES:
        return text
    return _SIDES_SAID.get(text.strip().lower(), text)


def _refusal(entity: Entity, problem: Problem, ids: Ids) -> FieldError:
    column = entity.by_name.get(problem.column, URL)
    named = column.name.replace("_", " ")
    if not problem.value:
        return FieldError(
            f"The {named} is missing: {entity.title.lower()} cannot be without it.",
            "Say what it is.",
            field=column.name,
        )
    hint = "Give one of these." if column.choices else _WRITTEN_LIKE.get(column.kind, "Give another one.")
    if column.kind is Kind.METRIC:
        near = get_close_matches(problem.value.lower(), sorted(ids.metrics), n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "Give another one."
    reason = problem.reason.partition(_OF_A_MAPPING)[0]
    return FieldError(f"The {named} “{problem.value}” cannot be taken: {reason}.", hint, field=column.name)
