"""Plans for the widths of simple tables. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence

_LEAST = 120


def last_fixed(available: int, *, fixed: Sequence[int]) -> list[int]:
    """Return a first column that takes what the fixed ones after it leave."""
    return [max(available - sum(fixed), _LEAST), *fixed]


def shares(available: int, *, parts: Sequence[int]) -> list[int]:
    """Return widths in the proportion of `parts`, which together fill the table."""
    whole = sum(parts)
    widths = [available * part // whole for part in parts]
    widths[-1] += available - sum(widths)
    return widths
