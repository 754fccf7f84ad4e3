"""Reports made by hand, in the shapes the desk hands out, and a desk that returns them."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from camdesk.base.errors import CamDeskError, NotFoundError, Problem
from camdesk.base.progress import Progress
from camdesk.base.settings import Settings
from camdesk.desk.reports import (
    Cell,
    ColumnHead,
    FigureReport,
    PartnerReport,
    PortfolioReport,
    PortfolioRow,
    ProgrammeFigures,
    QuarterFigures,
    RecordTable,
    SourceState,
    TypeSection,
)
from camdesk.insight.results import (
    Alert,
    AlertSubject,
    Band,
    Blend,
    Group,
    HatScore,
    LineTarget,
    Milestone,
    Movement,
    Partner,
    Requirement,
    Scorecard,
    ScoreChange,
    ScoreLine,
    TierState,
    Unit,
)
from camdesk.sync.plan import ShrunkenSourceError

AS_OF = date(2026, 9, 30)
M, P, R, C, D, S, H = (
    Unit.MONEY,
    Unit.PERCENT,
    Unit.RATIO,
    Unit.COUNT,
    Unit.DAYS,
    Unit.SCORE,
    Unit.HOURS,
)
TYPES: dict[str, tuple[str, str, str, tuple[tuple[str, Unit], ...]]] = {
    "reseller": (
        "Resellers",
        "Reseller",
        "plan attainment, wins, registration pace",
        (
            ("Revenue Q3", M),
            ("Attainment", P),
            ("Commit", M),
            ("Win rate", P),
            ("Pace", R),
            ("Certified", P),
            ("Fund left", M),
        ),
    ),
    "distributor": (
        "Distributors",
        "Distributor",
        "sell-through and reseller network",
        (
            ("Sell-through", M),
            ("Attainment", P),
            ("Weeks of supply", C),
            ("Sell-in to sell-through", R),
            ("Active resellers", C),
            ("Reports on time", P),
        ),
    ),
    "msp": (
        "Managed service providers",
        "MSP",
        "recurring revenue, renewals, seats, certified staff",
        (
            ("Recurring", M),
            ("Retention", P),
            ("Seats", C),
            ("Renewal rate", P),
            ("Due 90 d", M),
            ("Certified", P),
        ),
    ),
    "systems_integrator": (
        "Systems integrators",
        "SI",
        "influenced revenue, delivery quality, practice depth",
        (
            ("Influenced", M),
            ("Pipeline", M),
            ("Architects", P),
            ("On time", P),
            ("CSAT", S),
            ("Governance", P),
        ),
    ),
    "isv": (
        "Software vendors",
        "ISV",
        "marketplace adoption, joint deals, integration quality",
        (
            ("Active customers", C),
            ("Growth", P),
            ("Net installs", P),
            ("Joint pipeline", M),
            ("Joint win rate", P),
            ("Integration", P),
        ),
    ),
    "referral": (
        "Referral partners",
        "Referral",
        "accepted referrals and wins; light touch",
        (
            ("Accepted", C),
            ("Acceptance", P),
            ("Value", M),
            ("Fees owed", M),
            ("Our response", H),
        ),
    ),
    "alliance": (
        "Alliances",
        "Alliance",
        "joint revenue, commitments kept, governance, mutual investment",
        (
            ("Attainment", P),
            ("Joint pipeline", M),
            ("Commitments kept", P),
            ("Relationship gap", P),
            ("Governance", P),
            ("Investment parity", R),
        ),
    ),
}
_FIRST = [
    "Northwind",
    "Coldharbour",
    "Fjord",
    "Tessera",
    "Helio",
    "Pinnacle",
    "Ostrava",
    "Brightline",
    "Meridian",
    "Orchard",
    "Kestrel",
    "Vantage",
]
_LAST = [
    "Systems",
    "Networks",
    "Managed",
    "Consulting",
    "Distribution",
    "Digital",
    "Cloud",
    "Partners",
    "Solutions",
]


def a_partner(**changes: object) -> Partner:
    values: dict[str, object] = {
        "partner_id": "P-001",
        "name": "Helio Cloud",
        "type": "msp",
        "other_types": (),
        "tier": "Gold",
        "status": "enrolled",
        "attention": "A",
        "attention_derived": True,
        "stage": "active",
        "dark": False,
        "mine": True,
        "region": "EMEA",
        "country": "NL",
        "currency": "EUR",
        "parent_partner_id": None,
        "enrolled_on": date(2022, 3, 1),
    }
    return Partner(**{**values, **changes})  # type: ignore[arg-type]


def a_row(partner: Partner, cells: Sequence[Cell] = (), **changes: object) -> PortfolioRow:
    values: dict[str, object] = {
        "partner": partner,
        "score": 71.4,
        "band": Band.AMBER,
        "provisional": False,
        "enough_data": True,
        "onboarding": False,
        "outcome": 74.0,
        "leading": 67.0,
        "coverage": 0.92,
        "rank": 3,
        "ranked": 12,
        "quartile": 1,
        "computed_score": 71.4,
        "score_history": (60.0, 62.0, 61.0, 66.0, None, 70.0, 73.0, 71.4),
        "cells": tuple(cells),
        "alerts": 1,
    }
    return PortfolioRow(**{**values, **changes})  # type: ignore[arg-type]


FIGURES = ProgrammeFigures(60, 49, 49 / 60, 0.71, 31.4e7, 0.94, 4, 153_000_000_000)
QUARTER = QuarterFigures(
    "FY26 Q3", 38, 32_000_000_000, 19_000_000_000, 27_000_000_000, 31_000_000_000, 5_000_000_000
)


def a_section(type_id: str, rows: Sequence[PortfolioRow]) -> TypeSection:
    plural, short, judged_on, heads = TYPES[type_id]
    columns = tuple(
        ColumnHead(f"m{place}", title, f"{title}, in full", unit, "higher")
        for place, (title, unit) in enumerate(heads)
    )
    return TypeSection(type_id, plural[:-1], plural, short, judged_on, FIGURES, QUARTER, columns, tuple(rows))


def a_portfolio(sections: Sequence[TypeSection], **changes: object) -> PortfolioReport:
    report = PortfolioReport(AS_OF, "EUR", True, FIGURES, QUARTER, tuple(sections))
    return replace(report, **changes)  # type: ignore[arg-type]


def sample_portfolio(*, partners: int = 60, seed: int = 7) -> PortfolioReport:
    """Return a portfolio of all types with every state a row can be in."""
    draw = random.Random(seed)
    counts = {
        type_id: max(1, partners * share // 60)
        for type_id, share in zip(TYPES, (18, 6, 12, 8, 6, 6, 4), strict=True)
    }
    sections, number = [], 0
    for type_id, count in counts.items():
        rows = []
        for _ in range(count):
            number += 1
            rows.append(_drawn_row(draw, number, type_id))
        sections.append(a_section(type_id, rows))
    return a_portfolio(sections)


def _drawn_row(draw: random.Random, number: int, type_id: str) -> PortfolioRow:
    score = min(max(draw.gauss(66, 17), 4), 98)
    scores = [
        min(max(score + draw.gauss(0, 5) + (place - 7) * draw.gauss(0, 1.5), 0), 100) for place in range(8)
    ]
    name = f"{draw.choice(_FIRST)} {draw.choice(_LAST)} {number}"
    tiers = {"referral": None, "alliance": None}.get(type_id, draw.choice(("Silver", "Gold", "Platinum")))
    cells = [_drawn_cell(draw, unit) for _, unit in TYPES[type_id][3]]
    return a_row(
        a_partner(partner_id=f"P-{number:03}", name=name, type=type_id, tier=tiers, dark=number % 17 == 0),
        cells,
        score=None if number % 23 == 0 else score,
        provisional=number % 9 == 0,
        enough_data=number % 13 != 0,
        onboarding=number % 11 == 0,
        score_history=tuple(scores),
        alerts=draw.choice((0, 0, 1, 2, 3)),
    )


def _drawn_cell(draw: random.Random, unit: Unit) -> Cell:
    if draw.random() < 0.06:
        return Cell(None, None, False)
    points = draw.choice((None, 20.0, 65.0, 80.0, 95.0, 90.0))
    value: float | int = {
        Unit.MONEY: lambda: int(draw.uniform(2_000, 3_400_000)) * 10_000 + 2_500,
        Unit.PERCENT: lambda: draw.uniform(0.1, 1.4),
        Unit.RATIO: lambda: draw.uniform(0.2, 2),
        Unit.COUNT: lambda: draw.randint(0, 5000),
        Unit.SCORE: lambda: draw.uniform(3, 5),
        Unit.HOURS: lambda: draw.uniform(1, 30),
    }[unit]()
    return Cell(value, points, draw.random() < 0.2)


def a_line(metric: str, title: str, **changes: object) -> ScoreLine:
    values: dict[str, object] = {
        "metric": metric,
        "title": title,
        "group": Group.OUTCOME,
        "unit": P,
        "better": "higher",
        "value": 0.884,
        "n": 120,
        "target": LineTarget(0.92, False),
        "marks": (0.7, 0.8, 0.9, 0.97),
        "points": 65.0,
        "weight": 25.0,
        "contribution": 17.0,
        "previous_value": 0.915,
        "year_ago_value": 0.93,
        "median": 0.91,
        "history": (0.94, 0.94, 0.935, 0.93, 0.92, 0.91, 0.915, 0.884),
        "connected": True,
    }
    return ScoreLine(**{**values, **changes})  # type: ignore[arg-type]


def _lines() -> tuple[ScoreLine, ...]:
    unknown = {"points": None, "contribution": None, "history": (None,) * 8}
    leading = {"group": Group.LEADING, "unit": P}
    return (
        a_line("seat_growth", "Seat growth", points=92.0, weight=10.0, value=0.12, contribution=8.0),
        a_line("renewal_rate", "Gross renewal rate", points=42.0, contribution=11.6),
        a_line("retention", "Net recurring retention", points=81.0, weight=15.0, contribution=17.0),
        a_line(
            "recurring_revenue",
            "Recurring revenue",
            **{**unknown, "group": Group.SHOWN, "unit": M, "weight": 0.0},
            value=31_000_000_000,
            previous_value=30_400_000_000,
            target=LineTarget(32_000_000_000, True),
        ),
        a_line(
            "renewals_covered",
            "Renewals worked before 60 days",
            **leading,
            value=0.41,
            points=30.0,
            previous_value=0.53,
            contribution=9.4,
            target=None,
        ),
        a_line(
            "certification_coverage",
            "Certified engineers",
            **leading,
            value=0.9,
            points=66.0,
            weight=10.0,
            contribution=12.0,
            target=LineTarget(1, True),
        ),
        a_line(
            "seat_activation",
            "Seats in use",
            **{**unknown, **leading},
            value=None,
            previous_value=None,
            connected=False,
        ),
    )


def _our_side() -> tuple[ScoreLine, ...]:
    beside = {"group": Group.OUR_SIDE, "weight": 0.0, "contribution": None}
    return (
        a_line("case_response_sla", "Support cases within SLA", **beside, value=0.91, points=66.0),
        a_line(
            "claim_payment_time",
            "Claims paid within",
            **beside,
            unit=D,
            better="lower",
            value=22.5,
            previous_value=19.0,
            points=82.0,
            target=LineTarget(30, False),
            history=(30, 28, 26, 24, 22, 19, 20, 22.5),
        ),
    )


def a_scorecard(**changes: object) -> Scorecard:
    values: dict[str, object] = {
        "partner_id": "P-001",
        "type": "msp",
        "as_of": AS_OF,
        "profile_version": "1",
        "score": 58.0,
        "band": Band.AMBER,
        "provisional": False,
        "outcome": 61.0,
        "leading": 54.0,
        "coverage": 1.0,
        "connected_weight": 100.0,
        "enough_data": True,
        "capped_by": None,
        "to_connect": (),
        "onboarding": False,
        "lines": _lines(),
        "our_side": _our_side(),
        "our_side_points": 74.0,
        "rank": 19,
        "ranked": 23,
        "quartile": 4,
        "hats": (HatScore("msp", "Managed service provider", 1.0, 58.0, Band.AMBER),),
        "blend": Blend(
            58.0,
            Band.AMBER,
            False,
            61.0,
            54.0,
            1.0,
            True,
            (70.0, 69.0, 68.0, 66.0, 65.0, 64.0, 62.0, 58.0),
        ),
        "judged": None,
        "history": (70.0, 69.0, 68.0, 66.0, 65.0, 64.0, 62.0, 58.0),
    }
    return Scorecard(**{**values, **changes})  # type: ignore[arg-type]


def an_alert(**changes: object) -> Alert:
    subject = AlertSubject(
        "C-1", "Managed Endpoint, Aldgate Legal", "new", 2_016_000_000, date(2026, 10, 2), "critical", ()
    )
    values: dict[str, object] = {
        "id": 1,
        "partner_id": "P-001",
        "rule": "renewal-without-plan",
        "severity": "critical",
        "state": "new",
        "priority": 9.0,
        "value_at_stake": 4_120_000_000,
        "due_on": date(2026, 10, 2),
        "message": "3 contracts renew in 30 days with no renewal quote",
        "why": "A renewal nobody has opened 30 days before its date is lost twice as often.",
        "next_action": "Open one renewal deal per contract and put the customers on the next agenda.",
        "first_seen": date(2026, 9, 28),
        "reopened": False,
        "subjects": (
            subject,
            replace(subject, subject="C-2", label="Managed SOC, Ferrous Metals", value_at_stake=None),
        ),
    }
    return Alert(**{**values, **changes})  # type: ignore[arg-type]


def a_partner_report(partner: Partner | None = None, **changes: object) -> PartnerReport:
    who = partner or a_partner()
    needed = Requirement("certified_technical", "Technical people certified", 10, 6, False, C)
    values: dict[str, object] = {
        "partner": who,
        "type_title": "Managed service provider",
        "type_short_title": "MSP",
        "scorecard": a_scorecard(partner_id=who.partner_id),
        "change": ScoreChange(
            date(2026, 6, 30),
            AS_OF,
            64.0,
            58.0,
            (
                Movement("renewal_rate", "Gross renewal rate", -4.1),
                Movement("renewals_covered", "Renewals worked before 60 days", -2.6),
                Movement("recurring_revenue_growth", "Recurring revenue growth", 0.7),
            ),
        ),
        "tier": TierState(
            "Gold", True, (replace(needed, needed=6, met=True),), "Platinum", (needed,), 0.22, 0.01, 90
        ),
        "milestones": (
            Milestone("First certification", date(2022, 3, 31), date(2022, 3, 20)),
            Milestone("25 seats", date(2022, 5, 30), None),
        ),
        "alerts": (
            an_alert(),
            an_alert(
                id=2, severity="warning", message="Renewal rate fell 3 points in a quarter", subjects=()
            ),
        ),
        "base_currency": "EUR",
        "quarter_ends": quarter_ends(),
        "facts": ("Rotterdam", "enrolled Mar 2022", "Ines Kaya, COO (primary)", "next meeting Thu 10:00"),
    }
    return PartnerReport(**{**values, **changes})  # type: ignore[arg-type]


def quarter_ends() -> tuple[date, ...]:
    return tuple(AS_OF - timedelta(days=91 * (7 - place)) for place in range(8))


def a_figure(metric: str = "renewal_rate", **changes: object) -> FigureReport:
    rows = tuple(
        (
            f"C-{n:03}",
            f"Customer {n}",
            f"{1 + n % 28} Sep 2026",
            f"€{n * 1234:,}.00",
            "won" if n % 4 else "lost",
        )
        for n in range(1, 41)
    )
    values: dict[str, object] = {
        "metric": metric,
        "title": "Gross renewal rate",
        "value": "88%",
        "n": 40,
        "definition": "Annual value renewed over the annual value that came up for renewal in the window.",
        "window": "1 Oct 2025 to 30 Sep 2026",
        "tables": (
            RecordTable(
                "contracts",
                "Contracts",
                ("Contract", "Customer", "Renewed on", "Annual value", "Outcome"),
                (False, False, False, True, False),
                rows,
                tuple(row[0] for row in rows),
            ),
        ),
        "trend": tuple(zip(quarter_ends(), (0.94, 0.94, 0.935, None, 0.92, 0.91, 0.915, 0.884), strict=True)),
        "unit": P,
    }
    return FigureReport(**{**values, **changes})  # type: ignore[arg-type]


@dataclass
class Outcome:
    """What syncing a source did."""

    name: str = "exports"
    read: int = 1200
    added: int = 30
    changed: int = 4
    unchanged: int = 1164
    removed: int = 0
    notices: tuple[str, ...] = ("orders.csv: the dates of ordered_on mix day and month.",)
    rejected: tuple[Problem, ...] = (
        Problem("orders.csv", 17, "ordered_on", "31.02.2026", "not a day of the calendar"),
        Problem("orders.csv", 44, "net_value", "1,23,4", "thousands separators are not where they belong"),
    )


@dataclass
class OpenWorkspace:
    is_sample: bool = True
    home: Path | None = None


@dataclass
class FakeDesk:
    """Returns reports made by hand; a sync waits until it is let go or stopped."""

    report: PortfolioReport = field(default_factory=sample_portfolio)
    settings: Settings = field(default_factory=Settings)
    as_of: date = AS_OF
    workspace: OpenWorkspace = field(default_factory=OpenWorkspace)
    fault: CamDeskError | None = None
    states: tuple[SourceState, ...] = (SourceState("exports", "folder", "2026-09-30T06:12:00Z", 12_430, 2),)
    hold_sync: threading.Event | None = None
    shrunken: bool = False
    opened: list[tuple[str, str]] = field(default_factory=list)
    stock_taken: int = 0
    left_as: object = None

    def portfolio(self, *, mine: bool = True) -> PortfolioReport:
        if self.fault is not None:
            raise self.fault
        return replace(self.report, mine_only=mine and self.report.mine_only)

    def remembered_view(self, screen: str) -> None:
        return None

    def remember_view(self, screen: str, body: object) -> None:
        self.left_as = body

    def saved_views(self, screen: str) -> tuple[()]:
        return ()

    def partner(self, partner_id: str) -> PartnerReport:
        rows = (row for section in self.report.sections for row in section.rows)
        for row in rows:
            if row.partner.partner_id == partner_id:
                return a_partner_report(row.partner)
        raise NotFoundError(f"There is no partner {partner_id}.", "Look for it in the portfolio.")

    def open_figure(self, partner_id: str, metric: str) -> FigureReport:
        self.opened.append((partner_id, metric))
        return a_figure(metric)

    def sources(self) -> tuple[SourceState, ...]:
        return self.states

    def pinned(self) -> tuple[str, ...]:
        return ()

    def take_stock(self, *, progress: Progress | None = None) -> None:
        self.stock_taken += 1

    def sync(
        self, names: Sequence[str] = (), *, accept_shrunken: bool = False, progress: Progress
    ) -> tuple[Outcome, ...]:
        if self.shrunken and not accept_shrunken:
            raise ShrunkenSourceError("exports brings 3 partners where there were 60.", "Go on with --yes.")
        progress.report(300, 1200, "exports: orders.csv")
        if self.hold_sync is not None:
            while not self.hold_sync.wait(0.01):
                progress.check()
        return (Outcome(),)
