"""The leak check: what a partner must not read, looked for in the pages of a finished file.

Looked for are the names and ids of other partners, the texts of internal notes and tasks, the reasons
given for scores, stages and classes set by hand, ranks, and the attention class. What the partner's own
records say is its own: a distributor's report names its resellers, and may be shown to it (`own`).

A name counts as whole words, in any case where it has several words, and with its capital where it has
one; legal forms (Ltd, GmbH) are not needed for a match. Names of fewer than four letters have to be
written exactly. Ids of fewer than three characters, and texts of fewer than twelve letters, say too little
to be told from other words and are not looked for; of a longer text also its sentences of 24 letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from camdesk.base.errors import CamDeskError
from camdesk.documents.phrases import clipped

_WORD = re.compile(r"[^\W_]+")
_LEGAL_FORMS = (
    "ab ag as asa bv co corp corporation gmbh inc kg limited llc llp ltd mbh nv oy oyj plc pty sa sarl sas se"
)
_LEGAL = frozenset(_LEGAL_FORMS.split())
_SHORT_NAME = 4
_SHORT_ID = 3
_SHORT_TEXT = 12
_SENTENCE = 24
_OPENING = 4
_RANKS = re.compile(
    r"\b\d[\d,]*(?:st|nd|rd|th) (?:out )?of (?:all )?\d[\d,]*\b|\b[Rr]ank(?:ed|s)?:? (?:is |at |no\. ?)?#?\d+"
    r"|#\d+ of \d+"
)
_CLASS = re.compile(r"\b(?:[Aa]ttention )?[Cc]lass [ABC]\b")
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not reach a partner: others' (id, name), and texts with what each of them is."""

    others: tuple[tuple[str, str], ...] = ()
    own_names: tuple[str, ...] = ()  # the partner's and ours: another's name inside one of these is none
    texts: tuple[tuple[str, str], ...] = ()  # (what it is, text)


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing found where it must not be."""

    what: str  # the name of another partner
    found: str
    where: str  # page 3


class LeakError(CamDeskError):
    """An export was stopped: it holds what its reader must not see."""

    def __init__(self, leaks: Sequence[Leak]) -> None:
        told = [f"{leak.where} has {leak.what}, “{clipped(leak.found, 80)}”" for leak in leaks[:_LISTED]]
        if len(leaks) > _LISTED:
            told.append(f"and {len(leaks) - _LISTED} more")
        super().__init__(
            f"Nothing was written, because the partner must not see what is in it: {'; '.join(told)}.",
            "Change that text, or write a copy for your own side with --internal.",
        )
        self.leaks = tuple(leaks)


@dataclass(frozen=True)
class Page:
    """A page, slide or part of a file, as it is called, and its text."""

    where: str
    text: str


def stop_leaks(pages: Iterable[Page], secrets: Secrets, *, own: Callable[[str], bool]) -> None:
    """Raise LeakError, which names what was found and where, if anything was."""
    if leaks := find_leaks(pages, secrets, own=own):
        raise LeakError(leaks)


def find_leaks(
    pages: Iterable[Page], secrets: Secrets, *, own: Callable[[str], bool] = lambda _words: False
) -> tuple[Leak, ...]:
    """Return what was found, page by page; `own` tells whether the partner's own records say the words."""
    read = [_Read(page) for page in pages]
    names = _possible(read, secrets)
    own_names = tuple(_Name(name, name) for name in secrets.own_names)
    found = [leak for page in read for leak in _on_page(page, names, own_names)]
    found += _texts(read, secrets.texts)
    places = {page.where: place for place, page in enumerate(read)}
    seen: dict[Leak, None] = dict.fromkeys(sorted(found, key=lambda leak: places[leak.where]))
    verdicts: dict[str, bool] = {}
    for leak in seen:
        if leak.found not in verdicts:
            verdicts[leak.found] = own(leak.found)
    return tuple(leak for leak in seen if not verdicts[leak.found])


def _possible(pages: Sequence[_Read], secrets: Secrets) -> list[tuple[_Sought, str]]:
    """Return the names and ids of which at least the first letters, or all parts, stand somewhere.

    Most stand nowhere, and looking for each of hundreds on every page would take the longest.
    """
    words = {word for page in pages for word in page.starts.values()}
    openings = {page.bare[at : at + _OPENING] for page in pages for at in page.starts}
    return [
        (sought, what)
        for sought, what in _names(secrets)
        if (
            len(sought.bare) < _OPENING or sought.bare[:_OPENING] in openings
            if sought.bare
            else words.issuperset(_WORD.findall(sought.name))
        )
    ]


