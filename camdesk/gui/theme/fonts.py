"""The window's typeface: the shipped one where it is there, otherwise the system's."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from camdesk.base.resources import resource

BODY = 13
SMALL = 12
TINY = 11
TITLE = 20
BIG = 34

_FACES = ("Inter-Regular", "Inter-SemiBold")  # the weights `text_font` asks for


def install_font(app: QApplication) -> None:
    """Load the shipped faces and make them the application's font, with figures of equal width."""
    family = _shipped_family()
    font = QFont(family) if family else QFont(app.font())
    font.setPixelSize(BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)


@cache
def _shipped_family() -> str | None:
    """Load the shipped faces, once; return their family, None where they cannot be loaded.

    The list of all families is never asked for: it makes Qt look at every font of the system.
    """
    loaded = [QFontDatabase.addApplicationFont(str(resource("fonts", f"{face}.otf"))) for face in _FACES]
    families = QFontDatabase.applicationFontFamilies(loaded[0]) if loaded[0] >= 0 else []
    return families[0] if families else None


def text_font(size: int, *, bold: bool = False) -> QFont:
    """Return the application's face at `size` pixels."""
    font = QFont(QApplication.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
