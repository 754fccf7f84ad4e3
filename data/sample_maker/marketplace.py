"""Make the listings, their monthly activity and the joint deals of software vendors."""

from datetime import date
from random import Random

from sample_maker.book import Book, Row, rng_for
from sample_maker.clock import MONTHS, TODAY, YEAR_END, add_months, days
from sample_maker.deals import DealPlan, fit_open, make_deals
from sample_maker.roster import Partner

_KINDS = ("Connector", "Insights", "Toolkit")


def make_marketplace(book: Book, partner: Partner) -> None:
    """Add a software vendor's listings, activity and deals."""
    rng = rng_for(partner.id, "marketplace")
    size, win, rate = (
        partner.number("size", 200) * 1000,
        partner.number("win", 0.35),
        partner.number("deals", 3),
    )
    plan = DealPlan(
        kind="co_sell",
        per_quarter=rate,
        pace=1,
        win=win,
        average=size / (rate * 4 * win),
        length=(50, 190),
        stalled=0.25,
        stale_after=45,
        in_quarter=0.5,
    )
    deals = make_deals(book, partner, plan, rng=rng)
    fit_open(deals, size * 0.35, until=YEAR_END)
    count = int(partner.number("listings", 1))
    for place in range(count):
        listing = _listing(book, partner, place, rng)
        share = (1.0,) if count == 1 else (0.65, 0.35) if count == 2 else (0.55, 0.3, 0.15)
        _activity(book, partner, listing, share[place], rng)
    if partner.id == "I-003":
        book.add(
            "listings",
            partner_id=partner.id,
            name="Cargoloom Customs Desk",
            marketplace="Northlight Marketplace",
            updated_on=date(2026, 10, 27),
            api_version="v4",
            status="draft",
        )


def _listing(book: Book, partner: Partner, place: int, rng: Random) -> Row:
    first_word = partner.name.split()[0]
    uncertified = partner.tier == "Registered" and place == 0
    certified = None if uncertified else TODAY + days(rng.randint(130, 480))
    if partner.has("integration_lapses"):
        certified = TODAY + days(41 if place == 0 else -12)
    row = book.add(
        "listings",
        partner_id=partner.id,
        name=f"{first_word} {_KINDS[place]}",
        marketplace="Northlight Marketplace",
        published_on=date(2023, 9, 1) - days(rng.randint(0, 700)),
        updated_on=TODAY - days(rng.randint(12, 150)),
        api_version="v4",
        certified_until=certified,
        status="live",
    )
    if partner.has("adoption_falls"):
        row |= {"updated_on": TODAY - days(263 + 20 * place), "api_version": "v2"}
        row["api_retires_on"] = TODAY + days(72) if place == 0 else None
    return row


def _activity(book: Book, partner: Partner, listing: Row, share: float, rng: Random) -> None:
    now = partner.number("actives", 50) * share
    quarterly = 1 + partner.number("climb", 0.03)
    before = 0
    for back, month in zip(range(len(MONTHS) - 1, -1, -1), MONTHS, strict=True):
        # A vendor that now loses customers still grew until a year ago.
        rate = 1.04 if quarterly < 1 and back > 12 else quarterly
        level = now * quarterly ** (-min(back, 12) / 3) * rate ** (-max(0, back - 12) / 3)
        active = max(1, round(level))
        leaving = round(active * rng.uniform(0.008, 0.02)) + max(0, before - active if before else 0)
        installs = max(0, active - before + leaving) if before else max(1, round(active * 0.03))
        sales = round(active * rng.uniform(38, 46))
        book.add(
            "listing_activity",
            listing_id=listing["listing_id"],
            partner_id=partner.id,
            month=month,
            views=round((installs + 0.4) / partner.number("convert", 0.03) * rng.uniform(0.9, 1.1)),
            installs=installs,
            uninstalls=leaving,
            active_customers=active,
            tickets=round(active * partner.number("tickets", 3) / 100 + rng.uniform(-0.4, 0.4)),
            gross_sales=sales,
            our_share=f"{sales * 15 / 100:.2f}",
            currency=partner.currency,
        )
        before = active


def retirement_notice(book: Book, partner: Partner) -> None:
    """Note when the interface an older listing depends on is switched off."""
    if partner.has("adoption_falls"):
        book.add(
            "notes",
            partner_id=partner.id,
            written_at=f"{add_months(TODAY, -1)}T10:20:00Z",
            text="Asked twice for a date for the move from API v2 to v4. Their connector developer has left.",
        )
