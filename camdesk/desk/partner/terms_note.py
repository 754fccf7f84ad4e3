"""Where a partner stands, as plain text to send it: nothing that is ours alone, and no other partner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from camdesk.base import money
from camdesk.desk.partner.terms import gap, has_and_needed, kind_in_words
from camdesk.insight.rebate_steps import RebateStep
from camdesk.insight.results import Requirement, TierState, Unit
from camdesk.insight.terms import Agreement, Registration, Term, Terms
from camdesk.insight.wording import write, write_day

_STATES = {True: "met", False: "open", None: "not known yet"}


def note(name: str, tier: TierState, terms: Terms, *, as_of: date, currency: str) -> str:
    """Return the note, ready to paste into an e-mail."""
    parts = [
        (f"{name}: where you stand on {write_day(as_of)}", []),
        ("Your tier", _tier(tier, terms, currency)),
        (f"To reach {tier.next_tier}", _way_up(tier, currency)),
        ("What you have", _benefits(tier, terms, currency)),
        ("Deal registrations in flight", [_registration(one, currency) for one in terms.registrations]),
        ("Certifications", _skills(terms)),
        ("Rebates", [_rebate(one, currency) for one in terms.rebates]),
        ("Changes we have announced", [_term(one, starts=True) for one in terms.announced]),
        ("Agreements", [_agreement(one) for one in terms.agreements if one.expires_on or one.notice_by]),
    ]
    title, _ = parts[0]
    sections = [f"{head}\n" + "\n".join(f"- {line}" for line in lines) for head, lines in parts[1:] if lines]
    return "\n\n".join([title, *(sections or ["There is nothing to report yet."])]) + "\n"


def _tier(tier: TierState, terms: Terms, currency: str) -> list[str]:
    if tier.tier is None:
        return []
    review = f", reviewed on {write_day(terms.tier_review_on)}" if terms.tier_review_on else ""
    return [f"{tier.tier}{review}", *_requirements(tier.requirements, currency)]


def _way_up(tier: TierState, currency: str) -> list[str]:
    """Return what the next tier asks; from a tier that the programme does not know nobody can say."""
    is_known = tier.known or tier.tier is None
    return _requirements(tier.next_requirements, currency) if is_known else []


def _requirements(requirements: Iterable[Requirement], currency: str) -> list[str]:
    return [_requirement(one, currency) for one in requirements]


def _requirement(one: Requirement, currency: str) -> str:
    has, needed = has_and_needed(one, currency)
    if one.has is None:
        return f"{one.title}: {needed} needed, {_STATES[None]}"
    missing = f", {gap(one, currency)} to go" if one.met is False else ""
    return f"{one.title}: {has}, {needed} needed, {_STATES[one.met]}{missing}"


def _benefits(tier: TierState, terms: Terms, currency: str) -> list[str]:
    lines = []
    # Terms of its own take the place of what the tier gives everybody.
    own = {one.kind for one in terms.in_force}
    if tier.discount is not None and "discount" not in own:
        lines.append(f"Discount of your tier: {write(tier.discount, Unit.PERCENT, currency='')}")
    if tier.fund_accrual is not None and "fund_accrual" not in own:
        lines.append(f"Market funds: {write(tier.fund_accrual, Unit.PERCENT, currency='')} of revenue")
    if tier.protection_days is not None and "protection" not in own:
        lines.append(f"Registered deals are protected for {tier.protection_days} days")
    lines += [_term(one, starts=False) for one in terms.in_force]
    if terms.fund_balance is not None:
        first = min((fund.ends_on for fund in terms.funds), default=None)
        ends = f", to be used by {write_day(first)}" if first else ""
        lines.append(f"Market funds left: {money.exact(terms.fund_balance, currency)}{ends}")
    if terms.credit_limit is not None:
        used = "" if terms.credit_used is None else f", {money.exact(terms.credit_used, currency)} used"
        lines.append(f"Credit limit: {money.exact(terms.credit_limit, currency)}{used}")
    return lines


def _term(one: Term, *, starts: bool) -> str:
    days = []
    if starts and one.valid_from is not None:
        days.append(f"from {write_day(one.valid_from)}")
    if one.valid_until is not None:
        days.append(f"until {write_day(one.valid_until)}")
    kind = kind_in_words(one.kind)
    return f"{kind[:1].upper()}{kind[1:]}: {one.text}{' (' + ', '.join(days) + ')' if days else ''}"


def _registration(one: Registration, currency: str) -> str:
    amount = "" if one.amount is None else f", {money.exact(one.amount, currency)}"
    if one.state == "pending":
        return f"{one.name}{amount}: submitted on {write_day(one.submitted_on)}, awaiting our decision"
    days = "1 day" if one.days == 1 else f"{one.days} days"
    return f"{one.name}{amount}: protected until {write_day(one.protected_until)}, {days} left"


def _skills(terms: Terms) -> list[str]:
    skills = terms.skills
    lines = [f"{track.capitalize()}: {_people(people)} certified" for track, people in skills.tracks]
    lines += [
        f"{name} (mandatory): {f'held by {_people(people)}' if people else 'held by nobody'}"
        for name, people in skills.mandatory
    ]
    lines += [
        f"{one.name} of {one.person} runs out on {write_day(one.expires_on)}" for one in skills.expiring
    ]
    return lines


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _rebate(one: RebateStep, currency: str) -> str:
    if one.threshold is None or one.payout is None:
        return f"{one.program}, until {write_day(one.period_end)}"
    step = f"{one.program}: {money.exact(one.payout, currency)} at {money.exact(one.threshold, currency)}"
    if one.has is None:
        return f"{step}, until {write_day(one.period_end)}"
    if one.is_reached:
        return f"{step}, reached"
    days = "1 day" if one.days_left == 1 else f"{one.days_left} days"
    return (
        f"{step}, {money.exact(one.has, currency)} so far, {money.exact(one.missing or 0, currency)} to go "
        f"in {days}"
    )


def _agreement(one: Agreement) -> str:
    name = kind_in_words(one.kind)
    parts = []
    if one.expires_on is not None:
        parts.append(f"runs to {write_day(one.expires_on)}")
    if one.notice_by is not None:
        parts.append(f"notice by {write_day(one.notice_by)}")
    if one.renews_itself:
        parts.append("renews itself unless notice is given")
    return f"{name[:1].upper()}{name[1:]} agreement: {', '.join(parts)}"
