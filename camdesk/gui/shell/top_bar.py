"""The bar above the screens: find, the quarter, how fresh the data is, how the window looks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton

from camdesk.gui.theme.fonts import TINY
from camdesk.gui.theme.icons import icon
from camdesk.gui.theme.theme import Appearance, Theme
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import button, chip, label

_TITLES = {Appearance.SYSTEM: "System", Appearance.LIGHT: "Light", Appearance.DARK: "Dark"}


class FindField(QLineEdit):
    """Filters as one types; Down goes into the table, Esc clears, Enter opens the first match."""

    entered = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Find a partner")
        self.setAccessibleName("Find a partner")
        hint = label("Ctrl+K", size=TINY, tone=Tone.FAINT)
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.addStretch(1)
        inside.addWidget(hint)
        self.setTextMargins(0, 0, 48, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """Hold the find field, the quarter, when facts last came in, and what the window can do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._theme = theme
        self.back = button("", kind="icon", tooltip="Back (Alt+Left, Esc)")
        self.back.setAccessibleName("Back")
        self.find_field = FindField()
        self.find_field.setMaximumWidth(420)
        self.quarter = chip("")
        self.freshness = chip("")
        self.view = button("", kind="icon", tooltip="View")
        self.view.setAccessibleName("View")
        self.view.setMenu(self._view_menu())
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 16, 6)
        line.setSpacing(10)
        line.addWidget(self.back)
        line.addWidget(self.find_field, 3)
        line.addStretch(1)
        for part in (self.quarter, self.freshness, self.view):
            line.addWidget(part)
        self.quarter.hide()
        self.freshness.hide()
        theme.changed.connect(self._paint_icons)
        self._paint_icons()

    def say_quarter(self, words: str) -> None:
        self.quarter.setText(words)
        self.quarter.setVisible(bool(words))

    def say_freshness(self, words: str, *, tooltip: str = "") -> None:
        self.freshness.setText(words)
        self.freshness.setToolTip(tooltip)
        self.freshness.setVisible(bool(words))

    def _view_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName("View")
        self._choices = QActionGroup(self)
        for appearance, title in _TITLES.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(appearance is self._theme.appearance)
            action.setData(appearance.value)
            self._choices.addAction(action)
        self._choices.triggered.connect(self._choose)
        return menu

    def _choose(self, action: QAction) -> None:
        self._theme.choose(Appearance(action.data()))

    def _paint_icons(self) -> None:
        pictures: tuple[tuple[QPushButton, str], ...] = ((self.back, "back"), (self.view, "view"))
        for one, picture in pictures:
            one.setIcon(icon(picture, self._theme.tokens.ink_2))
