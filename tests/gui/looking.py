"""What of a window cannot be read, named or reached. Alone: what is clipped in a window of any scale.

    python -m tests.gui.looking WORKSPACE WIDTH HEIGHT

`QT_SCALE_FACTOR` in the environment sets the scale; a line is printed for each text that is clipped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QCursor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

CONTROLS = (
    QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip
_ROUNDING = 2
_GROWS_S = 0.3  # long lists come piece by piece after they have been read


def controls(window: QWidget) -> list[QWidget]:
    """Return what is shown and can be used, without the parts that belong to a control."""
    found = [part for part in window.findChildren(QWidget) if isinstance(part, CONTROLS) and part.isVisible()]
    return [
        part
        for part in found
        if part.isEnabled()
        and not isinstance(part, (QHeaderView, QScrollBar))
        and not isinstance(part.parentWidget(), (QTabBar, QComboBox, QLineEdit, QHeaderView))
    ]


def words_of(part: QWidget) -> str:
    """Return how a failing test may call a widget."""
    text = part.text() if isinstance(part, (QLabel, QAbstractButton)) else ""
    said = text or part.accessibleName() or part.objectName()
    owner = next((type(one).__name__ for one in parents(part) if "camdesk" in type(one).__module__), "")
    return f"{type(part).__name__} {said!r} of {owner}"


def parents(part: QWidget) -> Iterator[QWidget]:
    one = part.parentWidget()
    while one is not None:
        yield one
        one = one.parentWidget()


def name_of(part: QWidget) -> str:
    """Return what a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(part)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def unnamed(window: QWidget) -> list[str]:
    return [words_of(part) for part in controls(window) if not name_of(part).strip()]


def out_of_reach(window: QWidget) -> list[str]:
    """Return the controls that Tab never comes to."""
    chain = set()
    part = window.nextInFocusChain()
    while part not in chain:
        chain.add(part)
        part = part.nextInFocusChain()
    return [
        words_of(part)
        for part in controls(window)
        if part not in chain or not any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in group_of(part))
    ]


def group_of(part: QWidget) -> list[QAbstractButton] | list[QWidget]:
    """Return what the arrow keys go through once Tab has come to one of it."""
    group = part.group() if isinstance(part, QAbstractButton) else None
    return group.buttons() if group is not None and group.exclusive() else [part]


def blind_to_focus(window: QWidget) -> list[str]:
    """Return the controls that look the same with the keyboard on them as without."""
    found = []
    for part in controls(window):
        if not part.focusPolicy() & Qt.FocusPolicy.TabFocus or not part.isEnabled() or not part.isVisible():
            continue
        around = part.parentWidget() or part
        part.clearFocus()
        without = picture(around)
        part.setFocus(Qt.FocusReason.TabFocusReason)
        focused = QApplication.focusWidget()
        if focused is None:
            raise AssertionError("The window has to be the active one.")
        if focused is not part and part.focusProxy() is not None:
            continue  # it hands the keyboard on to a part of its own, which is looked at itself
        if picture(around) == without:
            found.append(words_of(part))
    return found


def picture(part: QWidget) -> QImage:
    return part.grab().toImage()


def clipped(window: QWidget) -> list[str]:
    """Return the texts of labels and buttons that have less room than they need."""
    shown = [part for part in window.findChildren(QWidget) if part.isVisible()]
    labels = [part for part in shown if isinstance(part, QLabel) and part.text() and not part.pixmap()]
    buttons = [part for part in shown if isinstance(part, (QPushButton, QToolButton)) and part.text()]
    return [
        *(f"{words_of(part)} {part.size().toTuple()}" for part in labels if is_clipped(part)),
        *(
            f"{words_of(part)} {part.size().toTuple()}, needs {part.sizeHint().toTuple()}"
            for part in buttons
            if part.width() + _ROUNDING < part.minimumSizeHint().width()
            or part.height() + _ROUNDING < part.minimumSizeHint().height()
        ),
        *(words_of(part) for part in labels if is_cut_by_its_parent(part)),
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


def main(home: Path, width: int, height: int) -> Iterable[str]:
    """Yield what is clipped on any screen of a workspace."""
    from camdesk.desk.desk import Desk
    from camdesk.gui.app import application, make_window
    from tests.gui.tour import places, tabs_of

    app = application()
    desk = Desk.open(home, ask=lambda _: None)
    window = make_window(desk, app)
    window.resize(width, height)
    window.show()
    window.start()
    jobs = window.sources.context.jobs

    def settle() -> None:
        quiet_until = 0.0
        while time.monotonic() < quiet_until or not quiet_until:
            app.processEvents()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not jobs.is_idle or not quiet_until:
                quiet_until = time.monotonic() + _GROWS_S

    QCursor.setPos(QPoint(0, 0))
    settle()
    for place in places():
        window.move_to(place)
        settle()
        yield from (f"{place.screen}: {one}" for one in clipped(window))
        for bar, number in list(tabs_of(window.screens.get(place.screen))):
            bar.setCurrentIndex(number)
            settle()
            yield from (f"{place.screen}, {bar.tabText(number)}: {one}" for one in clipped(window))
    window.close()
    desk.close()


if __name__ == "__main__":
    for line in dict.fromkeys(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))):
        print(line)
