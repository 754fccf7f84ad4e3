"""Notes in Markdown: marks become marks, everything else stays the text it is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from camdesk.gui.partner.work.markdown import to_html
from camdesk.gui.theme.tokens import read_tokens

TOKENS = read_tokens("light")
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_KNOWN = {"p", "b", "i", "ul", "ol", "li", "code", "a", "br"}
PIECES = st.sampled_from(
    ["**", "*", "_", "`", "[", "](", ")", "<script>", "<img src=x>", "http://a.b", "javascript:x", "- ", "# ",
     "1. ", "\n", " ", "word", "&amp;", '"', "mailto:a@b.c", "\ue0000\ue001"]
)  # fmt: skip


def test_marks_are_shown_as_marks(qapp: QApplication) -> None:
    shown = to_html("# Renewal\nPrice **agreed** and *signed*\n- one\n- two\n\n1. first", TOKENS)
    assert "<b>Renewal</b>" in shown
    assert "<b>agreed</b>" in shown
    assert "<i>signed</i>" in shown
    assert shown.count("<li>") == 3
    read = QTextDocument()
    read.setHtml(shown)
    assert "Price agreed and signed" in read.toPlainText()


def test_only_web_and_mail_are_links() -> None:
    shown = to_html(
        "[a](https://x.eu/?a=1&b=2) [m](mailto:a@b.eu) [j](javascript:alert) see http://y.eu.", TOKENS
    )
    assert re.findall(r'href="([^"]*)"', shown) == [
        "https://x.eu/?a=1&amp;b=2",
        "mailto:a@b.eu",
        "http://y.eu",
    ]
    assert "[j](javascript:alert)" in shown


def test_names_with_underscores_stay_as_they_are() -> None:
    assert "<i>" not in to_html("see owner_email_field and 2 * 3 * 4", TOKENS)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_nobody_adds_markup_of_their_own(text: str) -> None:
    shown = to_html(text, TOKENS)
    opened = []
    for closing, name, attributes in _TAG.findall(shown):
        assert name in _KNOWN
        if name == "a" and not closing:
            assert re.match(r' href="(https?://|mailto:)[^"<>]*" style="[^"<>]*"$', attributes)
        if name != "br":
            opened.pop() if closing else opened.append(name)
    assert opened == []
