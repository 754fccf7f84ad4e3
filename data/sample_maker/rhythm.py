"""Make the work with a partner: meetings, commitments, notes, milestones, advocacy and accounts."""

from random import Random

from sample_maker import words
from sample_maker.book import Book, Shares, rng_for
from sample_maker.clock import TODAY, days, instant, workday
from sample_maker.roster import Partner

# Days between held meetings: working, review, executive.
_CADENCE = {
    "reseller": (14, 90, 180),
    "distributor": (14, 90, 120),
    "msp": (14, 90, 180),
    "systems_integrator": (21, 90, 120),
    "isv": (21, 90, 180),
    "referral": (45, 180, 0),
    "alliance": (21, 90, 120),
}
_SUBJECT = {
    "working": "Working call",
    "review": "Business review",
    "executive": "Executive meeting",
    "steering": "Steering group",
}
_PROMISES = {
    "vendor": (
        "Send the roadmap summary",
        "Arrange an architect for the pilot",
        "Clarify the renewal price list",
        "Book the enablement day",
        "Answer the contract question",
    ),
    "partner": (
        "Name a second technical contact",
        "Send the pipeline update",
        "Confirm the campaign date",
        "Enrol two people for the technical exam",
        "Introduce the account team",
    ),
}
_NOTES = (
    "Pipeline call: two larger projects moved into next quarter, no loss.",
    "Asked for help with a competitive quote; sent the comparison sheet.",
    "New head of sales wants a shorter deal registration form.",
    "Would like to join the reference programme next year.",
    "Budget round in December; plan talk afterwards.",
    "Training places for the spring course reserved.",
)
_ADVOCACY = ("reference", "case_study", "event", "partner_brought")


def make_rhythm(book: Book, partner: Partner) -> None:
    """Add the work done with a partner."""
    rng = rng_for(partner.id, "rhythm")
    if not partner.trades:
        return
    _meetings(book, partner, rng)
    _commitments(book, partner, rng)
    for index in range({"A": 5, "B": 3, "C": 1}[partner.cls or "C"]):
        when = instant(rng, partner.last_day - days(6 + index * 37 + rng.randint(0, 25)))
        book.add("notes", partner_id=partner.id, written_at=when, text=rng.choice(_NOTES))
    first = "Executive kick-off" if partner.type == "alliance" else "Kick-off"
    if partner.type in ("reseller", "alliance") and partner.enrolled:
        book.add(
            "milestones",
            partner_id=partner.id,
            kind="onboarding",
            name=first,
            due_on=partner.enrolled + days(14),
            completed_on=workday(partner.enrolled + days(12)),
        )
    if partner.type == "alliance" and partner.enrolled:
        book.add(
            "milestones",
            partner_id=partner.id,
            kind="onboarding",
            name="Joint plan agreed",
            due_on=partner.enrolled + days(90),
            completed_on=workday(partner.enrolled + days(84)),
        )
    if partner.cls == "A" or partner.has("star"):
        for index in range(4 if partner.has("star") else rng.randint(0, 2)):
            opening = rng.choice(("Reference call for", "Case study with", "Spoke about"))
            book.add(
                "advocacy",
                partner_id=partner.id,
                kind=rng.choice(_ADVOCACY),
                done_on=workday(TODAY - days(50 + index * 140)),
                text=f"{opening} {words.companies(rng, 1)[0]}",
            )
    _accounts(book, partner, rng)


def _meetings(book: Book, partner: Partner, rng: Random) -> None:
    working, review, executive = _CADENCE[partner.type]
    if partner.cls != "A":
        working, review, executive = 45, 180, 0
    cadences = [("working", working), ("review", review), ("executive", executive)]
    if partner.type in ("systems_integrator", "alliance"):
        cadences.append(("steering", 60))
    held = Shares(partner.number("held", 0.85), rng)
    people = [row["contact_id"] for row in book.of("contacts", partner.id)]
    for kind, every in cadences:
        if not every or (partner.cls in (None, "C") and kind != "working"):
            continue
        day = partner.first_day + days(rng.randint(5, every))
        while day <= TODAY + days(30):
            past = day <= TODAY
            if day > partner.last_day and past:
                break
            if partner.has("alliance_quiet") and (kind == "executive" and day > TODAY - days(260)):
                break
            row = book.add(
                "meetings",
                partner_id=partner.id,
                kind=kind,
                subject=_SUBJECT[kind],
                scheduled_at=instant(rng, day),
                status="planned" if not past else "held",
                attendees=rng.sample(people, min(len(people), rng.randint(1, 3))),
            )
            if past and (rng.random() < 0.05 if kind == "working" else not held.next()):
                row |= {
                    "status": "missed",
                    "missed_by": "partner" if rng.random() < 0.75 else "vendor",
                    "attendees": None,
                }
            day += days(round(every * rng.uniform(0.85, 1.12)))


def _commitments(book: Book, partner: Partner, rng: Random) -> None:
    kept = {"partner": Shares(partner.number("kept", 0.78), rng), "vendor": Shares(0.9, rng)}
    count = 16 if partner.type == "alliance" else {"A": 10, "B": 4, "C": 0}[partner.cls or "C"]
    for index in range(count * 2):
        side = ("vendor", "partner")[index % 2]
        due = workday(
            min(partner.last_day, TODAY) - days(rng.randint(9, 330))
            if index < count * 1.5
            else TODAY + days(rng.randint(5, 45))
        )
        row = book.add(
            "commitments",
            partner_id=partner.id,
            side=side,
            text=rng.choice(_PROMISES[side]),
            due_on=due,
            owner=partner.owner if side == "vendor" else book.of("contacts", partner.id)[0]["name"],
        )
        if due <= TODAY:
            done = due - days(rng.randint(0, 6)) if kept[side].next() else due + days(rng.randint(2, 25))
            row["done_on"] = done if done <= TODAY else None
            if rng.random() < 0.03:
                row |= {"done_on": None, "dropped_on": due - days(3)}
    if partner.has("alliance_quiet"):
        for row in book.of("commitments", partner.id):
            if row["side"] == "partner" and TODAY - days(130) < row["due_on"] <= TODAY:
                row["done_on"] = None


def _accounts(book: Book, partner: Partner, rng: Random) -> None:
    if partner.cls not in ("A", "B") or partner.type in ("distributor", "referral"):
        return
    own = sorted({row["customer"] for row in book.of("deals", partner.id) + book.of("renewals", partner.id)})
    for customer in rng.sample(own, min(len(own), 5)):
        book.add(
            "accounts",
            partner_id=partner.id,
            customer=customer,
            relation=rng.choice(("customer", "customer", "shared")),
            potential=rng.randint(8, 90) * 1000,
            currency=partner.currency,
            owner=partner.owner,
            products=rng.sample(tuple(words.PRODUCTS), rng.randint(1, 3)),
        )
    for customer in words.companies(rng, 3):
        if customer not in own:
            book.add(
                "accounts",
                partner_id=partner.id,
                customer=customer,
                relation="target",
                potential=rng.randint(15, 160) * 1000,
                currency=partner.currency,
            )
