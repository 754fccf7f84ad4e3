"""Where a partner stands in its programme, as JSON has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from camdesk.cli import values
from camdesk.insight.results import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from camdesk.desk.reports import TermsReport
    from camdesk.insight.rebate_steps import RebateStep
    from camdesk.insight.results import Requirement, TierState
    from camdesk.insight.terms import Agreement, Registration, Skills, Term


def terms_body(report: TermsReport) -> dict[str, Any]:
    """Return everything agreed with a partner."""
    from camdesk.desk.partner.terms import why

    terms = report.terms
    return {
        "partner_id": report.partner.partner_id,
        "type": report.partner.type,
        "as_of": values.day(report.as_of),
        "base_currency": report.base_currency,
        "seen_then": terms.seen_then,
        **tier_body(report.tier),
        "why": why(report.tier, terms),
        "tier_review_on": values.day(terms.tier_review_on),
        "fund_balance": values.amount(terms.fund_balance),
        "funds": [
            {
                "name": fund.name,
                "allocated": values.amount(fund.allocated),
                "ends_on": values.day(fund.ends_on),
            }
            for fund in terms.funds
        ],
        "registrations": [_registration(one) for one in terms.registrations],
        "certifications": _skills(terms.skills),
        "rebates": [_rebate(one) for one in terms.rebates],
        "terms": [_term(one) for one in terms.in_force],
        "announced": [_term(one) for one in terms.announced],
        "credit_limit": values.amount(terms.credit_limit),
        "credit_used": values.amount(terms.credit_used),
        "agreements": [_agreement(one) for one in terms.agreements],
    }


def tier_body(tier: TierState) -> dict[str, Any]:
    """Return a tier with what it asks and gives."""
    return {
        "tier": tier.tier,
        "known": tier.known,
        "requirements": _requirements(tier.requirements),
        "next_tier": tier.next_tier,
        "next_requirements": _requirements(tier.next_requirements),
        "discount": tier.discount,
        "fund_accrual": tier.fund_accrual,
        "protection_days": tier.protection_days,
    }


def _requirements(requirements: Iterable[Requirement]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "title": one.title,
            "unit": one.unit.value,
            "needed": values.value(one.needed, one.unit),
            "has": values.value(one.has, one.unit),
            "met": one.met,
            "missing": None if one.has is None else values.value(max(0, one.needed - one.has), one.unit),
        }
        for one in requirements
    ]


def _registration(one: Registration) -> dict[str, Any]:
    pending = one.state == "pending"
    return {
        "deal_id": one.deal_id,
        "name": one.name,
        "customer": one.customer,
        "amount": values.amount(one.amount),
        "submitted_on": values.day(one.submitted_on),
        "state": one.state,
        "protected_until": values.day(one.protected_until),
        "days_left": None if pending else one.days,
        "days_waiting": one.days if pending else None,
    }


def _skills(skills: Skills) -> dict[str, Any]:
    return {
        "people": dict(skills.tracks),
        "mandatory": [{"name": name, "people": people} for name, people in skills.mandatory],
        "expiring": [
            {
                "person": one.person,
                "name": one.name,
                "track": one.track,
                "expires_on": values.day(one.expires_on),
            }
            for one in skills.expiring
        ],
    }


def _rebate(one: RebateStep) -> dict[str, Any]:
    return {
        "rebate_id": one.rebate_id,
        "program": one.program,
        "metric": one.metric,
        "period_start": values.day(one.period_start),
        "period_end": values.day(one.period_end),
        "threshold": values.amount(one.threshold),
        "payout": values.amount(one.payout),
        "has": values.amount(one.has),
        "progress": values.value(one.progress, Unit.PERCENT),
        "missing": values.amount(one.missing),
        "days_left": one.days_left,
    }


def _term(one: Term) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "value": one.value,
        "valid_from": values.day(one.valid_from),
        "valid_until": values.day(one.valid_until),
        "announced_on": values.day(one.announced_on),
    }


def _agreement(one: Agreement) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "signed_on": values.day(one.signed_on),
        "expires_on": values.day(one.expires_on),
        "notice_by": values.day(one.notice_by),
        "renews_itself": one.renews_itself,
    }
