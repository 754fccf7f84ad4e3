"""What every command works with: the workspace's folder, the day, how to answer, and the open desk."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_Found = TypeVar("_Found")


@dataclass
class Session:
    """One run of the command line."""

    home: Path
    as_of: date | None = None
    json: bool = False

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open the workspace, and close it again."""
        from camdesk.desk.desk import Desk

        desk = Desk.open(self.home, ask=ask_passphrase, as_of=self.as_of)
        try:
            if desk.definition_problems:
                count = len(desk.definition_problems)
                output.note(f"Your own definitions: {output.counted(count, 'problem')}. See them with: "
                            "camdesk profile check")  # fmt: skip
            yield desk
        finally:
            desk.close()

    def answer(self, found: _Found, *, body: Callable[[_Found], Any], tell: Callable[[_Found], None]) -> None:
        """Answer with what was found: its body where JSON is asked for, else told in words."""
        if self.json:
            output.as_json(body(found))
        else:
            tell(found)


def session_of(context: typer.Context) -> Session:
    """Return the session that the root command made."""
    session = context.find_root().obj
    assert isinstance(session, Session)
    return session


def default_home() -> Path:
    """Return the folder of the user's own workspace on this system."""
    import platformdirs

    return platformdirs.user_data_path("CAM Desk", appauthor=False)


def ask_passphrase(prompt: str) -> str | None:
    """Return CAMDESK_PASSPHRASE, or what is typed unseen; None where there is nobody to ask."""
    given = os.environ.get("CAMDESK_PASSPHRASE")
    if given:
        return given
    is_somebody_there = sys.stdin is not None and sys.stdin.isatty()
    return getpass.getpass(f"{prompt}: ") if is_somebody_there else None


def ask_new_passphrase(prompt: str) -> str | None:
    """Ask for a passphrase that is to be kept, twice where it is typed."""
    typed = ask_passphrase(prompt)
    if typed and not os.environ.get("CAMDESK_PASSPHRASE") and ask_passphrase("Once more") != typed:
        raise UsageError("The two passphrases are not the same.", "Run the command again.")
    return typed


def _answer_in_json(context: typer.Context, wanted: bool) -> bool:
    if wanted:
        session_of(context).json = True
    return wanted


AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.", callback=_answer_in_json)]
"""The option of every reading command; the answer is found in `Session.json`."""
