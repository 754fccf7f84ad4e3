"""Words as they are compared when one looks for something: without case, accents or wide forms."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return the text such that Müller, MULLER and Muller are the same."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
