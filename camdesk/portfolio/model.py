"""The vocabulary in which the schema is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property


class Kind(Enum):
    """What a column holds, and so how a value is read, stored and shown."""

    ID = "id"  # text from the source system, at most 200 characters, never interpreted
    TEXT = "text"
    CHOICE = "choice"  # one word of a closed list
    TYPE = "type"  # the id of an installed profile
    METRIC = "metric"  # the id of an installed metric
    LIST = "list"  # several words; stored joined by semicolons
    DATE = "date"  # YYYY-MM-DD
    MONTH = "month"  # the first day of a month
    INSTANT = "instant"  # YYYY-MM-DDTHH:MM:SSZ
    MONEY = "money"  # ten-thousandths of the row's currency, with a `_base` column beside it
    CURRENCY = "currency"  # ISO 4217
    NUMBER = "number"  # a binary float
    RATE = "rate"  # an exact decimal, stored as text
    INTEGER = "integer"
    FLAG = "flag"  # 0 or 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds and whether a row can be without it."""

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | None = None
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True)
class Entity:
    """One table of the portfolio. `own_day` is the row's own date: when it is, and at which rate."""

    name: str
    title: str
    columns: tuple[Column, ...]
    own_day: str | None = None
    taken_over: bool = False
    """CAM-owned: a folder may bring rows once; what exists here is never overwritten."""
    indexes: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def key(self) -> str:
        return self.columns[0].name

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def money(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.kind is Kind.MONEY)

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """Return the names of all columns as stored, `url` and the `_base` amounts included."""
        names = [column.name for column in self.columns]
        return (*names, *(f"{name}_base" for name in self.money), "url")
