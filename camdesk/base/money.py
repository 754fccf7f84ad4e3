"""Money as whole ten-thousandths of a currency unit: exact, and never a binary float."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

SCALE = 10_000
LARGEST = 2**63 - 1

# ISO 4217: currencies whose minor unit is not a hundredth.
_DECIMALS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                     "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}


def to_units(amount: Decimal) -> int:
    """Return ten-thousandths, rounded half-even."""
    return int((amount * SCALE).to_integral_value(ROUND_HALF_EVEN))


def to_decimal(units: int | float) -> Decimal:
    """Return the amount of `units` ten-thousandths, with four decimals."""
    if isinstance(units, int):
        return Decimal(units) / SCALE
    return (Decimal(repr(units)) / SCALE).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)


def convert(units: int, rate: Decimal) -> int:
    """Return `units` in another currency, rounded half-even to ten-thousandths."""
    return int((Decimal(units) * rate).to_integral_value(ROUND_HALF_EVEN))


def decimals_of(currency: str) -> int:
    """Return how many decimals the currency is usually written with."""
    return _DECIMALS.get(currency, 2)


def sign_of(currency: str) -> str:
    """Return the currency's sign where everybody reads it, otherwise its code and a space."""
    return _SIGNS.get(currency, f"{currency}\u00a0")


def plain(units: int | float) -> str:
    """Return a decimal string without exponent and with at least two decimals: 1234.50."""
    text = f"{to_decimal(units):f}"
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"


def exact(units: int | float, currency: str) -> str:
    """Return the amount as written in full: €1,234.50."""
    places = decimals_of(currency)
    amount = to_decimal(units).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    minus = "−" if amount < 0 else ""
    return f"{minus}{sign_of(currency)}{abs(amount):,.{places}f}"


def short(units: int | float, currency: str) -> str:
    """Return the amount as a column shows it: €412k, €3.20M, €1.04B, €950."""
    amount = to_decimal(units)
    size = abs(amount)
    minus = "−" if amount < 0 else ""
    if size >= Decimal("999995000"):
        text = f"{size / 1_000_000_000:,.2f}B"
    elif size >= Decimal("999500"):
        text = f"{size / 1_000_000:,.2f}M"
    elif size >= Decimal("9999.5"):
        text = f"{size / 1_000:,.0f}k"
    elif size >= Decimal("999.5"):
        text = f"{size / 1_000:,.1f}k"
    else:
        text = f"{size:,.0f}"
    return f"{minus if text.strip('0.,kM') else ''}{sign_of(currency)}{text}"
