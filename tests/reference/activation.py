"""The milestones of activation, as the profiles name them: when a partner reached each, and its window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .figure import AsOf
from .periods import plus_months
from .records import Row

Days = list[date | None]
Fact = Callable[[AsOf, Row], Days]


def _days(entity: str, column: str, *, above: str | None = None, **only: str) -> Fact:
    """Return the days of the rows whose columns say one of the words, and whose number `above` is above 0."""

    def fact(at: AsOf, partner: Row) -> Days:
        return [
            row.day(column) for row in at.portfolio.of_partner(entity, partner)
            if all((row.text(name) or "") in words.split() for name, words in only.items())
            and (above is None or (row.number(above) or 0) > 0)
        ]  # fmt: skip

    return fact


def _decided(at: AsOf, partner: Row) -> Days:
    """Return the days of approved registrations; an undated decision counts from the submission."""
    return [
        deal.day("decided_at") or deal.day("submitted_at")
        for deal in at.portfolio.of_partner("deals", partner)
        if deal.text("kind") == "registered" and deal.text("decision") == "approved"
    ]


def _sold(at: AsOf, partner: Row) -> Days:
    lines = [
        row for row in at.portfolio.all("sell_through") if row.text("reseller_partner_id") == partner.key
    ]
    return _days("orders", "booked_on")(at, partner) + [line.day("month") for line in lines]


def _five_resellers(at: AsOf, partner: Row) -> Days:
    lines = at.portfolio.of_partner("sell_through", partner)
    months = {month for line in lines if (month := line.day("month"))}
    named: dict[date, set[str | None]] = {
        month: {
            line.text("reseller") for line in lines
            if plus_months(month, -3) < (line.day("month") or date.max) <= month
        }
        for month in months
    }  # fmt: skip
    return [month for month, resellers in named.items() if len(resellers) >= 5]


def _seats(at: AsOf, partner: Row) -> Days:
    seats: dict[date, Fraction] = {}
    for row in at.portfolio.of_partner("usage", partner):
        month = row.day("month")
        if month is not None:
            seats[month] = seats.get(month, Fraction(0)) + (row.number("seats") or 0)
    return [month for month, total in seats.items() if total >= 25]


def _certified(at: AsOf, partner: Row) -> Days:
    """Return when certified listings were published, at the latest when the one sync first saw them."""
    listings = at.portfolio.of_partner("listings", partner)
    return [
        min(row.day("published_on") or at.portfolio.undated_on, at.portfolio.undated_on)
        for row in listings if row.day("certified_until")
    ]  # fmt: skip


def _listed(at: AsOf, partner: Row) -> Days:
    listings = at.portfolio.of_partner("listings", partner)
    return [row.day("published_on") for row in listings if row.text("status") != "draft"]


def _answered(at: AsOf, partner: Row) -> Days:
    return [
        row.day("first_response_at") or row.day("submitted_at")
        for row in at.portfolio.of_partner("referrals", partner)
        if row.text("status") in ("accepted", "won", "lost")
    ]


def _planned(at: AsOf, partner: Row) -> Days:
    return [
        row.day("completed_on") for row in at.portfolio.of_partner("milestones", partner)
        if (row.text("name") or "").lower() == "joint plan agreed"
    ]  # fmt: skip


FIRST_CERTIFICATION = _days("certifications", "awarded_on")
FIRST_CAMPAIGN = _days("campaigns", "started_on")
MILESTONES: dict[str, tuple[tuple[str, Fact], ...]] = {
    "reseller": (
        ("Kick-off", _days("meetings", "scheduled_at", status="held")),
        ("First certification", FIRST_CERTIFICATION),
        ("First approved registration", _decided),
        ("First campaign", FIRST_CAMPAIGN),
        ("First order", _sold),
    ),
    "distributor": (
        ("First stock order", _days("orders", "booked_on")),
        ("First POS report", _days("pos_reports", "received_on")),
        ("Five active resellers", _five_resellers),
        ("First campaign", FIRST_CAMPAIGN),
    ),
    "msp": (
        ("First certification", FIRST_CERTIFICATION),
        ("First customer live", _days("usage", "month", above="seats")),
        ("25 seats", _seats),
    ),
    "systems_integrator": (
        ("First architect", _days("certifications", "awarded_on", track="architect")),
        ("First influenced deal", _days("deals", "submitted_at", kind="influenced co_sell")),
        ("First project started", _days("projects", "started_on", status="active completed")),
    ),
    "isv": (
        ("Integration certified", _certified),
        ("Listing live", _listed),
        ("First install", _days("listing_activity", "month", above="installs")),
    ),
    "referral": (("First accepted referral", _answered),),
    "alliance": (
        ("Executive kick-off", _days("meetings", "scheduled_at", status="held", kind="executive")),
        ("Joint plan agreed", _planned),
        ("First joint deal", _days("deals", "submitted_at", kind="co_sell")),
    ),
}  # fmt: skip
WINDOW_DAYS = {
    "reseller": 90, "distributor": 90, "msp": 90, "systems_integrator": 180, "isv": 120, "referral": 60,
    "alliance": 180,
}  # fmt: skip


@dataclass(frozen=True)
class Activation:
    """The day a partner's window ends, and when it reached what counts by the day (None: not yet)."""

    window_end: date
    reached: list[date | None]

    @property
    def in_time(self) -> bool:
        return all(day is not None and day <= self.window_end for day in self.reached)


