"""The colours of a theme by name, read from `resources/themes`. No Qt here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache

from camdesk.base.resources import resource


class Tone(Enum):
    """What a colour says. A state is never told by colour alone: a sign or a word stands beside it."""

    NORMAL = "ink"
    MUTED = "ink_2"
    FAINT = "ink_3"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: every colour as `#RRGGBB`."""

    ground: str
    panel: str
    hairline: str
    ink: str
    ink_2: str
    ink_3: str
    accent: str
    accent_soft: str
    on_accent: str
    good: str
    warn: str
    bad: str
    selection: str
    control: str

    def of(self, tone: Tone) -> str:
        colour: str = getattr(self, tone.value)
        return colour


@cache
def read_tokens(name: str) -> Tokens:
    """Return the tokens of the shipped theme `light` or `dark`."""
    with resource("themes", f"{name}.toml").open("rb") as file:
        body = tomllib.load(file)
    return Tokens(**{key.replace("-", "_"): value for key, value in body.items()})


def band_tone(points: float | None) -> Tone:
    """Return the tone of 0 to 100 points by the score bands: below 50, below 75, 75 and above."""
    if points is None:
        return Tone.FAINT
    if points < 50:
        return Tone.BAD
    return Tone.WARN if points < 75 else Tone.GOOD
