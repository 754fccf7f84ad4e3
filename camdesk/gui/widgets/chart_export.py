"""A chart as a picture for a slide or a mail, and its values for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QSizeF, QStandardPaths, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog

from camdesk.base.errors import CamDeskError
from camdesk.gui.jobs import Failure
from camdesk.gui.theme.fonts import BODY, text_font
from camdesk.gui.theme.tokens import read_tokens
from camdesk.gui.widgets.chart_base import Chart
from camdesk.gui.widgets.exporting import context_of, export_rows

_SCALE = 3  # sharp on paper and on a projector
_TITLE = 30.0
_EDGE = 12.0
_PNG, _SVG = "Picture (*.png)", "Drawing (*.svg)"


class PictureError(CamDeskError):
    """A picture could not be written where it was asked for."""


def copy_picture(chart: Chart) -> None:
    """Put the chart on the clipboard, with its name above it."""
    QGuiApplication.clipboard().setImage(picture_of(chart))


def export_picture(chart: Chart) -> None:
    """Ask for a file and write the chart into it; the window says why where that fails."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    name = "".join(" " if sign in '\\/:*?"<>|' else sign for sign in chart.accessibleName())
    chosen, kind = QFileDialog.getSaveFileName(
        chart, "Export picture", str(Path(folder) / f"{name}.png"), f"{_PNG};;{_SVG}"
    )
    if chosen:
        target = Path(chosen)
        if target.suffix.lower() not in (".png", ".svg"):
            target = target.with_name(target.name + (".svg" if kind == _SVG else ".png"))
        try:
            write_picture(chart, target)
        except PictureError as error:
            if (context := context_of(chart)) is not None:
                context.guide.fail(Failure(error.message, error.hint, error))


def export_values(chart: Chart) -> None:
    """Ask for a file and write what the chart shows."""
    values = chart.values()
    export_rows(chart, chart.accessibleName(), values.columns, values.rows)


def picture_of(chart: Chart) -> QImage:
    """Return the chart as it is printed: in the light colours, whatever the window's are."""
    size = _page(chart)
    image = QImage(size * _SCALE, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SCALE)
    painter = QPainter(image)
    _draw(chart, painter, size)
    painter.end()
    return image


def write_picture(chart: Chart, target: Path) -> None:
    """Write the chart as `.svg` or as `.png`; raises PictureError."""
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    if target.suffix.lower() == ".svg":
        _write_drawing(chart, kept)
    else:
        QImageWriter(kept, QByteArray(b"png")).write(picture_of(chart))
    try:
        target.write_bytes(kept.data().data())
    except OSError as error:
        hint = "Choose a folder that you may write to."
        raise PictureError(f"{target.name} could not be written.", hint) from error


def _write_drawing(chart: Chart, kept: QBuffer) -> None:
    size = _page(chart)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(kept)
    drawing.setSize(size)
    drawing.setViewBox(QRectF(0, 0, size.width(), size.height()))
    drawing.setTitle(chart.accessibleName())
    drawing.setDescription(chart.accessibleDescription())
    painter = QPainter(drawing)
    _draw(chart, painter, size)
    painter.end()


def _page(chart: Chart) -> QSize:
    return QSize(int(chart.width() + 2 * _EDGE), int(chart.height() + _TITLE + _EDGE))


def _draw(chart: Chart, painter: QPainter, size: QSize) -> None:
    tokens = read_tokens("light")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(tokens.panel))
    painter.setFont(text_font(BODY, bold=True))
    painter.setPen(QColor(tokens.ink))
    title = QRectF(_EDGE, 0, size.width() - 2 * _EDGE, _TITLE)
    painter.drawText(
        title, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, chart.accessibleName()
    )
    painter.translate(_EDGE, _TITLE)
    chart.draw(painter, QSizeF(chart.size()), tokens, picked=chart.at_rest())
