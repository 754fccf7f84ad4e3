"""Which partners stand in which table, by how one looks at the forecast. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from camdesk.base.folding import folded
from camdesk.gui.forecast.rows import Forecast, Line, section_words, with_call


@dataclass(frozen=True, slots=True)
class Looked:
    """How one looks at the forecast; `silent` shows also the partners that say nothing this quarter."""

    mine: bool = True
    by_type: bool = True
    silent: bool = False
    words: str = ""

    def with_(self, **changed: Any) -> Looked:
        return replace(self, **changed)

    def body(self) -> dict[str, bool]:
        """Return what is kept of it until the next start; words in the filter are for the moment."""
        return {"mine": self.mine, "by_type": self.by_type, "silent": self.silent}


def read_looked(body: Mapping[str, Any]) -> Looked:
    """Return how one looked at it when it was left."""
    return Looked(
        mine=body.get("mine") is not False,
        by_type=body.get("by_type") is not False,
        silent=body.get("silent") is True,
    )


@dataclass(frozen=True, slots=True)
class Section:
    """One table before it is shown: a type's partners, or all."""

    key: str
    title: str
    about: str
    lines: tuple[Line, ...]


def sections(shown: Forecast, looked: Looked, *, pending: Mapping[str, int | None]) -> list[Section]:
    """Return the tables from top to bottom, with calls that are still being kept in their places."""
    words = folded(looked.words).split()
    currency = shown.report.base_currency
    lines = tuple(
        with_call(line, pending[line.key], currency) if line.key in pending else line
        for line in shown.lines
        if (looked.silent or line.says_something or line.key in pending)
        and all(word in line.words for word in words)
    )
    if not looked.by_type:
        count = "1 partner" if len(lines) == 1 else f"{len(lines):,} partners"
        return [Section("", "All partners", count, lines)]
    found = []
    for kind, title in shown.types.items():
        of_type = tuple(line for line in lines if line.type == kind)
        found.append(Section(kind, title, section_words(shown.report, kind, shown=len(of_type)), of_type))
    return found


def silent_count(shown: Forecast, looked: Looked) -> int:
    """Return how many partners say nothing this quarter; none while one filters."""
    return 0 if looked.words else sum(not line.says_something for line in shown.lines)
