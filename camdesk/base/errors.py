"""Failures that a user can do something about, and problems that are listed rather than raised."""

from __future__ import annotations

from dataclasses import dataclass


class CamDeskError(Exception):
    """Say in one plain sentence what could not be done, and in another what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(CamDeskError):
    """The command or its options do not fit together."""


class FieldError(UsageError):
    """A value that was given cannot be taken; `field` is the column it was given for."""

    def __init__(self, message: str, hint: str = "", *, field: str) -> None:
        super().__init__(message, hint)
        self.field = field


class NotFoundError(CamDeskError):
    """What was asked for by name does not exist in this workspace."""


class ConsentNeededError(CamDeskError):
    """What was asked for looks like a mistake; it is done only once the user says so."""


class CancelledError(CamDeskError):
    """The user stopped a job; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("Stopped.", "Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where it stands, what it says and why it was not taken."""

    file: str
    line: int | None
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line is not None else self.file
        shown = f" “{self.value}”" if self.value else ""
        column = f" {self.column}" if self.column else ""
        return f"{place}{column}{shown}: {self.reason}"
