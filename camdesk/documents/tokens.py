"""Commentary as a person edits it: Markdown in which {{revenue}} stands for a frozen figure.

A token is a figure's key, or a metric's id for its figure of the document's day; `.target`, `.prior_quarter`,
`.year_ago` and `.same_type_median` behind it name what stands beside the figure. A title (###), paragraphs
and lists are understood; everything else prints as it is written. Two braces behind a backslash are no token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.documents.model import Block, Document, FrozenFigure, Line, Prose, Section, Span
from camdesk.documents.trees import text_of

LONGEST = 20_000
_TOKEN = re.compile(r"(\\\{\{)|\{\{([^{}]*)\}\}")
_LIST = re.compile(r"(?:[-*•]|\d{1,3}[.)])\s+")
_TITLE = re.compile(r"#{1,6}\s+")
_ASSUMED = " (assumed)"
_GONE = "no data"


def words_of(body: Document) -> dict[str, Span]:
    """Return every token of a document with the words it stands for."""
    found: dict[str, Span] = {}
    for metric, figure in _by_metric(body).items():
        found |= _words(metric, figure)
    for figure in body.figures:
        found |= _words(figure.key, figure)
    return found


def _by_metric(body: Document) -> dict[str, FrozenFigure]:
    """Return the figure a metric's id alone means: of the document's day, else of the draft's, else last."""

    def nearness(figure: FrozenFigure) -> tuple[bool, bool, str]:
        on = figure.as_of
        return (on == body.figures_as_of, on == body.drafted_on, on.isoformat())

    best: dict[str, FrozenFigure] = {}
    for figure in body.figures:
        held = best.get(figure.metric or "")
        if figure.metric and (held is None or nearness(figure) > nearness(held)):
            best[figure.metric] = figure
    return best


def _words(name: str, figure: FrozenFigure) -> dict[str, Span]:
    beside = {f"{name}.{what.replace(' ', '_').replace('-', '_')}": text for what, text in figure.also}
    return {
        name: Span(figure.short or figure.written, figure.key),
        **{token: Span(text.removesuffix(_ASSUMED), figure.key) for token, text in beside.items()},
    }


def drafted_text(body: Document, section: Section) -> str:
    """Return a section's drafted words as Markdown, its figures as tokens."""
    tokens: dict[Span, str] = {}
    for name, span in words_of(body).items():
        tokens.setdefault(span, name)
    parts = [_written(section.lead, tokens)] if section.lead else []
    for block in section.blocks:
        if isinstance(block, Prose):
            parts += [f"### {_escaped(block.title)}"] if block.title else []
            parts += [_written(line, tokens) for line in block.lines]
    return "\n\n".join(parts)


def _written(line: Line, tokens: dict[Span, str]) -> str:
    text = "".join(f"{{{{{tokens[span]}}}}}" if span in tokens else _escaped(span.text) for span in line)
    return f"\\{text}" if _LIST.match(text) or _TITLE.match(text) else text


def _escaped(text: str) -> str:
    return " ".join(text.split("\n")).replace("{{", "\\{{")


def text_for_editing(body: Document, name: str) -> str:
    """Return a section's words to edit: a person's, else the drafted ones; raises NotFoundError."""
    section = next((one for one in body.sections if name in {one.name, one.heading}), None)
    if section is None:
        names = ", ".join(one.name for one in body.sections)
        raise NotFoundError(f"This document has no section {name}.", f"Choose from: {names}.")
    written = {one.section: one.text for one in body.commentary}
    return written.get(section.name) or drafted_text(body, section)


def check_text(body: Document, text: str) -> None:
    """Raise UsageError for a text that is too long or names a figure the document does not have."""
    if len(text) > LONGEST:
        raise UsageError(
            f"The text has {len(text):,} characters; a section takes {LONGEST:,}.", "Shorten it, or split it."
        )
    known = words_of(body)
    for escaped, name in _TOKEN.findall(text):
        if not escaped and name.strip() not in known:
            raise UsageError(
                f"This document has no figure {{{{{name}}}}}.",
                "See its figures with: camdesk document show ID --figures",
            )


def with_commentary(body: Document) -> Document:
    """Return the document with a person's words in place of the drafted ones, wherever there are any."""
    written = {one.section: one.text for one in body.commentary}
    if not written:
        return body
    words = words_of(body)
    sections = (
        _with_text(section, written[section.name], words) if section.name in written else section
        for section in body.sections
    )
    return replace(body, sections=tuple(sections))


def _with_text(section: Section, text: str, words: dict[str, Span]) -> Section:
    """Return the section with the text's first paragraph as its lead, the rest where its prose stood."""
    pieces = [Prose(lines, title) for title, lines in _parsed(text, words)]
    lead: Line = ()
    if pieces and not pieces[0].title and pieces[0].lines:
        lead = pieces[0].lines[0]
        pieces[0] = Prose(pieces[0].lines[1:])
    prose = [piece for piece in pieces if piece.lines or piece.title]
    place = next((at for at, block in enumerate(section.blocks) if isinstance(block, Prose)), 0)
    blocks: list[Block] = [block for block in section.blocks[:place] if not isinstance(block, Prose)]
    blocks += prose
    blocks += [block for block in section.blocks[place:] if not isinstance(block, Prose)]
    return replace(section, lead=lead, blocks=tuple(blocks))


def _parsed(text: str, words: dict[str, Span]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield titles with their paragraphs; the first title may be empty."""
    title, lines = "", list[Line]()
    for paragraph in _paragraphs(text):
        if _TITLE.match(paragraph):
            if title or lines:
                yield title, tuple(lines)
            title, lines = text_of(_spans(_TITLE.sub("", paragraph, count=1), words)), []
        else:
            listed = _LIST.match(paragraph)
            shown = paragraph
            if listed is not None and not paragraph[0].isdigit():
                shown = f"• {paragraph[listed.end() :]}"
            lines.append(_spans(shown, words))
    if title or lines:
        yield title, tuple(lines)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs, titles and items of lists, each on one line."""
    held: list[str] = []
    for raw in text.splitlines():
        line = raw.strip()
        starts = bool(_LIST.match(line) or _TITLE.match(line))
        if held and (not line or starts or _TITLE.match(held[0])):
            yield " ".join(held)
            held = []
        if line:
            held.append(line)
    if held:
        yield " ".join(held)


def _spans(text: str, words: dict[str, Span]) -> Line:
    line = text[1:] if text[:1] == "\\" and (_LIST.match(text, 1) or _TITLE.match(text, 1)) else text
    parts: list[Span] = []
    end = 0
    for found in _TOKEN.finditer(line):
        parts.append(Span(line[end : found.start()]))
        end = found.end()
        parts.append(Span("{{") if found[1] else words.get(found[2].strip(), Span(_GONE)))
    parts.append(Span(line[end:]))
    return tuple(part for part in parts if part.text)


def retied(text: str, *, old: Document, new: Document, counterparts: dict[str, str]) -> str:
    """Return a commentary for a document whose figures have new keys (`counterparts`: old key to new).

    A token whose figure is no longer there gives way to the words it last stood for.
    """
    before, after = words_of(old), words_of(new)

    def anew(found: re.Match[str]) -> str:
        name = "" if found[1] else found[2].strip()
        span = before.get(name)
        if span is None or span.figure is None:
            return found[0]
        key = counterparts.get(span.figure)
        if name in after and after[name].figure == key:
            return found[0]
        what = name.removeprefix(span.figure)
        renamed = f"{key}{what}" if what != name else f"{key}"
        return f"{{{{{renamed}}}}}" if renamed in after else span.text

    return _TOKEN.sub(anew, text)
