"""Changing a document: words, figures, promises, versions, and agreeing to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from camdesk.base.errors import UsageError
from camdesk.cli import output
from camdesk.cli.days import day_of
from camdesk.cli.moved import moved_body, tell_moved
from camdesk.cli.session import AsJson, session_of

Number = Annotated[int, typer.Argument(metavar="ID", help="The document's number.")]
_LARGEST = 1 << 20


def register(topic: typer.Typer) -> None:
    topic.command("edit")(edit)
    topic.command("refresh")(refresh)
    topic.command("promise")(promise)
    topic.command("agree")(agree)
    topic.command("name")(name)
    topic.command("restore")(restore)


def edit(
    context: typer.Context,
    document: Number,
    section: Annotated[str, typer.Option(metavar="NAME", help="Which section; see document show.")],
    text: Annotated[
        str | None, typer.Option(metavar="FILE", help="Its new words in Markdown; - reads them here.")
    ] = None,
    drafted: Annotated[bool, typer.Option("--drafted", help="Go back to the drafted words.")] = False,
) -> None:
    """Put your words in place of a section's drafted ones; {{tokens}} stay tied to the frozen figures."""
    if (text is None) != drafted:
        raise UsageError("Say where the words are, or --drafted.", "Like: --section summary --text words.md")
    words = None if text is None else _read(text)
    with session_of(context).desk() as desk:
        desk.write_section(document, section, words)
    output.line(f"Document {document} is saved.")


def _read(place: str) -> str:
    if place == "-":
        return sys.stdin.read(_LARGEST)
    path = Path(place).expanduser()
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", "Name one that holds the words, or - to type them.")
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(_LARGEST)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not a text in UTF-8.", "Save it as plain text in UTF-8.") from error


def refresh(
    context: typer.Context,
    document: Number,
    figure: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="Only this figure; may be given again.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take today's figures into a draft, all of them or some; your words stay."""
    session = session_of(context)
    with session.desk() as desk:
        moved = desk.refresh(document, keys=figure or None)
    if session.json:
        output.as_json({"document_id": document, "refreshed": [moved_body(one) for one in moved]})
    elif not moved:
        output.line("No figure had moved.")
    else:
        tell_moved(moved)


def promise(
    context: typer.Context,
    document: Number,
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What is promised.")] = None,
    side: Annotated[str, typer.Option(metavar="SIDE", help="ours or theirs.")] = "ours",
    owner: Annotated[str | None, typer.Option(metavar="NAME", help="Who sees to it.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="By when.")] = None,
    drop: Annotated[
        int | None, typer.Option(metavar="N", help="Take this one out instead; see document show.")
    ] = None,
) -> None:
    """Add a promise of one side to a document, or take a proposed one out."""
    if (text is None) == (drop is None):
        raise UsageError("Say what is promised, or which one to drop.", "Like: --side theirs 'Name a lead'")
    with session_of(context).desk() as desk:
        if drop is not None:
            desk.take_out_promise(document, drop)
        elif text is not None:
            desk.promise(document, text, side=side, owner=owner, due_on=day_of(due, option="--due"))
    output.line(f"Document {document} is saved.")


def agree(
    context: typer.Context,
    document: Number,
    by: Annotated[list[str], typer.Option(metavar="NAME", help="Who agreed for us; may be given again.")],
    partner: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME", help="Who agreed for the partner; may be given again."),
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Without it: today.")] = None,
    as_json: AsJson = False,
) -> None:
    """Lock a document as agreed; what is promised in it becomes commitments."""
    session = session_of(context)
    day = day_of(on, option="--on")
    with session.desk() as desk:
        written = desk.agree(document, ours=by, theirs=partner or (), on=day)
    if session.json:
        output.as_json({"document_id": document, "commitments": list(written)})
        return
    output.line(f"Document {document} is agreed; {output.counted(len(written), 'commitment')} written.")


def name(
    context: typer.Context,
    document: Number,
    text: Annotated[str, typer.Argument(metavar="NAME", help="What to call it; empty takes a name away.")],
    version: Annotated[int | None, typer.Option(metavar="N", help="Without it the newest.")] = None,
) -> None:
    """Call a version by a name, so that it is found again."""
    with session_of(context).desk() as desk:
        named = desk.name_version(document, text, version=version)
    output.line(f"Version {named.number} of document {document} is called {named.name or 'nothing'}.")


def restore(
    context: typer.Context,
    document: Number,
    version: Annotated[int, typer.Option(metavar="N", help="Which; see document versions.")],
) -> None:
    """Make an earlier version the newest again; those between stay."""
    with session_of(context).desk() as desk:
        desk.restore_version(document, version)
    output.line(f"Version {version} of document {document} is the newest again.")
