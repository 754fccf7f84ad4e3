"""How wide the columns of the programme's tables are. No Qt here."""

from __future__ import annotations

from camdesk.gui.programme.rows import GROUP_COLUMNS

_NAME_LEAST, _NAME_MOST = 150, 300
_WIDE, _PLAIN, _TIGHT = 96, 74, 62
_WIDE_COLUMNS = frozenset({"Contribution", "Per active", "Stayed active", "To first revenue"})
_GIVES_WAY = ("To first revenue", "Top ten", "Stayed active", "Activated", "Active")


def group_widths(available: int, *, empty: frozenset[int]) -> list[int]:
    """Return a width for every column; what nobody has goes first, then what matters least."""
    titles = [column.title for column in GROUP_COLUMNS]
    widths = [0 if place in empty else _wanted(title) for place, title in enumerate(titles)]
    widths[0] = 0
    if sum(widths) + _NAME_LEAST > available:
        widths = [min(width, _TIGHT if width < _WIDE else _PLAIN) for width in widths]
    for title in _GIVES_WAY:
        if sum(widths) + _NAME_LEAST <= available:
            break
        widths[titles.index(title)] = 0
    left = max(available - sum(widths), _NAME_LEAST)
    shown = [place for place, width in enumerate(widths) if width]
    each = max(left - _NAME_MOST, 0) // max(len(shown), 1)
    for place in shown:
        widths[place] += each
    widths[0] = max(available - sum(widths), _NAME_LEAST)
    return widths


def investment_widths(available: int) -> list[int]:
    """Return widths of which the reading takes most."""
    fixed = (70, 74, 78, 74)
    rest = max(available - sum(fixed), 290)
    name = min(max(rest // 3, 140), 240)
    return [name, *fixed, rest - name]


def _wanted(title: str) -> int:
    return _WIDE if title in _WIDE_COLUMNS else _PLAIN
