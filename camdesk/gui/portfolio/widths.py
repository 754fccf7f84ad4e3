"""How wide the columns are, so that those of every table on the screen line up. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence

_WIDE = {"partner": 206, "tier": 104, "score": 124, "trend": 106, "alerts": 66}
_NARROW = {"partner": 172, "tier": 102, "score": 94, "trend": 76, "alerts": 54}
_PARTNER_LEAST = 140
_SLOTS = {
    "region": 2.0,
    "country": 1.6,
    "industry": 1.8,
    "type": 1.3,
    "stage": 1.2,
    "enrolled": 1.6,
    "milestone": 3.0,
}
_SLOT_WIDE = 80
_SLOT_NARROW = 70
_SLOT_LEAST = 64


def slots_of(columns: Sequence[str]) -> float:
    """Return how many slots the columns without a width of their own take, by their ids."""
    return sum(_SLOTS.get(one, 1.0) for one in columns if one not in _WIDE)


def plan(available: int, *, columns: Sequence[str], most: float) -> list[int]:
    """Return the widths of one table's columns in `available` pixels; more than that where they are many.

    Other columns than the few known ones take slots counted from the right, as wide as in the table with
    `most` of them, so a table with fewer starts later; where all is too narrow the small trend goes first
    (width 0), then the names give way.
    """
    slots = max(most, slots_of(columns), 1.0)
    fixed = {one: _WIDE[one] for one in columns if one in _WIDE}
    if (available - sum(fixed.values())) / slots < _SLOT_WIDE:
        fixed = {one: _NARROW[one] for one in fixed}
        if (available - sum(fixed.values())) / slots < _SLOT_NARROW and "trend" in fixed:
            fixed["trend"] = 0
    slot = max((available - sum(fixed.values())) / slots, _SLOT_LEAST)
    widths = [fixed[one] if one in fixed else int(slot * _SLOTS.get(one, 1.0)) for one in columns]
    spare = available - sum(widths)
    if spare < 0 and "partner" in fixed:
        widths[columns.index("partner")] = max(fixed["partner"] + spare, _PARTNER_LEAST)
    first = next((place for place, one in enumerate(columns) if one not in fixed), 0)
    widths[first] += max(spare, 0)
    return widths
