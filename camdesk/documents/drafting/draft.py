"""The desk on which one document is drafted: partner, days, records, and what has been frozen so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from camdesk.base.periods import ONE_DAY, FiscalCalendar, Period
from camdesk.documents.drafting.freezing import Freezer, plain
from camdesk.documents.drafting.rows import PartnerRows, Row, amount
from camdesk.documents.model import Cell, Column, Line, Missing, Section, Span, Table, Tone
from camdesk.documents.phrases import capital, clipped, count
from camdesk.insight.definitions import Profile
from camdesk.insight.insight import Insight
from camdesk.insight.results import Blend, Partner, Scorecard, ScoreLine, Unit
from camdesk.insight.wording import DASH, NO_DATA, write, write_day

NAME_LENGTH = 90
SIDE_LENGTH = 44
WORDS_LENGTH = 70


class Length(Enum):
    """How long a review may be: by attention class, and one page for types with a light touch."""

    FULL = "up to ten pages"
    TWO_PAGES = "two pages"
    ONE_PAGE = "one page"


@dataclass(frozen=True)
class Draft:
    """`day` is that of scorecard and type section, `today` that of pipeline, commitments and our side."""

    insight: Insight
    partner: Partner
    profile: Profile
    period: Period
    day: date
    today: date
    rows: PartnerRows
    frozen: Freezer
    scorecard: Scorecard
    length: Length = Length.FULL
    other_cards: tuple[Scorecard, ...] = ()  # of the partner's other types

    def rows_shown(self, full: int, short: int) -> int:
        """Return how many rows a table has room for."""
        return full if self.length is Length.FULL else short

    @property
    def hats(self) -> tuple[Profile, ...]:
        """The profiles of all types the partner is, the primary one first."""
        profiles = self.insight.catalog.profiles
        names = dict.fromkeys([self.profile.type, *self.partner.other_types])
        return tuple(profiles[name] for name in names if name in profiles)

    @property
    def our_name(self) -> str:
        return clipped(self.insight.settings.our_name, SIDE_LENGTH)

    @property
    def their_name(self) -> str:
        return clipped(self.partner.name, SIDE_LENGTH)

    @property
    def calendar(self) -> FiscalCalendar:
        return self.insight.settings.calendar

    @property
    def before(self) -> date:
        """The last day before the period: what the period is compared with."""
        return self.period.start - ONE_DAY

    @property
    def elapsed(self) -> Period:
        """The days of the period that have been."""
        return Period(self.period.start, self.day + ONE_DAY)

    def quarter(self, day: date) -> str:
        """Return `Q3`."""
        return f"Q{self.calendar.quarter_number(day)}"

    def known(self, metric: str) -> bool:
        return metric in self.insight.catalog.metrics

    def figure(self, metric: str, *, on: date | None = None) -> Span | None:
        """Return a metric's value tied to its figure, or None where it has none on that day."""
        if not self.known(metric):
            return None
        on = on or self.day
        return self.frozen.span(metric, on=on) if self.figure_value(metric, on=on) is not None else None

    def figure_value(self, metric: str, *, on: date) -> float | int | None:
        """Return a metric's value on a day without freezing it."""
        return self.insight.figure(self.partner.partner_id, metric, day=on).value

    def line_figure(self, line: ScoreLine, *, on: date) -> Span:
        """Return a scorecard line's value tied to its figure, with target and earlier values beside it."""
        if line.value is None:
            return Span(NO_DATA)
        figure = self.frozen.metric(line.metric, on=on, line=line)
        return Span(self.frozen.write(line.value, line.unit), figure.key)

    def line(self, metric: str) -> ScoreLine | None:
        lines = (line for card in (self.scorecard, *self.other_cards) for line in card.lines)
        return next((line for line in lines if line.metric == metric), None)

    @property
    def blend(self) -> Blend:
        """The score over all of the partner's types; with one type that type's own."""
        return self.scorecard.blend

    def short_title(self, line: ScoreLine) -> str:
        metric = self.insight.catalog.metrics.get(line.metric)
        return metric.short_title if metric else line.title

    def money(self, units: int | float) -> str:
        return write(units, Unit.MONEY, currency=self.frozen.currency)

    def total(self, rows: Sequence[Row], column: str, figure: str) -> Span:
        return Span(self.money(sum(amount(row, column) for row in rows)), figure)

    def listed(
        self,
        key: str,
        title: str,
        definition: str,
        entity: str,
        rows: Sequence[Row],
        *,
        column: str | None = None,
        on: date | None = None,
    ) -> str:
        """Keep a list of records as a figure as of today, or `on`; `column` is the amount it adds up."""
        return self.frozen.listed(
            key, title, definition, entity, rows, on=on or self.today, money_column=column
        )

    def amount_cell(self, row: Row, column: str = "amount") -> Cell:
        known = row[f"{column}_base"] is not None
        return cell(self.money(amount(row, column)) if known else NO_DATA, tone="" if known else "quiet")


def lacking(name: str, heading: str, message: str, lack: str, *, new_page: bool = False) -> Section:
    """Return a section that says in one line what is not there."""
    return Section(name, heading, message, (), (Missing((lack,)),), new_page)


def say(*parts: str | Span) -> Line:
    """Return a sentence from words and figures."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def cell(text: object, *, tone: Tone = "", strong: bool = False) -> Cell:
    """Return a cell of plain words; None reads as an empty place."""
    return Cell((Span(clipped(str(text), WORDS_LENGTH) if text is not None else "–"),), tone, strong)


def spark_cell(history: Sequence[float | int | None]) -> Cell:
    """Return a trend; a dash where fewer than two quarters have a value."""
    if sum(value is not None for value in history) < 2:
        return cell(DASH)
    return Cell(spark=tuple(plain(value) for value in history))


def day_cell(day: date | None, *, tone: Tone = "") -> Cell:
    return cell(write_day(day), tone=tone)


def number(title: str) -> Column:
    return Column(title, numeric=True)


def wide(title: str, share: float = 1.0) -> Column:
    return Column(title, share=share)


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    title: str = "",
    note: Line = (),
) -> Table:
    return Table(tuple(columns), tuple(tuple(row) for row in rows), title, note)


def rest_of(noun: str, found: int, shown: int, key: str) -> Line:
    """Return the note under a table: how many records there are, and where they are listed."""
    words = count(found, noun) if found <= shown else f"{shown} of {count(found, noun)}"
    return say(Span(f"{capital(words)}: see the annex", key))


def days_between(earlier: date, later: date) -> int:
    return (later - earlier).days


def lowered(title: str) -> str:
    """Return a title inside a sentence: POS and MDF stay as they are."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
