"""What any screen may want of the window around it: to go somewhere, to say something, to read again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from camdesk.gui.jobs import Failure


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can be: a screen, what it is about, which part of it, and the record to stand on."""

    screen: str
    about: str = ""  # a partner's id, on screens about one
    part: str = ""  # the key of a tab or view
    record: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The portfolio in the few words that stand around every screen."""

    partners: int
    types: int
    quarter: str  # FY26 Q4 · 38 days left


class Guide(QObject):
    """Carries wishes to the window. `changed` tells every screen that what it read no longer holds."""

    wanted = Signal(object)
    said = Signal(str)
    failed = Signal(object)
    changed = Signal()
    overview = Signal(object)
    counted = Signal(str, int)  # a screen of the navigation, and how much waits there
    sources = Signal(object)  # the states of all sources
    syncing = Signal(bool)
    synced = Signal(object)  # what each source brought

    def go(self, screen: str, about: str = "", *, part: str = "", record: str = "") -> None:
        """Ask the window to turn to a place."""
        self.wanted.emit(Place(screen, about, part, record))

    def say(self, words: str) -> None:
        """Ask the window to show a message that goes by itself."""
        self.said.emit(words)

    def fail(self, failure: Failure) -> None:
        """Ask the window to say what could not be done."""
        self.failed.emit(failure)
