"""The window's typeface: the shipped one where it is there, otherwise the system's."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from camdesk.base.resources import resource

BODY = 13
SMALL = 12
TINY = 11
TITLE = 20
BIG = 34

_FAMILY = "Inter"


def install_font(app: QApplication) -> None:
    """Load the shipped faces and make them the application's font, with figures of equal width."""
    if _FAMILY not in QFontDatabase.families():
        folder = resource("fonts")
        for path in sorted([*folder.glob("Inter*.ttf"), *folder.glob("Inter*.otf")]):
            QFontDatabase.addApplicationFont(str(path))
    font = QFont(_FAMILY) if _FAMILY in QFontDatabase.families() else QFont(app.font())
    font.setPixelSize(BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)


def text_font(size: int, *, bold: bool = False) -> QFont:
    """Return the application's face at `size` pixels."""
    font = QFont(QApplication.font())
    font.setPixelSize(size)
    heavy = QFont.Weight.Bold if size >= TITLE else QFont.Weight.DemiBold
    font.setWeight(heavy if bold else QFont.Weight.Normal)
    return font
