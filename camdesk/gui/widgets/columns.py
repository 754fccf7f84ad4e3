"""Plans for the widths of simple tables. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence

_LEAST = 120
_MOST = 640


def last_fixed(available: int, *, fixed: Sequence[int], least: int = _LEAST, most: int = _MOST) -> list[int]:
    """Return a first column that takes what the fixed ones after it leave; beyond `most` all grow alike.

    Columns of width 0 stay hidden.
    """
    shown = sum(width > 0 for width in fixed)
    each = max(available - sum(fixed) - most, 0) // (shown + 1)
    rest = [width + each if width else 0 for width in fixed]
    return [max(available - sum(rest), least), *rest]


def shares(available: int, *, parts: Sequence[int]) -> list[int]:
    """Return widths in the proportion of `parts`, which together fill the table."""
    whole = sum(parts)
    widths = [available * part // whole for part in parts]
    widths[-1] += available - sum(widths)
    return widths
