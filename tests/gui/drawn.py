"""Every colour the window draws, with what it is drawn on: what the style sheet and the painters say.

The style sheet speaks for itself. What a painter draws is listed here by its module; a test compares the
list with the code, so that no colour is drawn unlisted.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path

from camdesk.base.resources import resource
from camdesk.gui.theme.tokens import Tokens, Tone

GUI = Path(__file__).resolve().parents[2] / "camdesk" / "gui"
NAMES = frozenset(field.name for field in fields(Tokens))
TONES = tuple(tone.value for tone in Tone)
PLAIN = ("ground", "panel")
ROWS = (*PLAIN, "selection")
"""A row as it is, below the mouse, and chosen."""


class Use(Enum):
    """What a colour is for, and the contrast it needs: grounds and hairlines tell nothing by themselves."""

    TEXT = 4.5
    MARK = 3.0
    QUIET = 1.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A colour, or every tone, for some use on some grounds."""

    colours: tuple[str, ...]
    use: Use
    on: tuple[str, ...] = ()


def text(*colours: str, on: tuple[str, ...] = ("panel",)) -> Drawn:
    return Drawn(colours, Use.TEXT, on)


def mark(*colours: str, on: tuple[str, ...] = ("panel",)) -> Drawn:
    return Drawn(colours, Use.MARK, on)


def ground(*colours: str) -> Drawn:
    return Drawn(colours, Use.QUIET)


def hairline() -> Drawn:
    return Drawn(("hairline",), Use.QUIET)


_ANY_TONE = ("of",)
PAINTED: dict[str, tuple[Drawn, ...]] = {
    "palette/listing.py": (
        ground("selection"),
        mark("accent", on=("panel", "selection")),
        text("ink", "ink_2", "ink_3", on=("panel", "selection")),
    ),
    "shell/top_bar.py": (mark("ink_2", on=PLAIN),),
    "shell/navigation.py": (mark("ink_2", on=PLAIN), mark("accent", on=("accent_soft",))),
    "portfolio/board.py": (
        ground("panel", "selection"),
        hairline(),
        mark("accent", "control", on=("panel", "selection")),
        text(*_ANY_TONE, on=("panel", "selection")),
    ),
    "portfolio/chooser.py": (
        ground("selection"),
        mark("accent", "control", on=("panel", "selection")),
        mark("on_accent", on=("accent",)),
        text("ink", on=("panel", "selection")),
    ),
    "partner/work/markdown.py": (text("accent", on=PLAIN),),
    "partner/blocks.py": (text("ink", "accent", on=PLAIN),),
    "programme/cohort_chart.py": (
        ground("panel", "accent"),  # mixed: a test of its own
        hairline(),
        mark("ink_2"),
        text("ink", "ink_2", "ink_3"),
    ),
    "today/alert_delegate.py": (
        ground("selection"),
        hairline(),
        mark("accent", on=("panel", "selection")),
        text(*_ANY_TONE, on=("panel", "selection")),
    ),
    "widgets/chart.py": (
        hairline(),
        ground("panel"),
        mark("ink_2", "control", *_ANY_TONE),
        text("ink", "ink_2", "ink_3"),
    ),
    "widgets/chart_bars.py": (ground("selection"), text("ink", "ink_2", on=("panel", "selection"))),
    "widgets/chart_columns.py": (
        ground("selection", "accent_soft"),
        hairline(),
        mark("accent", "bad", on=("panel", "selection")),
        text("ink", "ink_2", on=("panel", "selection")),
    ),
    "widgets/chart_waterfall.py": (
        ground("selection"),
        hairline(),
        mark("ink_3"),
        mark("ink", "bad", "good", on=("panel", "selection")),
        text("ink", "ink_2", "bad", "good", on=("panel", "selection")),
    ),
    "widgets/chart_radar.py": (
        ground("accent_soft"),
        hairline(),
        mark("accent", "ink", on=("panel", "accent_soft")),
        text("ink", "ink_2"),
    ),
    "widgets/chart_base.py": (ground("panel"), mark("accent"), text("ink")),
    "widgets/chart_export.py": (ground("panel"), text("ink")),
    "widgets/grid_delegate.py": (
        ground("ground", "selection"),
        hairline(),
        mark("accent", on=ROWS),
        text(*_ANY_TONE, on=ROWS),
    ),
    "widgets/grid_header.py": (ground("panel"), hairline(), text("ink_2")),
    "widgets/painting.py": (
        ground("hairline", "panel", "ground"),
        mark(*_ANY_TONE, on=(*ROWS, "hairline")),
        mark("ink_2", on=ROWS),
        text("ink_2", on=("ground",)),
    ),
    # The palette of the application: what the style sheet does not say.
    "theme/theme.py": (
        ground("ground", "panel", "accent"),
        hairline(),
        mark("control", on=ROWS),
        text("ink", "ink_3", "accent", "bad", on=PLAIN),
        text("on_accent", on=("accent",)),
    ),
}
_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")


def pairs() -> Iterator[tuple[Use, str, str]]:
    """Yield every use of one colour on another that needs a contrast."""
    for module in PAINTED.values():
        for drawn in module:
            for name in drawn.colours:
                colours = TONES if name in _ANY_TONE else (name,)
                yield from ((drawn.use, colour, below) for colour in colours for below in drawn.on)
    yield from styled()


def styled() -> Iterator[tuple[Use, str, str]]:
    """Yield what the rules of the style sheet draw: words on their ground, and rings around what is used."""
    for selector, body in rules():
        said = dict(re.findall(r"([a-z-]+):\s*([^;]+)", body))
        below = said.get("background", said.get("background-color", "")).strip().removeprefix("$")
        grounds = (below,) if below in NAMES else ROWS if selector.startswith("QLabel[tone=") else PLAIN
        if '[kind="toast"]' in selector:
            grounds = ("ink",)
        if (colour := said.get("color", "").strip().removeprefix("$")) in NAMES:
            yield from ((Use.TEXT, colour, one) for one in grounds)
        if "selection-color" in said:
            chosen = said["selection-background-color"].strip().removeprefix("$")
            yield Use.TEXT, said["selection-color"].strip().removeprefix("$"), chosen
        if ":focus" in selector and (ring := re.search(r"2px solid \$(\w+)", body)):
            yield from ((Use.MARK, ring[1], one) for one in PLAIN)
        if below in NAMES and ("::handle" in selector or "::chunk" in selector):
            yield from ((Use.MARK, below, one) for one in (("hairline",) if "chunk" in selector else PLAIN))


def rules() -> list[tuple[str, str]]:
    """Return the style sheet's selectors with what they say."""
    sheet = re.sub(r"/\*.*?\*/", "", resource("themes", "window.qss").read_text("utf-8"), flags=re.DOTALL)
    return [(selector.strip(), body) for selector, body in _RULE.findall(sheet)]


def painted_in_code() -> dict[str, set[str]]:
    """Return which colours the code names, by module; `of` stands for every tone."""
    found: dict[str, set[str]] = {}
    for path in GUI.rglob("*.py"):
        names = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute)
            and node.attr in NAMES | {"of"}
            and getattr(node.value, "id", getattr(node.value, "attr", "")) == "tokens"
        }
        if names:
            found[path.relative_to(GUI).as_posix()] = names
    return found


def listed() -> dict[str, set[str]]:
    return {module: {name for one in drawn for name in one.colours} for module, drawn in PAINTED.items()}
