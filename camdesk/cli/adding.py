"""Add rows of one's own: one option per column, made from the schema."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import Partner, RecordId, add_topic, desk_for, tell_written
from camdesk.portfolio.entities import ENTITIES
from camdesk.portfolio.model import Column, Entity, Kind

_TOPICS = {
    "contacts": ("contact", "People at a partner."),
    "requests": ("request", "What a partner asked of us."),
    "milestones": ("milestone", "Steps agreed with a partner, and when they were reached."),
    "assessments": ("assessment", "How each side rates the relationship, question by question."),
    "investments": ("investment", "What each side puts into an alliance."),
    "accounts": ("account", "Customers and targets: the whitespace with a partner."),
    "terms": ("term", "Discounts, fees and other terms a partner has."),
    "agreements": ("agreement", "Contracts with a partner."),
}
_METAVARS = {
    Kind.DATE: "DATE",
    Kind.MONTH: "MONTH",
    Kind.INSTANT: "DATE[T14:30]",
    Kind.MONEY: "AMOUNT",
    Kind.NUMBER: "NUMBER",
    Kind.INTEGER: "NUMBER",
    Kind.CURRENCY: "CODE",
    Kind.METRIC: "METRIC",
    Kind.ID: "ID",
}


def register(app: typer.Typer) -> None:
    more: dict[str, dict[str, Callable[..., None]]] = {
        "requests": {"answer": answer_request},
        "milestones": {"done": finish_milestone},
    }
    for name, (topic, about) in _TOPICS.items():
        add_topic(app, topic, about, add=_adding(ENTITIES[name], topic), **more.get(name, {}))


def answer_request(
    context: typer.Context,
    request: RecordId,
    decision: Annotated[
        str | None, typer.Option(metavar="WORD", help="approved or rejected; none for a plain answer.")
    ] = None,
    on: Annotated[str, typer.Option(metavar="DATE[T14:30]", help="When it was answered.")] = "now",
    valid_until: Annotated[str | None, typer.Option(metavar="DATE", help="How long it holds.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say that a request you wrote down was answered."""
    given = {"decision": decision, "valid_until": valid_until}
    with session_of(context).desk() as desk:
        desk.change_row("requests", request, {"answered_at": on, **_said(given)})
    tell_written(context, f"Request {request} is answered.", entity="requests", record_id=request)


def finish_milestone(
    context: typer.Context,
    milestone: RecordId,
    on: Annotated[str, typer.Option(metavar="DATE", help="When it was reached.")] = "today",
    as_json: AsJson = False,
) -> None:
    """Say that a milestone you wrote down was reached."""
    with session_of(context).desk() as desk:
        desk.change_row("milestones", milestone, {"completed_on": on})
    tell_written(context, f"Milestone {milestone} is reached.", entity="milestones", record_id=milestone)


def _adding(entity: Entity, topic: str) -> Callable[..., None]:
    """Return the command that adds a row of the entity, with an option for each of its columns."""
    columns = [column for column in entity.columns[1:] if column.name != "partner_id"]

    def add(context: typer.Context, partner: str, **given: Any) -> None:
        values = {column.name: _text(given[column.name]) for column in columns}
        with desk_for(context, partner) as (desk, partner_id):
            record_id = desk.add_row(entity.name, partner_id, _said(values))
        sentence = f"{topic.capitalize()} {record_id} is kept for {partner_id}."
        tell_written(context, sentence, entity=entity.name, record_id=record_id, partner_id=partner_id)

    parameters = [
        _parameter("context", typer.Context),
        _parameter("partner", Partner),
        *(_option(entity, column) for column in sorted(columns, key=lambda each: not _needed(entity, each))),
        _parameter("as_json", AsJson, False),
    ]
    add.__doc__ = f"Write down {_article(topic)} {topic} of a partner."
    # Typer reads a command's options from its signature, and their types from its annotations.
    add.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    add.__annotations__ = {each.name: each.annotation for each in parameters}
    return add


def _option(entity: Entity, column: Column) -> inspect.Parameter:
    name = f"--{column.name.replace('_', '-')}"
    needed = _needed(entity, column)
    option: Any = typer.Option(name, metavar=_METAVARS.get(column.kind, "TEXT"), help=_help(entity, column))
    if column.kind is Kind.FLAG:
        flag: Any = typer.Option(f"{name}/--no-{name.removeprefix('--')}", help=_help(entity, column))
        return _parameter(column.name, Annotated[bool | None, flag], None)
    if column.kind is Kind.LIST:
        return _parameter(column.name, Annotated[list[str] | None, option], None)
    if needed:
        return _parameter(column.name, Annotated[str, option])
    return _parameter(column.name, Annotated[str | None, option], None)


def _needed(entity: Entity, column: Column) -> bool:
    """Tell whether the option must be given: the row's own day is today where it is not."""
    return column.required and column.name != entity.own_day


def _help(entity: Entity, column: Column) -> str:
    said = column.name.removesuffix("_on").removesuffix("_at").replace("_", " ").capitalize()
    parts = [f"{said}: {' | '.join(column.choices)}" if column.choices else said]
    if column.required and not _needed(entity, column):
        parts.append("today without it")
    elif column.default is not None:
        parts.append(f"{column.default} without it")
    elif column.kind is Kind.LIST:
        parts.append("may be given several times")
    return "; ".join(parts) + "."


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _text(given: Any) -> str | None:
    if given is None:
        return None
    if isinstance(given, bool):
        return "yes" if given else "no"
    return ";".join(given) or None if isinstance(given, list) else str(given)


def _said(values: dict[str, str | None]) -> dict[str, str | None]:
    return {name: value for name, value in values.items() if value is not None}


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
