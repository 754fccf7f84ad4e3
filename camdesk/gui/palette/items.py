"""What the palette lists: actions whose words match, and what the search found. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from camdesk.base.folding import folded
from camdesk.desk.finding.hits import Hit, HitKind
from camdesk.gui.actions import Action
from camdesk.gui.guide import Place

_ACTIONS_SHOWN = 6
_PARTS: Mapping[HitKind, str] = {
    HitKind.DEAL: "deals",
    HitKind.CONTACT: "people",
    HitKind.NOTE: "timeline",
    HitKind.MEETING: "timeline",
    HitKind.TASK: "work",
    HitKind.COMMITMENT: "work",
    HitKind.DOCUMENT: "documents",
}
"""The part of the partner page on which each kind of record stands."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the palette. `marks` are the stretches of `detail` that were looked for."""

    kind: str
    title: str
    detail: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    shortcut: str = ""
    run: Callable[[], object] | None = None
    place: Place | None = None


def matching_actions(actions: Iterable[Action], words: str) -> list[Item]:
    """Return the actions that can be done now and have every word; without words the first of them."""
    wanted = folded(words).split()
    found = [action for action in actions if action.possible() and _has_all(action, wanted)]
    found.sort(key=lambda action: _nearness(action, wanted))
    return [
        Item(action.group, action.title, shortcut=action.shortcut, run=action.run)
        for action in found[: _ACTIONS_SHOWN if wanted else None]
    ]


def hit_items(hits: Sequence[Hit]) -> list[Item]:
    """Return what was found as lines that lead to it."""
    return [_hit_item(hit) for hit in hits]


def _hit_item(hit: Hit) -> Item:
    about = hit.partner_name if hit.partner_name and hit.kind is not HitKind.PARTNER else ""
    before = " · ".join(filter(None, (about, hit.detail)))
    passage = hit.snippet.text if hit.snippet.text.strip() != hit.title.strip() else ""
    if passage not in before:
        before = f"{before} · {passage}" if before else passage
    at = before.rfind(passage)
    marks = tuple((at + start, at + end) for start, end in hit.snippet.marks) if passage else ()
    return Item(hit.kind.value.capitalize(), hit.title, before, marks, place=_place_of(hit))


def _place_of(hit: Hit) -> Place:
    if hit.partner_id is None:  # a task about nobody
        return Place("today")
    part = _PARTS.get(hit.kind, "")
    return Place("partner", hit.partner_id, part, hit.record_id if part else "")


def _has_all(action: Action, wanted: Sequence[str]) -> bool:
    words = folded(f"{action.title} {action.group}").split()
    return all(any(word.startswith(one) for word in words) for one in wanted)


def _nearness(action: Action, wanted: Sequence[str]) -> bool:
    return bool(wanted) and not folded(action.title).startswith(wanted[0])
