"""How wide the columns are, so that those of every table on the screen line up. No Qt here."""

from __future__ import annotations

_WIDE = (206, 104, 124, 106, 66)  # partner, tier, score, 8 quarters, alerts
_NARROW = (172, 102, 94, 76, 54)
_SLOT_WIDE = 80
_SLOT_NARROW = 70


def plan(available: int, *, figures: int, most_figures: int) -> list[int]:
    """Return the widths of one table's columns in `available` pixels.

    Figure columns take equal slots counted from the right, so a table with fewer of them starts later;
    where it is too narrow the small trend goes first (width 0).
    """
    slots = max(most_figures, 1)
    partner, tier, score, trend, alerts = _WIDE
    if (available - sum(_WIDE)) // slots < _SLOT_WIDE:
        partner, tier, score, trend, alerts = _NARROW
        if (available - sum(_NARROW)) // slots < _SLOT_NARROW:
            trend = 0
    fixed = partner + tier + score + trend + alerts
    slot = max((available - fixed) // slots, 40)
    widths = [slot] * figures
    spare = available - fixed - slot * figures
    if widths:
        widths[0] += max(spare, 0)
    else:
        partner += max(spare, 0)
    return [partner, tier, score, trend, *widths, alerts]
