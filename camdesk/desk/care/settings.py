"""What a workspace may be told about the vendor."""

from __future__ import annotations

from dataclasses import replace

from camdesk.base import colours
from camdesk.base.errors import UsageError
from camdesk.base.settings import Settings
from camdesk.sync.currencies import CODES


def checked(settings: Settings) -> Settings:
    """Return the settings as they are kept; raise UsageError where they cannot be."""
    currency = settings.base_currency.strip().upper()
    if currency not in CODES:
        raise UsageError(
            f"{settings.base_currency} is not a currency.", "Give its ISO code, such as EUR, USD or GBP."
        )
    if not 1 <= settings.fiscal_year_start_month <= 12:
        raise UsageError("A fiscal year starts in a month from 1 to 12.", "Give the month's number.")
    colour = settings.brand_colour and _checked_colour(settings.brand_colour)
    owners = tuple(address.strip() for address in settings.owner_emails if address.strip())
    return replace(settings, base_currency=currency, owner_emails=owners, brand_colour=colour or None)


def _checked_colour(text: str) -> str:
    colour = colours.read_colour(text)
    if colour is None:
        raise UsageError(f"{text} is not a colour.", "Write it as #RRGGBB, such as #2456D6, or none.")
    contrast = colours.contrast_on_white(colour)
    if contrast < colours.MARKS:
        raise UsageError(
            f"{colour} is too pale to be read on white: its contrast is {contrast:.1f}, and 3.0 is needed.",
            f"The same hue, darker, would do: {colours.darkened(colour, colours.MARKS)}",
        )
    return colour
