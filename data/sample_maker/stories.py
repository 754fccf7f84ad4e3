"""Put in the single rows that make a story: our own faults, shared opportunities, broken promises."""

from datetime import date

from sample_maker.book import Book, Row, rng_for
from sample_maker.clock import TODAY, YEAR_END, days, hours_later, instant, workday


def tell_stories(book: Book) -> None:
    """Add and change single rows once everything else stands."""
    _registrations_undecided(book)
    _claims_late(book)
    _stock_claims(book)
    _incentives_late(book)
    _requests_open(book)
    _broken(book)
    _share(book, "S-001", "R-001", status="won")
    _missing(book)
    _good_news(book)


def _open_deals(book: Book, partner_id: str) -> list[Row]:
    return [row for row in book.of("deals", partner_id) if row["status"] == "open"]


def _registrations_undecided(book: Book) -> None:
    for partner_id, back, customer, amount in (
        ("R-005", 7, "Quarrell Shipping", 64500),
        ("R-005", 4, "Penmarrow Insurance", 38200),
        ("R-003", 3, "Mirabel Pharma", 27900),
    ):
        moment = instant(rng_for("undecided", customer), TODAY - days(back))
        owner = next(row for row in book.rows["partners"] if row["partner_id"] == partner_id)
        book.add(
            "deals",
            partner_id=partner_id,
            opportunity_id=f"OPP-{40000 + len(book.rows['deals'])}",
            customer=customer,
            name=f"{customer}: Northlight Server",
            kind="registered",
            status="open",
            stage="Qualified",
            amount=amount,
            currency=owner["currency"],
            submitted_at=moment,
            decision="pending",
            expected_close_on=YEAR_END + days(22),
            stage_changed_on=moment.date(),
            last_activity_on=moment.date(),
            forecast="pipeline",
            probability=10,
            owner_email=owner["owner_email"],
        )


def _claims_late(book: Book) -> None:
    for partner_id, asked, status, amount in (
        ("R-005", date(2026, 11, 12), "requested", 4200),
        ("R-003", date(2026, 8, 18), "claimed", 6300),
        ("D-001", date(2026, 8, 4), "claimed", 14800),
        ("R-010", date(2026, 7, 30), "approved", 2900),
    ):
        fund = book.of("funds", partner_id)[-1]
        row = book.add(
            "fund_claims",
            fund_id=fund["fund_id"],
            partner_id=partner_id,
            kind="market_fund",
            status=status,
            activity="Trade fair stand",
            amount=amount,
            requested_at=instant(rng_for("claim", partner_id), asked),
            currency=fund["currency"],
        )
        if status != "requested":
            row |= {"decided_at": hours_later(row["requested_at"], 30), "claim_by": TODAY + days(11)}
        if status == "claimed":
            row |= {"claimed_on": TODAY - days(47), "attributed_pipeline": amount * 6}


def _stock_claims(book: Book) -> None:
    """Add the claims that are about stock and prices, not market funds."""
    for partner_id, kind, amount in (
        ("D-001", "ship_and_debit", 9650),
        ("D-002", "stock_rotation", 22400),
        ("D-003", "price_protection", 5180),
    ):
        currency = book.of("funds", partner_id)[-1]["currency"]
        moment = instant(rng_for("debit", partner_id), date(2026, 9, 8))
        book.add(
            "fund_claims",
            partner_id=partner_id,
            kind=kind,
            activity=kind.replace("_", " ").capitalize(),
            requested_at=moment,
            decided_at=hours_later(moment, 20),
            status="paid",
            amount=amount,
            claimed_on=date(2026, 9, 22),
            paid_on=date(2026, 10, 19),
            currency=currency,
        )


def _incentives_late(book: Book) -> None:
    for partner_id in ("R-001", "R-014", "D-003"):
        last = [row for row in book.of("incentives", partner_id) if row["due_on"] <= TODAY][-1]
        last["paid_on"] = None
    for row in book.of("incentives", "R-014")[-3:]:
        row["corrected"] = True


