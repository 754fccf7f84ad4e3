"""The morning in words: the quarter, when something is due, why an alert is there. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from camdesk.desk.morning.today_reports import LastTime, MeetingAhead, SinceMet, TodayAlert, TodayReport
from camdesk.desk.reports import AlertDetail, NamedValue, NewsItem, QuarterFigures
from camdesk.gui.guide import Overview
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import figure_cell
from camdesk.insight.alerts.freshness import SourceAge
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_day

_WEEK = 7
_NEAR = 30
_FORTNIGHT = timedelta(days=14)
_NEWS_SHOWN = 6
_MOST_HISTORY = 5
_GRAVITIES = ("warning", "critical")

MEETING_COLUMNS = (
    Column("When", Kind.TEXT, sortable=False),
    Column("Partner", Kind.TEXT, strong=True, sortable=False),
    Column("What", Kind.TEXT, sortable=False),
)
CHANGE_COLUMNS = (
    Column("Partner", Kind.TEXT, strong=True, sortable=False),
    Column("What changed", Kind.TEXT, sortable=False),
)

SUBJECT_COLUMNS = (
    Column("What", Kind.TEXT),
    Column("At stake", Kind.NUMBER, descending_first=True),
    Column("Due", Kind.NUMBER),
    Column("State", Kind.TEXT),
)


@dataclass(frozen=True, slots=True)
class QuarterWords:
    """The quarter in one line; the gap stands apart, so that it can be seen first."""

    before: str
    gap: str
    behind: bool
    after: str


@dataclass(frozen=True, slots=True)
class Sleep:
    """How long an alert may be put to sleep; `mnemonic` is its title with the key that picks it."""

    mnemonic: str
    until: date | None


def overview(report: TodayReport) -> Overview:
    """Return what stands around every screen."""
    return Overview(
        report.partners, report.types, f"{report.quarter.title} · {_days_left(report.quarter.days_left)}"
    )


def quarter_words(report: TodayReport) -> QuarterWords:
    """Return the number of the quarter in one line; what nobody knows is left out."""
    quarter, currency = report.quarter, report.base_currency
    known = [
        f"{name} {write(value, Unit.MONEY, currency=currency)}"
        for name, value in _parts(quarter)
        if value is not None
    ]
    before = " · ".join(known)
    after = [_days_left(quarter.days_left)]
    if report.meetings:
        after.append(
            f"next meeting {moment(report.meetings[0], report.as_of)}, {report.meetings[0].partner_name}"
        )
    gap = quarter.gap
    words = "" if gap is None else f"gap {write(gap, Unit.MONEY, currency=currency)}" if gap > 0 else "no gap"
    title = quarter.title
    return QuarterWords(
        f"{title}: {before}" if before else title, words, bool(gap and gap > 0), " · ".join(after)
    )


def _parts(quarter: QuarterFigures) -> tuple[tuple[str, int | None], ...]:
    return (
        ("target", quarter.target),
        ("booked", quarter.booked),
        ("commit", quarter.commit),
        ("best case", quarter.best_case),
    )


def _days_left(days: int) -> str:
    return "1 day left" if days == 1 else f"{days} days left"


def stake(alert: TodayAlert, currency: str) -> str:
    """Return the value at stake as the list shows it."""
    return (
        DASH if alert.value_at_stake is None else write(alert.value_at_stake, Unit.MONEY, currency=currency)
    )


def when(alert: TodayAlert, today: date) -> str:
    """Return when an alert wakes or is due, or for how long it has been open, in a word or two."""
    if alert.state == "muted":
        return "muted"
    if alert.state == "snoozed":
        return f"until {short_day(alert.asleep_until)}" if alert.asleep_until else "until worse"
    if alert.due_on is None:
        age = (today - alert.first_seen).days
        return f"open {age} d" if age else "since today"
    days = (alert.due_on - today).days
    if days == 0:
        return "due today"
    if days < 0:
        return f"{-days} d late"
    return f"due in {days} d" if days <= _NEAR else f"due {short_day(alert.due_on)}"


def is_late(alert: TodayAlert, today: date) -> bool:
    """Tell whether an alert that is awake is past its day."""
    awake = alert.state not in ("snoozed", "muted")
    return awake and alert.due_on is not None and alert.due_on < today


def spoken(alert: TodayAlert, *, currency: str, today: date) -> str:
    """Return a row of the list as a screen reader says it."""
    parts = [alert.severity, alert.partner_name, alert.type_short_title, alert.message]
    if alert.value_at_stake is not None:
        parts.append(f"{stake(alert, currency)} at stake")
    parts.append(when(alert, today))
    return ", ".join(part for part in parts if part)


def short_day(day: date) -> str:
    """Return 3 Dec."""
    return f"{day.day} {day:%b}"


def moment(meeting: MeetingAhead, today: date) -> str:
    """Return today 14:00, tomorrow 14:00, Thu 14:00, or next Thu 14:00 a week from today."""
    days = (meeting.at.date() - today).days
    if days < _WEEK:
        day = {0: "today", 1: "tomorrow"}.get(days, f"{meeting.at:%a}")
    else:
        day = f"next {meeting.at:%a}"
    return f"{day} {meeting.at:%H:%M}"


def sleeps(today: date) -> tuple[Sleep, ...]:
    """Return the usual spans of sleep, the shortest in front."""
    tomorrow = today + timedelta(days=1)
    monday = today + timedelta(days=_WEEK - today.weekday())
    later = today + _FORTNIGHT
    return (
        Sleep(f"Until &tomorrow, {tomorrow:%a} {short_day(tomorrow)}", tomorrow),
        Sleep(f"Until next &Monday, {short_day(monday)}", monday),
        Sleep(f"For &2 weeks, until {short_day(later)}", later),
        Sleep("Until it gets &worse", None),
    )


def why_words(detail: AlertDetail) -> str:
    """Return the rule in words: for whom it is judged, what it is called, and why it is worth a look."""
    judged = f"{detail.judged_by}, " if detail.judged_by else ""
    return f"{judged}rule “{detail.rule_title}”. {detail.alert.why}"


def seen_words(detail: AlertDetail, today: date) -> str:
    """Return the rule's limits, since when the alert is there, and how old the data is that it rests on."""
    first = detail.alert.first_seen
    days = (today - first).days
    words = "First seen today" if not days else f"First seen {write_day(first)}, {_counted(days, 'day')} ago"
    if detail.alert.reopened:
        words += ", came back"
    limits = ", ".join(_limit(limit) for limit in detail.thresholds)
    known = [f"Limits: {limits}"] if limits else []
    return " · ".join([*known, words, *(_age(source, today) for source in detail.sources)])


