"""What waits for somebody to decide, answer or pay, record by record, the oldest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from camdesk.documents.drafting import facts
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.rows import PartnerRows, Row, day, deal_name
from camdesk.documents.phrases import capital, clipped, record_of
from camdesk.portfolio.entities import ENTITIES

NAME = 44
REFERRAL = record_of(ENTITIES["referrals"].title)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that waits: whose move it is, and how a document names it."""

    key: str
    noun: str
    rest: str  # "to decide", "past due"
    entity: str
    column: str  # what it is worth
    since: str  # the column of the day it has waited from
    ours: bool
    find: Callable[[PartnerRows, date], tuple[Row, ...]]
    named: Callable[[Row], str]
    asks: str  # "Decide the registration of {name}"
    within: int  # days from today in which it can be settled

    @property
    def title(self) -> str:
        return capital(f"{self.noun} {self.rest}")


def _subject(*names: str) -> Callable[[Row], str]:
    def named(row: Row) -> str:
        return clipped(str(next((row[name] for name in names if row[name]), "no name")), NAME)

    return named


def _deal(row: Row) -> str:
    customer = row["customer"]
    return clipped(f"{customer}, {deal_name(row)}" if customer else deal_name(row), NAME)


def _overdue_fees(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    return tuple(row for row in facts.unpaid_fees(rows, on) if (day(row["fee_due_on"]) or date.max) < on)


def _unopened(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    return tuple(row for row in facts.renewals_due(rows, on, days=90) if not row["opened_on"])


def _urgent_cases(rows: PartnerRows, on: date) -> tuple[Row, ...]:
    return facts.open_cases(rows, on, severities=frozenset({"P1", "P2"}))


REGISTRATIONS = Kind(
    "registrations-undecided", "registration", "to decide", "deals", "amount", "submitted_at", True,
    facts.undecided_registrations, _deal, "Decide the registration of {name}", 7,
)  # fmt: skip
RENEWALS = Kind(
    "renewals-unopened", "renewal", "nobody has opened", "renewals", "value", "due_on", False,
    _unopened, _subject("customer"), "Open the renewal of {name}", 14,
)  # fmt: skip
KINDS = (
    REGISTRATIONS,
    Kind("requests-unanswered", "request", "to answer", "requests", "amount", "asked_at", True,
         facts.unanswered_requests, _subject("subject", "kind"), "Answer the request “{name}”", 7),
    Kind("claims-undecided", "fund request", "to decide", "fund_claims", "amount", "requested_at", True,
         facts.undecided_claims, _subject("activity", "kind"), "Decide the fund request for {name}", 7),
    Kind("claims-unpaid", "claim", "to pay", "fund_claims", "amount", "claimed_on", True,
         facts.unpaid_claims, _subject("activity", "kind"), "Pay the claim for {name}", 14),
    Kind("incentives-owed", "incentive", "past due", "incentives", "amount", "due_on", True,
         facts.owed_incentives, _subject("program", "period"), "Pay the incentive “{name}”", 14),
    Kind("fees-overdue", "referral fee", "past due", "referrals", "fee", "fee_due_on", True,
         _overdue_fees, _subject("customer"), "Pay the referral fee for {name}", 14),
    Kind("referrals-unanswered", REFERRAL, "to answer", "referrals", "value", "submitted_at", True,
         facts.unanswered_referrals, _subject("customer"), "Answer the referral of {name}", 3),
    Kind("cases-open", "urgent case", "still open", "cases", "", "opened_at", True,
         _urgent_cases, _subject("subject", "customer"), "Resolve the case “{name}”", 7),
    RENEWALS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that waits, with the list of its kind in the annex."""

    kind: Kind
    row: Row
    key: str
    of_its_kind: int

    @property
    def since(self) -> date | None:
        return day(self.row[self.kind.since])

    @property
    def name(self) -> str:
        return self.kind.named(self.row)


def waiting(draft: Draft) -> Iterator[Waiting]:
    """Yield everything that waits today, kind by kind."""
    for kind in KINDS:
        found = kind.find(draft.rows, draft.today)
        if found:
            key = waiting_key(draft, kind, found)
            yield from (Waiting(kind, row, key, len(found)) for row in found)


def waiting_key(draft: Draft, kind: Kind, found: tuple[Row, ...]) -> str:
    words = f"{kind.title}: what waits on this day, the oldest first."
    return draft.listed(kind.key, kind.title, words, kind.entity, found, column=kind.column or None)
