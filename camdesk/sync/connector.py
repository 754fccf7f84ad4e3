"""What a source of facts must offer, whatever it is: tables of raw rows, and a mark of their state."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol

from camdesk.base.errors import Problem, UsageError
from camdesk.sync import connectors

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class RawRow(NamedTuple):
    """One row as the source has it, with its line; `problem` says why it cannot be taken."""

    line: int
    cells: Sequence[Cell]
    problem: Problem | None = None


class RawTable(Protocol):
    """A file, a sheet or an object of a remote system: a header, and rows that can be read again."""

    @property
    def name(self) -> str:
        """Return the name that mappings and entities are matched by."""

    @property
    def file(self) -> str:
        """Return the name that problems are reported under."""

    @property
    def size(self) -> int:
        """Return the size in bytes, or another measure of the work it is to read."""

    def header(self) -> tuple[str, ...]: ...

    def rows(self) -> Iterator[RawRow]: ...


class Connector(Protocol):
    """An opened source. Raises CamDeskError where it cannot be reached or read at all."""

    def fingerprint(self) -> str:
        """Return a text that stays the same exactly as long as the input does, cheaper than reading it."""

    def tables(self) -> Sequence[RawTable]: ...


Connect = Callable[[Mapping[str, str], "Reading"], Connector]


class Reading(NamedTuple):
    """How text files are to be read where the user knows better than the file shows."""

    encoding: str | None = None
    delimiter: str | None = None
    header_line: int = 1


def kinds() -> tuple[str, ...]:
    """Return the kinds of source this installation can connect, each a folder in `connectors`."""
    return tuple(sorted(_registry()))


def connector_for(kind: str, options: Mapping[str, str], reading: Reading | None = None) -> Connector:
    """Open a source; raise UsageError where no connector of that kind is installed."""
    connect = _registry().get(kind)
    if connect is None:
        raise UsageError(f"There is no kind of source called {kind}.", f"There are: {', '.join(kinds())}.")
    return connect(options, reading or Reading())


def _registry() -> dict[str, Connect]:
    found: dict[str, Connect] = {}
    for module in pkgutil.iter_modules(connectors.__path__, f"{connectors.__name__}."):
        package = importlib.import_module(module.name)
        found[package.KIND] = package.connect
    return found