class _Read:
    """A page's letters and digits without what lies between them, and where its words begin and end.

    PDF text breaks words and lines wherever the page does, so matches are found in the bare letters.
    """

    def __init__(self, page: Page) -> None:
        self.where = page.where
        self.text = page.text
        text = page.text if page.text.isascii() else unicodedata.normalize("NFKC", page.text)
        words = list(_WORD.finditer(text))
        self.starts: dict[int, str] = {}
        self.soft: set[int] = set()
        parts: list[str] = []
        length = 0
        for before, word in pairwise([None, *words]):
            assert word is not None  # None stands before the first word only
            if before is not None and set(text[before.end() : word.start()]) & set("\r\n\u00ad\u200b\ufffe"):
                self.soft.add(length)
            self.starts[length] = word[0]
            parts.append(word[0].casefold())
            length += len(parts[-1])
        self.bare = "".join(parts)
        self.ends = {*list(self.starts)[1:], length}


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    written: str

    @property
    def words(self) -> list[str]:
        return _WORD.findall(unicodedata.normalize("NFKC", self.written))


@dataclass(frozen=True, slots=True)
class _Sought:
    """A name ready to be looked for."""

    name: str
    bare: str
    inner: frozenset[int]  # where its own words meet
    exact: str  # for a single word: how it has to be written, at least its first letter
    whole: bool  # the case of all letters counts


def _prepared(name: _Name) -> _Sought | None:
    words = name.words
    core = words
    while len(core) > 1 and core[-1].casefold() in _LEGAL:
        core = core[:-1]
    folded = [word.casefold() for word in core]
    bare = "".join(folded)
    if len(bare) < 2:
        return None
    inner, length = set(), 0
    for word in folded[:-1]:
        length += len(word)
        inner.add(length)
    exact = core[0] if len(core) == 1 else ""
    return _Sought(name.name, bare, frozenset(inner), exact, len(bare) < _SHORT_NAME)


def _names(secrets: Secrets) -> Iterator[tuple[_Sought, str]]:
    own = {"".join(_Name(name, name).words).casefold() for name in secrets.own_names}
    for partner_id, name in secrets.others:
        sought = _prepared(_Name(name, name))
        if sought is not None and sought.bare not in own and "".join(name.split()).casefold() not in own:
            yield sought, "the name of another partner"
        if len(partner_id) >= _SHORT_ID:
            yield _Sought(partner_id, "", frozenset(), partner_id, True), "the id of another partner"


def _on_page(page: _Read, names: Sequence[tuple[_Sought, str]], own_names: Sequence[_Name]) -> Iterator[Leak]:
    prepared = (_prepared(name) for name in own_names)
    own = [span for sought in prepared if sought is not None for span in _matches(page, sought)]
    for sought, what in names:
        if not sought.bare:
            if sought.name in page.text and _stands_alone(page.text, sought.name):
                yield Leak(what, sought.name, page.where)
        elif sought.bare in page.bare and any(
            not any(start >= begin and end <= stop for begin, stop in own)
            for start, end in _matches(page, sought)
        ):
            yield Leak(what, sought.name, page.where)
    for pattern, kind in ((_RANKS, "a rank"), (_CLASS, "the attention class")):
        for match in pattern.finditer(page.text):
            yield Leak(kind, match[0], page.where)


def _matches(page: _Read, sought: _Sought) -> Iterator[tuple[int, int]]:
    """Yield where a name stands as whole words, whatever breaks lines inside it."""
    at = page.bare.find(sought.bare)
    while at >= 0:
        end = at + len(sought.bare)
        if at in page.starts and end in page.ends and _is_written_so(page, sought, at, end):
            yield at, end
        at = page.bare.find(sought.bare, at + 1)


def _is_written_so(page: _Read, sought: _Sought, at: int, end: int) -> bool:
    breaks = {place - at for place in range(at + 1, end) if place in page.starts}
    if any(place not in sought.inner and at + place not in page.soft for place in breaks):
        return False
    if not sought.exact:
        return True
    written = page.starts[at]
    if sought.whole:
        return written == sought.exact
    return not sought.exact[0].isupper() or written[0].isupper()


def _stands_alone(text: str, partner_id: str) -> bool:
    """Tell whether an id stands by itself, not as part of a longer one such as D-1-2026."""
    edge = r"[\w]|[-/.](?=\w)"
    pattern = rf"(?<![\w])(?<!\w[-/.]){re.escape(partner_id)}(?!{edge})"
    return re.search(pattern, text) is not None


def _texts(pages: Sequence[_Read], texts: Sequence[tuple[str, str]]) -> Iterator[Leak]:
    """Yield internal texts, whole or by the sentence; one that runs over two pages counts for the first."""
    bare = "".join(page.bare for page in pages)
    starts = [0]
    for page in pages:
        starts.append(starts[-1] + len(page.bare))
    for what, text in texts:
        for part, sought in _parts(text):
            at = bare.find(sought)
            if at >= 0:
                place = next(place for place, end in enumerate(starts[1:]) if at < end)
                yield Leak(what, part, pages[place].where)
                break


def _parts(text: str) -> Iterator[tuple[str, str]]:
    whole = _bare(text)
    if len(whole) >= _SHORT_TEXT:
        yield text, whole
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        sought = _bare(sentence)
        if len(sought) >= _SENTENCE and sought != whole:
            yield sentence, sought


def _bare(text: str) -> str:
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text))).casefold()
