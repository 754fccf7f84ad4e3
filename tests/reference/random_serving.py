"""Random records of what partners run and what passes between us: usage, projects, people, requests."""

from __future__ import annotations

from datetime import timedelta

from .drafts import CUSTOMERS, Draft

PEOPLE = ["Ada Moreno", "Ben Okafor", "Chloé Martin", "Dai Nakamura", "Eva Lindqvist", "Finn O'Neil"]


def contacts(draft: Draft, partner_id: str) -> None:
    for person in draft.rng.sample(PEOPLE, 3):
        draft.add(
            "contacts", partner_id=partner_id, name=person, role=draft.maybe("Director", 0.6),
            email=draft.maybe("someone@example.com"), is_primary=draft.pick("true", "false", None),
            is_executive=draft.pick("true", "false", None),
            influence=draft.maybe(draft.pick("champion", "executive", "blocker"), 0.5),
            left_on=draft.maybe(draft.day(200, 10), 0.1),
        )  # fmt: skip


def agreements_and_terms(draft: Draft, partner_id: str) -> None:
    signed_on = draft.day(1200)
    draft.add(
        "agreements", partner_id=partner_id, kind=draft.pick("partner", "nda", "other"),
        signed_on=draft.maybe(signed_on), expires_on=draft.maybe(draft.day(30, 400)),
        renews_itself=draft.pick("true", "false", None),
    )  # fmt: skip
    draft.add(
        "terms", partner_id=partner_id, kind=draft.pick("discount", "protection", "other"), text="As agreed",
        value=draft.maybe("15", 0.5), valid_from=draft.maybe(signed_on),
        announced_on=draft.maybe(signed_on - timedelta(draft.rng.randint(0, 60))),
    )  # fmt: skip


def usage(draft: Draft, partner_id: str) -> None:
    customers = draft.rng.sample(CUSTOMERS, draft.rng.randint(3, 6))
    months = draft.months(16)
    if draft.chance(0.2):
        months = [month for month in months if (draft.as_of - month).days > draft.pick(80, 105, 140)]
    for month in months:
        for customer in customers:
            if draft.chance(0.12):
                continue
            seats = draft.rng.randint(0, 60)
            draft.add(
                "usage", partner_id=partner_id, month=month, customer=draft.maybe(customer, 0.95),
                product=draft.maybe("Backup"), seats=draft.maybe(seats, 0.96),
                active_seats=draft.maybe(draft.rng.randint(0, seats), 0.9),
                recurring_revenue=draft.maybe(draft.amount(10, 4000), 0.96), currency=draft.currency(),
            )  # fmt: skip


def renewals(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(3, 24)):
        due_on, status = draft.day(500, 130), draft.pick("open", "open", "renewed", "lost")
        decided_on = due_on + timedelta(draft.rng.randint(-80, 60)) if status != "open" else None
        draft.add(
            "renewals", partner_id=partner_id, customer=draft.customer(), value=draft.amount(100, 20000),
            seats=draft.maybe(draft.rng.randint(1, 90), 0.5), currency=draft.currency(), due_on=due_on,
            renewed_value=draft.maybe(draft.amount(100, 20000), 0.6) if status == "renewed" else None,
            opened_on=draft.maybe(due_on - timedelta(draft.rng.randint(0, 120)), 0.6), status=status,
            forecast=draft.maybe(draft.pick("commit", "likely", "at_risk"), 0.7),
            decided_on=draft.maybe(decided_on, 0.85),
        )  # fmt: skip


def certifications(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(2, 18)):
        draft.add(
            "certifications", partner_id=partner_id, person=draft.rng.choice(PEOPLE),
            name=draft.pick("Sales Essentials", "Engineer", "Architect", "Security Basics"),
            track=draft.maybe(draft.pick("sales", "technical", "architect", "delivery", "compliance"), 0.93),
            mandatory=draft.pick("true", "false", "false", None), awarded_on=draft.day(900, 20),
            expires_on=draft.maybe(draft.day(120, 500), 0.7),
        )  # fmt: skip


def projects(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(3, 16)):
        status = draft.rng.choices(("planned", "active", "completed", "cancelled"), (10, 25, 55, 10))[0]
        completed = status == "completed"
        draft.add(
            "projects", partner_id=partner_id, customer=draft.maybe(draft.customer()), name="Roll-out",
            value=draft.maybe(draft.amount(5000, 200000)), currency=draft.currency(), status=status,
            health=draft.maybe(draft.pick("green", "amber", "red"), 0.85),
            started_on=draft.maybe(draft.day(900, 8), 0.85), due_on=draft.maybe(draft.day(420, 100), 0.85),
            completed_on=draft.maybe(draft.day(draft.pick(380, 800), 8), 0.93) if completed else None,
            csat=draft.maybe(draft.rng.randint(1, 5), 0.7) if completed else None,
            csat_on=draft.maybe(draft.day(420, 5), 0.9) if completed else None,
            referenceable=draft.pick("true", "false", None),
        )  # fmt: skip


def listings(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(1, 4)):
        draft.add(
            "listings", partner_id=partner_id, name="Connector", marketplace=draft.maybe("Hub"),
            published_on=draft.maybe(draft.day(800, 5)), updated_on=draft.maybe(draft.day(300)),
            certified_until=draft.maybe(draft.day(90, 300)),
            status=draft.rng.choices(("live", "draft", "retired", None), (70, 12, 12, 6))[0],
        )  # fmt: skip
        listing_id = draft.rows["listings"][-1]["listing_id"]
        for month in draft.months(draft.pick(2, 8, 15)):
            draft.add(
                "listing_activity", listing_id=listing_id, partner_id=partner_id, month=month,
                views=draft.maybe(draft.rng.randint(0, 900), 0.93),
                installs=draft.maybe(draft.rng.randint(0, 40), 0.93),
                uninstalls=draft.maybe(draft.rng.randint(0, 30), 0.93),
                active_customers=draft.maybe(draft.rng.randint(0, 70), 0.95),
                tickets=draft.maybe(draft.rng.randint(0, 12), 0.9),
                gross_sales=draft.maybe(draft.amount(0, 9000), 0.9), currency=draft.currency(),
            )  # fmt: skip


