"""What a window remembers until its next start: its place and its look. Never a name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from camdesk.gui.theme.theme import Appearance

_FILE = "window.ini"


class Remembered:
    """Kept in a small file beside the database; None for `home` keeps nothing."""

    def __init__(self, home: Path | None) -> None:
        self._kept = QSettings(str(home / _FILE), QSettings.Format.IniFormat) if home else None

    @property
    def geometry(self) -> QByteArray | None:
        value = self._read("geometry")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    @property
    def appearance(self) -> Appearance:
        value = self._read("appearance")
        known = {one.value: one for one in Appearance}
        return known.get(value, Appearance.SYSTEM) if isinstance(value, str) else Appearance.SYSTEM

    def keep(self, geometry: QByteArray, appearance: Appearance) -> None:
        if self._kept is not None:
            self._kept.setValue("geometry", geometry)
            self._kept.setValue("appearance", appearance.value)
            self._kept.sync()

    def _read(self, name: str) -> object:
        return self._kept.value(name) if self._kept is not None else None
