"""How wide the columns of the forecast are; what matters least gives way first. No Qt here."""

from __future__ import annotations

from camdesk.gui.forecast import rows

_PARTNER, _PARTNER_LEAST, _PARTNER_MOST = 200, 150, 320
_WIDTHS = {
    rows.TYPE: 176,
    rows.BOOKED_MOVED: 68,
    rows.COMMIT_MOVED: 68,
    rows.BEST_MOVED: 68,
    rows.GAP_MOVED: 68,
    rows.CALL: 90,
    rows.LAST_CALL: 78,
    rows.TO_COMMIT: 82,
}
_FIGURE = 80
_GIVES_WAY = (
    rows.TYPE,
    rows.GAP_MOVED,
    rows.LAST_CALL,
    rows.BEST_MOVED,
    rows.BOOKED_MOVED,
    rows.TO_COMMIT,
    rows.COMMIT_MOVED,
    rows.TARGET,
    rows.BEST,
    rows.BOOKED,
)


def plan(available: int, *, with_type: bool, empty: frozenset[int]) -> list[int]:
    """Return a width for every column, 0 for one that has no room or of which nobody has anything."""
    widths = {place: _WIDTHS.get(place, _FIGURE) for place in range(1, len(rows.COLUMNS))}
    for place in empty if with_type else {*empty, rows.TYPE}:
        widths[place] = 0
    for place in _GIVES_WAY:
        if sum(widths.values()) + _PARTNER_LEAST <= available:
            break
        widths[place] = 0
    left = available - sum(widths.values())
    first = max(_PARTNER_LEAST, min(left, _PARTNER_MOST if left > _PARTNER else _PARTNER))
    shown = [place for place, width in widths.items() if width]
    each = max(left - first, 0) // max(len(shown), 1)
    for place in shown:
        widths[place] += each
    return [max(first, available - sum(widths.values())), *(widths[place] for place in sorted(widths))]
