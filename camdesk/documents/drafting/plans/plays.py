"""What both sides will do: each play with what it is to bring, its first step and who answers for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, table, wide
from camdesk.documents.drafting.facts import closed_deals
from camdesk.documents.drafting.plans.bridge import parts
from camdesk.documents.drafting.plans.outline import Outline, following
from camdesk.documents.drafting.plans.ways import year_back
from camdesk.documents.drafting.plans.whitespace import target_accounts, targets_key
from camdesk.documents.drafting.rows import Row, amount, day
from camdesk.documents.model import Cell, Line, Section, Span
from camdesk.documents.phrases import capital, clipped, in_words, joined

_FIRST_STEP = timedelta(days=30)
_NAMED = 3
_NAME = 32


@dataclass(frozen=True, slots=True)
class _Play:
    title: str
    brings: Line
    what: str
    ours: bool  # we lead


def section(plan: Outline) -> Section:
    """Return the plays that the bridge, the accounts and the records ask for."""
    found = _plays(plan)
    if not found:
        lack = "Plays: neither bridge, named accounts nor open gaps to derive one from."
        return lacking("plays", "Plays", "What both sides will do is still to be agreed", lack)
    start = max(plan.period.start, plan.draft.today) + _FIRST_STEP
    rows = [
        [
            cell(play.title, strong=True),
            Cell((Span(play.what),)),
            Cell(play.brings),
            cell(plan.ours if play.ours else plan.theirs),
            day_cell(start),
        ]
        for play in found
    ]
    columns = [
        wide("Play", 1.1),
        wide("How", 2.2),
        number("Brings"),
        wide("Leads", 1.3),
        number("First step by"),
    ]
    message = f"{capital(in_words(len(found), 'play'))} to get there"
    return following("plays", "Plays", message, (table(columns, rows),))


def _plays(plan: Outline) -> tuple[_Play, ...]:
    draft = plan.draft
    steps = {part.label: part.value for part in parts(plan)}
    found: list[_Play] = []
    renewals = upcoming_renewals(plan)
    if renewals:
        key = renewals_key(plan, renewals)
        names = _names([str(row["customer"]) for row in renewals])
        found.append(
            _Play(
                "Renew on time",
                (draft.total(renewals, "value", key),),
                f"Open each renewal ninety days ahead, the largest first: {names}.",
                False,
            )
        )
    targets = target_accounts(draft)
    if targets:
        names = _names([str(row["customer"]) for row in targets])
        found.append(
            _Play(
                "Win the named accounts",
                (draft.total(targets, "potential", targets_key(draft)),),
                f"Account plan and first meeting for {names}.",
                False,
            )
        )
    for label, title, what in (
        (
            "Growth",
            "Grow existing customers",
            "Go through the customer list product by product and offer what is missing.",
        ),
        ("New", "Win new customers", "One joint campaign each half-year, followed up within two days."),
        ("Still to find", "Find new business", "Name ten accounts together and agree who opens which."),
    ):
        if steps.get(label, 0) > 0:
            found.append(_Play(title, (Span(draft.money(steps[label]), "bridge"),), what, label == "New"))
    reason = _losing(draft)
    if reason is not None:
        found.append(reason)
    if plan.outlook is not None and plan.outlook.levers:
        best = plan.outlook.levers[0]
        gain = best.odds.p50 - (plan.outlook.base.p50 if plan.outlook.base else 0)
        if gain > 0:
            found.append(
                _Play(
                    "Move the odds",
                    (Span(draft.money(gain), "levers"),),
                    f"{best.name}: agree how, and look at it in every review.",
                    False,
                )
            )
    return tuple(found)


def upcoming_renewals(plan: Outline) -> tuple[Row, ...]:
    """Return the open renewals that fall into the planned year and are still ahead, the largest first."""
    found = [
        row
        for row in plan.draft.rows.of("renewals")
        if row["status"] == "open"
        and (due := day(row["due_on"]))
        and due in plan.period
        and due > plan.draft.today
    ]
    return tuple(sorted(found, key=lambda row: (-amount(row, "value"), row["renewal_id"])))


def renewals_key(plan: Outline, rows: tuple[Row, ...]) -> str:
    words = "Open renewals due in the planned year, by value."
    return plan.draft.listed(
        "renewals-of-the-year", f"Renewals of {plan.year}", words, "renewals", rows, column="value"
    )


def _losing(draft: Draft) -> _Play | None:
    """Return a play against the reason that lost most deals, where one stands out."""
    lost = closed_deals(draft.rows, "lost", year_back(draft.today))
    reasons = Counter(str(deal["lost_reason"]) for deal in lost if deal["lost_reason"])
    if not reasons:
        return None
    reason, times = min(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    if times < 3:
        return None
    rows = [deal for deal in lost if deal["lost_reason"] == reason]
    words = "Deals lost in twelve months for the reason named most often."
    key = draft.listed(
        "lost-most-often", f"Deals lost: {clipped(reason, _NAME)}", words, "deals", rows, column="amount"
    )
    what = f"Go through the deals lost to “{clipped(reason, _NAME)}” and answer it before the offer."
    return _Play(
        "Lose fewer deals",
        (Span(draft.money(sum(amount(row) for row in rows)), key), Span(" lost")),
        what,
        True,
    )


def _names(names: list[str]) -> str:
    unique = [clipped(name, _NAME) for name in dict.fromkeys(names)]
    others = len(unique) - _NAMED
    return joined([*unique[:_NAMED], in_words(others, "other")] if others > 0 else unique)
