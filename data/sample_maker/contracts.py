"""Make what is agreed on paper: agreements and the programme's terms."""

from collections.abc import Iterator
from datetime import date
from random import Random

from sample_maker.book import Book, rng_for
from sample_maker.clock import TODAY, days
from sample_maker.roster import Partner

_AGREEMENT = {"distributor": "distribution", "msp": "managed_service"}
_DISCOUNT = {"Silver": 15, "Gold": 22, "Platinum": 30}
_ACCRUAL = {"Gold": 1, "Platinum": 2}
_PROTECTION = {"Silver": 60, "Gold": 90, "Platinum": 120}
_YEAR = date(2026, 1, 1)

_Term = tuple[str, str, int | None]


def make_contracts(book: Book, partner: Partner) -> None:
    """Add a partner's agreements and terms."""
    if partner.enrolled is None or partner.has("sparse"):
        return
    _agreements(book, partner, partner.enrolled, rng_for(partner.id, "contracts"))
    since = max(_YEAR, partner.enrolled)
    for kind, text, value in _terms(partner):
        book.add(
            "terms",
            partner_id=partner.id,
            kind=kind,
            text=text,
            value=value,
            valid_from=since,
            announced_on=since - days(60),
        )
    if partner.type == "distributor":
        _price_lists(book, partner)


def _agreements(book: Book, partner: Partner, signed: date, rng: Random) -> None:
    left = int(partner.number("agreement_ends", rng.randint(215, 900)))
    expires = TODAY + days(left)
    book.add(
        "agreements",
        partner_id=partner.id,
        kind=_AGREEMENT.get(partner.type, "partner"),
        signed_on=signed,
        expires_on=expires,
        notice_by=expires - days(90 if left > 90 else 20),
        renews_itself=left > 140 and rng.random() < 0.4,
    )
    if rng.random() < 0.6:
        book.add("agreements", partner_id=partner.id, kind="nda", signed_on=signed - days(14))


def _terms(partner: Partner) -> Iterator[_Term]:
    tier = partner.tier or ""
    if partner.type == "reseller" and tier in _DISCOUNT:
        yield "discount", f"{_DISCOUNT[tier]} % on new licences", _DISCOUNT[tier]
        yield "protection", f"Registrations protected for {_PROTECTION[tier]} days", _PROTECTION[tier]
    if partner.type in ("reseller", "msp") and tier in _ACCRUAL:
        yield "fund_accrual", f"{_ACCRUAL[tier]} % of purchases into the market fund", _ACCRUAL[tier]
    if partner.type == "msp":
        yield "discount", "Usage steps of the managed service price list", None
    if partner.type == "referral":
        yield "fee", "8 % of the first order", 8


def _price_lists(book: Book, partner: Partner) -> None:
    starts, announced = date(2027, 1, 1), date(2026, 10, 1)
    if partner.has("short_notice"):
        starts, announced = date(2026, 12, 1), date(2026, 11, 12)
    for text, valid_from, valid_until, told in (
        ("Distributor price list 2026", _YEAR, starts - days(1), date(2025, 10, 1)),
        ("Distributor price list 2027", starts, None, announced),
    ):
        book.add(
            "terms",
            partner_id=partner.id,
            kind="price_list",
            text=text,
            valid_from=valid_from,
            valid_until=valid_until,
            announced_on=told,
        )
