"""A form for a row of any entity, made from the schema: titles, required marks, choices, how values are read.

No Qt here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from camdesk.base.errors import FieldError
from camdesk.desk.partner.figures import heading
from camdesk.desk.writing.contacting import KnownContact
from camdesk.desk.writing.work_page import ADDED_BY_FORM, TargetChoice
from camdesk.gui.partner.work.log_values import people_in
from camdesk.gui.widgets.form_fields import Choice, FieldKind, FieldSpec
from camdesk.insight.wording import write_day
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind

_KINDS = {
    Kind.DATE: FieldKind.DAY,
    Kind.MONTH: FieldKind.DAY,
    Kind.INSTANT: FieldKind.MOMENT,
    Kind.MONEY: FieldKind.AMOUNT,
    Kind.CHOICE: FieldKind.CHOICE,
    Kind.METRIC: FieldKind.CHOICE,
    Kind.FLAG: FieldKind.CHOICE,
}
_YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
_SAID = {"vendor": "Ours", "partner": "Theirs", "nda": "NDA"}
_TITLES = {
    "scheduled_at": "When",
    "is_primary": "Primary contact",
    "is_executive": "Executive",
    "left_on": "Left on",
    "deal_id": "About deal (id)",
    "dropped_because": "Dropped because",
    "url": "Web address",
}
_PAST = frozenset(
    {"signed_on", "spent_on", "assessed_on", "asked_at", "answered_at", "completed_on", "left_on", "done_on"}
)
_SIDE_WORDS = {"ours": "vendor", "theirs": "partner"}
ADD_A_ROW = "Add a row: "


def row_specs(
    entity: str,
    *,
    values: Mapping[str, Any] | None = None,
    contacts: Sequence[KnownContact] = (),
    metrics: Sequence[TargetChoice] = (),
) -> tuple[FieldSpec, ...]:
    """Return the fields of an entity's row, what it cannot be without first; `values` of one to change."""
    shape = ENTITIES[entity]
    columns = sorted(shape.columns[2:], key=lambda column: not column.required)
    return tuple(_spec(shape, column, values, contacts, metrics) for column in columns)


def row_values(
    entity: str, typed: Mapping[str, str], *, contacts: Sequence[KnownContact] = ()
) -> dict[str, str]:
    """Return the values as the desk takes them; raises FieldError where nobody is called like that."""
    values = dict(typed)
    if "attendees" in values:
        people = people_in(values["attendees"], contacts)
        if people.problem or people.newcomers:
            unknown = f"This partner has no contact {', '.join(people.newcomers)}."
            raise FieldError(people.problem or unknown, "Add the contact first.", field="attendees")
        values["attendees"] = ";".join(one.contact_id for one in people.known)
    for column in ENTITIES[entity].columns:
        if column.kind is Kind.LIST and column.name in values:
            values[column.name] = values[column.name].replace(",", ";")
    return values


def changed_values(now: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Return what differs: only that is written anew."""
    return {name: value for name, value in now.items() if value != before.get(name, "")}


def entity_titles() -> tuple[tuple[str, str], ...]:
    """Return the entities a row can be added to, with what one is called."""
    return tuple((name, _noun(ENTITIES[name])) for name in ADDED_BY_FORM)


def _noun(entity: Entity) -> str:
    return entity.key.removesuffix("_id").replace("_", " ")


def _spec(
    entity: Entity,
    column: Column,
    values: Mapping[str, Any] | None,
    contacts: Sequence[KnownContact],
    metrics: Sequence[TargetChoice],
) -> FieldSpec:
    kind = _KINDS.get(column.kind, FieldKind.TEXT)
    own_day = entity.own_day == column.name and column.required
    if values is not None:
        value = _typed(column, values.get(column.name), contacts)
    else:
        value = "today" if own_day else column.default or ""
    return FieldSpec(
        column.name,
        _TITLES.get(column.name) or heading(column.name),
        FieldKind.LONG if column.name == "text" and entity.name == "notes" else kind,
        column.required,
        _choices(column, metrics),
        _hint(column),
        value,
        column.name not in _PAST,
        tuple(one.name for one in contacts) if column.name == "owner" else (),
    )


def _choices(column: Column, metrics: Sequence[TargetChoice]) -> tuple[Choice, ...]:
    if column.kind is Kind.FLAG:
        return _YES_NO
    if column.kind is Kind.METRIC:
        return tuple(Choice(one.metric, one.title) for one in metrics)
    words = (Choice(one, _SAID.get(one) or one.replace("_", " ").capitalize()) for one in column.choices)
    return tuple(words)


def _hint(column: Column) -> str:
    if column.name == "attendees":
        return "Names of contacts, parted by commas"
    if column.kind is Kind.LIST:
        return "Several are parted by commas"
    if column.kind is Kind.CURRENCY:
        return "The partner's own where it is left empty"
    if column.lowest is not None and column.highest is not None and column.highest <= 100:
        return f"From {column.lowest:g} to {column.highest:g}"
    return ""


def _typed(column: Column, value: Any, contacts: Sequence[KnownContact]) -> str:
    """Return a stored value as one would type it."""
    if value is None:
        return ""
    if column.kind is Kind.FLAG:
        return "yes" if value else "no"
    if column.kind in (Kind.DATE, Kind.MONTH):
        return write_day(date.fromisoformat(value))
    if column.kind is Kind.INSTANT:
        day, time = write_day(date.fromisoformat(value[:10])), value[11:16]
        return f"{day} {time}" if time and time != "00:00" else day
    if column.kind is Kind.LIST:
        names = {one.contact_id: one.name for one in contacts}
        return ", ".join(names.get(one, one) for one in value)
    return str(value)
