"""Check a workspace, keep a copy of it, and put one back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from camdesk.cli import output
from camdesk.cli.session import ask_passphrase, session_of

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup's file.")]


def register(app: typer.Typer) -> None:
    app.command("check")(check)
    app.command("backup")(backup)
    app.command("restore")(restore)


def check(context: typer.Context) -> None:
    """Check every page of the encrypted database."""
    with session_of(context).desk() as desk:
        desk.check()
    output.line("The database is sound.")


def backup(context: typer.Context, file: File) -> None:
    """Write the workspace to one file, still encrypted, and check it."""
    with session_of(context).desk() as desk:
        written = desk.back_up(file.expanduser().absolute())
        key_elsewhere = desk.workspace.key_is_in_keyring
    output.line(f"Wrote {written}, opened and checked.")
    if key_elsewhere:
        output.line("Its key is in this computer's keyring: it opens on this computer and account only.")


def restore(context: typer.Context, file: File) -> None:
    """Put a backup in the workspace's place; the workspace that is there now is kept beside it."""
    from camdesk.desk.desk import Desk

    home = session_of(context).home.absolute()
    kept = Desk.restore(file.expanduser(), home, ask=ask_passphrase)
    output.line(f"Restored {file} to {home}.")
    if kept is not None:
        output.line(f"What was there before is in {kept}.")
