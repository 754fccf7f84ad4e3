"""What there is to know about a partner, in parts: what each is about, and what it shows. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from camdesk.desk.reports import RecordTable
    from camdesk.documents.model import Section


@dataclass(frozen=True, slots=True)
class Listing:
    """The partner's records of an entity, or those whose column `only[0]` says `only[1]`.

    `first` names the columns that a person looks for first.
    """

    entity: str
    only: tuple[str, str] | None = None
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a partner's page: sections of its review, by name, and lists of records below them.

    A partner has the part where it has records of the first list or one of its types asks for a section.
    """

    key: str
    title: str
    sections: tuple[str, ...]
    lists: tuple[Listing, ...]
    common: bool = False
    """Whether every partner has it, also without records."""


_DEAL = ("customer", "name", "status", "stage", "amount", "expected_close_on", "forecast", "next_step")
PARTS = (
    Part(
        "renewals",
        "Renewals",
        ("renewal-calendar",),
        (
            Listing(
                "renewals",
                first=("customer", "product", "due_on", "status", "forecast", "value", "opened_on"),
            ),
        ),
    ),
    Part(
        "recurring",
        "Recurring",
        ("recurring-revenue-by-month", "recurring-revenue-bridge", "seats-by-month"),
        (Listing("usage", first=("month", "customer", "product", "seats", "active_seats")),),
    ),
    Part(
        "sell-through",
        "Sell-through",
        ("sell-through", "weeks-of-supply", "reseller-breadth", "pos-quality", "aged-stock", "claims-ageing"),
        (
            Listing("sell_through", first=("month",)),
            Listing("inventory", first=("product", "counted_on", "units", "value", "aged_value")),
            Listing("pos_reports", first=("month", "due_on", "received_on")),
        ),
    ),
    Part(
        "listings",
        "Listings",
        ("listing-funnel", "adoption-by-month", "certification-matrix"),
        (
            Listing(
                "listings",
                first=("name", "marketplace", "status", "published_on", "updated_on", "certified_until"),
            ),
            Listing(
                "listing_activity",
                first=("month", "listing_id", "installs", "uninstalls", "active_customers"),
            ),
        ),
    ),
    Part(
        "projects",
        "Projects",
        ("project-status", "customer-satisfaction", "influence-log"),
        (Listing("projects", first=("customer", "name", "status", "health", "due_on", "csat", "value")),),
    ),
    Part(
        "referrals",
        "Referrals",
        ("referrals-and-status", "fees", "response-time"),
        (
            Listing(
                "referrals",
                first=("customer", "submitted_at", "status", "value", "fee", "fee_due_on", "fee_paid_on"),
            ),
        ),
    ),
    Part(
        "alliances",
        "Alliance",
        ("investment-parity", "joint-milestones", "relationship-radar", "commitment-ledger"),
        (
            Listing("investments", first=("spent_on", "side", "kind", "amount")),
            Listing("milestones", ("kind", "joint"), ("name", "due_on", "completed_on")),
            Listing("assessments", first=("question", "side", "score")),
        ),
    ),
    Part(
        "registrations",
        "Registrations",
        ("registration-funnel", "protection-expiries"),
        (
            Listing(
                "deals",
                ("kind", "registered"),
                ("customer", "name", "decision", "status", "amount", "submitted_at", "protected_until"),
            ),
        ),
    ),
    Part(
        "deals",
        "Deals",
        ("pipeline", "joint-deals", "wins-and-losses"),
        (
            Listing("deals", first=_DEAL),
            Listing("orders", first=("booked_on", "customer", "product", "amount")),
        ),
        True,
    ),
    Part(
        "certifications",
        "Certifications",
        ("skills", "consultants-by-role"),
        (Listing("certifications", first=("person", "name", "track", "mandatory", "expires_on")),),
        True,
    ),
    Part(
        "funds",
        "Funds",
        ("funds",),
        (
            Listing(
                "fund_claims",
                first=("activity", "kind", "status", "amount", "requested_at", "claim_by", "paid_on"),
            ),
            Listing("funds", first=("name",)),
            Listing("campaigns", first=("name",)),
            Listing("incentives", first=("program",)),
        ),
        True,
    ),
    Part(
        "service",
        "Requests",
        ("case-sla",),
        (
            Listing("requests", first=("subject", "kind", "amount", "asked_at", "needed_by", "answered_at")),
            Listing("cases", first=("subject", "severity", "customer", "opened_at", "respond_by")),
        ),
    ),
    Part(
        "people",
        "People",
        ("governance-map",),
        (Listing("contacts", first=("name", "role", "influence", "is_primary", "email", "phone")),),
        True,
    ),
)
"""In the order of the page."""


@dataclass(frozen=True, slots=True)
class PartHead:
    """A part that a partner has; `records` of its first list."""

    key: str
    title: str
    records: int


@dataclass(frozen=True, slots=True)
class PartFigure:
    """A figure that a part shows: opened by its metric on the day, or as a list of its own."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class PartReport:
    """A part as the page shows it: what its sections say today, and the records."""

    key: str
    title: str
    as_of: date
    sections: tuple[Section, ...]
    figures: tuple[PartFigure, ...]
    tables: tuple[RecordTable, ...]
