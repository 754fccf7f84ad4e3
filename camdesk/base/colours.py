"""Colours as #RRGGBB, and how well they are read on white (WCAG 2.2, relative luminance)."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls

MARKS = 3.0
"""The contrast that marks and large letters need."""
_WRITTEN = re.compile(r"#?([0-9A-Fa-f]{6})")


def read_colour(text: str) -> str | None:
    """Return a colour as `#RRGGBB`; None where the text is none."""
    found = _WRITTEN.fullmatch(text.strip())
    return f"#{found[1].upper()}" if found else None


def parts_of(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast_on_white(colour: str) -> float:
    """Return the contrast, from 1 for white itself to 21 for black."""
    red, green, blue = (_linear(part / 255) for part in parts_of(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def darkened(colour: str, contrast: float) -> str:
    """Return the lightest shade of the same hue that has this contrast on white."""
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in parts_of(colour)))
    while contrast_on_white(colour) < contrast:
        light -= 0.005
        colour = _written(hls_to_rgb(hue, max(light, 0.0), saturation))
    return colour


def lightened(colour: str, share: float) -> str:
    """Return the colour mixed with a share of white."""
    red, green, blue = (part / 255 for part in parts_of(colour))
    return _written((red + (1 - red) * share, green + (1 - green) * share, blue + (1 - blue) * share))


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)