def incentives_and_campaigns(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(2, 10)):
        due_on = draft.day(420, 40)
        draft.add(
            "incentives", partner_id=partner_id, program=draft.maybe("Growth"), due_on=due_on,
            amount=draft.amount(10, 4000), currency=draft.currency(),
            paid_on=draft.maybe(due_on + timedelta(draft.rng.choice((-20, 0, 1, 40))), 0.7),
            corrected=draft.pick("true", "false", None),
        )  # fmt: skip
    draft.add(
        "campaigns", partner_id=partner_id, name="Spring", started_on=draft.day(300, 5),
        leads=draft.maybe(draft.rng.randint(0, 90)), attributed_pipeline=draft.maybe(draft.amount(0, 9000)),
    )  # fmt: skip


def cases_and_requests(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(1, 12)):
        opened_on = draft.day(120, 4)
        answered_on = opened_on + timedelta(draft.rng.choice((0, 0, 1, 4)))
        draft.add(
            "cases", partner_id=partner_id, customer=draft.maybe(draft.customer()),
            subject=draft.maybe("Fault"), severity=draft.pick("P1", "P2", "P3", "P4"),
            opened_at=draft.instant(opened_on),
            respond_by=draft.instant(draft.maybe(opened_on + timedelta(draft.rng.randint(0, 5)), 0.85)),
            first_response_at=draft.instant(draft.maybe(answered_on, 0.7)),
            reopened=draft.pick("true", "false", None),
        )  # fmt: skip
    for _ in range(draft.rng.randint(1, 14)):
        asked_on = draft.pick(draft.day(100, 4), draft.day(420))
        answered_on = asked_on + timedelta(draft.rng.choice((0, 1, 2, 9)))
        draft.add(
            "requests", partner_id=partner_id, subject=draft.maybe("Price"), asked_at=draft.instant(asked_on),
            kind=draft.pick("pricing_exception", "pricing_exception", "co_sell", "technical", "other"),
            amount=draft.maybe(draft.amount(10, 900)), currency=draft.currency(),
            answered_at=draft.instant(draft.maybe(answered_on, 0.7)),
            decision=draft.pick("approved", "approved", "rejected", None),
            honoured=draft.pick("true", "true", "false", None),
        )  # fmt: skip


def meetings_and_milestones(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(2, 14)):
        status = draft.pick("planned", "held", "held", "missed")
        draft.add(
            "meetings", partner_id=partner_id, kind=draft.pick("working", "review", "executive", "steering"),
            subject=draft.maybe("Review"), scheduled_at=draft.instant(draft.day(420, 60)), status=status,
            missed_by=draft.pick("vendor", "partner", None) if status == "missed" else None,
        )  # fmt: skip
    for number in range(draft.rng.randint(1, 9)):
        due_on = draft.maybe(draft.day(420, 60), 0.9)
        done_on = due_on + timedelta(draft.rng.choice((-10, 0, 1, 30))) if due_on else draft.day(300)
        draft.add(
            "milestones", partner_id=partner_id, kind=draft.pick("", "onboarding", "joint", "joint"),
            name=f"Step {number + 1}", due_on=due_on, completed_on=draft.maybe(done_on, 0.7),
        )  # fmt: skip


def alliance(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(1, 10)):
        draft.add(
            "investments", partner_id=partner_id, side=draft.pick("vendor", "partner"),
            kind=draft.maybe(draft.pick("cash", "people")), pledged=draft.pick("true", "false", None),
            amount=draft.amount(500, 30000), currency=draft.currency(), spent_on=draft.day(420, 10),
        )  # fmt: skip
    for side in ("vendor", "partner"):
        if draft.chance(0.15):
            continue
        for question in ("Trust", "Value", "Planning"):
            for assessed_on in sorted({draft.day(420, 6) for _ in range(draft.rng.randint(1, 4))}):
                draft.add(
                    "assessments", partner_id=partner_id, side=side, question=question,
                    score=draft.pick(0, 25, 50, 75, 100), assessed_on=assessed_on,
                )  # fmt: skip


def people_and_accounts(draft: Draft, partner_id: str) -> None:
    draft.add(
        "advocacy", partner_id=partner_id, kind=draft.pick("reference", "event"), done_on=draft.day(400)
    )
    draft.add(
        "accounts", partner_id=partner_id, customer=draft.customer(),
        relation=draft.maybe(draft.pick("customer", "target", "shared")),
        potential=draft.maybe(draft.amount(0, 90000)), currency=draft.currency(),
    )  # fmt: skip
    draft.add(
        "notes", partner_id=partner_id, written_at=draft.instant(draft.day(90)), text="Called; all well"
    )


def commitments(draft: Draft, partner_id: str) -> None:
    for _ in range(draft.rng.randint(1, 10)):
        due_on = draft.maybe(draft.day(220, 40), 0.93)
        done_on = due_on + timedelta(draft.rng.choice((-5, 0, 1, 20))) if due_on else None
        draft.add(
            "commitments", partner_id=partner_id, side=draft.pick("vendor", "partner"),
            text="Send the price list", owner=draft.maybe("A person"), due_on=due_on,
            done_on=draft.maybe(done_on, 0.7),
            dropped_on=draft.maybe(draft.day(100, 10), 0.15),
        )  # fmt: skip
