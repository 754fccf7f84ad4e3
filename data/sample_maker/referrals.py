"""Make the referrals of referral partners and the fees they earn."""

from random import Random

from sample_maker import words
from sample_maker.book import Book, Row, Shares, rng_for
from sample_maker.clock import TODAY, days, hours_later, instant, workday
from sample_maker.roster import Partner


def make_referrals(book: Book, partner: Partner) -> None:
    """Add three years of referrals."""
    rng = rng_for(partner.id, "referrals")
    per_year, win = partner.number("referrals", 6), partner.number("win", 0.35)
    accepts, wins = Shares(partner.number("accept", 0.6), rng), Shares(win, rng)
    average = partner.number("size", 60) * 1000 / (per_year * partner.number("accept", 0.6) * win)
    day = partner.first_day + days(rng.randint(3, 20))
    while day <= partner.last_day:
        submitted = instant(rng, day)
        row = book.add(
            "referrals",
            partner_id=partner.id,
            customer=words.companies(rng, 1)[0],
            submitted_at=submitted,
            status="submitted",
            value=round(average * rng.uniform(0.6, 1.5) / 100) * 100,
            currency=partner.currency,
        )
        answered = hours_later(submitted, rng.choice((2, 3, 5, 7, 9, 14)))
        if answered.date() < TODAY:
            row |= {"first_response_at": answered, "last_status_at": answered}
            _proceed(row, partner, (accepts, wins), rng)
        day += days(round(365 / per_year * rng.uniform(0.6, 1.4)))
    _today(book, partner)


def _proceed(row: Row, partner: Partner, luck: tuple[Shares, Shares], rng: Random) -> None:
    accepts, wins = luck
    start = row["submitted_at"].date()
    row["status"] = "accepted" if accepts.next() else "rejected"
    if row["status"] == "rejected":
        row["closed_on"] = min(TODAY, workday(start + days(4)))
        return
    closed = workday(start + days(rng.randint(35, 120)))
    if closed > TODAY:
        heard = TODAY - days(rng.randint(2, 11) if rng.random() < 0.7 else 23)
        row["last_status_at"] = max(row["first_response_at"], instant(rng, heard))
        return
    row |= {
        "status": "won" if wins.next() else "lost",
        "closed_on": closed,
        "last_status_at": instant(rng, closed),
    }
    if row["status"] == "won":
        row |= {"fee": round(row["value"] * 0.08), "fee_earned_on": closed, "fee_due_on": closed + days(30)}
        paid = workday(closed + days(rng.randint(14, 31)))
        late = partner.has("fees_late") and (TODAY - closed).days < 200
        row["fee_paid_on"] = paid if paid <= TODAY and not late else None


def _today(book: Book, partner: Partner) -> None:
    """Leave a fresh referral unanswered where our answers are late."""
    if partner.has("fees_late"):
        for back, customer in ((1, "Selwick Chemicals"), (3, "Rosenau Clinics")):
            book.add(
                "referrals",
                partner_id=partner.id,
                customer=customer,
                status="submitted",
                currency=partner.currency,
                submitted_at=instant(rng_for(partner.id, customer), TODAY - days(back)),
                value=14000 + 3500 * back,
            )
