"""The programme as rows and sentences; the same figures as the portfolio report prints. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from camdesk.desk.portfolio.programme import Cohort, NamedOdds, ProgrammeGroup, ProgrammeReport
from camdesk.desk.portfolio.programme_reports import Concentration, InvestmentOutcome, ProgrammePage
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.chart_bars import Bar
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind
from camdesk.gui.widgets.values import figure_cell
from camdesk.insight.results import ProgrammeFigures, Unit
from camdesk.insight.survival import DARK, WITHIN_DAYS
from camdesk.insight.wording import DASH, write, write_day

WAYS = ("type", "tier", "region", "industry", "country", "enrolment year")
NOTE = (
    "Contribution in twelve months by what each type is judged on; the parts add up to the whole. "
    "Enter or a click on a figure opens its records."
)
INVESTMENTS_NOTE = (
    "Twelve months, in base currency; – where no source says. What came after is not yet what came of it."
)
ODDS_TITLE = f"Odds of business within {WITHIN_DAYS} days, dark and new partners"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A column: the metric it opens, where its value is, and how it is called."""

    metric: str
    field: str
    unit: Unit
    title: str
    tooltip: str


_FIGURES = (
    _Figure("enrolled_partners", "enrolled", Unit.COUNT, "Enrolled", "Partners enrolled on the day."),
    _Figure("active_partners", "active", Unit.COUNT, "Active", "Those with business of late."),
    _Figure("active_rate", "active_rate", Unit.PERCENT, "Rate", "Active of enrolled."),
    _Figure("dark_partners", "dark", Unit.COUNT, "Dark", "Enrolled and silent for too long."),
    _Figure(
        "activation_rate", "activation_rate", Unit.PERCENT, "Activated", "New partners activated in time."
    ),
    _Figure("partner_retention", "retention", Unit.PERCENT, "Retained", "Enrolled a year ago and still."),
    _Figure(
        "active_retention", "active_retention", Unit.PERCENT, "Stayed active", "Active a year ago and still."
    ),
    _Figure(
        "contribution", "contribution", Unit.MONEY, "Contribution", "What they brought in twelve months."
    ),
    _Figure(
        "revenue_per_active_partner",
        "revenue_per_active_partner",
        Unit.MONEY,
        "Per active",
        "What each active partner brought.",
    ),
    _Figure("top_ten_share", "top_ten_share", Unit.PERCENT, "Top ten", "Share of the ten largest."),
    _Figure(
        "time_to_first_revenue",
        "time_to_first_revenue",
        Unit.DAYS,
        "To first revenue",
        "The median, in days.",
    ),
)
GROUP_COLUMNS = (
    Column("Group", Kind.TEXT, strong=True),
    *(Column(one.title, Kind.NUMBER, one.tooltip, descending_first=True) for one in _FIGURES),
)
METRICS = ("enrolled_partners", *(one.metric for one in _FIGURES))
"""The metric that each column of a group opens; its name opens who is enrolled."""

COHORT_COLUMNS = (
    Column("Enrolled in", Kind.TEXT, strong=True),
    Column("Enrolled", Kind.NUMBER),
    Column("In time", Kind.NUMBER, "Activated within its type's window."),
    Column("Late", Kind.NUMBER, "Activated after the window."),
    Column("Missed", Kind.NUMBER, "The window is over, and not activated."),
    Column("On the way", Kind.NUMBER),
    Column("Unknown", Kind.NUMBER, "No milestone of the type is recorded."),
    Column("Days taken", Kind.NUMBER, "The median from enrolment to activation."),
    Column("Milestones", Kind.NUMBER),
)
INVESTMENT_COLUMNS = (
    Column("Investment", Kind.TEXT, strong=True, sortable=False),
    Column("How many", Kind.NUMBER, sortable=False),
    Column("Spent", Kind.NUMBER, sortable=False),
    Column("Pipeline", Kind.NUMBER, sortable=False),
    Column("Won", Kind.NUMBER, sortable=False),
    Column("How to read it", Kind.TEXT, sortable=False),
)
ODDS_COLUMNS = (
    Column("Partner", Kind.TEXT, strong=True),
    Column("Silent for", Kind.NUMBER, descending_first=True),
    Column("Odds", Kind.NUMBER, descending_first=True),
    Column("From", Kind.TEXT),
)


@dataclass(frozen=True)
class Programme:
    """What the screen shows, worked out in the background."""

    report: ProgrammeReport
    page: ProgrammePage
    summary: str
    groups: tuple[GridRow, ...]
    whole: GridRow
    empty: frozenset[int]  # columns in which no group has anything
    activation: str
    cohorts: tuple[GridRow, ...]
    concentration: str
    bars: tuple[Bar, ...]
    investments: tuple[GridRow, ...]
    odds: tuple[GridRow, ...]


