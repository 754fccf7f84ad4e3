"""The bar above the screens: find, the quarter, how fresh the data is, how the window looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from camdesk.gui.actions import Action
from camdesk.gui.theme.icons import icon
from camdesk.gui.theme.theme import Appearance, Theme
from camdesk.gui.widgets.parts import button, chip, key_cap, row

_TITLES = {Appearance.SYSTEM: "as the system", Appearance.LIGHT: "light", Appearance.DARK: "dark"}
_NAME_LETTERS = 40
_FIND = "Find a partner, deal, contact or command"
_FIND_IN_THE_ROOM = "Find a deal, contact or document"


class TopBar(QFrame):
    """Hold the find field, the quarter, when facts last came in, and what the window can do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._theme = theme
        self.back = button("", kind="icon", tooltip="Back (Alt+Left, Esc)")
        self.back.setAccessibleName("Back")
        self.find_button = button(_FIND, kind="find", tooltip="Ctrl+K")
        self.find_button.setMaximumWidth(420)
        hint = key_cap("Ctrl+K")
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(1, hint)
        inside.setContentsMargins(0, 0, 10, 0)
        self.find_button.setLayout(inside)
        self.leave = button("", kind="primary", tooltip="Leave meeting mode (Ctrl+M)")
        self.leave.setAccessibleName("Leave meeting mode")
        self.leave.hide()
        self.quarter = chip("")
        self.freshness = chip("")
        self.menu = button("", kind="icon", tooltip="Menu")
        self.menu.setAccessibleName("Menu")
        self.menu.setMenu(self._make_menu())
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 16, 6)
        line.setSpacing(10)
        line.addWidget(self.back)
        line.addWidget(self.find_button, 3)
        line.addStretch(1)
        for part in (self.leave, self.quarter, self.freshness, self.menu):
            line.addWidget(part)
        self.quarter.hide()
        self.freshness.hide()
        theme.changed.connect(self._paint_icons)
        self._paint_icons()

    def say_guest(self, name: str) -> None:
        """Show that only what `name` may see is shown, and how to leave that; an empty name ends it."""
        self.find_button.setText(_FIND_IN_THE_ROOM if name else _FIND)
        self.find_button.setAccessibleName(self.find_button.text())
        shown = name if len(name) <= _NAME_LETTERS else f"{name[: _NAME_LETTERS - 1].rstrip()}…"
        self.leave.setText(f"Meeting with {shown.replace('&', '&&')} · leave")
        self.leave.setAccessibleName(f"Meeting with {name} · leave")
        self.leave.setVisible(bool(name))
        for part in (self.back, self.freshness, self.menu):
            part.setHidden(bool(name))

    def say_quarter(self, words: str) -> None:
        self.quarter.setText(words)
        self.quarter.setVisible(bool(words))

    def say_freshness(self, words: str, *, tooltip: str = "") -> None:
        self.freshness.setText(words)
        self.freshness.setToolTip(tooltip)
        self.freshness.setVisible(bool(words))

    def fill_menu(self, actions: Sequence[Action]) -> None:
        """Put what can be done anywhere into the menu, with its keys, above the choice of the look."""
        menu = self.menu.menu()
        assert menu is not None
        first = menu.actions()[0]
        for action in actions:
            shown = QAction(f"{action.title}\t{action.shortcut}" if action.shortcut else action.title, menu)
            shown.triggered.connect(action.run)
            menu.insertAction(first, shown)
        menu.insertSeparator(first)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName("Menu")
        self._choices = QActionGroup(self)
        for appearance, title in _TITLES.items():
            action = menu.addAction(f"Look: {title}")
            action.setCheckable(True)
            action.setChecked(appearance is self._theme.appearance)
            action.setData(appearance.value)
            self._choices.addAction(action)
        self._choices.triggered.connect(self._choose)
        return menu

    def _choose(self, action: QAction) -> None:
        self._theme.choose(Appearance(action.data()))

    def _paint_icons(self) -> None:
        pictures: tuple[tuple[QPushButton, str], ...] = ((self.back, "back"), (self.menu, "menu"))
        for one, picture in pictures:
            one.setIcon(icon(picture, self._theme.tokens.ink_2))
