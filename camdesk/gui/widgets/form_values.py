"""Amounts and shares as people type them: 12k, €1.250,50, 92%. No Qt here."""

from __future__ import annotations

import re
from decimal import Decimal

from camdesk.base.amounts import read_number

_SIGNS = re.compile(r"[€$£¥]|(?<![a-z])[a-z]{3}(?![a-z])")


def read_amount(text: str) -> str | None:
    """Return an amount in any currency as plain digits with a point, or None where it is none."""
    amount = read_number(_SIGNS.sub("", text.lower()))
    if amount is None:
        return None
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"


def read_share(text: str) -> str | None:
    """Return a percentage as the fraction that is stored: 92 and 92% are 0.92."""
    amount = read_amount(text.replace("%", ""))
    return None if amount is None else f"{Decimal(amount) / 100:f}"
