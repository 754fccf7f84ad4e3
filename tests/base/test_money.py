"""Money is exact, and reads the way a business person writes it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.base import money


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_four_decimals_survive(amount: Decimal) -> None:
    assert money.to_decimal(money.to_units(amount)) == amount


def test_more_decimals_are_rounded_half_even() -> None:
    assert money.to_units(Decimal("0.00005")) == 0
    assert money.to_units(Decimal("0.00015")) == 2
    assert money.convert(12345, Decimal("0.5")) == 6172
    assert money.convert(12347, Decimal("0.5")) == 6174


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (4_120_000_000, "€412k"),
        (32_000_000_000, "€3.20M"),
        (9_500_000, "€950"),
        (12_345_000, "€1.2k"),
        (-4_120_000_000, "−€412k"),
        (0, "€0"),
        (-3, "€0"),
    ],
)
def test_short_amounts(units: int, text: str) -> None:
    assert money.short(units, "EUR") == text


def test_exact_amounts_use_the_currencys_usual_decimals() -> None:
    assert money.exact(12_345_678, "EUR") == "€1,234.57"
    assert money.exact(12_345_678, "JPY") == "¥1,235"
    assert money.exact(-10_000, "SEK") == "−SEK\u00a01.00"


def test_plain_amounts_for_machines() -> None:
    assert money.plain(12_345_000) == "1234.50"
    assert money.plain(1) == "0.0001"
    assert money.plain(-25_000) == "-2.50"
