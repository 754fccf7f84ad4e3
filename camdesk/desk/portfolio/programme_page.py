"""The programme's screen: activation month by month, concentration, investments; every figure opened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from camdesk.base.errors import NotFoundError
from camdesk.base.periods import add_months
from camdesk.desk.number.forecast import in_view
from camdesk.desk.partner.figures import record_tables, window_words
from camdesk.desk.partner.part_reading import opened_figure
from camdesk.desk.portfolio import programme
from camdesk.desk.portfolio.programme_reports import (
    MONTHS,
    ActivatedWithin,
    ActivationCohort,
    Concentration,
    InvestmentOutcome,
    LargePartner,
    ProgrammePage,
)
from camdesk.desk.reports import FigureReport, RecordTable
from camdesk.documents.model import Span
from camdesk.documents.portfolio_report.draft import InView
from camdesk.documents.portfolio_report.investments import Led, led_to
from camdesk.insight.insight import Insight
from camdesk.insight.lifecycle import activated_on
from camdesk.insight.programme import largest
from camdesk.insight.results import Evidence, EvidenceRecord, Partner, Unit
from camdesk.insight.wording import DASH, write, write_day

LISTED = 500
"""So many records of a figure are listed, the largest: nobody reads more."""
_BY_AMOUNT = ("contribution", "revenue_per_active_partner")


def page(insight: Insight, *, mine: bool) -> ProgrammePage:
    partners = in_view(insight, mine=mine)
    cohorts = programme.enrolled_by_quarter(insight, partners)
    title = insight.settings.calendar.quarter_title
    return ProgrammePage(
        tuple(
            ActivationCohort(title(start), start, len(members), *_activated(insight, members))
            for start, members in cohorts.items()
        ),
        _concentration(insight, partners),
        tuple(_outcome(led) for led in led_to(InView(insight, tuple(partners)))),
    )


def open_figure(insight: Insight, metric: str, *, by: str, group: str | None, mine: bool) -> FigureReport:
    """Return a figure of the programme, or of one group, with its partners and records, readable."""
    evidence = programme.explain(insight, metric, by=by, group=group, mine=mine)
    members, view = programme.members_of(insight, by=by, group=group, mine=mine)
    window, tables = window_words(evidence), _tables(insight, evidence)
    if metric in _BY_AMOUNT:
        amounts = insight.counted(programme.counted_among(insight, metric, view)).amounts
        counted = [EvidenceRecord("partners", one, amounts[one], None) for one in members if one in amounts]
        tables = (_partner_table(insight, counted, unit=Unit.MONEY), *tables)
    if evidence.n > LISTED:
        window = f"{window} · the {LISTED:,} largest are listed"
    return FigureReport(
        metric,
        evidence.title,
        write(evidence.value, evidence.unit, currency=insight.settings.base_currency, full=True),
        evidence.n,
        evidence.definition,
        window,
        tables,
        (),
        evidence.unit,
    )


def open_cohort(insight: Insight, quarter: str, *, mine: bool) -> FigureReport:
    """Return who enrolled in a fiscal quarter, and how far each has come."""
    title = insight.settings.calendar.quarter_title
    found = programme.enrolled_by_quarter(insight, in_view(insight, mine=mine))
    members = next((members for start, members in found.items() if title(start) == quarter), None)
    if members is None:
        raise NotFoundError(f"Nobody enrolled in {quarter}.", "Read the programme again.")
    rows = [_member(insight, partner) for partner in sorted(members, key=_by_day)]
    heads = ("Partner", "Type", "Enrolled", "Activation", "Activated", "Days", "Milestones")
    return FigureReport(
        "",
        f"Enrolled in {quarter}",
        "1 partner" if len(rows) == 1 else f"{len(rows):,} partners",
        len(rows),
        "Activated: all milestones of its type reached; in time: within the type's window.",
        f"as of {write_day(insight.as_of)}",
        (
            RecordTable(
                "partners",
                "Partners",
                heads,
                (False, False, False, False, False, True, True),
                tuple(cells for _, cells, _ in rows),
                tuple(key for key, _, _ in rows),
                tuple(orders for _, _, orders in rows),
            ),
        ),
        (),
        Unit.COUNT,
    )


def open_investment(insight: Insight, figure_key: str, *, mine: bool) -> FigureReport:
    """Return one amount of an investment with all of its records."""
    view = InView(insight, tuple(in_view(insight, mine=mine)))
    led_to(view)
    figure = next((one for one in view.frozen.figures if one.key == figure_key), None)
    if figure is None:
        raise NotFoundError("That figure is not there any more.", "Read the programme again.")
    return opened_figure(insight, figure, view.frozen.listed_records(figure_key), Unit.MONEY)


def _activated(
    insight: Insight, members: Collection[Partner]
) -> tuple[int, tuple[ActivatedWithin | None, ...]]:
    """Return of how many milestones are known, and how many of them were activated within each month."""
    ways = [(member.enrolled_on, insight.milestones(member.partner_id)) for member in members]
    known = [(enrolled, activated_on(steps)) for enrolled, steps in ways if enrolled is not None and steps]
    return len(known), tuple(
        _within(known, months, since=since, on=insight.as_of)
        for since, months in zip((0, *MONTHS), MONTHS, strict=False)
    )


def _within(
    known: Collection[tuple[date, date | None]], months: int, *, since: int, on: date
) -> ActivatedWithin | None:
    """Return how many were activated within `months`; None where nobody has come beyond `since` yet."""
    if not known or add_months(min(enrolled for enrolled, _ in known), since) > on:
        return None
    ends = [add_months(enrolled, months) for enrolled, _ in known]
    inside = sum(done is not None and done <= end for (_, done), end in zip(known, ends, strict=True))
    return ActivatedWithin(inside, max(ends) <= on)


def _concentration(insight: Insight, partners: Collection[Partner]) -> Concentration:
    names = {partner.partner_id: partner.name for partner in partners}
    amounts = {name: amount for name, amount in insight.counted(list(names)).amounts.items() if amount > 0}
    total = sum(amounts.values())
    if not total:
        return Concentration((), None, 0, 0)
    top = largest(amounts)
    return Concentration(
        tuple(LargePartner(one, names[one], amounts[one], amounts[one] / total) for one in top),
        insight.programme(list(names)).top_ten_share,
        len(amounts),
        _half(sorted(amounts.values(), reverse=True)),
    )


def _half(ranked: Collection[int]) -> int:
    """Return how many of the largest bring half of it all."""
    half, so_far = sum(ranked) / 2, 0
    for place, amount in enumerate(ranked, start=1):
        so_far += amount
        if so_far >= half:
            return place
    return len(ranked)


def _outcome(led: Led) -> InvestmentOutcome:
    return InvestmentOutcome(
        led.title,
        led.n,
        _amount(led.spent),
        _amount(led.pipeline),
        _amount(led.won),
        led.caution,
        led.reading,
    )


def _amount(span: Span | None) -> tuple[str, str] | None:
    return None if span is None else (span.text, span.figure or "")


def _tables(insight: Insight, evidence: Evidence) -> tuple[RecordTable, ...]:
    people = [record for record in evidence.records if record.entity == "partners"]
    others = [record for record in evidence.records if record.entity != "partners"]
    if evidence.metric in _BY_AMOUNT:
        people = []  # the partners stand in a table of their own, with what they bring
    if len(others) > LISTED:
        others = sorted(others, key=_size, reverse=True)[:LISTED]
    names = {key: partner.name for key, partner in insight.partners().items()}
    found = record_tables(insight, others, names=names)
    unit = Unit.MONEY if evidence.metric == programme.TOP_TEN else evidence.unit
    return (*((_partner_table(insight, people, unit=unit),) if people else ()), *found)


def _size(record: EvidenceRecord) -> float:
    return abs(float(record.n)) if isinstance(record.n, int | float) else 0.0


def _partner_table(insight: Insight, records: Collection[EvidenceRecord], *, unit: Unit) -> RecordTable:
    """Return partners with what each counts as: an amount, or whether it is one of those the rate counts."""
    known = insight.partners()
    found = [(known[one.record_id], one) for one in records if one.record_id in known]
    currency = insight.settings.base_currency

    def counted(record: EvidenceRecord) -> tuple[str, float]:
        value = record.n if record.n is not None else record.d
        number = float(value) if isinstance(value, int | float) else 0.0
        if unit is Unit.PERCENT:
            return ("yes" if number else "no"), number
        return write(number, unit, currency=currency, full=True), number

    found.sort(key=lambda pair: (-counted(pair[1])[1], pair[0].name.casefold()))
    heads, numeric = ["Partner", "Type", "Tier"], [False, False, False]
    rows = [[partner.name, _type(insight, partner), partner.tier or DASH] for partner, _ in found]
    orders: list[list[float | int | str | None]] = [list(cells) for cells in rows]
    if unit is not Unit.COUNT:
        heads.insert(1, "Counts" if unit is Unit.PERCENT else "Counts as")
        numeric.insert(1, unit is not Unit.PERCENT)
        for (_, record), cells, order in zip(found, rows, orders, strict=True):
            text, number = counted(record)
            cells.insert(1, text)
            order.insert(1, number)
    return RecordTable(
        "partners",
        "Partners",
        tuple(heads),
        tuple(numeric),
        tuple(map(tuple, rows)),
        tuple(partner.partner_id for partner, _ in found),
        tuple(map(tuple, orders)),
    )


def _type(insight: Insight, partner: Partner) -> str:
    profile = insight.catalog.profiles.get(partner.type)
    return profile.title if profile is not None else partner.type


def _by_day(partner: Partner) -> tuple[str, str]:
    return partner.enrolled_on.isoformat() if partner.enrolled_on else "", partner.name.casefold()


def _member(
    insight: Insight, partner: Partner
) -> tuple[str, tuple[str, ...], tuple[float | int | str | None, ...]]:
    steps = insight.milestones(partner.partner_id)
    done, enrolled = activated_on(steps), partner.enrolled_on
    days = (done - enrolled).days if done is not None and enrolled is not None else None
    how = programme.how_activated(insight, partner, steps)
    reached = sum(step.done_on is not None for step in steps)
    kind = _type(insight, partner)
    cells = (
        partner.name,
        kind,
        write_day(enrolled),
        how,
        write_day(done),
        DASH if days is None else f"{days:,}",
        f"{reached} of {len(steps)}" if steps else DASH,
    )
    orders = (
        partner.name,
        kind,
        enrolled.isoformat() if enrolled else None,
        how,
        done.isoformat() if done else None,
        days,
        reached,
    )
    return partner.partner_id, cells, orders
