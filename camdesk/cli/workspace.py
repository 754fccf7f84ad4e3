"""Make a workspace, and see and change what it is told about the vendor."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.base.settings import Settings
from camdesk.cli import output, values
from camdesk.cli.session import AsJson, ask_new_passphrase, session_of
from camdesk.cli.writing import add_topic

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

BaseCurrency = Annotated[
    str | None, typer.Option(metavar="EUR", help="The currency in which everything is added up.")
]
FiscalStart = Annotated[
    int | None, typer.Option(min=1, max=12, metavar="MONTH", help="The month the fiscal year begins in.")
]
OwnerEmail = Annotated[
    list[str] | None,
    typer.Option(metavar="ADDRESS", help="Your address in the partners' owner_email; may be repeated."),
]
OurName = Annotated[str | None, typer.Option(metavar="NAME", help="The vendor's name on documents.")]


def register(app: typer.Typer) -> None:
    app.command()(init)
    add_topic(app, "settings", "What the workspace is told about the vendor.", show=show, set=change)


def init(
    context: typer.Context,
    base_currency: BaseCurrency = None,
    fiscal_year_start: FiscalStart = None,
    owner_email: OwnerEmail = None,
    our_name: OurName = None,
) -> None:
    """Make an encrypted workspace."""
    from camdesk.desk.desk import Desk

    session = session_of(context)
    settings = _changed(Settings(), base_currency, fiscal_year_start, owner_email, our_name)
    desk = Desk.create(session.home, settings, ask=ask_new_passphrase, as_of=session.as_of)
    desk.close()
    output.line(f"Made an encrypted workspace in {session.home}.")
    output.line("Bring your portfolio in with: camdesk source add NAME folder PATH, then: camdesk sync")


def show(context: typer.Context, as_json: AsJson = False) -> None:
    """Show the settings."""
    session = session_of(context)
    with session.desk() as desk:
        body = _body(desk)
    if session.json:
        output.as_json(body)
        return
    output.table(
        [output.Column("Setting"), output.Column("Value", wide=True)],
        [(name.replace("_", " "), _written(value)) for name, value in body.items()],
    )


def change(
    context: typer.Context,
    base_currency: BaseCurrency = None,
    fiscal_year_start: FiscalStart = None,
    owner_email: OwnerEmail = None,
    our_name: OurName = None,
) -> None:
    """Change settings; those not named stay as they are."""
    with session_of(context).desk() as desk:
        before = desk.settings
        after = _changed(before, base_currency, fiscal_year_start, owner_email, our_name)
        if after == before:
            raise UsageError("Nothing was named that would change.", "See: camdesk settings set --help")
        desk.save_settings(after)
    output.line("Saved.")
    if after.base_currency != before.base_currency:
        output.line("Amounts are converted at the next sync: camdesk sync")


def _changed(
    settings: Settings,
    base_currency: str | None,
    fiscal_year_start: int | None,
    owner_email: list[str] | None,
    our_name: str | None,
) -> Settings:
    if base_currency is not None:
        settings = replace(settings, base_currency=base_currency)
    if fiscal_year_start is not None:
        settings = replace(settings, fiscal_year_start_month=fiscal_year_start)
    if owner_email:
        settings = replace(settings, owner_emails=tuple(address.strip() for address in owner_email))
    if our_name is not None:
        settings = replace(settings, our_name=our_name.strip() or settings.our_name)
    return settings


def _body(desk: Desk) -> dict[str, object]:
    body = asdict(desk.settings)
    week = body.pop("working_time")
    body["owner_emails"] = list(body["owner_emails"])
    body["fixed_day"] = values.day(body["fixed_day"])
    body["working_time"] = {
        **week,
        "weekdays": list(week["weekdays"]),
        "holidays": sorted(day.isoformat() for day in week["holidays"]),
    }
    return body


def _written(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')} {_written(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
