"""Amounts and shares as people type them: 12k, €1.250,50, 92%. No Qt here."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_TIMES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_SIGNS = re.compile(r"[€$£¥\s'’_]|(?<![a-z])[a-z]{3}(?![a-z])")
_SCALED = re.compile(r"([\d.,]+)(k|m|bn)?")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_DOTTED = re.compile(r"\d{1,3}(\.\d{3}){2,}")


def read_amount(text: str) -> str | None:
    """Return an amount as plain digits with a point, or None where it is none. 1.250 is one and a quarter."""
    found = _SCALED.fullmatch(_SIGNS.sub("", text.lower()))
    if found is None:
        return None
    try:
        amount = Decimal(_plain(found[1])) * _TIMES.get(found[2] or "", 1)
    except InvalidOperation:
        return None
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"


def read_share(text: str) -> str | None:
    """Return a percentage as the fraction that is stored: 92 and 92% are 0.92."""
    amount = read_amount(text.replace("%", ""))
    return None if amount is None else f"{Decimal(amount) / 100:f}"


def _plain(digits: str) -> str:
    """Return digits with at most a decimal point: of two signs the last is the decimal one."""
    if "," in digits and "." in digits:
        decimal = max(digits.rfind(","), digits.rfind("."))
        whole = digits[:decimal].replace(",", "").replace(".", "")
        return f"{whole}.{digits[decimal + 1 :]}"
    if _THOUSANDS.fullmatch(digits):
        return digits.replace(",", "")
    return digits.replace(".", "") if _DOTTED.fullmatch(digits) else digits.replace(",", ".")
