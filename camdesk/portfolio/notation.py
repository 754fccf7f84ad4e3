"""How entities are written down: a line per column.

`name[!] kind [choices] [default=word] [lowest..highest]`; `!` marks what a row cannot be without.
"""

from __future__ import annotations

from camdesk.portfolio.model import Column, Entity, Kind


def _column(line: str) -> Column:
    words = line.split()
    name, kind = words[0], Kind(words[1])
    choices: tuple[str, ...] = ()
    default: str | None = None
    lowest = highest = None
    for word in words[2:]:
        if word.startswith("default="):
            default = word.removeprefix("default=")
        elif ".." in word:
            lowest, highest = (float(bound) for bound in word.split(".."))
        else:
            choices = tuple(word.split("|"))
    return Column(name.removesuffix("!"), kind, name.endswith("!"), choices, default, lowest, highest)


def entity(
    name: str,
    title: str,
    lines: str,
    *,
    own_day: str | None = None,
    taken_over: bool = False,
    indexes: str = "",
) -> Entity:
    """Return an entity; the first line is its key, `indexes` are column lists parted by spaces."""
    columns = tuple(_column(line) for line in lines.strip().splitlines())
    keys = tuple(tuple(index.split(",")) for index in indexes.split())
    return Entity(name, title, columns, own_day, taken_over, keys)
