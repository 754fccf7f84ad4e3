"""What both sides promise in a document: drafted or on record in its sections, and added by a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.documents.model import Document, Promise, Promises, Section

_HEADING = "Commitments"
_BETWEEN = " · "
LONGEST = 2_000


def promises_of(body: Document) -> tuple[Promise, ...]:
    """Return every promise of a document, ours first, each once; those taken out are not among them."""
    found: dict[tuple[str, str], Promise] = {}
    for section in body.sections:
        for block in section.blocks:
            if isinstance(block, Promises):
                for promise in _kept(body, block.items):
                    found.setdefault((promise.side, promise.text), promise)
    for promise in body.promises:
        found.setdefault((promise.side, promise.text), promise)
    return tuple(sorted(found.values(), key=lambda promise: promise.side != "vendor"))


def person_of(promise: Promise) -> str | None:
    """Return who sees to it, without the side's name in front."""
    return promise.owner.partition(_BETWEEN)[2] or None


def owner_of(side_name: str, person: str | None) -> str:
    return f"{side_name}{_BETWEEN}{person}" if person else side_name


def added(body: Document, promise: Promise) -> Document:
    """Return the document with one more promise; raises UsageError where it says nothing or too much."""
    if not promise.text.strip():
        raise UsageError("The promise has no words.", "Say what is to be done.")
    if len(promise.text) > LONGEST:
        raise UsageError(
            f"The promise has {len(promise.text):,} characters; {LONGEST:,} is the most.", "Shorten it."
        )
    return replace(body, promises=(*body.promises, promise))


def taken_out(body: Document, number: int) -> Document:
    """Return the document without its promise of that number, counted from 1 as they are listed."""
    listed = promises_of(body)
    if not 1 <= number <= len(listed):
        raise NotFoundError(
            f"There is no promise {number} in this document.", f"It has {len(listed)}, numbered from 1."
        )
    promise = listed[number - 1]
    if promise in body.promises:
        return replace(body, promises=tuple(one for one in body.promises if one != promise))
    if promise.commitment_id is not None:
        raise UsageError(
            f"“{promise.text}” is on record as {promise.commitment_id}.",
            f"Drop it with: camdesk commitment drop {promise.commitment_id} --reason WHY",
        )
    return replace(body, declined=(*body.declined, promise.text))


def on_record(body: Document, ids: Mapping[tuple[str, str], str]) -> Document:
    """Return the document with its promises tied to the commitments they became, by side and text."""

    def tied(promise: Promise) -> Promise:
        written = ids.get((promise.side, promise.text))
        return promise if written is None else replace(promise, commitment_id=written)

    sections = []
    for section in body.sections:
        blocks = (
            replace(block, items=tuple(tied(one) for one in _kept(body, block.items)))
            if isinstance(block, Promises)
            else block
            for block in section.blocks
        )
        sections.append(replace(section, blocks=tuple(blocks)))
    return replace(body, sections=tuple(sections), promises=tuple(tied(one) for one in body.promises))


def with_promises(body: Document) -> Document:
    """Return the document with a person's promises beside those of its sections, as it is printed."""
    if not (body.promises or body.declined):
        return body
    sections = [_without_declined(body, section) for section in body.sections]
    if body.promises:
        at = next((at for at, section in enumerate(sections) if _holds_promises(section)), None)
        block = Promises(tuple(sorted(body.promises, key=lambda one: one.side != "vendor")))
        if at is None:
            sections.append(Section("agreed", _HEADING, "What both sides promise", (), (block,), False))
        else:
            sections[at] = _with_added(sections[at], block)
    return replace(body, sections=tuple(sections))


def _holds_promises(section: Section) -> bool:
    return any(isinstance(block, Promises) for block in section.blocks)


def _with_added(section: Section, added_block: Promises) -> Section:
    at = next(at for at, block in enumerate(section.blocks) if isinstance(block, Promises))
    held = section.blocks[at]
    assert isinstance(held, Promises)
    items = sorted((*held.items, *added_block.items), key=lambda one: one.side != "vendor")
    blocks = (*section.blocks[:at], replace(held, items=tuple(items)), *section.blocks[at + 1 :])
    return replace(section, blocks=blocks)


def _without_declined(body: Document, section: Section) -> Section:
    blocks = (
        replace(block, items=tuple(_kept(body, block.items))) if isinstance(block, Promises) else block
        for block in section.blocks
    )
    return replace(
        section,
        blocks=tuple(block for block in blocks if not isinstance(block, Promises) or block.items),
    )


def _kept(body: Document, items: Iterable[Promise]) -> Iterator[Promise]:
    return (one for one in items if one.commitment_id is not None or one.text not in body.declined)
