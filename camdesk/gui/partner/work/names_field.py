"""A field for several names: each is offered while it is typed, and Enter or Tab takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class NamesField(QLineEdit):
    """Names parted by commas; only the one that is being typed is completed."""

    def __init__(self) -> None:
        super().__init__()
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._popup.setAccessibleName("Contacts")
        self._completer.activated.connect(self._take)
        self.textEdited.connect(self._offer)

    def offer(self, names: Sequence[str]) -> None:
        """Offer these names from now on."""
        self._names.setStringList(list(names))

    def _offer(self) -> None:
        begun = self.text().rpartition(",")[2].strip()
        popup = self._popup
        if not begun:
            popup.hide()
            return
        self._completer.setCompletionPrefix(begun)
        if self._completer.completionCount():
            self._completer.complete()
            popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            popup.hide()

    def _take(self, name: str) -> None:
        before = self.text().rpartition(",")[0].strip()
        self.setText(f"{before}, {name}, " if before else f"{name}, ")

    def event(self, event: QEvent) -> bool:
        # Tab would leave the field before it could take what is offered.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _TAKING
            and self._popup.isVisible()
        ):
            index = self._popup.currentIndex()
            self._popup.hide()
            if index.isValid():
                self._take(str(index.data()))
                return True
        return super().event(event)
