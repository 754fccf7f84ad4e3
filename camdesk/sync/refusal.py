"""How a conversion says that a value is not what its column claims."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818  # caught row by row; never reaches a user as an error
    """Carry the reason a value was not taken, as the report shows it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
