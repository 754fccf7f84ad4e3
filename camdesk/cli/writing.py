"""What commands that write have in common: which partner, and what was written under which id."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Annotated, Any, overload

import typer

from camdesk.cli import output
from camdesk.cli.session import session_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from camdesk.desk.desk import Desk

Partner = Annotated[
    str, typer.Argument(metavar="PARTNER", help="The partner's id, or the beginning of its name.")
]
MaybePartner = Annotated[
    str | None, typer.Argument(metavar="[PARTNER]", help="Of one partner only; its id or name.")
]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="The row's id, such as me-3 or 3.")]
Everything = Annotated[bool, typer.Option("--all", help="Also what is done or dropped.")]
NO_ROWS = "None yet."


@overload
def desk_for(context: typer.Context, words: str) -> AbstractContextManager[tuple[Desk, str]]: ...


@overload
def desk_for(
    context: typer.Context, words: str | None
) -> AbstractContextManager[tuple[Desk, str | None]]: ...


@contextmanager
def desk_for(context: typer.Context, words: str | None) -> Iterator[tuple[Desk, Any]]:
    """Open the workspace and find the partner that is meant; None where none is named."""
    with session_of(context).desk() as desk:
        yield desk, None if words is None else desk.find_partner(words)


def tell_written(context: typer.Context, sentence: str, **ids: Any) -> None:
    """Say what was written; in JSON its ids alone."""
    if session_of(context).json:
        output.as_json(ids)
    else:
        output.line(sentence)


def add_topic(app: typer.Typer, name: str, about: str, **verbs: Callable[..., None]) -> None:
    """Hang a topic with its verbs on the command line; it stays one while it has one verb only."""
    topic = typer.Typer(help=about, no_args_is_help=True)
    topic.callback()(_topic)
    for verb, command in verbs.items():
        topic.command(verb.replace("_", "-"))(command)
    app.add_typer(topic, name=name)


def _topic() -> None:
    """Take no options of its own."""
