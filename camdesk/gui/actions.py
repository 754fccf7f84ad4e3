"""What a person can do from the keyboard, the menus and the palette: each said once. No Qt widgets here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, by the words a person would look for. `run` is a bound method of a QObject."""

    title: str
    run: Callable[[], object]
    shortcut: str = ""  # as QKeySequence reads it; one letter counts while no text is being typed
    group: str = "Anywhere"
    possible: Callable[[], bool] = always
    in_the_room: bool = True
    """Whether it stays while a partner looks on."""
