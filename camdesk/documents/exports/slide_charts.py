"""Charts of a slide, as charts of the presentation program: their numbers can be edited."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.slide import Slide
from pptx.util import Emu, Pt

from camdesk.documents.exports.slide_parts import QUIET, Box
from camdesk.documents.model import (
    Bars,
    Block,
    PairedBars,
    ParityBars,
    Radar,
    Series,
    StackedColumns,
    Step,
    Waterfall,
)
from camdesk.documents.phrases import clipped
from camdesk.documents.plain import cleaned

# They differ in lightness, so that a print in grey still tells them apart.
_DARK, _MIDDLE, _LIGHT = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x7A, 0xA6, 0xC9), RGBColor(0xCF, 0xDD, 0xE9)
_UP, _DOWN = RGBColor(0x1B, 0x6E, 0x4B), RGBColor(0xD9, 0x8C, 0x7A)
_LABEL_LENGTH = 60
_AXIS_CUT = 0.6  # bars that all reach this share of the highest start above zero, as on paper


def chart(slide: Slide, block: Block, room: Box, *, our_name: str) -> None:
    """Draw a block that is a chart."""
    if isinstance(block, Waterfall):
        _waterfall(slide, block, room)
    elif isinstance(block, PairedBars):
        _columns(slide, block, block.labels, (block.first, block.second), room, stacked=False)
    elif isinstance(block, StackedColumns):
        _columns(slide, block, block.labels, block.parts, room, stacked=True)
    elif isinstance(block, Radar):
        _radar(slide, block, room)
    elif isinstance(block, ParityBars):
        _parity(slide, block, room, our_name=our_name)
    elif isinstance(block, Bars):
        _bars(slide, block, room)


def _add(slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData, room: Box, *, alt: str) -> Chart:
    place = map(Emu, (room.left, room.top, room.width, room.height))
    frame = slide.shapes.add_chart(kind, *place, data)
    frame._element._nvXxPr.cNvPr.set("descr", cleaned(alt)[:1_000])
    drawn: Chart = frame.chart
    drawn.font.size = Pt(12)
    drawn.has_title = False
    return drawn


def _data(labels: Sequence[str], series: Sequence[Series]) -> CategoryChartData:
    data = CategoryChartData()
    data.categories = [_label(label) for label in labels]
    for one in series:
        data.add_series(_label(one.title), one.values)
    return data


def _label(text: str) -> str:
    """Return a label that the workbook behind a chart takes neither for a formula nor for a link."""
    plain = clipped(cleaned(text), _LABEL_LENGTH)
    doubtful = plain.startswith(("=", "{", "+", "-", "@")) or ":" in plain
    return f"\u00a0{plain}" if doubtful else plain or "\u00a0"


def _columns(
    slide: Slide,
    block: PairedBars | StackedColumns,
    labels: Sequence[str],
    series: Sequence[Series],
    room: Box,
    *,
    stacked: bool,
) -> None:
    kind = XL_CHART_TYPE.COLUMN_STACKED if stacked else XL_CHART_TYPE.COLUMN_CLUSTERED
    drawn = _add(slide, kind, _data(labels, series), room, alt=block.alt)
    _paint(drawn, (_DARK, _MIDDLE, _LIGHT))
    _legend(drawn, wanted=len(series) > 1)
    drawn.value_axis.major_gridlines.format.line.color.rgb = _LIGHT
    drawn.plots[0].gap_width = 60


def _paint(drawn: Chart, colours: Sequence[RGBColor]) -> None:
    for place, series in enumerate(drawn.plots[0].series):
        fill = series.format.fill
        fill.solid()
        fill.fore_color.rgb = colours[place % len(colours)]


def _legend(drawn: Chart, *, wanted: bool) -> None:
    drawn.has_legend = wanted
    if wanted and drawn.legend is not None:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False


def _waterfall(slide: Slide, block: Waterfall, room: Box) -> None:
    """Draw floating columns: a stack whose lowest part is not painted."""
    level = block.before.value
    floors, ups, downs, totals = [0.0], [0.0], [0.0], [block.before.value]
    for step in block.steps:
        after = level + step.value
        floors.append(min(level, after))
        ups.append(max(step.value, 0.0))
        downs.append(max(-step.value, 0.0))
        totals.append(0.0)
        level = after
    steps = (block.before, *block.steps, block.after)
    rows = (
        Series(" ", (*floors, 0.0)),
        Series("More", (*ups, 0.0)),
        Series("Less", (*downs, 0.0)),
        Series("Level", (*totals, block.after.value)),
    )
    data = _data([step.label for step in steps], rows)
    drawn = _add(slide, XL_CHART_TYPE.COLUMN_STACKED, data, room, alt=block.alt)
    floor, *others = drawn.plots[0].series
    floor.format.fill.background()
    for series, colour in zip(others, (_UP, _DOWN, _DARK), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
    for place, step in enumerate(steps):
        painted = 2 if place in (0, len(steps) - 1) else 0 if step.value >= 0 else 1
        _write_label(others[painted], place, step)
    drawn.plots[0].gap_width = 40
    drawn.has_legend = False
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    lowest, highest = _reach(floors[1:], block)
    if lowest > _AXIS_CUT * highest > 0:
        drawn.value_axis.minimum_scale = lowest - (highest - lowest)


def _reach(floors: Sequence[float], block: Waterfall) -> tuple[float, float]:
    ends = (block.before.value, block.after.value)
    tops = [floor + abs(step.value) for floor, step in zip(floors, block.steps, strict=True)]
    return min((*floors, *ends)), max((*tops, *ends))


def _write_label(series: BarSeries, place: int, step: Step) -> None:
    label = series.points[place].data_label
    label.has_text_frame = True
    label.text_frame.text = cleaned(step.written)
    label.font.size = Pt(12)


def _bars(slide: Slide, block: Bars, room: Box) -> None:
    values = tuple(step.value for step in block.steps)
    data = _data([step.label for step in block.steps], (Series(block.title, values),))
    drawn = _add(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, room, alt=block.alt)
    _paint(drawn, (_DARK,))
    drawn.has_legend = False
    drawn.category_axis.reverse_order = True
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    drawn.plots[0].gap_width = 40
    series = drawn.plots[0].series[0]
    for place, step in enumerate(block.steps):
        _write_label(series, place, step)
        series.points[place].data_label.position = XL_LABEL_POSITION.OUTSIDE_END


def _radar(slide: Slide, block: Radar, room: Box) -> None:
    data = _data(block.axes, (block.first, block.second))
    drawn = _add(slide, XL_CHART_TYPE.RADAR_MARKERS, data, room, alt=block.alt)
    _legend(drawn, wanted=True)
    for series, colour in zip(drawn.plots[0].series, (_DARK, _DOWN), strict=True):
        series.format.line.color.rgb = colour
    drawn.value_axis.maximum_scale, drawn.value_axis.minimum_scale = 100, 0
    drawn.value_axis.tick_labels.font.color.rgb = QUIET


def _parity(slide: Slide, block: ParityBars, room: Box, *, our_name: str) -> None:
    rows = (
        Series(block.our_name or our_name, tuple(row.ours.value for row in block.rows)),
        Series(block.their_name, tuple(row.theirs.value for row in block.rows)),
    )
    data = _data([row.label for row in block.rows], rows)
    drawn = _add(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, room, alt=block.alt)
    _paint(drawn, (_DARK, _MIDDLE))
    _legend(drawn, wanted=True)
    drawn.category_axis.reverse_order = True
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    ours, theirs = drawn.plots[0].series
    for place, row in enumerate(block.rows):
        _write_label(ours, place, row.ours)
        _write_label(theirs, place, row.theirs)