def _limit(limit: NamedValue) -> str:
    """Return warning at 90 days, or 30 days alone where the name says no more than that."""
    title = limit.title.lower()
    if title.removesuffix("s") in limit.words:
        return limit.words
    return f"{title} {'at ' if title.endswith(_GRAVITIES) else ''}{limit.words}"


def _age(source: SourceAge, today: date) -> str:
    brings = ", ".join(source.brings) or "data"
    if source.last_sync is None:
        return f"{brings} from {source.source}, never synced"
    days = (today - source.last_sync).days
    read = "read today" if days <= 0 else f"read {_counted(days, 'day')} ago"
    return f"{brings} from {source.source}, {read}{' (too old)' if source.is_stale else ''}"


def subject_rows(detail: AlertDetail) -> list[GridRow]:
    """Return the rows of an alert that has several, each with its own state."""
    alert, currency = detail.alert, detail.base_currency
    return [
        GridRow(
            one.subject,
            (
                GridCell(one.label, one.label, one.label),
                figure_cell(one.value_at_stake, Unit.MONEY, currency=currency),
                GridCell(write_day(one.due_on), one.due_on.isoformat() if one.due_on else None),
                GridCell(one.state.capitalize(), one.state, tone=Tone.MUTED),
            ),
        )
        for one in (alert.subjects if len(alert.subjects) > 1 else ())
    ]


def history_lines(detail: AlertDetail) -> list[str]:
    """Return what became of the alert before, the newest first, and what was done with it since."""
    lines = []
    for one in detail.earlier:
        after = "; ".join(one.afterwards)
        lines.append(f"Before: {one.words}. {after}" if after else f"Before: {one.words}")
    for happening in reversed(detail.history):
        row = f" ({happening.row})" if happening.row else ""
        why = f": {happening.reason}" if happening.reason else ""
        lines.append(f"{write_day(happening.day)}: {happening.event}{row}{why}")
    return lines[:_MOST_HISTORY]


def met_title(met: SinceMet) -> str:
    """Return the heading above what happened since a meeting."""
    if met.met_on is None:
        return f"Since {write_day(met.since)} (no meeting is known)"
    return f"Since you last met ({write_day(met.met_on)})"


def met_lines(met: SinceMet) -> list[str]:
    """Return what happened since, with what it led to."""
    lines = [_told(item) for item in met.items[:_NEWS_SHOWN]]
    more = len(met.items) - len(lines)
    return [*lines, f"and {more} more"] if more else lines or ["Nothing that the connected sources tell of."]


def _told(item: NewsItem) -> str:
    led_to = f" – {'; '.join(item.consequences)}" if item.consequences else ""
    return f"{short_day(item.day)}: {item.text}{led_to}"


def meeting_rows(meetings: Sequence[MeetingAhead], today: date) -> list[GridRow]:
    """Return the meetings as rows, keyed by their place."""
    return [
        GridRow(
            str(place),
            (
                GridCell(moment(one, today), tone=Tone.MUTED),
                GridCell(one.partner_name, tooltip=f"Brief for {one.partner_name}", strong=True),
                GridCell(one.subject or one.kind.capitalize(), tooltip=one.subject or ""),
            ),
        )
        for place, one in enumerate(meetings)
    ]


def change_rows(changes: LastTime) -> list[GridRow]:
    """Return what changed as rows, keyed by partner; bad news carry a sign as well as a tone."""
    signs = {"bad": "▼\u2009", "good": "▲\u2009"}
    tones = {"bad": Tone.BAD, "good": Tone.GOOD}
    return [
        GridRow(
            one.partner_id,
            (
                GridCell(one.name, tooltip=one.name, strong=True),
                GridCell(
                    f"{signs.get(one.tone, '')}{one.text}{f' · {one.more} more' if one.more else ''}",
                    tooltip=one.text,
                    tone=tones.get(one.tone, Tone.MUTED),
                    spoken=f"{one.text}, {one.more} more",
                ),
            ),
        )
        for one in changes.partners
    ]


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
