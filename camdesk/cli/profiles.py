"""The partner types in force, what is wrong with the user's own definitions, and rules tried on the past."""

from __future__ import annotations

from dataclasses import asdict

import typer

from camdesk.cli import output
from camdesk.cli.back_test import back_test
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.writing import add_topic


def register(app: typer.Typer) -> None:
    add_topic(
        app,
        "profile",
        "What each partner type is judged on.",
        list=show,
        check=check,
        back_test=back_test,
    )


def show(context: typer.Context, as_json: AsJson = False) -> None:
    """List the partner types in force."""
    session = session_of(context)
    with session.desk() as desk:
        profiles = sorted(desk.catalog.profiles.values(), key=lambda profile: (profile.place, profile.title))
    if session.json:
        found = [
            {
                "type": profile.type,
                "title": profile.title,
                "version": profile.version,
                "judged_on": profile.judged_on,
                "lines": len(profile.lines),
                "rules": sorted(profile.rules),
                "origin": profile.origin,
            }
            for profile in profiles
        ]
        output.as_json({"profiles": found})
        return
    output.table(
        [
            output.Column("Type"),
            output.Column("Title"),
            output.Column("Version"),
            output.Column("Judged on", wide=True),
            output.Column("Lines", right=True),
            output.Column("Rules", right=True),
        ],
        [
            (
                profile.type,
                profile.title,
                profile.version,
                profile.judged_on,
                str(len(profile.lines)),
                str(len(profile.rules)),
            )
            for profile in profiles
        ],
    )


def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Check your own metrics, rules and profiles; where one is not sound, the shipped one stays in force."""
    session = session_of(context)
    with session.desk() as desk:
        problems = desk.definition_problems
    if session.json:
        output.as_json({"problems": [asdict(problem) for problem in problems]})
    else:
        for problem in problems:
            output.line(str(problem))
        if not problems:
            output.line("All definitions are sound.")
    if problems:
        raise typer.Exit(1)
