"""The tab of what changed: what happened since a day in sentences, what it led to, and its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QVBoxLayout, QWidget

from camdesk.desk.reports import FigureReport, NewsItem, NewsReport, PartnerNews, PartnerReport
from camdesk.gui.context import Context
from camdesk.gui.partner.tab import Tab
from camdesk.gui.theme.fonts import SMALL
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import GAP, Panel, button, label, row
from camdesk.insight.wording import write_day

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.insight.consequences import AlertTurn

_SPAN = timedelta(days=90)
_SIGNS = {"good": ("▲", Tone.GOOD, "good"), "bad": ("▼", Tone.BAD, "bad"), "plain": ("•", Tone.MUTED, "")}
MEETING, SYNC, QUARTER = "meeting", "sync", "quarter"
_TITLES = {MEETING: "Since we last met", SYNC: "Since the last sync", QUARTER: "Last 90 days"}


@dataclass(frozen=True, slots=True)
class _Told:
    """What is shown: the days one can begin from, the one chosen, and the news since then."""

    starts: dict[str, date]
    chosen: str
    news: NewsReport


class NewsTab(Tab):
    """What changed for one partner; the span is switched above."""

    key = "news"
    title = "What changed"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._wanted = MEETING
        self._told: _Told | None = None
        self._group = QButtonGroup(self)
        self.spans = {key: button(title, kind="pill") for key, title in _TITLES.items()}
        for key, one in self.spans.items():
            one.setCheckable(True)
            one.clicked.connect(partial(self.choose, key))
            self._group.addButton(one)
        self._since = label("", size=SMALL, tone=Tone.MUTED)
        self._body = QVBoxLayout()
        self._body.setSpacing(GAP)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        lines.addLayout(row(*self.spans.values(), self._since, 1))
        lines.addLayout(self._body)
        lines.addStretch(1)

    def choose(self, key: str) -> None:
        """Tell what changed since another day."""
        self._wanted = key
        self.reading_wanted.emit()

    def show_report(self, report: PartnerReport) -> None:
        if report.partner.partner_id != self._partner_id:
            self._told = None
            self._clear()
        super().show_report(report)

    def read(self, desk: Desk, partner_id: str) -> _Told:
        starts = {QUARTER: desk.as_of - _SPAN}
        if (met := desk.since_last_meeting(partner_id)) is not None:
            starts[MEETING] = met
        if (synced := desk.since_last_sync()) is not None:
            starts[SYNC] = synced
        chosen = self._wanted if self._wanted in starts else QUARTER
        news = desk.news(partner_id=partner_id, since=starts[chosen], mine=False)
        return _Told(starts, chosen, news)

    def show_content(self, content: _Told) -> None:
        for key, one in self.spans.items():
            one.setVisible(key in content.starts)
        self.spans[content.chosen].setChecked(True)
        self._since.setText(f"from {write_day(content.starts[content.chosen])}")
        if content == self._told:
            return
        self._told = content
        self._clear()
        news = next(iter(content.news.partners), None)
        if news is None:
            self._body.addWidget(label("Nothing has changed since then.", tone=Tone.MUTED))
            return
        if summary := _summary(news):
            self._body.addWidget(label(summary, bold=True, wrap=True))
        if news.items:
            self._body.addWidget(self._happenings(news.items))
        if news.opened or news.closed:
            self._body.addWidget(self._turns(news))

    def focus_first(self) -> None:
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus()

    def _happenings(self, items: tuple[NewsItem, ...]) -> Panel:
        panel, grid = _panel("What happened")
        for place, item in enumerate(items):
            sign, tone, said = _SIGNS[item.tone]
            mark = label(sign, tone=tone)
            mark.setAccessibleName(said or "happened")
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(self._sentence(item))
            for consequence in item.consequences:
                words.addWidget(label(f"→ {consequence}", size=SMALL, tone=Tone.MUTED, wrap=True))
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(write_day(item.day), size=SMALL, tone=Tone.MUTED), place, 0, top)
            grid.addWidget(mark, place, 1, top)
            grid.addLayout(words, place, 2)
        return panel

    def _sentence(self, item: NewsItem) -> QWidget:
        if not item.evidence:
            return label(item.text, wrap=True)
        from camdesk.documents.model import Span
        from camdesk.gui.partner.blocks import FigureText

        made = FigureText((Span(item.text, "records"),), self.context.theme, quiet=True)
        records = tuple((one.entity, one.record_id) for one in item.evidence)
        made.opened.connect(partial(self._open_records, item.text, records))
        made.setToolTip("Open the records")
        return made

    def _turns(self, news: PartnerNews) -> Panel:
        panel, grid = _panel("Alerts that came and went with time")
        turns = [("came up", Tone.WARN, one) for one in news.opened]
        turns += [("cleared", Tone.GOOD, one) for one in news.closed]
        for place, (word, tone, turn) in enumerate(turns):
            grid.addWidget(label(word, size=SMALL, tone=tone), place, 0)
            grid.addWidget(_turn_words(turn), place, 2)
        return panel

    def _open_records(self, title: str, records: tuple[tuple[str, str], ...], _link: str) -> None:
        self.records_wanted.emit(title, partial(_read_records, title=title, records=records))

    def _clear(self) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()


def _panel(title: str) -> tuple[Panel, QGridLayout]:
    panel = Panel(margins=(14, 12, 14, 12), gap=10)
    panel.body.addWidget(label(title, bold=True))
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(9)
    grid.setColumnMinimumWidth(0, 86)
    grid.setColumnStretch(2, 1)
    panel.body.addLayout(grid)
    return panel, grid


def _summary(news: PartnerNews) -> str:
    change = news.score
    if change is None or change.score_before is None or change.score_after is None:
        return ""
    moved = change.score_after - change.score_before
    verb = "rose" if moved > 0 else "fell"
    most = next((one for one in change.movements if one.metric and (one.points > 0) == (moved > 0)), None)
    because = f", most by {most.title} ({most.points:+.1f})".replace("-", "−") if most else ""
    return f"The score {verb} from {change.score_before:.0f} to {change.score_after:.0f}{because}."


def _turn_words(turn: AlertTurn) -> QLabel:
    subjects = ", ".join(dict.fromkeys(one.label for one in turn.subjects[:3]))
    more = len(turn.subjects) - 3
    rest = f" and {more} more" if more > 0 else ""
    return label(f"{turn.title}: {subjects}{rest}" if subjects else turn.title, wrap=True)


def _read_records(
    desk: Desk, _partner_id: str, *, title: str, records: tuple[tuple[str, str], ...]
) -> FigureReport:
    return desk.open_records(title, records)
