"""Check a workspace, keep a copy of it, and put one back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output
from camdesk.cli.session import AsJson, ask_new_passphrase, ask_passphrase, session_of
from camdesk.cli.writing import add_topic

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup's file.")]


def register(app: typer.Typer) -> None:
    app.command("check")(check)
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("diagnostics")(diagnostics)
    add_topic(app, "audit", "What was done to the workspace.", verify=verify)


def check(context: typer.Context) -> None:
    """Check every page of the encrypted database."""
    with session_of(context).desk() as desk:
        desk.check()
    output.line("The database is sound.")


def backup(
    context: typer.Context,
    file: File,
    with_passphrase: Annotated[
        bool, typer.Option("--with-passphrase", help="Ask for a passphrase that opens it on any computer.")
    ] = False,
) -> None:
    """Write the workspace to one file, still encrypted, and check it."""
    passphrase = ask_new_passphrase("Choose a passphrase for this backup") if with_passphrase else None
    if with_passphrase and not passphrase:
        raise UsageError(
            "A passphrase is needed.", "Set CAMDESK_PASSPHRASE or run the command in a terminal to be asked."
        )
    with session_of(context).desk() as desk:
        written = desk.back_up(file.expanduser().absolute(), passphrase=passphrase)
        key_elsewhere = desk.workspace.key_is_in_keyring
    output.line(f"Wrote {written}, opened and checked.")
    if key_elsewhere and not passphrase:
        output.line(
            "Its key is in this computer's keyring: it opens on this computer and account only. "
            "With --with-passphrase it opens anywhere."
        )


def restore(context: typer.Context, file: File) -> None:
    """Put a backup in the workspace's place; the workspace that is there now is kept beside it."""
    from camdesk.desk.desk import Desk

    home = session_of(context).home.absolute()
    kept = Desk.restore(file.expanduser(), home, ask=ask_passphrase)
    output.line(f"Restored {file} to {home}.")
    if kept is not None:
        output.line(f"What was there before is in {kept}.")


def diagnostics(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The ZIP to write.")],
) -> None:
    """Write versions, sizes, counts and the window's log to one file, for somebody who helps you."""
    with session_of(context).desk() as desk:
        written = desk.write_diagnostics(file.expanduser().absolute())
    output.line(f"Wrote {written}. It holds no name, no amount and nothing of your records.")


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Check that no entry of the audit is missing or was altered."""
    session = session_of(context)
    with session.desk() as desk:
        count, broken = desk.verify_audit()
    if session.json:
        output.as_json({"entries": count, "first_broken": broken})
    elif broken is None:
        said = "1 entry is" if count == 1 else f"{count:,} entries are"
        output.line(f"The audit is sound: {said} as written, and none is missing.")
    else:
        output.line(
            f"The audit was tampered with: entry {broken} was altered, or one before it is missing. "
            "Compare it with a backup."
        )
    if broken is not None:
        raise typer.Exit(1)
