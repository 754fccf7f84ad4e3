"""A partner's terms as table rows. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from camdesk.desk.partner.terms import gap, has_and_needed, kind_in_words
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.grid import Column, GridCell, GridRow, Kind, Meter
from camdesk.gui.widgets.values import figure_cell
from camdesk.insight.rebate_steps import RebateStep
from camdesk.insight.results import Requirement, TierState, Unit
from camdesk.insight.terms import Agreement, Registration, Skills, Term, Terms
from camdesk.insight.wording import DASH, NO_DATA, write, write_day

_SOON = timedelta(days=14)
_NOTICE_SOON = timedelta(days=90)


def _columns(*titles: tuple[str, Kind]) -> tuple[Column, ...]:
    return tuple(Column(title, kind, sortable=False) for title, kind in titles)


NEED_COLUMNS = _columns(
    ("Requirement", Kind.TEXT), ("Has", Kind.NUMBER), ("Needed", Kind.NUMBER), ("To go", Kind.NUMBER)
)
GIVEN_COLUMNS = _columns(("What", Kind.TEXT), ("How much", Kind.NUMBER))
REGISTRATION_COLUMNS = _columns(
    ("Deal", Kind.TEXT), ("Amount", Kind.NUMBER), ("Protected until", Kind.NUMBER), ("Days", Kind.NUMBER)
)
REBATE_COLUMNS = _columns(
    ("Programme", Kind.TEXT),
    ("Step", Kind.NUMBER),
    ("Progress", Kind.BAR),
    ("To go", Kind.NUMBER),
    ("Pays", Kind.NUMBER),
    ("Days left", Kind.NUMBER),
)
PEOPLE_COLUMNS = _columns(("Certified", Kind.TEXT), ("People", Kind.NUMBER))
EXPIRING_COLUMNS = _columns(("Runs out", Kind.TEXT), ("Person", Kind.TEXT), ("On", Kind.NUMBER))
TERM_COLUMNS = _columns(
    ("Term", Kind.TEXT), ("Kind", Kind.TEXT), ("From", Kind.NUMBER), ("Until", Kind.NUMBER)
)
AGREEMENT_COLUMNS = _columns(
    ("Agreement", Kind.TEXT),
    ("Ends", Kind.NUMBER),
    ("Notice by", Kind.NUMBER),
    ("Renews itself", Kind.NUMBER),
)


def need_rows(requirements: Iterable[Requirement], *, currency: str) -> list[GridRow]:
    """Return requirements as rows of `NEED_COLUMNS`."""
    return [
        GridRow(
            one.name,
            (
                _text(one.title),
                _has(one, currency),
                figure_cell(one.needed, one.unit, currency=currency),
                _to_go(one, currency),
            ),
        )
        for one in requirements
    ]


def given_rows(tier: TierState, terms: Terms, *, currency: str) -> list[GridRow]:
    """Return what the tier gives and what is left of it, as rows of `GIVEN_COLUMNS`."""
    rows: list[tuple[str, str, str]] = []
    if tier.discount is not None:
        rows.append(("Discount", write(tier.discount, Unit.PERCENT, currency=""), ""))
    if tier.fund_accrual is not None:
        accrual = write(tier.fund_accrual, Unit.PERCENT, currency="")
        rows.append(("Market funds earned, of revenue", accrual, ""))
    if terms.fund_balance is not None:
        named = ", ".join(f"{fund.name or 'fund'} to {write_day(fund.ends_on)}" for fund in terms.funds)
        rows.append(("Market funds left", write(terms.fund_balance, Unit.MONEY, currency=currency), named))
    if tier.protection_days is not None:
        rows.append(("Deal protection", f"{tier.protection_days} d", ""))
    if terms.credit_limit is not None:
        rows.append(("Credit limit", write(terms.credit_limit, Unit.MONEY, currency=currency), ""))
    if terms.credit_used is not None:
        left = (
            ""
            if terms.credit_left is None
            else f"{write(terms.credit_left, Unit.MONEY, currency=currency)} left"
        )
        rows.append(("Credit used", write(terms.credit_used, Unit.MONEY, currency=currency), left))
    return [
        GridRow(name, (_text(name), GridCell(value, tooltip=note, strong=True))) for name, value, note in rows
    ]


def registration_rows(registrations: Iterable[Registration], *, currency: str) -> list[GridRow]:
    return [
        GridRow(
            one.deal_id,
            (
                _text(one.name),
                figure_cell(one.amount, Unit.MONEY, currency=currency),
                *_protection(one),
            ),
        )
        for one in registrations
    ]


def rebate_rows(steps: Iterable[RebateStep], *, currency: str) -> list[GridRow]:
    return [
        GridRow(
            one.rebate_id,
            (
                GridCell(one.program, tooltip=f"{one.program}, counts {one.metric.replace('_', ' ')}"),
                figure_cell(one.threshold, Unit.MONEY, currency=currency),
                _progress(one, currency),
                GridCell("reached", 0, tone=Tone.GOOD)
                if one.is_reached
                else figure_cell(one.missing, Unit.MONEY, currency=currency),
                figure_cell(one.payout, Unit.MONEY, currency=currency),
                GridCell(f"{one.days_left} d", one.days_left),
            ),
        )
        for one in steps
    ]


def people_rows(skills: Skills) -> list[GridRow]:
    """Return people certified by track, then the mandatory names with their holders."""
    tracks = [
        GridRow(track, (_text(track.capitalize()), GridCell(f"{people}", people)))
        for track, people in skills.tracks
    ]
    mandatory = [
        GridRow(
            f"mandatory {name}",
            (
                GridCell(f"{name}, mandatory", tooltip=f"{name}, mandatory"),
                GridCell(f"{people}", people)
                if people
                else GridCell("nobody", 0, tone=Tone.BAD, strong=True),
            ),
        )
        for name, people in skills.mandatory
    ]
    return tracks + mandatory


def expiring_rows(skills: Skills, *, today: date) -> list[GridRow]:
    return [
        GridRow(
            f"{one.person} {one.name}",
            (_text(one.name), _text(one.person), _near(one.expires_on, today, within=timedelta(days=30))),
        )
        for one in skills.expiring
    ]


def term_rows(terms: Iterable[Term]) -> list[GridRow]:
    return [
        GridRow(
            f"{one.kind} {one.text}",
            (
                _text(one.text),
                GridCell(kind_in_words(one.kind), tone=Tone.MUTED),
                GridCell(write_day(one.valid_from), tooltip=_announced(one)),
                GridCell(write_day(one.valid_until)),
            ),
        )
        for one in terms
    ]


def agreement_rows(agreements: Iterable[Agreement], *, today: date) -> list[GridRow]:
    renews = {True: "yes", False: "no", None: DASH}
    return [
        GridRow(
            f"{one.kind} {one.signed_on}",
            (
                GridCell(_capital(kind_in_words(one.kind)), tooltip=f"signed {write_day(one.signed_on)}"),
                _near(one.expires_on, today, within=_NOTICE_SOON),
                _near(one.notice_by, today, within=_NOTICE_SOON),
                GridCell(renews[one.renews_itself]),
            ),
        )
        for one in agreements
    ]


def _text(words: str) -> GridCell:
    return GridCell(words, tooltip=words)


def _has(one: Requirement, currency: str) -> GridCell:
    cell = figure_cell(one.has, one.unit, currency=currency)
    return cell if one.has is None else replace(cell, text=has_and_needed(one, currency)[0])


def _to_go(one: Requirement, currency: str) -> GridCell:
    if one.met is None:
        return GridCell(DASH, None, NO_DATA, Tone.FAINT, spoken=NO_DATA)
    if one.met:
        return GridCell("✓ met", tone=Tone.GOOD, spoken="met")
    missing = gap(one, currency)
    return GridCell(
        missing, tooltip=f"{missing} to go", tone=Tone.BAD, strong=True, spoken=f"{missing} to go"
    )


def _protection(one: Registration) -> tuple[GridCell, GridCell]:
    if one.state == "pending":
        submitted = f"submitted {write_day(one.submitted_on)}"
        return (
            GridCell("awaits our decision", tooltip=submitted, tone=Tone.WARN),
            GridCell(f"{one.days} waiting", one.days, submitted, Tone.WARN),
        )
    ends_soon = timedelta(days=one.days) <= _SOON
    return (
        GridCell(write_day(one.protected_until)),
        GridCell(f"{one.days} left", one.days, tone=Tone.BAD if ends_soon else Tone.NORMAL, strong=ends_soon),
    )


def _progress(one: RebateStep, currency: str) -> GridCell:
    if one.progress is None:
        return GridCell(DASH, None, NO_DATA, Tone.FAINT, spoken=NO_DATA)
    words = f"{write(one.has, Unit.MONEY, currency=currency)} so far, {one.progress:.0%}"
    tone = Tone.GOOD if one.is_reached else Tone.ACCENT
    return GridCell("", one.progress, words, mark=Meter(min(one.progress, 1), tone), spoken=words)


def _near(day: date | None, today: date, *, within: timedelta) -> GridCell:
    """Return a day; one that is near stands out."""
    if day is None:
        return GridCell(DASH, None, tone=Tone.FAINT)
    days = (day - today).days
    words = f"in {days} days" if days >= 0 else f"{-days} days ago"
    is_near = today <= day <= today + within
    return GridCell(
        write_day(day), day.isoformat(), words, Tone.BAD if is_near else Tone.NORMAL, strong=is_near
    )


def _announced(term: Term) -> str:
    return f"announced {write_day(term.announced_on)}" if term.announced_on else ""


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
