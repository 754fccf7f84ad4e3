"""The part of a text in which words were found, with the places of the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from camdesk.base.folding import folded

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _LONGEST = 40, 140


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words on one line; `marks` are the beginnings and ends of those that were searched for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def has_all(text: str, words: Collection[str]) -> bool:
    """Tell whether each of the words, as the index divides them, has a place in the text."""
    return all(next(_places(text, word), None) for word in words)


def snippet_of(text: str, words: Collection[str]) -> Snippet:
    """Return what stands around the first place of a word, or the beginning where there is none."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    found = sorted({place for word in words for place in _places(line, word)})
    start = _start(line, found[0][0]) if found else 0
    end = min(len(line), start + _LONGEST)
    opening = "…" if start else ""
    shown = f"{opening}{line[start:end]}{'…' if end < len(line) else ''}"
    moved = len(opening) - start
    marks = tuple((first + moved, min(last, end) + moved) for first, last in found if start <= first < end)
    return Snippet(shown, marks)


def _places(line: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word begins; one of several parts (`r 001`) where they follow each other."""
    *before, last = folded(word).split()
    parts = [(each.span(), folded(each.group())) for each in _WORD.finditer(line)]
    for place in range(len(before), len(parts)):
        earlier = parts[place - len(before) : place]
        if parts[place][1].startswith(last) and [part for _, part in earlier] == before:
            yield (earlier[0][0] if earlier else parts[place][0])[0], parts[place][0][1]


def _start(line: str, first: int) -> int:
    """Return the beginning of a word some way before the first that was found."""
    if first <= _BEFORE:
        return 0
    gap = line.find(" ", first - _BEFORE, first)
    return first if gap < 0 else gap + 1
