"""Where a partner stands in its programme, and everything agreed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from camdesk.base import money
from camdesk.cli import output
from camdesk.cli.portfolio import BANDS
from camdesk.cli.session import AsJson, session_of
from camdesk.cli.terms_body import terms_body
from camdesk.cli.writing import Partner
from camdesk.insight.results import Unit
from camdesk.insight.wording import DASH, write, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from camdesk.desk.reports import TermsReport
    from camdesk.insight.results import Requirement, TierState
    from camdesk.insight.terms import Agreement, Term, Terms


def register(app: typer.Typer) -> None:
    app.command("terms")(show)


def show(
    context: typer.Context,
    partner: Partner,
    as_note: Annotated[
        bool, typer.Option("--note", help="Write it as a note to the partner, for an e-mail.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show where a partner stands: tier, next tier, balances, deals, people, rebates, agreements."""
    from camdesk.desk.partner.terms_note import note

    session = session_of(context)
    with session.desk() as desk:
        report = desk.terms(partner)
    words = note(
        report.partner.name, report.tier, report.terms, as_of=report.as_of, currency=report.base_currency
    )
    if session.json and as_note:
        output.as_json({"partner_id": report.partner.partner_id, "note": words})
    elif session.json:
        output.as_json(terms_body(report))
    elif as_note:
        for line in words.splitlines():
            output.line(line)
    else:
        _tell(report)


def _tell(report: TermsReport) -> None:
    from camdesk.desk.partner.terms import missing, next_in_words, why

    tier, terms, currency = report.tier, report.terms, report.base_currency
    output.line(f"{report.partner.name} ({report.partner.partner_id}): {tier.tier or 'no tier'}")
    output.line(why(tier, terms))
    given = [*_given(tier), *_balances(terms, currency)]
    if given:
        output.line(" · ".join(given))
    if tier.tier and tier.requirements:
        output.heading(f"{tier.tier} asks")
        _tell_requirements(tier.requirements, currency)
    if tier.next_tier:
        output.heading(f"{next_in_words(tier)}, {tier.next_tier}, asks")
        _tell_requirements(tier.next_requirements, currency)
        output.line(missing(tier))
    _tell_registrations(terms, currency)
    _tell_skills(terms)
    _tell_rebates(terms, currency)
    _tell_terms("Terms in force", terms.in_force)
    _tell_terms("Announced", terms.announced)
    _tell_agreements(terms.agreements)
    if not terms.seen_then:
        output.line("That day lies before the first sync: tier, credit and agreements are as they stand now.")


def _given(tier: TierState) -> list[str]:
    parts = []
    if tier.discount is not None:
        parts.append(f"discount {write(tier.discount, Unit.PERCENT, currency='')}")
    if tier.fund_accrual is not None:
        parts.append(f"fund accrual {write(tier.fund_accrual, Unit.PERCENT, currency='')}")
    if tier.protection_days is not None:
        parts.append(f"deal protection {tier.protection_days} days")
    return parts


def _balances(terms: Terms, currency: str) -> list[str]:
    parts = []
    if terms.fund_balance is not None:
        parts.append(f"market funds left {money.exact(terms.fund_balance, currency)}")
    if terms.credit_limit is not None:
        used = DASH if terms.credit_used is None else money.exact(terms.credit_used, currency)
        parts.append(f"credit {used} used of {money.exact(terms.credit_limit, currency)}")
    return parts


def _tell_requirements(requirements: Iterable[Requirement], currency: str) -> None:
    from camdesk.desk.partner.terms import gap, has_and_needed

    output.table(
        [
            output.Column("Requirement", wide=True),
            output.Column("Has", right=True),
            output.Column("Needed", right=True),
            output.Column("To go", right=True),
            output.Column("Met", styles={"no": BANDS["red"], "yes": BANDS["green"]}),
        ],
        [
            (
                one.title,
                *has_and_needed(one, currency),
                gap(one, currency),
                {True: "yes", False: "no", None: "unknown"}[one.met],
            )
            for one in requirements
        ],
    )


def _tell_registrations(terms: Terms, currency: str) -> None:
    if not terms.registrations:
        return
    output.heading(f"Registrations in flight ({len(terms.registrations)})")
    output.table(
        [
            output.Column("Deal", clipped=True),
            output.Column("Amount", right=True),
            output.Column("State"),
            output.Column("Protected until"),
            output.Column("Days", right=True),
        ],
        [
            (
                f"{one.deal_id} {one.name}",
                DASH if one.amount is None else money.short(one.amount, currency),
                one.state,
                write_day(one.protected_until),
                f"{one.days} waiting" if one.state == "pending" else f"{one.days} left",
            )
            for one in terms.registrations
        ],
    )


def _tell_skills(terms: Terms) -> None:
    skills = terms.skills
    if not (skills.tracks or skills.mandatory):
        return
    output.heading("Certifications")
    output.line(
        ", ".join(f"{track} {output.counted(people, 'person')}" for track, people in skills.tracks).replace(
            "persons", "people"
        )
    )
    for name, people in skills.mandatory:
        holders = f"held by {people}" if people else "held by nobody"
        output.line(f"Mandatory: {name}, {holders}")
    if skills.expiring:
        output.table(
            [output.Column("Expires"), output.Column("Certificate", wide=True), output.Column("Person")],
            [(write_day(one.expires_on), one.name, one.person) for one in skills.expiring],
        )


def _tell_rebates(terms: Terms, currency: str) -> None:
    if not terms.rebates:
        return
    output.heading("Rebate steps")
    output.table(
        [
            output.Column("Programme", wide=True),
            output.Column("Step", right=True),
            output.Column("Pays", right=True),
            output.Column("Has", right=True),
            output.Column("Progress", right=True),
            output.Column("To go", right=True),
            output.Column("Days left", right=True),
        ],
        [
            (
                f"{one.program}, by {one.metric.replace('_', ' ')}",
                *(
                    write(value, Unit.MONEY, currency=currency)
                    for value in (one.threshold, one.payout, one.has)
                ),
                write(one.progress, Unit.PERCENT, currency=""),
                "reached" if one.is_reached else write(one.missing, Unit.MONEY, currency=currency),
                str(one.days_left),
            )
            for one in terms.rebates
        ],
    )


def _tell_terms(title: str, terms: Sequence[Term]) -> None:
    from camdesk.desk.partner.terms import kind_in_words

    if not terms:
        return
    output.heading(title)
    output.table(
        [
            output.Column("Kind"),
            output.Column("Term", wide=True),
            output.Column("From"),
            output.Column("Until"),
            output.Column("Announced"),
        ],
        [
            (
                kind_in_words(one.kind),
                one.text,
                write_day(one.valid_from),
                write_day(one.valid_until),
                write_day(one.announced_on),
            )
            for one in terms
        ],
    )


def _tell_agreements(agreements: Sequence[Agreement]) -> None:
    from camdesk.desk.partner.terms import kind_in_words

    if not agreements:
        return
    output.heading("Agreements")
    output.table(
        [
            output.Column("Kind"),
            output.Column("Signed"),
            output.Column("Ends"),
            output.Column("Notice by"),
            output.Column("Renews itself"),
        ],
        [
            (
                kind_in_words(one.kind),
                write_day(one.signed_on),
                write_day(one.expires_on),
                write_day(one.notice_by),
                {True: "yes", False: "no", None: DASH}[one.renews_itself],
            )
            for one in agreements
        ],
    )
