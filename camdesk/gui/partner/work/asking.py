"""The sheets for all that is written on a partner's page, each with what saving it does at the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from camdesk.base.errors import FieldError
from camdesk.desk.partner.timeline import TimelineItem
from camdesk.desk.writing.entries import Commitment, OwnRow
from camdesk.desk.writing.work_page import TargetChoice, WorkReport
from camdesk.gui.partner.work.log_values import SIDES
from camdesk.gui.partner.work.row_fields import changed_values, row_specs, row_values
from camdesk.gui.partner.work.work_rows import entity_noun
from camdesk.gui.widgets.form_fields import Choice, FieldKind, FieldSpec, read_field
from camdesk.gui.widgets.form_sheet import FormSheet
from camdesk.gui.widgets.form_values import read_amount, read_share
from camdesk.insight.results import Unit
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.base.periods import FiscalCalendar
    from camdesk.desk.desk import Desk
    from camdesk.desk.writing.targets import Span
    from camdesk.store.tasks import Task

_MARKS = "Markdown: **bold**, - lists, # headings, [words](https://…)"
_TASK = (
    FieldSpec("text", "What to do", required=True),
    FieldSpec("due_on", "Due", FieldKind.DAY, placeholder="fri, 12.11., in 2 weeks"),
)
_COMMITMENT = (
    FieldSpec("text", "Who does what", required=True),
    FieldSpec("side", "Side", FieldKind.CHOICE, required=True, choices=SIDES, value="ours"),
    FieldSpec("owner", "Owner"),
    FieldSpec("due_on", "Due", FieldKind.DAY, placeholder="fri, 12.11., in 2 weeks"),
)
_QUARTERS_AHEAD = 5
_DAYS = "days"


def note(sheet: FormSheet, partner_id: str, name: str, *, item: TimelineItem | None = None) -> None:
    """Ask for a note, or write one anew."""
    spec = FieldSpec(
        "text", "Note", FieldKind.LONG, required=True, hint=_MARKS, value=item.text if item else ""
    )
    if item is None:
        make = partial(_adding, _add_note, partner_id=partner_id)
        sheet.ask(f"Note about {name}", (spec,), make, draft_key=f"note {partner_id}", subtitle="Internal")
    else:
        make = partial(_adding, _change_row, entity="notes", record_id=item.note_id)
        sheet.ask("Write the note anew", (spec,), make, draft_key=f"note {partner_id} {item.note_id}")


def task(sheet: FormSheet, partner_id: str, name: str) -> None:
    make = partial(_adding, _add_task, partner_id=partner_id)
    subtitle = "Private: part of no document and no figure"
    sheet.ask(
        f"Task about {name}", _TASK, make, draft_key=f"task {partner_id}", subtitle=subtitle, doing="Add task"
    )


def change_task(sheet: FormSheet, one: Task) -> None:
    """Ask what is to change in a task."""
    due = write_day(date.fromisoformat(one.due_on)) if one.due_on else ""
    specs = [replace(spec, value=value) for spec, value in zip(_TASK, (one.text, due), strict=True)]
    make = partial(_adding, _change_task, task_id=one.task_id)
    sheet.ask("Task", specs, make, draft_key=f"task {one.partner_id} {one.task_id}")


def commitment(sheet: FormSheet, partner_id: str, name: str, *, people: Sequence[str] = ()) -> None:
    make = partial(_adding, _add_commitment, partner_id=partner_id)
    sheet.ask(
        f"Commitment with {name}",
        _promise_specs(people),
        make,
        draft_key=f"commitment {partner_id}",
        doing="Add commitment",
    )


def change_commitment(sheet: FormSheet, one: Commitment, *, people: Sequence[str] = ()) -> None:
    """Ask what is to change in a commitment."""
    now = {
        "text": one.text,
        "side": "ours" if one.side == "vendor" else "theirs",
        "owner": one.owner or "",
        "due_on": write_day(one.due_on) if one.due_on else "",
    }
    specs = [replace(spec, value=now[spec.name]) for spec in _promise_specs(people)]
    make = partial(_adding, _change_row, entity="commitments", record_id=one.commitment_id)
    sheet.ask("Commitment", specs, make, draft_key=f"commitment {one.partner_id} {one.commitment_id}")


def _promise_specs(people: Sequence[str]) -> tuple[FieldSpec, ...]:
    return tuple(
        replace(spec, offers=tuple(people)) if spec.name == "owner" else spec for spec in _COMMITMENT
    )


def target(
    sheet: FormSheet, partner_id: str, name: str, choices: Sequence[TargetChoice], calendar: FiscalCalendar
) -> None:
    """Ask for a target; it counts in all figures that are held against it."""
    today = sheet.context.desk.as_of
    periods = _periods(calendar, today)
    specs = (
        FieldSpec(
            "metric",
            "Metric",
            FieldKind.CHOICE,
            required=True,
            choices=tuple(Choice(one.metric, one.title) for one in choices),
            value=choices[0].metric if choices and choices[0].is_theirs else "",
        ),
        FieldSpec("value", "Target", required=True, hint="An amount like 250k; a percentage like 92"),
        FieldSpec(
            "period", "Period", FieldKind.CHOICE, required=True, choices=periods, value=periods[0].value
        ),
        FieldSpec("start", "First day", FieldKind.DAY, hint="For “other days” only"),
        FieldSpec("end", "Last day", FieldKind.DAY, hint="For “other days” only"),
    )
    make = partial(_target, partner_id=partner_id, units={one.metric: one.unit for one in choices})
    sheet.ask(
        f"Target for {name}",
        specs,
        make,
        draft_key=f"target {partner_id}",
        subtitle="Yours counts before one from the CRM of the same period",
        doing="Set target",
    )


def add_row(sheet: FormSheet, partner_id: str, name: str, entity: str, report: WorkReport) -> None:
    """Ask for a row the CRM does not have."""
    specs = row_specs(entity, contacts=report.contacts, metrics=report.target_choices)
    make = partial(
        _row, entity=entity, contacts=report.contacts, deed=partial(_add_row, partner_id=partner_id)
    )
    sheet.ask(
        f"{entity_noun(entity)} of {name}",
        specs,
        make,
        draft_key=f"{entity} {partner_id}",
        subtitle="Counts like a row from the CRM; no sync touches it",
        doing="Add",
    )


def change_own_row(sheet: FormSheet, row: OwnRow, report: WorkReport) -> None:
    """Ask what is to change in a row of one's own."""
    specs = row_specs(row.entity, values=row.values, contacts=report.contacts, metrics=report.target_choices)
    today, currency = sheet.context.desk.as_of, sheet.context.desk.settings.base_currency
    before = {spec.name: read_field(spec, spec.value, today=today, currency=currency).value for spec in specs}
    make = partial(
        _row,
        entity=row.entity,
        contacts=report.contacts,
        deed=partial(_change_row, record_id=row.record_id),
        before=row_values(row.entity, before, contacts=report.contacts),
    )
    title = f"{entity_noun(row.entity)}: {row.label}"
    sheet.ask(title, specs, make, draft_key=f"{row.entity} {row.partner_id} {row.record_id}")