def _requests_open(book: Book) -> None:
    for partner_id, back, kind, subject in (
        ("R-001", 2, "pricing_exception", "Special price for a competitive deal"),
        ("R-011", 3, "pricing_exception", "Match an offer for 400 seats"),
        ("A-003", 8, "co_sell", "Joint customer visit"),
    ):
        deal = _open_deals(book, partner_id)[-1]
        asked = instant(rng_for("request", partner_id), TODAY - days(back))
        book.add(
            "requests",
            partner_id=partner_id,
            deal_id=deal["deal_id"],
            kind=kind,
            subject=subject,
            asked_at=asked,
            amount=deal["amount"] // 8 if kind == "pricing_exception" else None,
            currency=deal["currency"],
            needed_by=hours_later(asked, 24),
            owner_email=deal["owner_email"],
        )
    late = book.of("cases", "M-003")[0]
    late |= {
        "severity": "P1",
        "opened_at": instant(rng_for("case"), TODAY - days(2)),
        "subject": "Billing export stopped",
    }
    late |= {"respond_by": hours_later(late["opened_at"], 1), "first_response_at": None, "resolved_at": None}


def _broken(book: Book) -> None:
    approved = [row for row in _open_deals(book, "R-002") if row["decision"] == "approved"]
    approved[0]["conflict_on"] = max(workday(TODAY - days(9)), approved[0]["decided_at"].date())
    approved[0]["protected_until"] = max(approved[0]["protected_until"], TODAY + days(30))
    exceptions = [row for row in book.of("requests", "R-007") if row["honoured"] is not None]
    if exceptions:
        exceptions[0]["honoured"] = False
    for text, due in (
        ("Send the protection rules for 2027", TODAY - days(16)),
        ("Name a new renewals contact", TODAY - days(4)),
    ):
        book.add(
            "commitments",
            partner_id="R-002",
            side="vendor",
            text=text,
            owner="tomas.brandt@northlight.example",
            due_on=due,
        )
    book.add(
        "commitments",
        partner_id="M-003",
        side="vendor",
        text="Fix the billing export",
        due_on=TODAY - days(12),
        owner="dana.voss@northlight.example",
    )
    for deal in [row for row in _open_deals(book, "R-014") if row["decision"] == "approved"][:2]:
        deal |= {
            "protected_until": TODAY + days(8),
            "stage_changed_on": min(deal["stage_changed_on"], TODAY - days(20)),
        }


def share_open_opportunities(book: Book) -> None:
    """Let open deals of two partners be the same opportunity, once their amounts are settled."""
    _share(book, "S-001", "R-014", status="open")
    _share(book, "S-003", "R-001", status="open")


def _share(book: Book, influencer: str, seller: str, *, status: str) -> None:
    """Let an integrator's newest influenced deal and a reseller's registered deal be the same opportunity."""
    ours = next(row for row in reversed(book.of("deals", influencer)) if row["status"] == status)
    theirs = next(
        row
        for row in reversed(book.of("deals", seller))
        if row["status"] == status and row["decision"] == "approved"
    )
    for column in ("opportunity_id", "name", "customer", "amount", "expected_close_on"):
        ours[column] = theirs[column]
    if status == "won":
        ours |= {"closed_on": theirs["closed_on"], "stage_changed_on": theirs["closed_on"]}
        ours["last_activity_on"] = theirs["closed_on"]
        ours["submitted_at"] = min(ours["submitted_at"], theirs["submitted_at"])


def _missing(book: Book) -> None:
    """Leave out what real systems leave out: amounts, close dates, owners."""
    for partner_id in ("R-006", "R-012", "R-022", "S-005"):
        rows = book.of("deals", partner_id)
        for row in rows[3::9]:
            row["owner_email"] = None
        for row in rows[5::11]:
            if row["status"] == "lost":
                row["amount"] = None
        for row in rows[7::13]:
            if row["status"] == "open":
                row["expected_close_on"] = None


def _good_news(book: Book) -> None:
    """Close a large deal of the star this week, with its order."""
    deal = max(_open_deals(book, "R-001"), key=lambda row: row["amount"])
    day = TODAY - days(2)
    deal |= {
        "status": "won",
        "stage": "Closed",
        "closed_on": day,
        "stage_changed_on": day,
        "last_activity_on": day,
    }
    deal |= {"probability": 100, "forecast": None, "next_step": None, "amount": 68500}
    book.add(
        "orders",
        partner_id="R-001",
        booked_on=day,
        amount=deal["amount"],
        currency="EUR",
        product="Northlight Server",
        quantity=max(1, deal["amount"] // 1100),
        customer=deal["customer"],
        deal_id=deal["deal_id"],
        territory="Germany",
        kind="new",
    )
