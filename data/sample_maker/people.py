"""Make the people of a partner: contacts and certifications."""

from datetime import date
from random import Random

from sample_maker import words
from sample_maker.book import Book, Row, rng_for
from sample_maker.clock import TODAY, days
from sample_maker.roster import Partner

_ROLES = (
    ("Alliance Manager", "champion"),
    ("Managing Director", "executive"),
    ("Technical Lead", "technical"),
    ("Head of Sales", None),
    ("Finance Director", "finance"),
    ("Marketing Manager", "marketing"),
    ("Purchasing Manager", "blocker"),
)
_NAMES = {
    "sales": "Northlight Sales Professional",
    "technical": "Northlight Technical Specialist",
    "architect": "Northlight Solution Architect",
    "compliance": "Northlight Managed Service Security",
}
# People the tiers ask for: sales, technical (of resellers, distributors and service providers).
_ASKED = {
    "reseller": {"Silver": (1, 1), "Gold": (2, 3), "Platinum": (4, 8)},
    "distributor": {"Authorised": (2, 2), "Value-added": (4, 8)},
    "msp": {"Silver": (1, 2), "Gold": (2, 6), "Platinum": (4, 10)},
}
_ARCHITECTS = {"Select": 3, "Elite": 6}


def make_people(book: Book, partner: Partner) -> None:
    """Add a partner's contacts and certified people."""
    rng = rng_for(partner.id, "people")
    _contacts(book, partner, rng)
    if partner.trades and partner.type not in ("referral", "alliance"):
        _certifications(book, partner, rng)


def _contacts(book: Book, partner: Partner, rng: Random) -> None:
    count = (
        1
        if partner.has("sparse")
        else 3
        if not partner.trades
        else rng.randint(4, 6)
        if partner.cls == "A"
        else 3
    )
    for place, (role, influence) in enumerate(_ROLES[:count]):
        name = words.person(rng)
        address = name.lower().replace("ö", "o").replace(" ", ".")
        book.add(
            "contacts",
            partner_id=partner.id,
            name=name,
            role=role,
            email=f"{address}@{partner.domain}",
            phone=f"+00 555 {rng.randint(100, 999)} {rng.randint(1000, 9999)}"
            if rng.random() < 0.8
            else None,
            is_primary=place == 0,
            is_executive=influence == "executive",
            influence=influence,
        )
    if partner.has("champion_left"):
        book.of("contacts", partner.id)[0]["left_on"] = TODAY - days(17)
    if partner.has("alliance_quiet"):
        book.of("contacts", partner.id)[1]["left_on"] = TODAY - days(146)


def _certifications(book: Book, partner: Partner, rng: Random) -> None:
    if partner.type == "systems_integrator":
        wanted = {
            "architect": round(_ARCHITECTS[partner.tier or "Select"] * partner.number("architects", 1)),
            "sales": 2,
        }
    else:
        sales, technical = _ASKED.get(partner.type, {}).get(partner.tier or "", (1, 1))
        cover = partner.number("certs", 1)
        wanted = {"sales": round(sales * max(cover, 1)), "technical": round(technical * cover + 0.01)}
        if partner.type == "msp":
            wanted["compliance"] = 2
    for track, count in wanted.items():
        for _ in range(count):
            _certified(book, partner, words.person(rng), track, rng)
    if partner.has("certificates_expire"):
        held = [row for row in book.of("certifications", partner.id) if row["expires_on"] > TODAY]
        for row, left in zip([row for row in held if row["track"] == "technical"], (19, 46), strict=False):
            _expire(row, TODAY + days(left))
    if partner.has("mandatory_lapsed"):
        for row in book.of("certifications", partner.id):
            if row["mandatory"]:
                _expire(row, min(row["expires_on"], TODAY - days(27)))


def _certified(book: Book, partner: Partner, person: str, track: str, rng: Random) -> None:
    awarded = TODAY - days(rng.randint(20, 600))
    awarded = max(awarded, partner.first_day)
    for day in (awarded - days(730 + rng.randint(0, 40)), awarded):
        if day == awarded or (rng.random() < 0.5 and day > (partner.enrolled or day)):
            _award(book, partner, person, track, day)


def _award(book: Book, partner: Partner, person: str, track: str, day: date) -> Row:
    return book.add(
        "certifications",
        partner_id=partner.id,
        person=person,
        name=_NAMES[track],
        track=track,
        mandatory=track == "compliance",
        awarded_on=day,
        expires_on=day + days(730),
    )


def _expire(row: Row, day: date) -> None:
    row |= {"expires_on": day, "awarded_on": min(row["awarded_on"], day - days(730))}
