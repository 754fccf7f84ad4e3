"""Frozen figures beside the same ones drafted anew: which have moved, and taking the new ones in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from camdesk.base.errors import UsageError
from camdesk.documents.model import Commentary, Document, FrozenFigure, Span
from camdesk.documents.tokens import retied
from camdesk.documents.trees import keys_of


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A figure as it is frozen and as it would be drafted today; None: it would no longer be there."""

    key: str
    title: str
    old: str
    new: str | None
    old_as_of: date
    new_as_of: date | None


def counterparts(old: Document, new: Document) -> dict[str, FrozenFigure]:
    """Return the figure of a newer draft that says the same as each of an older one, by its key.

    A figure of the day of the draft is found again as of the newer draft's day, one of the period's last
    day as of that one's: what stands still as of an earlier day is that very day's.
    """
    by_key = {figure.key: figure for figure in new.figures}
    by_day = {(figure.metric, figure.as_of): figure for figure in new.figures if figure.metric}
    found: dict[str, FrozenFigure] = {}
    for figure in old.figures:
        if figure.metric is None:
            match = by_key.get(figure.key)
        else:
            days = _days(figure, old, new)
            match = next((by_day[figure.metric, on] for on in days if (figure.metric, on) in by_day), None)
        if match is not None:
            found[figure.key] = match
    return found


def _days(figure: FrozenFigure, old: Document, new: Document) -> Iterator[date]:
    if figure.as_of == old.figures_as_of:
        yield new.figures_as_of
    if figure.as_of == old.drafted_on:
        yield new.drafted_on
    yield figure.as_of


def moved(old: Document, new: Document) -> tuple[MovedFigure, ...]:
    """Return the figures of a document that a newer draft writes differently, in their order."""
    now = counterparts(old, new)
    return tuple(
        MovedFigure(
            key=figure.key,
            title=figure.title,
            old=figure.written,
            new=now[figure.key].written if figure.key in now else None,
            old_as_of=figure.as_of,
            new_as_of=now[figure.key].as_of if figure.key in now else None,
        )
        for figure in old.figures
        if figure.key not in now or now[figure.key].written != figure.written
    )


def refreshed(old: Document, new: Document, *, keys: Collection[str] | None = None) -> Document:
    """Return the document with today's figures, all of them or those of some keys; a person's words stay.

    All: the newer draft, with what a person wrote in the older one. Some: every sentence, row and chart
    that states none but chosen and unmoved figures is taken from the newer draft; in others the value alone.
    """
    matches = counterparts(old, new)
    if keys is None:
        made = replace(new, promises=old.promises, declined=old.declined, log=old.log)
    else:
        made = _in_part(old, new, matches, frozenset(keys))
    kept = {figure.key for figure in made.figures}
    names = {key: match.key if match.key in kept else key for key, match in matches.items()}
    sections = {section.name for section in made.sections}
    commentary = (
        Commentary(one.section, retied(one.text, old=old, new=made, counterparts=names))
        for one in old.commentary
        if one.section in sections
    )
    return replace(made, commentary=tuple(commentary))


def _in_part(
    old: Document, new: Document, matches: dict[str, FrozenFigure], chosen: frozenset[str]
) -> Document:
    known = {figure.key for figure in old.figures}
    if strange := chosen - known:
        raise UsageError(
            f"This document has no figure {min(strange)}.",
            "See which moved with: camdesk document check",
        )
    if gone := chosen - matches.keys():
        raise UsageError(
            f"The figure {min(gone)} would no longer be there.", "Refresh all of them, or leave it as it is."
        )
    merge = _Merge(old, matches, chosen, frozenset(one.key for one in moved(old, new)))
    theirs = {section.name: section for section in new.sections}
    sections = tuple(merge.merged(section, theirs.get(section.name)) for section in old.sections)
    figures = {figure.key: figure for figure in old.figures}
    replaced = {(matches[key].key if key in chosen else key): figures[key] for key in figures}
    replaced |= {matches[key].key: matches[key] for key in chosen}
    stated = keys_of(sections)
    added = {figure.key: figure for figure in new.figures if figure.key in stated - replaced.keys()}
    return replace(old, sections=sections, figures=tuple({**replaced, **added}.values()))


class _Merge:
    """Bring chosen figures of a document up to date, piece by piece, from the largest that may go whole."""

    def __init__(
        self,
        old: Document,
        matches: dict[str, FrozenFigure],
        chosen: frozenset[str],
        moved_keys: frozenset[str],
    ) -> None:
        self._old = {figure.key: figure for figure in old.figures}
        self._matches = matches
        self._chosen = chosen
        # What must not change: a piece of the newer draft that states one of these cannot be taken whole.
        self._others = moved_keys - chosen
        self._others_anew = frozenset(matches[key].key for key in self._others if key in matches)

    def merged(self, old: Any, new: Any) -> Any:
        """Return a piece with the chosen figures anew; `new` stands in its place in the newer draft."""
        if not keys_of(old) & self._chosen:
            return old
        if isinstance(old, Span):
            return self._span(old)
        if (
            type(new) is type(old)
            and not keys_of(old) & self._others
            and not keys_of(new) & self._others_anew
        ):
            return new
        if isinstance(old, tuple):
            pairs = new if isinstance(new, tuple) and len(new) == len(old) else (None,) * len(old)
            return tuple(self.merged(one, other) for one, other in zip(old, pairs, strict=True))
        if is_dataclass(old) and not isinstance(old, type):
            return self._parts(old, new)
        return old

    def _parts(self, old: Any, new: Any) -> Any:
        same = type(new) is type(old)
        made = {
            field.name: self.merged(getattr(old, field.name), getattr(new, field.name) if same else None)
            for field in fields(old)
        }
        key = getattr(old, "figure", None)
        if isinstance(key, str) and key in self._chosen:
            made["figure"] = self._matches[key].key
        return replace(old, **made)

    def _span(self, old: Span) -> Span:
        """Return a span with its value as it is now; words that state no value keep standing."""
        key = old.figure
        if key is None or key not in self._chosen:
            return old
        before, after = self._old[key], self._matches[key]
        words = {before.written: after.written, before.short: after.short or after.written}
        earlier, later = dict(before.also), dict(after.also)
        words |= {text: later[what] for what, text in earlier.items() if what in later and text not in words}
        return Span(words.get(old.text, old.text), after.key)
