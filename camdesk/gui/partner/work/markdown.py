"""Markdown as notes use it, as rich text that is safe: what a person wrote can add no markup of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from camdesk.gui.theme.tokens import Tokens

_HEADING = re.compile(r"(#{1,3})\s+(.*)")
_BULLET = re.compile(r"\s*[-*+]\s+(.*)")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)]\s+(.*)")
_LINK = re.compile(r"\[([^\]\n]+)\]\(((?:https?://|mailto:)[^\s()<>\"]+)\)")
_ADDRESS = re.compile(r"(?<![\"\w/@])((?:https?://)[^\s<>\"()]+[^\s<>\"().,;:!?])")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_SLANTED = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_KEPT = re.compile("\ue000(\\d+)\ue001")


def to_html(text: str, tokens: Tokens) -> str:
    """Return headings, bold, italics, lists and links of the web or mail; all else, HTML too, stays text."""
    return "".join(_blocks(text.replace("\ue000", "").replace("\ue001", ""), tokens))


def _blocks(text: str, tokens: Tokens) -> Iterator[str]:
    listed = ""  # the list that is open
    paragraph: list[str] = []
    for line in (*text.splitlines(), ""):
        heading, bullet, number = (each.fullmatch(line) for each in (_HEADING, _BULLET, _NUMBERED))
        wanted = "ul" if bullet else "ol" if number else ""
        if (heading or wanted or not line.strip()) and paragraph:
            yield f"<p style='margin:0 0 5px 0'>{'<br/>'.join(paragraph)}</p>"
            paragraph.clear()
        if listed and wanted != listed:
            yield f"</{listed}>"
            listed = ""
        if heading:
            yield f"<p style='margin:4px 0 3px 0'><b>{_inline(heading[2], tokens)}</b></p>"
        elif item := bullet or number:
            if not listed:
                yield f"<{wanted} style='margin:0 0 5px 0;-qt-list-indent:1'>"
                listed = wanted
            yield f"<li>{_inline(item[1], tokens)}</li>"
        elif line.strip():
            paragraph.append(_inline(line, tokens))


def _inline(line: str, tokens: Tokens) -> str:
    """Return a line with its links and stresses; links and code are set aside until all else is escaped."""
    kept: list[str] = []

    def keep(made: str) -> str:
        kept.append(made)
        return f"\ue000{len(kept) - 1}\ue001"

    def link(words: str, address: str) -> str:
        shown, target = html.escape(words), html.escape(address, quote=True)
        return keep(f'<a href="{target}" style="color:{tokens.accent}">{shown}</a>')

    line = _CODE.sub(lambda found: keep(f"<code>{html.escape(found[1])}</code>"), line)
    line = _LINK.sub(lambda found: link(found[1], found[2]), line)
    line = _ADDRESS.sub(lambda found: link(found[1], found[1]), line)
    line = html.escape(line)
    line = _SLANTED.sub(r"<i>\1</i>", _STRONG.sub(r"<b>\1</b>", line))
    while _KEPT.search(line):  # code within the words of a link
        line = _KEPT.sub(lambda found: kept[int(found[1])], line)
    return line
