"""Write the sample portfolio to data/sample: the same bytes at every run."""

from pathlib import Path

from sample_maker.alliances import make_alliance
from sample_maker.book import Book
from sample_maker.clock import TODAY
from sample_maker.contracts import make_contracts
from sample_maker.delivery import make_delivery
from sample_maker.distribution import make_distribution
from sample_maker.marketplace import make_marketplace, retirement_notice
from sample_maker.newcomers import make_newcomer, make_sparse
from sample_maker.partners import make_partner, make_rates
from sample_maker.people import make_people
from sample_maker.programme import make_programme, make_targets
from sample_maker.recurring import make_recurring
from sample_maker.referrals import make_referrals
from sample_maker.resale import cover_quarter, make_resale
from sample_maker.rhythm import make_rhythm
from sample_maker.roster import DANA, PARTNERS
from sample_maker.service import make_service
from sample_maker.stories import share_open_opportunities, tell_stories

SETTINGS = f"""# The settings that go with the sample portfolio.
as_of = "{TODAY.isoformat()}"
base_currency = "EUR"
fiscal_year_start_month = 1
our_name = "Northlight Software"
owner_emails = ["{DANA}"]
review_partner = "R-001"
plan_partner = "R-014"
"""
_BUSINESS = {
    "reseller": make_resale,
    "distributor": make_distribution,
    "msp": make_recurring,
    "systems_integrator": make_delivery,
    "isv": make_marketplace,
    "referral": make_referrals,
    "alliance": make_alliance,
}


def make_book() -> Book:
    """Make all rows of the sample."""
    book = Book()
    make_rates(book)
    for partner in PARTNERS:
        make_partner(book, partner)
        make_people(book, partner)
        if partner.trades:
            _BUSINESS[partner.type](book, partner)
        elif partner.has("sparse"):
            make_sparse(book, partner)
        else:
            make_newcomer(book, partner)
        if partner.has("other_hat"):
            make_recurring(book, partner)
        retirement_notice(book, partner)
    for partner in PARTNERS:
        make_contracts(book, partner)
        make_programme(book, partner)
        make_service(book, partner)
        make_rhythm(book, partner)
    tell_stories(book)
    for partner in PARTNERS:
        make_targets(book, partner)
        if partner.type == "reseller":
            cover_quarter(book, partner)
    share_open_opportunities(book)
    return book


def main() -> None:
    """Write the files."""
    folder = Path(__file__).parent / "sample"
    count = make_book().write(folder)
    (folder / "sample.toml").write_text(SETTINGS, encoding="utf-8", newline="\n")
    print(f"{count} rows in {folder}")


if __name__ == "__main__":
    main()