def programme(report: ProgrammeReport, page: ProgrammePage) -> Programme:
    currency = report.base_currency
    whole = _group(report.whole, currency)
    return Programme(
        report,
        page,
        summary(report),
        tuple(_group(group, currency) for group in report.groups),
        replace(whole, cells=tuple(replace(cell, strong=True) for cell in whole.cells)),
        frozenset(place for place, cell in enumerate(whole.cells) if place and cell.sort is None),
        activation_words(report.cohorts),
        tuple(_cohort(one, place) for place, one in enumerate(report.cohorts)),
        concentration_words(page.concentration),
        tuple(_bar(page.concentration, place, currency) for place in range(len(page.concentration.largest))),
        tuple(_investment(one) for one in page.investments),
        tuple(_odds(one) for one in report.odds),
    )


def summary(report: ProgrammeReport) -> str:
    """Return the programme in one line; what nobody knows is left out."""
    of, currency = report.whole.figures, report.base_currency
    parts = [_counted(report.whole.partners, "partner")]
    if of.enrolled is not None and of.active is not None:
        parts += [f"{of.enrolled:,} enrolled", f"{of.active:,} active"]
    for value, unit, words in (
        (of.active_rate, Unit.PERCENT, "active rate"),
        (of.retention, Unit.PERCENT, "retained"),
        (of.active_retention, Unit.PERCENT, "stayed active"),
        (of.revenue_per_active_partner, Unit.MONEY, "per active partner"),
    ):
        if value is not None:
            parts.append(f"{write(value, unit, currency=currency)} {words}")
    return " · ".join([*parts, write_day(report.as_of)])


def activation_words(cohorts: Sequence[Cohort]) -> str:
    """Return how many of those whose window is over made it in time."""
    if not cohorts:
        return "Nobody has enrolled in the last twelve quarters, or no day is known."
    done = sum(cohort.in_time for cohort in cohorts)
    over = sum(cohort.in_time + cohort.late + cohort.missed for cohort in cohorts)
    if not over:
        return "No new partner's window is over yet."
    return f"{done} of {_counted(over, 'new partner')} activated in time."


def concentration_words(of: Concentration) -> str:
    """Return how much hangs on the ten largest, and how many bring half of it all."""
    if of.share is None:
        return "No contribution is known."
    many = len(of.largest) < of.partners
    who = "ten largest bring" if many else f"{_counted(len(of.largest), 'partner')} bring"
    share = write(of.share, Unit.PERCENT, currency="")
    bring = "brings" if of.half == 1 else "bring"
    half = f"{_counted(of.half, 'partner')} {bring} half of it"
    return f"The {who} {share} of the contribution of {of.partners:,}; {half}."


def group_title(by: str) -> str:
    """Return the title of the table divided by something."""
    return f"Productivity by {by}"


def opened_title(metric: str, group: str) -> str:
    """Return what is being opened until its records are there."""
    title = next((one.title for one in _FIGURES if one.metric == metric), metric)
    return f"{title}: {group}" if group else title


def _group(group: ProgrammeGroup, currency: str) -> GridRow:
    partners = _counted(group.partners, "partner")
    name = GridCell(group.title, group.title, partners, strong=True, spoken=f"{group.title}, {partners}")
    return GridRow(group.key, (name, *_figures(group.figures, currency)))


def _figures(of: ProgrammeFigures, currency: str) -> list[GridCell]:
    return [figure_cell(getattr(of, one.field), one.unit, currency=currency) for one in _FIGURES]


def _cohort(of: Cohort, place: int) -> GridRow:
    counts = (of.enrolled, of.in_time, of.late, of.missed, of.on_the_way, of.unknown)
    days = of.median_days
    cells = (
        GridCell(of.quarter, -place, f"Enter lists who enrolled in {of.quarter}", strong=True),
        *(GridCell(f"{one:,}" if one else DASH, one, copied=str(one)) for one in counts),
        GridCell(DASH if days is None else f"{days:g} d", days),
        GridCell(f"{of.milestones_done} of {of.milestones}" if of.milestones else DASH, of.milestones_done),
    )
    return GridRow(of.quarter, cells)


def _bar(of: Concentration, place: int, currency: str) -> Bar:
    one = of.largest[place]
    share = write(one.share, Unit.PERCENT, currency=currency)
    written = write(one.amount, Unit.MONEY, currency=currency)
    return Bar(one.name, one.amount, written, f"{share} of all", one.partner_id)


def _investment(of: InvestmentOutcome) -> GridRow:
    reading = f"{of.caution}{of.reading}"
    cells = (
        GridCell(of.title, of.title, strong=True),
        GridCell(f"{of.n:,}", of.n),
        *(GridCell(one[0] if one else DASH) for one in (of.spent, of.pipeline, of.won)),
        GridCell(reading, reading, reading, Tone.MUTED),
    )
    return GridRow(of.title, cells)


def _odds(one: NamedOdds) -> GridRow:
    odds, since = one.odds.odds, one.odds.days
    of_what = "silences" if one.odds.kind == DARK else "starts"
    told = f"{odds.at_risk} of {odds.spells} {of_what} that took longer"
    because = (odds.because or "") if odds.value is None else told
    cells = (
        GridCell(one.name, one.name, strong=True),
        GridCell(f"{since:,} d{'' if one.odds.kind == DARK else ', new'}", since),
        GridCell(DASH if odds.value is None else f"{odds.value:.0%}", odds.value),
        GridCell(because, because, because, Tone.MUTED),
    )
    return GridRow(one.odds.partner_id, cells)


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
