"""The palette over the window: types, finds, goes. Actions match at once, the search answers right after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.palette.items import Item, hit_items, matching_actions
from camdesk.gui.palette.listing import Listing
from camdesk.gui.screen import Reading
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.overlay import Overlay
from camdesk.gui.widgets.parts import label, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.desk.finding.hits import Hit

_WIDTH = 640
_LIMIT = 24
_PAGE = 7
FIND = "Find a partner, deal, contact, note, document or command"
FIND_IN_THE_ROOM = "Find a deal, contact, commitment or document"


class PaletteField(QLineEdit):
    """The field; keys that move go to the list."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self.setProperty("kind", "palette")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down.value: 1,
            Qt.Key.Key_Up.value: -1,
            Qt.Key.Key_PageDown.value: _PAGE,
            Qt.Key.Key_PageUp.value: -_PAGE,
        }
        if event.key() in steps:
            self._palette.listing.move_by(steps[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._palette.choose()
        else:
            super().keyPressEvent(event)


class Palette(Overlay):
    """Everything that can be done and everything that can be found, from one field."""

    def __init__(self, context: Context, window: QWidget, actions: Callable[[], Sequence[Action]]) -> None:
        super().__init__(window, name="Find or do", width=_WIDTH)
        self._context = context
        self._actions = actions
        self._reading = Reading(context, self._take_hits, parent=self)
        self._doing: tuple[Item, ...] = ()
        self.field = PaletteField(self)
        self.listing = Listing(context.theme)
        self._none = label("", size=SMALL, tone=Tone.MUTED)
        self._line = QFrame()
        self._line.setProperty("kind", "line")
        self._lay_out()
        self.field.textChanged.connect(self._look)
        self.listing.clicked.connect(self._choose_clicked)

    def _lay_out(self) -> None:
        field = row(self.field)
        field.setContentsMargins(8, 6, 8, 6)
        said = row(self._none)
        said.setContentsMargins(16, 0, 16, 10)
        body = self.panel.body
        body.setContentsMargins(0, 0, 0, 6)
        body.addLayout(field)
        body.addWidget(self._line)
        body.addSpacing(4)
        body.addWidget(self.listing)
        body.addLayout(said)
        self._none.hide()

    def open_up(self) -> None:
        """Show it empty: everything that can be done here."""
        super().open_up()
        words = FIND_IN_THE_ROOM if self._context.room.has_guest else FIND
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.clear()
        self._look("")
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def said(self) -> str:
        """What stands below the list."""
        return self._none.text() if self._none.isVisible() else ""

    def choose(self) -> None:
        """Do, or go to, the current item."""
        item = self.listing.current()
        if item is None:
            return
        self.close_down()
        if item.place is not None:
            self._context.guide.wanted.emit(item.place)
        elif item.run is not None:
            QTimer.singleShot(0, self._context.guide, item.run)  # once the keyboard is back where it was

    def _choose_clicked(self, index: QModelIndex) -> None:
        self.choose()

    def _look(self, words: str) -> None:
        self._doing = tuple(matching_actions(self._actions(), words))
        if words.strip():
            self._reading.start(partial(_search, words=words))
            found = [item for item in self.listing.entries.items if item.place is not None]
            self._show([*found, *self._doing])
        else:
            self._reading.stop()
            self._show(self._doing)

    def _take_hits(self, found: tuple[str, Sequence[Hit]]) -> None:
        words, hits = found
        items = [*hit_items(hits), *self._doing] if _leads(hits) else [*self._doing, *hit_items(hits)]
        self._none.setText("" if items else f"Nothing matches “{words.strip()}”.")
        self._none.setVisible(not items)
        self._show(items)

    def _show(self, items: Sequence[Item]) -> None:
        if items:
            self._none.hide()
        self.listing.show_items(items)
        self.fit()


def _search(desk: Desk, *, words: str) -> tuple[str, Sequence[Hit]]:
    return words, desk.search(words, limit=_LIMIT)


def _leads(hits: Sequence[Hit]) -> bool:
    """Tell whether partners were found: they come before what can be done."""
    return any(hit.kind.value == "partner" for hit in hits)
