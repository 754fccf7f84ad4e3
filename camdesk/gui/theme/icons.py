"""Line icons in the colour of the text beside them."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from camdesk.base.resources import resource

_SCALE = 3  # sharp up to 300 % screens


def icon(name: str, colour: str, *, size: int = 20) -> QIcon:
    """Return the shipped icon `name` drawn in `colour`."""
    drawing = resource("icons", f"{name}.svg").read_text("utf-8").replace("#000000", colour)
    picture = QPixmap(size * _SCALE, size * _SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(_SCALE)
    return QIcon(picture)
