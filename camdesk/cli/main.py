"""The command `camdesk`: its options, its topics, and the edge where failures become sentences."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Protocol, cast

import typer

from camdesk import __version__
from camdesk.base.errors import CamDeskError, UsageError
from camdesk.cli import (
    adding,
    alerts,
    branding,
    briefs,
    care,
    changes,
    commitments,
    demo,
    documents,
    figures,
    forecast,
    judgements,
    meetings,
    notes,
    output,
    own,
    partner,
    portfolio,
    profiles,
    programme,
    report,
    search,
    sources,
    stages,
    targets,
    tasks,
    terms,
    window,
    workspace,
)
from camdesk.cli.days import day_of
from camdesk.cli.root import Root
from camdesk.cli.session import Session, default_home

DONE, WITH_PROBLEMS, WRONG_USE, COULD_NOT = 0, 1, 2, 3
_INTERRUPTED = 130
# Some releases of Typer carry a click of their own: wrong use is found through its public child.
_WrongUse = cast("type[Exception]", typer.BadParameter.__bases__[0])

app = typer.Typer(
    cls=Root,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for topic in (
    demo, workspace, sources, portfolio, programme, forecast, partner, terms, alerts, figures, changes,
    documents, briefs, report, profiles, care, judgements, stages, meetings, targets, commitments, tasks,
    notes, adding, own, branding, search,
):  # fmt: skip
    topic.register(app)


class _Shown(Protocol):
    def show(self) -> None: ...


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="CAMDESK_HOME", metavar="DIR", help="The workspace's folder."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Work everything out for this day.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """Your partner portfolio: alerts, scorecards, plans and reviews. Without a command: the window."""
    context.obj = Session((home or default_home()).expanduser(), day_of(as_of, option="--as-of"), as_json)
    if version:
        output.line(f"CAM Desk {__version__}")
    elif context.invoked_subcommand is None:
        window.open_window(context.obj)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure ends as a sentence on standard error."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        given = None if arguments is None else list(arguments)
        code = _command()(given, prog_name="camdesk", standalone_mode=False)
    except _WrongUse as error:
        cast("_Shown", error).show()
        return WRONG_USE
    except UsageError as error:
        output.note(str(error))
        return WRONG_USE
    except CamDeskError as error:
        output.note(str(error))
        return COULD_NOT
    except output.ReaderGoneError:
        # What is still buffered would fail again when the interpreter closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (typer.Abort, KeyboardInterrupt):
        return _stopped()
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        output.note(f"{place}{error.strerror or error}. Check that the place exists, has room and is yours.")
        return COULD_NOT
    except MemoryError:
        output.note("There is not enough memory for this. Close other programs and try again.")
        return COULD_NOT
    except Exception as error:  # noqa: BLE001  # the edge: a user never sees a traceback
        return _unforeseen(error)
    return _stopped() if code == _INTERRUPTED else code if isinstance(code, int) else DONE


@cache
def _command() -> Callable[..., object]:
    """Return the commands put together, which takes longer than most of them."""
    return typer.main.get_command(app)


def _open_closed_streams() -> None:
    """Give output a place where the caller has closed it, so that no file of ours gets its number."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open for as long as we run
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _stopped() -> int:
    output.note("Stopped. What was under way was not kept; run the command again to do it.")
    return COULD_NOT


def _unforeseen(error: Exception) -> int:
    if os.environ.get("CAMDESK_DEBUG"):
        traceback.print_exception(error)
    output.note(
        f"Something went wrong that should not have ({type(error).__name__}). Your data is as it was; "
        "set CAMDESK_DEBUG=1 and run the command again to see where, and report that."
    )
    return COULD_NOT
