"""Charts of a slide, as charts of the presentation program: their numbers can be edited."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Emu, Pt

from camdesk.documents.exports.slide_colours import DOWN, HAIRLINE, INK, QUIET, UP, Palette
from camdesk.documents.exports.slide_parts import FONT
from camdesk.documents.exports.slide_space import Box
from camdesk.documents.model import (
    Bars,
    Block,
    PairedBars,
    ParityBars,
    Radar,
    Series,
    StackedColumns,
    Waterfall,
)
from camdesk.documents.phrases import clipped
from camdesk.documents.plain import cleaned
from camdesk.documents.trees import text_of

_LABEL_LENGTH = 60
_POINTS = 12
_LEAST_REACH = 0.1  # of the highest: a change of next to nothing must not look like much
_HEADROOM = 0.1  # of the axis, above the highest column for what is written there
_AXIS_CUT = 0.6  # bars that all reach this share of the highest start above zero, as on paper


def is_chart(block: Block) -> bool:
    return isinstance(block, Waterfall | PairedBars | StackedColumns | Radar | ParityBars | Bars)


def chart(slide: Slide, block: Block, room: Box, *, our_name: str, colours: Palette) -> None:
    """Draw a block that is a chart."""
    if isinstance(block, Waterfall):
        _waterfall(slide, block, room, colours)
    elif isinstance(block, PairedBars):
        _paired(slide, block, room, colours)
    elif isinstance(block, StackedColumns):
        _stacked(slide, block, room, colours)
    elif isinstance(block, Radar):
        _radar(slide, block, room, colours)
    elif isinstance(block, ParityBars):
        _parity(slide, block, room, our_name=our_name, colours=colours)
    elif isinstance(block, Bars):
        _bars(slide, block, room, colours)


def _add(slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData, room: Box, *, alt: str) -> Chart:
    place = map(Emu, (room.left, room.top, room.width, room.height))
    frame = slide.shapes.add_chart(kind, *place, data)
    frame._element._nvXxPr.cNvPr.set("descr", cleaned(alt)[:1_000])
    drawn: Chart = frame.chart
    drawn.font.size, drawn.font.name, drawn.font.color.rgb = Pt(_POINTS), FONT, INK
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


def _paired(slide: Slide, block: PairedBars, room: Box, colours: Palette) -> None:
    data = _data(block.labels, (block.first, block.second))
    drawn = _add(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data, room, alt=block.alt)
    _paint(drawn, (colours.dark, colours.middle))
    _legend(drawn, wanted=True)
    values = [value for value in (*block.first.values, *block.second.values) if value is not None]
    peak = max(values, default=0.0)
    # One line at the highest value, and what that is: amounts are written as people write them.
    axis = drawn.value_axis
    axis.minimum_scale = min(0.0, *values) if values else 0.0
    if peak > 0:
        axis.maximum_scale = axis.major_unit = peak
        axis.tick_labels.number_format = f'"{_quoted(block.top)}";;"0"'
        axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(_POINTS)
    axis.major_gridlines.format.line.color.rgb = HAIRLINE
    axis.format.line.fill.background()
    drawn.plots[0].gap_width = 60


def _quoted(text: str) -> str:
    return cleaned(text).replace('"', "")


def _stacked(slide: Slide, block: StackedColumns, room: Box, colours: Palette) -> None:
    """Draw columns from zero, each with its total above it where the document has one."""
    sums = [
        sum(part.values[at] or 0.0 for part in block.parts if at < len(part.values))
        for at in range(len(block.labels))
    ]
    peak = max([*sums, 0.0])
    written = [one.text for one in block.totals]
    above = (Series("\u00a0", tuple(peak * _HEADROOM for _ in sums)),) if written else ()
    data = _data(block.labels, (*block.parts, *above))
    drawn = _add(slide, XL_CHART_TYPE.COLUMN_STACKED, data, room, alt=block.alt)
    _paint(drawn, (colours.dark, colours.middle, colours.light))
    _legend(drawn, wanted=len(block.parts) > 1)
    if written:
        _write_above(drawn, written)
    _plain_axis(drawn, from_zero=True)
    if written and peak > 0:
        drawn.value_axis.maximum_scale = peak * (1 + _HEADROOM)
        drawn.value_axis.visible = False
        drawn.value_axis.has_major_gridlines = False
    drawn.plots[0].gap_width = 60


def _plain_axis(drawn: Chart, *, from_zero: bool) -> None:
    axis = drawn.value_axis
    if from_zero:
        axis.minimum_scale = 0
    axis.major_gridlines.format.line.color.rgb = HAIRLINE
    axis.format.line.fill.background()


def _write_above(drawn: Chart, written: Sequence[str]) -> None:
    """Write above each column: on the last part, which is not painted and not in the legend."""
    top = drawn.plots[0].series[-1]
    top.format.fill.background()
    for place, text in enumerate(written):
        _write_label(top, place, text)
        top.points[place].data_label.position = XL_LABEL_POSITION.INSIDE_BASE
    if drawn.has_legend and drawn.legend is not None:
        entry, which, gone = (OxmlElement(tag) for tag in ("c:legendEntry", "c:idx", "c:delete"))
        which.set("val", str(len(drawn.plots[0].series) - 1))
        gone.set("val", "1")
        entry.extend([which, gone])
        drawn.legend._element.find(qn("c:legendPos")).addnext(entry)


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


def _waterfall(slide: Slide, block: Waterfall, room: Box, colours: Palette) -> None:
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
    lowest, highest = _reach(floors[1:], block)
    reach = max(highest - lowest, _LEAST_REACH * highest)
    start = lowest - reach if lowest > _AXIS_CUT * highest > 0 else min(0.0, lowest)
    headroom = (highest - start) * _HEADROOM
    rows = (
        Series("Base", (*floors, 0.0)),
        Series("More", (*ups, 0.0)),
        Series("Less", (*downs, 0.0)),
        Series("Level", (*totals, block.after.value)),
        Series("\u00a0", (headroom,) * len(steps)),
    )
    data = _data([step.label for step in steps], rows)
    drawn = _add(slide, XL_CHART_TYPE.COLUMN_STACKED, data, room, alt=block.alt)
    floor, *others, _ = drawn.plots[0].series
    floor.format.fill.background()
    for series, colour in zip(others, (UP, DOWN, colours.dark), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
    drawn.has_legend = False
    _write_above(drawn, [step.written for step in steps])
    drawn.plots[0].gap_width = 40
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    if highest > start:
        drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = start, highest + headroom
    if start > 0:
        drawn.has_title = True
        drawn.chart_title.include_in_layout = False
        frame = drawn.chart_title.text_frame
        frame.text = "The axis does not start at zero."
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(11), False, QUIET


def _reach(floors: Sequence[float], block: Waterfall) -> tuple[float, float]:
    ends = (block.before.value, block.after.value)
    tops = [floor + abs(step.value) for floor, step in zip(floors, block.steps, strict=True)]
    return min((*floors, *ends)), max((*tops, *ends))


def _write_label(series: BarSeries, place: int, text: str) -> None:
    label = series.points[place].data_label
    label.has_text_frame = True
    label.text_frame.text = cleaned(text)
    label.text_frame.word_wrap = False
    label.font.size, label.font.name, label.font.color.rgb = Pt(_POINTS), FONT, INK


def _bars(slide: Slide, block: Bars, room: Box, colours: Palette) -> None:
    """Draw bars with their values beside them, and what the document says to each."""
    values = tuple(step.value for step in block.steps)
    data = _data([step.label for step in block.steps], (Series(block.title, values),))
    drawn = _add(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, room, alt=block.alt)
    _paint(drawn, (colours.dark,))
    drawn.has_legend = False
    _bare_bars(drawn, values)
    drawn.plots[0].gap_width = 40
    series = drawn.plots[0].series[0]
    for place, step in enumerate(block.steps):
        note = text_of(block.notes[place]) if place < len(block.notes) else ""
        text = f"{step.written} · {note}" if note else step.written
        _write_label(series, place, clipped(text, _LABEL_LENGTH))
        series.points[place].data_label.position = XL_LABEL_POSITION.OUTSIDE_END


def _bare_bars(drawn: Chart, values: Sequence[float]) -> None:
    """Read the first bar on top, without a scale, with room for the words beside the longest."""
    drawn.category_axis.reverse_order = True
    drawn.category_axis.format.line.fill.background()
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.minimum_scale = min(0.0, *values) if values else 0.0
    if max(values, default=0.0) > 0:
        drawn.value_axis.maximum_scale = max(values) * 1.6


def _radar(slide: Slide, block: Radar, room: Box, colours: Palette) -> None:
    data = _data(block.axes, (block.first, block.second))
    drawn = _add(slide, XL_CHART_TYPE.RADAR_MARKERS, data, room, alt=block.alt)
    _legend(drawn, wanted=True)
    for series, colour in zip(drawn.plots[0].series, (colours.dark, DOWN), strict=True):
        series.format.line.color.rgb = colour
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
    drawn.value_axis.maximum_scale, drawn.value_axis.minimum_scale = 100, 0
    drawn.value_axis.major_gridlines.format.line.color.rgb = HAIRLINE
    drawn.value_axis.tick_labels.font.color.rgb = QUIET
    drawn.value_axis.tick_labels.font.size = Pt(10)


def _parity(slide: Slide, block: ParityBars, room: Box, *, our_name: str, colours: Palette) -> None:
    rows = (
        Series(block.our_name or our_name, tuple(row.ours.value for row in block.rows)),
        Series(block.their_name, tuple(row.theirs.value for row in block.rows)),
    )
    data = _data([row.label for row in block.rows], rows)
    drawn = _add(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, room, alt=block.alt)
    _paint(drawn, (colours.dark, colours.middle))
    _legend(drawn, wanted=True)
    _bare_bars(drawn, [value for row in rows for value in row.values if value is not None])
    ours, theirs = drawn.plots[0].series
    for place, row in enumerate(block.rows):
        _write_label(ours, place, row.ours.written)
        _write_label(theirs, place, row.theirs.written)
        for series in (ours, theirs):
            series.points[place].data_label.position = XL_LABEL_POSITION.OUTSIDE_END