def activation(at: AsOf, partner: Row) -> Activation | None:
    """Return None without a day of enrolment, or where no records of any of its milestones were brought."""
    kind, enrolled_on = partner.text("type") or "", partner.day("enrolled_on")
    steps = [
        _reached(at, partner, name, fact) for name, fact in MILESTONES[kind] if _counts(at, partner, name)
    ]
    if enrolled_on is None or not steps:
        return None
    return Activation(enrolled_on + timedelta(WINDOW_DAYS[kind]), steps)


def _reached(at: AsOf, partner: Row, name: str, fact: Fact) -> date | None:
    by_hand = _own(at, partner, name)
    day = by_hand[0] if by_hand else _first(fact(at, partner))
    return day if at.reached(day) else None


def _own(at: AsOf, partner: Row, name: str) -> Days:
    """Return the days of the partner's own rows of that name; the first that is done stands."""
    rows = [
        row.day("completed_on") for row in at.portfolio.of_partner("milestones", partner)
        if row.text("kind") == "onboarding" and (row.text("name") or "").lower() == name.lower()
    ]  # fmt: skip
    return sorted(rows, key=lambda day: (day is None, day))


_READ_BY: dict[str, tuple[str, ...]] = {
    "Kick-off": ("meetings",), "First certification": ("certifications",),
    "First approved registration": ("deals",), "First campaign": ("campaigns",),
    "First order": ("orders", "lines"), "First stock order": ("orders",),
    "First POS report": ("pos_reports",),
    "Five active resellers": ("sell_through",), "First customer live": ("usage",), "25 seats": ("usage",),
    "First architect": ("certifications",), "First influenced deal": ("deals",),
    "First project started": ("projects",), "Integration certified": ("listings",),
    "Listing live": ("listings",), "First install": ("listing_activity",),
    "First accepted referral": ("referrals",), "Executive kick-off": ("meetings",),
    "Joint plan agreed": ("milestones",), "First joint deal": ("deals",),
}  # fmt: skip


def _counts(at: AsOf, partner: Row, name: str) -> bool:
    """Tell whether somebody had records of what the milestone reads, or the partner a row of the name."""
    brought = any(
        at.has(entity, one) if entity != "lines" else bool(at.lines_naming(one))
        for entity in _READ_BY[name] for one in at.portfolio.all("partners")
    )  # fmt: skip
    return brought or bool(_own(at, partner, name))


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)
