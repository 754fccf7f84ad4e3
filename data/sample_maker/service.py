"""Make what partners ask of us: support cases and requests."""

from datetime import timedelta
from random import Random

from sample_maker import words
from sample_maker.book import Book, rng_for
from sample_maker.clock import TODAY, days, hours_later, instant
from sample_maker.roster import Partner

_HOURS = {"P1": 1, "P2": 4, "P3": 8, "P4": 24}
_SUBJECTS = (
    "Licence not activated",
    "Backup job fails",
    "Gateway drops sessions",
    "Invoice unclear",
    "Upgrade question",
)
_REQUESTS = {
    "pricing_exception": "Special price for a competitive deal",
    "co_sell": "Joint customer visit",
    "technical": "Sizing help for a design",
    "contract": "Change to the data processing annex",
    "other": "Demo licences for a trade fair",
}


def make_service(book: Book, partner: Partner) -> None:
    """Add a partner's cases and requests."""
    if partner.type == "referral" or not partner.trades:
        return
    rng = rng_for(partner.id, "service")
    weight = {"A": 2.0, "B": 1.0, "C": 0.5}[partner.cls or "C"]
    _cases(book, partner, round(8 * weight), rng)
    _requests(book, partner, round(7 * weight), rng)


def _cases(book: Book, partner: Partner, count: int, rng: Random) -> None:
    for index in range(count):
        severity = rng.choice(("P1", "P2", "P2", "P3", "P3", "P3", "P4"))
        opened = instant(rng, partner.last_day - days(2 + index * 20 + rng.randint(0, 19)))
        limit = _HOURS[severity]
        answered = hours_later(
            opened, limit * (rng.uniform(0.1, 0.9) if rng.random() < 0.92 else rng.uniform(1.1, 2))
        )
        solved = answered + timedelta(hours=rng.randint(2, 140))
        book.add(
            "cases",
            partner_id=partner.id,
            customer=words.companies(rng, 1)[0],
            severity=severity,
            subject=rng.choice(_SUBJECTS),
            opened_at=opened,
            respond_by=hours_later(opened, limit),
            first_response_at=answered,
            resolved_at=solved if solved.date() < TODAY else None,
            reopened=rng.random() < 0.06,
        )


def _requests(book: Book, partner: Partner, count: int, rng: Random) -> None:
    deals = book.of("deals", partner.id)
    for index in range(count):
        kind = rng.choice(("pricing_exception", "pricing_exception", *_REQUESTS))
        asked = instant(rng, partner.last_day - days(3 + index * 24 + rng.randint(0, 22)))
        deal = rng.choice(deals) if deals and kind in ("pricing_exception", "co_sell") else None
        row = book.add(
            "requests",
            partner_id=partner.id,
            deal_id=deal["deal_id"] if deal else None,
            kind=kind,
            subject=_REQUESTS[kind],
            asked_at=asked,
            needed_by=hours_later(asked, 40),
            answered_at=hours_later(
                asked, rng.uniform(0.5, 6) if rng.random() < 0.85 else rng.uniform(8, 20)
            ),
            decision="approved" if rng.random() < 0.75 else "rejected",
            owner_email=partner.owner,
        )
        if kind == "pricing_exception":
            row |= {"amount": deal["amount"] // 10 if deal else None, "currency": partner.currency}
            if row["decision"] == "approved":
                row |= {"valid_until": asked.date() + days(60), "honoured": rng.random() < 0.985}
