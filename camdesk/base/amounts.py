"""Amounts as people type them: 240k, 1.2m, €240,000, 240.000,50 or 240000.50 EUR."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from camdesk.base import money
from camdesk.base.errors import UsageError

_NUMBER = re.compile(r"(?P<digits>[\d.,]+)(?P<times>k|m|bn?)?", re.ASCII)
_TIMES = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000, "bn": 1_000_000_000}
_BETWEEN = re.compile(r"(?<=\d)[\s'’_](?=\d)|\s(?=[kmb])")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_DOTTED = re.compile(r"\d{1,3}(\.\d{3}){2,}")
_LARGEST = Decimal(10) ** 14
_HINT = "Write it like 240k, 1.2m or 240,000."


def read_amount(text: str, currency: str) -> int:
    """Return the ten-thousandths of what somebody typed in one currency; raises UsageError."""
    amount = read_number(_without_currency(text.strip(), currency))
    if amount is None:
        shown = text.strip() if len(text.strip()) <= 20 else f"{text.strip()[:20]}…"
        raise UsageError(f"“{shown}” is not an amount in {currency}." if shown else "No amount.", _HINT)
    if amount >= _LARGEST:
        raise UsageError("That amount is too large to keep.", _HINT)
    return money.to_units(amount)


def read_number(text: str) -> Decimal | None:
    """Return a number as people type it, or None: 12k, 1,250.50, 1.250,50. 1.250 is one and a quarter."""
    found = _NUMBER.fullmatch(_BETWEEN.sub("", text.strip().lower()))
    if found is None:
        return None
    try:
        return Decimal(_plain(found["digits"])) * _TIMES.get(found["times"] or "", 1)
    except InvalidOperation:
        return None


def _plain(digits: str) -> str:
    """Return digits with at most a decimal point: of two signs the last is the decimal one."""
    if "," in digits and "." in digits:
        decimal = max(digits.rfind(","), digits.rfind("."))
        whole = digits[:decimal].replace(",", "").replace(".", "")
        return f"{whole}.{digits[decimal + 1 :]}"
    if _THOUSANDS.fullmatch(digits):
        return digits.replace(",", "")
    return digits.replace(".", "") if _DOTTED.fullmatch(digits) else digits.replace(",", ".")


def _without_currency(text: str, currency: str) -> str:
    """Return the text without the sign or the code of the currency, before or after it."""
    for sign in (money.sign_of(currency).strip(), currency):
        if text[: len(sign)].upper() == sign:
            return text[len(sign) :].lstrip()
        if text[-len(sign) :].upper() == sign:
            return text[: -len(sign)].rstrip()
    return text
