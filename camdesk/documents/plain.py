"""Text from files that anybody may have written, made fit for a page."""

from __future__ import annotations

import unicodedata

# Marks that reorder text: with them a name could read as another one.
_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%", "＝", "＋", "－", "＠")


def cleaned(text: str) -> str:
    """Return the text on one line, without control and reordering characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if not _is_unsafe(c) else " " if c in "\n\r\t" else "" for c in text)


def neutral(text: str) -> str:
    """Return a cell's text such that no spreadsheet takes it for a formula."""
    plain = cleaned(text)
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain


def _is_unsafe(character: str) -> bool:
    return character in _BIDI or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
