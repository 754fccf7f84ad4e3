"""What of a window cannot be named, reached or seen to have the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip


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
