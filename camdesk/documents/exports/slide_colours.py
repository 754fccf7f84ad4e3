"""The colours of a presentation: the vendor's own hue where one is set."""

from __future__ import annotations

from dataclasses import dataclass

from pptx.dml.color import RGBColor

from camdesk.base import colours

INK, QUIET, HAIRLINE = RGBColor(0x16, 0x20, 0x2E), RGBColor(0x5B, 0x66, 0x75), RGBColor(0xD9, 0xDE, 0xE5)
HEAD, WHITE = RGBColor(0xF2, 0xF4, 0xF7), RGBColor(0xFF, 0xFF, 0xFF)
UP, DOWN = RGBColor(0x1B, 0x6E, 0x4B), RGBColor(0xD9, 0x8C, 0x7A)
_USUAL = "#1F4E79"


@dataclass(frozen=True, slots=True)
class Palette:
    """Three shades of one hue; they differ in lightness, so that a print in grey still tells them apart."""

    dark: RGBColor
    middle: RGBColor
    light: RGBColor


def palette_of(colour: str | None) -> Palette:
    dark = colour or _USUAL
    shades = (dark, colours.lightened(dark, 0.5), colours.lightened(dark, 0.8))
    return Palette(*(RGBColor(*colours.parts_of(shade)) for shade in shades))
