"""Guess how a text file is encoded, and decode it so that damage stays where it is."""

from __future__ import annotations

import codecs
import re

from camdesk.base.errors import CamDeskError

_SURROGATES = re.compile("[\udc80-\udcff]")
_PROBE = 64 * 1024


class EncodingError(CamDeskError):
    """The file is not text in the encoding it is said to be in."""


def decode(data: bytes, *, stated: str | None = None) -> str:
    """Return the text of a file; bytes that do not belong in it become lone surrogates, told by `is_damaged`.

    UTF-8 with or without BOM, UTF-16 with or without BOM, and Windows-1252 where nothing in the
    file is UTF-8. A file that is UTF-8 in one place and not in another is UTF-8 with damage.
    """
    if stated is not None:
        try:
            return data.decode(codecs.lookup(stated).name).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError) as error:
            raise EncodingError(
                f"The file is not written in {stated}.",
                "Change the encoding in the mapping, or leave it out.",
            ) from error
    utf_16 = _utf_16(data)
    if utf_16 is not None:
        return data.decode(utf_16, errors="replace").removeprefix("\ufeff").replace("\ufffd", "\udcff")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="surrogateescape")
    if all(char < "\x80" or "\udc80" <= char <= "\udcff" for char in set(text)):
        return _SURROGATES.sub(_windows_1252, text)
    return text


def is_damaged(text: str) -> bool:
    """Tell whether `text` holds bytes that its file's encoding cannot explain."""
    return not text.isascii() and _SURROGATES.search(text) is not None


def shown(text: str) -> str:
    """Return damaged text in a form that can be printed and stored."""
    return _SURROGATES.sub("\ufffd", text)


def _utf_16(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    probe = data[:_PROBE]
    zeros_even, zeros_odd = probe[0::2].count(0), probe[1::2].count(0)
    if max(zeros_even, zeros_odd) * 5 < len(probe) or len(probe) < 4:
        return None
    return "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"


def _windows_1252(match: re.Match[str]) -> str:
    byte = bytes([ord(match.group()) - 0xDC00])
    # Five bytes mean nothing in Windows-1252; they stay damage.
    return byte.decode("cp1252", errors="surrogateescape") if byte not in _UNDEFINED else match.group()


_UNDEFINED = frozenset(bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
