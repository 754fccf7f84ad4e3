"""Connect sources and bring their facts in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base.errors import Problem
from camdesk.cli import output
from camdesk.cli.progress import progress_bar
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import add_topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from camdesk.sync.report import SourceReport
    from camdesk.sync.sources import SourceTest

_LISTED = 20
Name = Annotated[str, typer.Argument(metavar="NAME", help="The source's name.")]


def register(app: typer.Typer) -> None:
    add_topic(
        app, "source", "Where the portfolio comes from.", add=add, list=show, remove=remove, test=attempt
    )
    app.command()(sync)


def add(
    context: typer.Context,
    name: Name,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What it is: folder.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder or the .zip file.")],
    mapping: Annotated[
        str | None, typer.Option(metavar="FILE", help="A mapping file, or the name of a shipped one.")
    ] = None,
) -> None:
    """Connect a source; nothing is read into the workspace yet."""
    options = {"path": str(path)} | ({"mapping": mapping} if mapping else {})
    with session_of(context).desk() as desk:
        desk.add_source(name, kind, options)
    output.line(f"Connected {name}. Bring its facts in with: camdesk sync {_quoted(name)}")


def show(context: typer.Context, as_json: AsJson = False) -> None:
    """List the connected sources."""
    session = session_of(context)
    with session.desk() as desk:
        states = desk.sources()
    if session.json:
        output.as_json(
            {
                "sources": [
                    {
                        "name": state.name,
                        "kind": state.kind,
                        "last_sync": state.last_sync,
                        "rows": state.rows,
                        "problems": state.problems,
                    }
                    for state in states
                ]
            }
        )
    elif not states:
        output.line("No source is connected. Connect one with: camdesk source add NAME folder PATH")
    else:
        columns = [
            output.Column("Source", wide=True),
            output.Column("Kind"),
            output.Column("Last sync"),
            output.Column("Rows", right=True),
            output.Column("Problems", right=True),
        ]
        rows = [
            (
                state.name,
                state.kind,
                state.last_sync or "never",
                f"{state.rows:,}",
                f"{state.problems:,}",
            )
            for state in states
        ]
        output.table(columns, rows)


def remove(context: typer.Context, name: Name) -> None:
    """Disconnect a source; what it brought is kept in the past, what you wrote stays."""
    with session_of(context).desk() as desk:
        removed = desk.remove_source(name)
    output.line(f"Disconnected {name}; {output.counted(removed, 'row')} marked removed.")


def attempt(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Read a source without keeping anything, and say what it would bring."""
    session = session_of(context)
    with session.desk() as desk, progress_bar(name) as progress:
        found = desk.try_source(name, progress=progress)
    if session.json:
        output.as_json(
            {
                "rows": dict(found.rows),
                "columns": {entity: list(columns) for entity, columns in found.columns.items()},
                "ignored": list(found.ignored),
                "problems": list(found.problems),
            }
        )
    else:
        _tell_test(found)
    if found.problems:
        raise typer.Exit(1)


def _tell_test(found: SourceTest) -> None:
    columns = [
        output.Column("Entity"),
        output.Column("Rows", right=True),
        output.Column("Columns used", wide=True),
    ]
    output.table(
        columns, [(name, f"{count:,}", ", ".join(found.columns[name])) for name, count in found.rows.items()]
    )
    if found.ignored:
        output.line(f"Not used: {', '.join(found.ignored)}")
    for problem in found.problems[:_LISTED]:
        output.line(problem)
    _more(len(found.problems))


def sync(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]…", help="Sources; all of them without.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything, also what looks unchanged.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; keep nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Go on where less than half of a source is left.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring facts up to date from the sources."""
    session = session_of(context)
    with session.desk() as desk, progress_bar("Reading") as progress:
        reports = desk.sync(names or (), full=full, dry_run=dry_run, accept_shrunken=yes, progress=progress)
        if any(report.changed_anything for report in reports) and not dry_run:
            desk.take_stock(progress=progress)
    if session.json:
        output.as_json({"sources": [report.as_json() for report in reports]})
    else:
        tell(reports, dry_run=dry_run)
    if any(report.rejected for report in reports):
        raise typer.Exit(1)


def tell(reports: Sequence[SourceReport], *, dry_run: bool = False) -> None:
    """Say what syncs did, source by source, with the first of the rows they refused."""
    if not reports:
        output.line("No source is connected. Connect one with: camdesk source add NAME folder PATH")
        return
    columns = [
        output.Column("Source", wide=True),
        *(
            output.Column(title, right=True)
            for title in ("Read", "Added", "Changed", "Unchanged", "Removed", "Rejected", "Seconds")
        ),
    ]
    rows = [
        (
            report.name,
            *(
                f"{count:,}"
                for count in (report.read, report.added, report.changed, report.unchanged, report.removed)
            ),
            f"{len(report.rejected):,}",
            f"{report.seconds:.1f}",
        )
        for report in reports
    ]
    output.table(columns, rows)
    for report in reports:
        for notice in report.notices:
            output.line(f"{report.name}: {notice}")
        _list_problems(report.rejected)
    if all(report.unchanged and not (report.changed_anything or report.rejected) for report in reports):
        output.line("Nothing changed since the last sync.")
    if dry_run:
        output.line("Nothing was kept: this was a dry run.")


def _list_problems(problems: Sequence[Problem]) -> None:
    for problem in problems[:_LISTED]:
        output.line(str(problem))
    _more(len(problems))


def _more(count: int) -> None:
    if count > _LISTED:
        output.line(f"… and {count - _LISTED:,} more; --json lists all.")


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
