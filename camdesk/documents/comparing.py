"""Two versions of a document side by side: what changed, section by section and figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from camdesk.documents.model import Document, Promise, Section
from camdesk.documents.phrases import clipped
from camdesk.documents.promises import promises_of
from camdesk.documents.refreshing import MovedFigure, moved
from camdesk.documents.tokens import drafted_text, with_commentary, words_of
from camdesk.insight.wording import write_day

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What changed in a section, in sentences."""

    section: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    figures: tuple[MovedFigure, ...]
    sections: tuple[SectionChange, ...]
    sentences: tuple[str, ...]  # about the document as a whole

    @property
    def same(self) -> bool:
        return not (self.figures or self.sections or self.sentences)


def compare(old: Document, new: Document) -> Comparison:
    """Return what changed from an older version to a newer one."""
    return Comparison(moved(old, new), tuple(_sections(old, new)), tuple(_whole(old, new)))


def _sections(old: Document, new: Document) -> Iterator[SectionChange]:
    before = {section.name: section for section in old.sections}
    after = {section.name: section for section in new.sections}
    for section in new.sections:
        if section.name not in before:
            yield SectionChange(section.name, section.heading, ("The section is new.",))
        elif found := tuple(_in_section(old, before[section.name], new, section)):
            yield SectionChange(section.name, section.heading, found)
    for section in old.sections:
        if section.name not in after:
            yield SectionChange(section.name, section.heading, ("The section is no longer there.",))


def _in_section(old: Document, before: Section, new: Document, after: Section) -> Iterator[str]:
    if before.message != after.message:
        yield f"Its title was “{before.message}” and is “{after.message}”."
    yield from _sentences(_text(old, before.name), _text(new, after.name))
    kinds = [block.kind for block in before.blocks], [block.kind for block in after.blocks]
    if before.blocks != after.blocks and kinds[0] == kinds[1]:
        changed = sum(one != other for one, other in zip(before.blocks, after.blocks, strict=True))
        yield f"{changed} of its {len(after.blocks)} blocks show other values."
    elif kinds[0] != kinds[1]:
        yield f"It has {len(after.blocks)} blocks instead of {len(before.blocks)}."


def _text(body: Document, name: str) -> str:
    """Return a section's words as they print, the person's in place of the drafted ones."""
    shown = with_commentary(body)
    section = next(section for section in shown.sections if section.name == name)
    text = drafted_text(shown, section)
    for token, span in words_of(shown).items():
        text = text.replace(f"{{{{{token}}}}}", span.text)
    return text


def _sentences(before: str, after: str) -> Iterator[str]:
    old, new = _split(before), _split(after)
    for step, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = (clipped(" ".join(part), _SHOWN) for part in (old[start:end], new[begin:stop]))
        if step == "replace":
            yield f"It said “{was}” and says “{now}”."
        elif step == "delete":
            yield f"It no longer says “{was}”."
        elif step == "insert":
            yield f"It now also says “{now}”."


def _split(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in line.replace(". ", ".\n").splitlines() if part]


def _whole(old: Document, new: Document) -> Iterator[str]:
    before, after = promises_of(old), promises_of(new)
    for promise in after:
        if promise not in before:
            yield f"New among what is promised: {_promise(promise)}."
    for promise in before:
        if promise not in after:
            yield f"No longer among what is promised: {_promise(promise)}."
    if old.agreement is None and new.agreement is not None:
        yield f"It was agreed on {write_day(new.agreement.on)}."
    if old.agreement is not None and new.agreement is None:
        yield f"It had been agreed on {write_day(old.agreement.on)}; the newer version has not."


def _promise(promise: Promise) -> str:
    due = f", due {write_day(promise.due)}" if promise.due else ""
    return f"“{clipped(promise.text, _SHOWN)}”{due}"
