"""The views kept by name: one click to look at the portfolio that way again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from camdesk.gui.context import Context
from camdesk.gui.portfolio.view import SCREEN, View
from camdesk.gui.widgets.asking import AskingLine
from camdesk.gui.widgets.parts import button

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_NAME_WIDTH = 24


class ViewsButton(QWidget):
    """`wanted` carries the view that was chosen."""

    wanted = Signal(object)

    def __init__(self, context: Context, asking: AskingLine) -> None:
        super().__init__()
        self._context = context
        self._asking = asking
        self._view = View()
        self._saved: Mapping[str, View] = {}
        self.name = ""
        self.button: QPushButton = button("Views ▾", kind="pill", tooltip="Views kept by name")
        self.menu = QMenu(self)
        self.button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.fill)

    def show_view(self, view: View, saved: Mapping[str, View]) -> None:
        """Say which of the kept views this is, or was before it was changed."""
        self._view, self._saved = view, saved
        same = next((name for name, one in saved.items() if one == view), None)
        self.name = same or (self.name if self.name in saved else "")
        short = self.name if len(self.name) <= _NAME_WIDTH else f"{self.name[:_NAME_WIDTH]}…"
        words = "Views" if not self.name else short if same else f"{short} · changed"
        self.button.setText(f"{words.replace('&', '&&')} ▾")
        self.button.setAccessibleName(f"Views, {words}" if self.name else "Views")

    def left(self, view: View) -> dict[str, Any]:
        """Return how the screen is left; filter words are for the moment, unless the kept view has them."""
        kept = self._saved.get(self.name)
        words = view.words if kept is not None and kept.words == view.words else ""
        return {**view.body(), "words": words, "name": self.name}

    def fill(self) -> None:
        """Offer the kept views, and what can be done with the one in use."""
        menu = self.menu
        menu.clear()
        for name, view in self._saved.items():
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(view == self._view)
            entry.triggered.connect(partial(self.choose, name))
        menu.addSeparator()
        menu.addAction("Standard view").triggered.connect(self._go_standard)
        menu.addAction("Save this view…\tCtrl+S").triggered.connect(self.ask_name)
        if self.name:
            shown = self.name.replace("&", "&&")
            if self._saved[self.name] != self._view:
                menu.addAction(f"Save changes to “{shown}”").triggered.connect(self._save_changes)
            menu.addAction(f"Delete “{shown}”").triggered.connect(self._delete)

    def choose(self, name: str, _checked: bool = False) -> None:
        """Look at the portfolio by a kept view."""
        self.name = name
        self.wanted.emit(self._saved[name])

    def ask_name(self) -> None:
        self._asking.ask(
            "Save this view as", self._save, hint="A name of your own", action="Save", text=self.name
        )

    def _save(self, name: str, _choice: int) -> None:
        self.name = " ".join(name.split())
        self._context.deeds.do(partial(_save, name=name, view=self._view))

    def _save_changes(self) -> None:
        self._context.deeds.do(partial(_save, name=self.name, view=self._view))

    def _delete(self) -> None:
        self._context.deeds.do(partial(_delete, name=self.name))

    def _go_standard(self) -> None:
        self.name = ""
        self.wanted.emit(View(mine=self._view.mine))


def _save(desk: Desk, *, name: str, view: View) -> None:
    desk.save_view(SCREEN, name, view.body())


def _delete(desk: Desk, *, name: str) -> None:
    desk.delete_view(SCREEN, name)
