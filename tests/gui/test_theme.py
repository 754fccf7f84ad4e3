"""The look: contrast in both themes, and changing it while the window is open."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from camdesk.gui.programme.cohort_chart import cell_ground
from camdesk.gui.theme.style import style_sheet
from camdesk.gui.theme.theme import Appearance, Theme
from camdesk.gui.theme.tokens import Tokens, band_tone, read_tokens
from tests.gui.builders import FakeDesk
from tests.gui.conftest import OpenWindow
from tests.gui.drawn import Use, listed, painted_in_code, pairs


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_norm_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_all_that_is_drawn_stands_out_from_its_ground(name: str) -> None:
    tokens = read_tokens(name)
    too_weak = {
        (use.name, colour, ground): round(found, 2)
        for use, colour, ground in pairs()
        if (found := contrast(getattr(tokens, colour), getattr(tokens, ground))) < use.value
    }
    assert too_weak == {}


def test_every_colour_the_code_draws_is_listed_with_its_ground() -> None:
    assert painted_in_code() == listed()


def test_what_is_drawn_covers_words_rings_bars_and_chosen_text() -> None:
    known = set(pairs())
    assert {
        (Use.TEXT, "panel", "ink"),  # a toast
        (Use.TEXT, "ink_3", "ground"),  # what cannot be pressed
        (Use.TEXT, "on_accent", "accent"),  # chosen text
        (Use.TEXT, "bad", "selection"),
        (Use.TEXT, "accent", "accent_soft"),  # where one is
        (Use.MARK, "accent", "ground"),  # the ring of the keyboard
        (Use.MARK, "accent", "hairline"),  # how far a job is
        (Use.MARK, "control", "ground"),  # a scroll bar
        (Use.MARK, "warn", "hairline"),  # a score's bar
    } <= known


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_share_can_be_read_on_every_depth_of_its_cell(name: str) -> None:
    tokens = read_tokens(name)
    grounds = [cell_ground(percent / 100, tokens) for percent in range(101)]
    assert min(contrast(tokens.ink, ground) for ground in grounds) >= 4.5
    assert contrast(grounds[0], grounds[100]) > 1.5


def test_both_themes_name_the_same_colours() -> None:
    light, dark = read_tokens("light"), read_tokens("dark")
    for field in fields(Tokens):
        assert QColor(getattr(light, field.name)).isValid()
        assert QColor(getattr(dark, field.name)).isValid()


def test_the_style_sheet_uses_known_colours_only() -> None:
    assert "$" not in style_sheet(read_tokens("light"))


def test_choosing_dark_changes_the_open_window(
    qapp: QApplication, qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window(FakeDesk())
    actions = {action.text(): action for action in window.top_bar.menu.menu().actions()}
    actions["Look: light"].trigger()
    light = window.grab().toImage().pixelColor(5, window.height() // 2)
    actions["Look: dark"].trigger()
    dark = window.grab().toImage().pixelColor(5, window.height() // 2)
    assert light == QColor(read_tokens("light").panel)
    assert dark == QColor(read_tokens("dark").panel)
    assert qapp.palette().window().color() == QColor(read_tokens("dark").ground)
    actions["Look: as the system"].trigger()


def test_a_forced_look_does_not_follow_the_system(qapp: QApplication, theme: Theme) -> None:
    theme.choose(Appearance.DARK)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.tokens == read_tokens("dark")


@pytest.mark.parametrize(
    ("points", "tone"), [(49.9, "BAD"), (50, "WARN"), (74.9, "WARN"), (75, "GOOD"), (None, "FAINT")]
)
def test_bands_begin_where_the_score_says(points: float | None, tone: str) -> None:
    assert band_tone(points).name == tone
