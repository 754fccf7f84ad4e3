"""What of a window's text is cut off. Alone: on every screen, sheet and menu of a window of any scale.

    python -m tests.gui.clipping WORKSPACE WIDTHxHEIGHT ...

`QT_SCALE_FACTOR` in the environment sets the scale; a line is printed for each text that is clipped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QCursor, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget

from camdesk.desk.desk import Desk
from camdesk.gui.app import application, make_window
from camdesk.gui.shell.screens import PARTNER
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.fonts import BODY, TINY, text_font
from camdesk.gui.widgets.form_sheet import Sheet
from camdesk.gui.widgets.grid import Kind
from camdesk.gui.widgets.grid_view import GridView
from camdesk.gui.widgets.overlay import Overlay
from tests.gui.looking import words_of
from tests.gui.tour import places, tabs_of

_ROUNDING = 2
_GROWS_S = 0.3  # long lists come piece by piece after they have been read
_AROUND_FIGURES, _AROUND_WORDS = 12, 20
_OPENS_A_SHEET = ("Add ", "Log ", "Set ", "Write ")
_MENU_SIDES = 48  # what the style sheet puts around a menu's words


def clipped(window: QWidget) -> list[str]:
    """Return the texts of labels, buttons and tables that have less room than they need."""
    shown = [part for part in window.findChildren(QWidget) if part.isVisible()]
    labels = [part for part in shown if isinstance(part, QLabel) and part.text() and not part.pixmap()]
    buttons = [part for part in shown if isinstance(part, (QPushButton, QToolButton)) and part.text()]
    tables = [part for part in shown if isinstance(part, GridView)]
    return [
        *(f"{words_of(part)} {part.size().toTuple()}" for part in labels if is_clipped(part)),
        *(
            f"{words_of(part)} {part.size().toTuple()}, needs {part.sizeHint().toTuple()}"
            for part in buttons
            if part.width() + _ROUNDING < part.minimumSizeHint().width()
            or part.height() + _ROUNDING < part.minimumSizeHint().height()
        ),
        *(words_of(part) for part in labels if is_cut_by_its_parent(part)),
        *(one for part in tables for one in (*clipped_heads(part), *clipped_figures(part))),
    ]


def is_clipped(part: QLabel) -> bool:
    inside = part.contentsRect()
    if part.textFormat() == Qt.TextFormat.RichText:
        return False
    flags = Qt.TextFlag.TextWordWrap if part.wordWrap() else Qt.TextFlag.TextExpandTabs
    room = inside.adjusted(0, 0, 0 if part.wordWrap() else 10_000, 10_000)
    needed = part.fontMetrics().boundingRect(room, int(flags), part.text())
    return needed.width() > inside.width() + _ROUNDING or needed.height() > inside.height() + _ROUNDING


def is_cut_by_its_parent(part: QLabel) -> bool:
    """Tell whether a label stands out of the box around it; pages that scroll show the rest."""
    around = part.parentWidget()
    if around is None or around.parentWidget() is None:
        return False
    place = part.geometry()
    return place.right() > around.width() + _ROUNDING or place.bottom() > around.height() + _ROUNDING


def clipped_heads(table: GridView) -> Iterator[str]:
    """Yield the heads that do not fit into their columns on as many lines as there is height for."""
    head, metrics = table.horizontalHeader(), QFontMetrics(text_font(TINY, bold=True))
    for place in () if head.isHidden() else table.shown_columns():
        column = table.grid.columns[place]
        around = _AROUND_FIGURES if column.kind is Kind.NUMBER else _AROUND_WORDS
        room = QRect(0, 0, table.columnWidth(place) - around, 1000)
        flags = Qt.TextFlag.TextWordWrap.value
        for sign in ("", " ↓", " ↓2") if column.sortable else ("",):
            needed = metrics.boundingRect(room, flags, column.title + sign)
            if needed.width() > room.width() or needed.height() > head.height():
                yield f"head {column.title + sign!r} of {table.accessibleName()}"


def clipped_figures(table: GridView) -> Iterator[str]:
    """Yield the figures that are cut; words may end in … and are told in full on hover."""
    for place in table.shown_columns():
        if table.grid.columns[place].kind is not Kind.NUMBER:
            continue
        for row in table.grid.rows:
            cell = row.cells[place]
            metrics = QFontMetrics(text_font(BODY, bold=cell.strong))
            needed = metrics.horizontalAdvance(cell.text.removeprefix("▼").strip())
            if needed > table.columnWidth(place) - _AROUND_FIGURES + 1:
                yield f"figure {cell.text!r} below {table.grid.columns[place].title!r}"


def clipped_actions(menu: QMenu) -> Iterator[str]:
    """Yield the lines of an open menu that are narrower than their words, or outside of it."""
    metrics = menu.fontMetrics()
    for action in filter(QAction.isVisible, menu.actions()):
        words = action.text().replace("&", "")
        needed = sum(metrics.horizontalAdvance(one) for one in words.split("\t")) + _MENU_SIDES
        place = menu.actionGeometry(action)
        if words and (place.width() + _ROUNDING < needed or not menu.rect().contains(place)):
            yield f"{words!r} of the menu {menu.accessibleName()!r}"


class Walker:
    """Goes through a window as a person would, and yields what is clipped on the way."""

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        self._window = window
        self._app = app
        self._jobs = window.sources.context.jobs

    def settle(self) -> None:
        quiet_until = 0.0
        while time.monotonic() < quiet_until or not quiet_until:
            self._app.processEvents()
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not self._jobs.is_idle or not quiet_until:
                quiet_until = time.monotonic() + _GROWS_S

    def walk(self) -> Iterator[str]:
        window = self._window
        for place in places():
            window.move_to(place)
            self.settle()
            yield from (f"{place.screen}: {one}" for one in clipped(window))
            yield from (f"{place.screen}, {one}" for one in self._sheets())
            yield from (f"{place.screen}, {one}" for one in self._menus())
            for bar, number in list(tabs_of(window.screens.get(place.screen))):
                bar.setCurrentIndex(number)
                self.settle()
                yield from (f"{place.screen}, {bar.tabText(number)}: {one}" for one in clipped(window))

    def _sheets(self) -> Iterator[str]:
        """Open what lies over the window: the palette, the keys, and every form of the partner page."""
        window = self._window
        yield from self._over("palette", window.open_palette, window.palette_panel.close_down)
        yield from self._over("keys", window.open_key_sheet, window.key_sheet.close_down)
        screen = window.screens.shown()
        if screen is None or screen is not window.screens.get(PARTNER):
            return
        for action in screen.actions_here():
            if action.title.startswith(_OPENS_A_SHEET) and action.possible():
                yield from self._over(action.title, action.run, self._discard)

    def _over(self, name: str, show: Callable[[], object], close: Callable[[], object]) -> Iterator[str]:
        show()
        self.settle()
        overlays = [one for one in self._window.findChildren(Overlay) if one.isVisible()]
        yield from (f"{name}: {one}" for over in overlays for one in clipped(over))
        close()

    def _discard(self) -> None:
        for sheet in self._window.findChildren(Sheet):
            if sheet.isVisible():
                sheet.discard()

    def _menus(self) -> Iterator[str]:
        for part in self._window.findChildren(QPushButton):
            menu = part.menu()
            if menu is not None and part.isVisible() and part.isEnabled():
                menu.popup(QPoint(0, 0))
                self._app.processEvents()
                yield from clipped_actions(menu)
                menu.close()


def main(home: Path, sizes: Iterable[tuple[int, int]]) -> Iterable[str]:
    """Yield what is clipped anywhere in the window of a workspace, at one size after the other."""
    app = application()
    desk = Desk.open(home, ask=lambda _: None)
    window = make_window(desk, app)
    window.show()
    window.start()
    QCursor.setPos(QPoint(0, 0))
    walker = Walker(window, app)
    walker.settle()
    for width, height in sizes:
        window.resize(width, height)
        walker.settle()
        for line in walker.walk():
            yield f"{width}x{height}, {line}"
    window.close()
    desk.close()


if __name__ == "__main__":
    asked = [tuple(map(int, size.split("x"))) for size in sys.argv[2:]]
    for line in dict.fromkeys(main(Path(sys.argv[1]), [(width, height) for width, height in asked])):
        print(line)
