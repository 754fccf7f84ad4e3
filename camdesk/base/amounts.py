"""Amounts as people type them: 240k, 1.2m, €240,000 or 240000.50 EUR."""

from __future__ import annotations

import re
from decimal import Decimal

from camdesk.base import money
from camdesk.base.errors import UsageError

_AMOUNT = re.compile(r"(?P<digits>\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?)\s?(?P<times>[kmb]?)", re.ASCII)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_LARGEST = Decimal(10) ** 14
_HINT = "Write it like 240k, 1.2m or 240,000."


def read_amount(text: str, currency: str) -> int:
    """Return the ten-thousandths of what somebody typed in one currency; raises UsageError."""
    typed = _without_currency(text.strip(), currency)
    found = _AMOUNT.fullmatch(typed.lower())
    if found is None:
        shown = text.strip() if len(text.strip()) <= 20 else f"{text.strip()[:20]}…"
        raise UsageError(f"“{shown}” is not an amount in {currency}." if shown else "No amount.", _HINT)
    amount = Decimal(found["digits"].replace(",", "")) * _TIMES[found["times"]]
    if amount >= _LARGEST:
        raise UsageError("That amount is too large to keep.", _HINT)
    return money.to_units(amount)


def _without_currency(text: str, currency: str) -> str:
    """Return the text without the sign or the code of the currency, before or after it."""
    for sign in (money.sign_of(currency).strip(), currency):
        if text[: len(sign)].upper() == sign:
            return text[len(sign) :].lstrip()
        if text[-len(sign) :].upper() == sign:
            return text[: -len(sign)].rstrip()
    return text
