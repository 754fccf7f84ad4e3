"""The theme in force: follows the system, or is forced to light or dark; changes live."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from camdesk.gui.theme.fonts import install_font
from camdesk.gui.theme.style import style_sheet
from camdesk.gui.theme.tokens import Tokens, read_tokens


class Appearance(Enum):
    """How the window looks: as the system does, or forced."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Hold the tokens in force and give them to the application; `changed` follows every change."""

    changed = Signal()

    def __init__(self, app: QApplication, *, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__()
        self._app = app
        self._appearance = appearance
        install_font(app)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.tokens: Tokens = self._wanted()
        self._apply()

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    def choose(self, appearance: Appearance) -> None:
        """Force light or dark, or follow the system again."""
        self._appearance = appearance
        self._refresh()

    def _follow_system(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted != self.tokens:
            self.tokens = wanted
            self._apply()
            self.changed.emit()

    def _wanted(self) -> Tokens:
        if self._appearance is not Appearance.SYSTEM:
            return read_tokens(self._appearance.value)
        dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return read_tokens("dark" if dark else "light")

    def _apply(self) -> None:
        self._app.setPalette(make_palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens))


def make_palette(tokens: Tokens) -> QPalette:
    """Return the palette Fusion draws with."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ground,
        role.WindowText: tokens.ink,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.ground,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.ink_3,
        role.Button: tokens.panel,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.bad,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.panel,
        role.ToolTipText: tokens.ink,
        role.Light: tokens.panel,
        role.Midlight: tokens.hairline,
        role.Mid: tokens.hairline,
        role.Dark: tokens.control,
        role.Shadow: tokens.hairline,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.ink_3))
    return palette
