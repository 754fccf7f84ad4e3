"""Make the partner rows and the exchange rates."""

from datetime import date

from sample_maker import words
from sample_maker.book import Book, rng_for
from sample_maker.clock import MONTHS, TODAY, days
from sample_maker.roster import Partner

_REGIONS = {
    "United Kingdom": "UK and Ireland",
    "Ireland": "UK and Ireland",
    "United States": "North America",
    "Germany": "DACH",
    "Austria": "DACH",
    "Switzerland": "DACH",
    "France": "South and West Europe",
    "Belgium": "South and West Europe",
    "Spain": "South and West Europe",
    "Italy": "South and West Europe",
    "Netherlands": "South and West Europe",
    "Sweden": "North and East Europe",
    "Norway": "North and East Europe",
    "Denmark": "North and East Europe",
    "Finland": "North and East Europe",
    "Poland": "North and East Europe",
}
_INDUSTRIES = (
    "Manufacturing",
    "Public sector",
    "Financial services",
    "Healthcare",
    "Retail",
    "Professional services",
)


def make_partner(book: Book, partner: Partner) -> None:
    """Add the partner's own row."""
    rng = rng_for(partner.id, "partner")
    status = next((s for s in ("prospect", "suspended", "terminated") if partner.has(s)), "enrolled")
    thin = partner.has("sparse")
    buys = partner.type in ("reseller", "distributor")
    credit = round(partner.number("size", 0) * 0.12) * 1000 if buys else 0
    review = int(partner.number("tier_review", rng.randint(95, 240)))
    book.add(
        "partners",
        partner_id=partner.id,
        name=partner.name,
        type=partner.type,
        tier=partner.tier,
        status=status,
        other_types=["msp"] if partner.has("other_hat") else None,
        labels=["strategic"] if partner.cls == "A" else ["newcomer"] if partner.has("onboarding") else None,
        region=_REGIONS[partner.country],
        tier_review_on=TODAY + days(review) if partner.tier and not thin else None,
        country=partner.country,
        industry=None if thin else rng.choice(_INDUSTRIES),
        currency=partner.currency,
        owner_email=partner.owner,
        parent_partner_id=partner.parent,
        enrolled_on=None if thin else partner.enrolled,
        terminated_on=partner.last_day + days(1) if status == "terminated" else None,
        website=None if thin else f"https://www.{partner.domain}",
        **{"class": partner.cls},
        vendor_sponsor="Ingrid Thorsen" if partner.cls == "A" else None,
        partner_sponsor=words.person(rng) if partner.cls == "A" else None,
        sales_people=None if thin else rng.randint(3, 40),
        technical_people=None if thin else rng.randint(4, 90),
        our_share=None if thin or partner.cls == "C" else f"0.{rng.randint(8, 45):02d}",
        credit_limit=credit or None,
        credit_used=round(credit * rng.uniform(0.2, 0.9) / 100) * 100 if credit else None,
    )


def make_rates(book: Book) -> None:
    """Add a rate a month for each foreign currency, in euro per unit."""
    rng = rng_for("rates")
    for currency, start, drift in (("USD", 0.916, -0.0007), ("GBP", 1.147, 0.0006)):
        rate = start
        for month in (date(2023, 10, 1), *MONTHS, date(2026, 11, 1)):
            book.add("exchange_rates", currency=currency, rated_on=month, rate=f"{rate:.4f}")
            rate *= 1 + drift + rng.uniform(-0.009, 0.009)