# What saving does: runs in the background, touches no widget


def remove_row(desk: Desk, *, entity: str, record_id: str) -> None:
    desk.remove_row(entity, record_id)


def _adding(deed: Callable[..., Any], values: dict[str, str], **named: str | int) -> Callable[[Desk], Any]:
    return partial(deed, values=values, **named)


def _add_note(desk: Desk, *, partner_id: str, values: Mapping[str, str]) -> None:
    desk.add_note(partner_id, values["text"])


def _add_task(desk: Desk, *, partner_id: str, values: Mapping[str, str]) -> None:
    due_on = date.fromisoformat(values["due_on"]) if values["due_on"] else None
    desk.add_task(values["text"], partner_id=partner_id, due_on=due_on)


def _change_task(desk: Desk, *, task_id: int, values: Mapping[str, str]) -> None:
    due_on: date | Literal[""] = date.fromisoformat(values["due_on"]) if values["due_on"] else ""
    desk.change_task(task_id, text=values["text"], due_on=due_on)


def _add_commitment(desk: Desk, *, partner_id: str, values: Mapping[str, str]) -> None:
    desk.add_commitment(
        partner_id,
        values["text"],
        side=values["side"],
        due_on=values["due_on"] or None,
        owner=values["owner"] or None,
    )


def _add_row(desk: Desk, *, entity: str, partner_id: str, values: Mapping[str, str]) -> None:
    desk.add_row(entity, partner_id, {name: value for name, value in values.items() if value})


def _change_row(desk: Desk, *, entity: str, record_id: str, values: Mapping[str, str]) -> None:
    desk.change_row(entity, record_id, values)


def _row(
    values: dict[str, str],
    *,
    entity: str,
    contacts: Sequence[Any],
    deed: Callable[..., Any],
    before: Mapping[str, str] | None = None,
) -> Callable[[Desk], Any]:
    meant = row_values(entity, values, contacts=contacts)
    if before is not None:
        meant = changed_values(meant, before)
    return partial(deed, entity=entity, values=meant)


def _target(values: dict[str, str], *, partner_id: str, units: Mapping[str, Unit]) -> Callable[[Desk], Any]:
    unit = units[values["metric"]]
    amount = read_share(values["value"]) if unit is Unit.PERCENT else read_amount(values["value"])
    if amount is None:
        like = "92" if unit is Unit.PERCENT else "250k or 12"
        raise FieldError(f"“{values['value']}” is not a value.", f"Write it like {like}.", field="value")
    if values["period"] == _DAYS:
        for name, title in (("start", "first"), ("end", "last")):
            if not values[name]:
                raise FieldError(f"The {title} day is missing.", "Say from when to when.", field=name)
    return partial(_set_target, partner_id=partner_id, metric=values["metric"], amount=amount, values=values)


def _set_target(desk: Desk, *, partner_id: str, metric: str, amount: str, values: Mapping[str, str]) -> None:
    desk.set_target(partner_id, metric, amount, span=_span(values))


def _span(values: Mapping[str, str]) -> Span:
    from camdesk.desk.writing.targets import Span

    what, _, name = values["period"].partition(" ")
    if what == "year":
        return Span(year=int(name))
    return Span(quarter=name) if what == "quarter" else Span(start=values["start"], end=values["end"])


def _periods(calendar: FiscalCalendar, today: date) -> tuple[Choice, ...]:
    """Return this fiscal year and the next, the quarters to come, and days of one's own."""
    year = calendar.year_number(today)
    choices = [Choice(f"year {each}", f"FY{each % 100:02d}") for each in (year, year + 1)]
    day = today
    for _ in range(_QUARTERS_AHEAD):
        choices.append(Choice(f"quarter {calendar.quarter_name(day)}", calendar.quarter_title(day)))
        day = calendar.quarter(day).end
    return (*choices, Choice(_DAYS, "Other days"))
