"""Make the few rows of partners still in onboarding, of prospects, and of those whose data is thin."""

from datetime import date

from sample_maker import words
from sample_maker.book import Book, rng_for
from sample_maker.clock import TODAY, add_months, days, instant
from sample_maker.roster import Partner

_ON_BOARD = ("Kick-off", "Executive kick-off")


def make_newcomer(book: Book, partner: Partner) -> None:
    """Add what a partner without a business yet has to show."""
    if partner.has("prospect"):
        _prospect(book, partner)
    elif partner.has("onboarding"):
        _meet(book, partner)
        {
            "R-017": _reseller_on_time,
            "R-018": _reseller_late,
            "M-010": _provider,
            "S-007": _integrator,
            "I-006": _vendor,
        }[partner.id](book, partner)


def _meet(book: Book, partner: Partner) -> None:
    rng = rng_for(partner.id, "onboarding")
    start = partner.first_day
    people = [row["contact_id"] for row in book.of("contacts", partner.id)]
    day = start + days(8)
    while day <= TODAY + days(14):
        slipped = partner.has("slipping") and day > start + days(30)
        book.add(
            "meetings",
            partner_id=partner.id,
            kind="working",
            subject="Onboarding call",
            scheduled_at=instant(rng, day),
            status="planned" if day > TODAY else "missed" if slipped else "held",
            attendees=people[:2],
            missed_by="partner" if slipped and day <= TODAY else None,
        )
        day += days(14)
    if partner.type == "reseller":
        book.add(
            "milestones",
            partner_id=partner.id,
            kind="onboarding",
            name="Kick-off",
            due_on=start + days(14),
            completed_on=start + days(11),
        )


def _certify(book: Book, partner: Partner, person: str, track: str, day: date) -> None:
    names = {"sales": "Northlight Sales Professional", "technical": "Northlight Technical Specialist"}
    book.add(
        "certifications",
        partner_id=partner.id,
        person=person,
        name=names[track],
        track=track,
        mandatory=False,
        awarded_on=day,
        expires_on=day + days(730),
    )


def _register(book: Book, partner: Partner, customer: str, day: date, *, amount: int | None) -> None:
    moment = instant(rng_for(partner.id, customer), day)
    book.add(
        "deals",
        partner_id=partner.id,
        opportunity_id=f"OPP-{40000 + len(book.rows['deals'])}",
        customer=customer,
        name=f"{customer}: Northlight Desktop",
        kind="registered",
        status="open",
        stage="Discovery",
        amount=amount,
        currency=partner.currency,
        submitted_at=moment,
        decided_at=instant(rng_for(customer), day + days(1)),
        decision="approved",
        protected_until=day + days(61),
        expected_close_on=add_months(day, 4),
        stage_changed_on=day + days(6),
        last_activity_on=TODAY - days(5),
        forecast="pipeline",
        probability=25,
        owner_email=partner.owner,
        next_step="Arrange demo",
    )


def _reseller_on_time(book: Book, partner: Partner) -> None:
    _certify(book, partner, "Rachel Ellery", "sales", date(2026, 10, 14))
    _certify(book, partner, "Samuel Thorne", "technical", date(2026, 11, 3))
    _register(book, partner, "Redmarsh Housing", date(2026, 11, 9), amount=18400)
    _register(book, partner, "Kilbrack Credit Union", date(2026, 11, 12), amount=26500)


def _reseller_late(book: Book, partner: Partner) -> None:
    _certify(book, partner, "Claire Lambrecht", "sales", date(2026, 11, 6))


def _provider(book: Book, partner: Partner) -> None:
    _certify(book, partner, "Felix Hofstetter", "technical", date(2026, 10, 22))
    book.add(
        "usage",
        partner_id=partner.id,
        month=date(2026, 10, 1),
        customer="Steinach Hotels",
        product=words.SERVICES[0],
        seats=14,
        active_seats=9,
        recurring_revenue="96.60",
        currency=partner.currency,
    )


def _integrator(book: Book, partner: Partner) -> None:
    book.add(
        "deals",
        partner_id=partner.id,
        opportunity_id="OPP-39990",
        customer="Zandvoort Rail",
        kind="influenced",
        name="Zandvoort Rail: Northlight Server",
        status="open",
        stage="Proposal",
        amount=142000,
        currency="EUR",
        submitted_at=instant(rng_for(partner.id), date(2026, 10, 7)),
        expected_close_on=date(2027, 3, 19),
        stage_changed_on=date(2026, 10, 29),
        last_activity_on=date(2026, 11, 11),
        forecast="pipeline",
        probability=25,
        owner_email=partner.owner,
    )


def _vendor(book: Book, partner: Partner) -> None:
    listing = book.add(
        "listings",
        partner_id=partner.id,
        name="Tidemark Forms Connector",
        marketplace="Northlight Marketplace",
        published_on=date(2026, 11, 10),
        updated_on=date(2026, 11, 10),
        api_version="v4",
        certified_until=date(2027, 10, 31),
        status="live",
    )
    book.add(
        "listing_activity",
        listing_id=listing["listing_id"],
        partner_id=partner.id,
        month=date(2026, 11, 1),
        views=64,
        installs=1,
        uninstalls=0,
        active_customers=1,
        tickets=0,
        gross_sales=0,
        our_share=0,
        currency=partner.currency,
    )


def _prospect(book: Book, partner: Partner) -> None:
    last = {"R-019": 33, "A-004": 9}[partner.id]
    book.add(
        "meetings",
        partner_id=partner.id,
        kind="working",
        subject="First conversation",
        status="held",
        scheduled_at=instant(rng_for(partner.id), TODAY - days(last)),
        attendees=[book.of("contacts", partner.id)[0]["contact_id"]],
    )
    book.add(
        "notes",
        partner_id=partner.id,
        written_at=instant(rng_for(partner.id, "note"), TODAY - days(last)),
        text="Good fit on region and skills; their margin expectations are still open.",
    )


def make_sparse(book: Book, partner: Partner) -> None:
    """Add the gaps: rows without dates, amounts or owners."""
    moment = instant(rng_for(partner.id), date(2026, 10, 6))
    if partner.type == "referral":
        book.add(
            "referrals",
            partner_id=partner.id,
            customer="Mirabel Printing",
            submitted_at=instant(rng_for("F"), date(2026, 2, 17)),
            status="accepted",
        )
        return
    book.add(
        "deals",
        partner_id=partner.id,
        name="Northlight Backup",
        submitted_at=moment,
        status="open",
        decision="approved",
    )
    book.add("deals", partner_id=partner.id, customer="Oakrigg Motors", status="won", amount=12400)
    book.add(
        "deals",
        partner_id=partner.id,
        customer="Westerby Timber",
        submitted_at=moment,
        status="lost",
        decision="approved",
    )
    book.add("orders", partner_id=partner.id, booked_on=date(2026, 9, 15), amount=3650)
