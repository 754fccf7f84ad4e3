"""Where a partner stands in its programme, on the command line and as a note to the partner."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Camdesk

DAY, LATER = "2026-08-20", "2026-08-27"
FILES = {
    "partners": """partner_id,name,type,tier,tier_review_on,class,currency,credit_limit,credit_used
P1,Harbour Systems,reseller,Gold,2026-10-31,A,EUR,90000,30000
P2,Rival Networks,reseller,Bronze,,B,EUR,,
P3,Kind Word,referral,,,C,EUR,,
P4,Plain Reselling,reseller,,,C,EUR,,
""",
    "orders": """order_id,partner_id,booked_on,amount,currency
O1,P1,2026-02-05,180000,EUR
O2,P1,2025-11-05,90000,EUR
O3,P2,2026-02-05,1234567,EUR
""",
    "certifications": """certification_id,partner_id,person,name,track,mandatory,awarded_on,expires_on
C1,P1,Ann,Selling,sales,,2025-01-10,
C2,P1,Bob,Selling,sales,,2025-01-10,2026-11-18
C3,P1,Cleo,Engineering,technical,,2025-01-10,2026-11-19
C4,P1,Dan,Engineering,technical,,2025-01-10,2026-08-20
C5,P1,Eve,Security,compliance,true,2024-01-10,2026-07-01
C6,P1,Fay,Engineering,technical,,2026-08-25,
""",
    "rebates": """rebate_id,partner_id,program,metric,period_start,period_end,threshold,payout,currency
B1,P1,Growth,revenue,2026-01-01,2026-12-31,150000,1000,EUR
B2,P1,Growth,revenue,2026-01-01,2026-12-31,200000,3000,EUR
B3,P1,Gone by,revenue,2025-01-01,2025-12-31,100,50,EUR
B4,P1,New names,new_customer_revenue,2026-07-01,2026-09-30,5000,70,EUR
""",
    "terms": """term_id,partner_id,kind,text,value,valid_from,valid_until,announced_on
T1,P1,discount,25 % on licences,25,2026-01-01,,2025-11-01
T2,P1,price_list,Price list 2027,,2027-01-01,,2026-08-10
T3,P1,support,Support hours,,2026-08-15,,2026-08-01
T4,P1,fee,Not told yet,,2027-01-01,,2026-09-01
T5,P1,other,Long over,,2024-01-01,2024-12-31,
""",
    "agreements": """agreement_id,partner_id,kind,signed_on,expires_on,notice_by,renews_itself
A1,P1,partner,2022-01-01,2027-12-31,2027-06-30,true
A2,P1,other,2018-01-01,2020-12-31,,false
""",
    "funds": """fund_id,partner_id,name,period_start,period_end,allocated,currency
F1,P1,Fund 2026,2026-01-01,2026-12-31,8000,EUR
""",
    "fund_claims": """claim_id,fund_id,partner_id,requested_at,decided_at,status,amount,currency
K1,F1,P1,2026-03-01T09:00:00Z,2026-03-05T09:00:00Z,approved,3000,EUR
K2,F1,P1,2026-08-01T09:00:00Z,,requested,500,EUR
""",
    "deals": """deal_id,partner_id,name,status,kind,amount,submitted_at,decided_at,decision,protected_until
D1,P1,Protected one,open,registered,40000,2026-06-01T09:00:00Z,2026-06-02T09:00:00Z,approved,2026-08-30
D2,P1,Waiting one,open,registered,10000,2026-08-17T09:00:00Z,,pending,
D3,P1,Lapsed one,open,registered,10000,2026-02-01T09:00:00Z,2026-02-02T09:00:00Z,approved,2026-08-19
D4,P1,Refused one,open,registered,10000,2026-07-01T09:00:00Z,2026-07-02T09:00:00Z,rejected,
""",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return exports and an empty workspace beside them; the tests sync copies."""
    folder = tmp_path_factory.mktemp("terms")
    (folder / "exports").mkdir()
    for name, text in FILES.items():
        (folder / "exports" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path, camdesk: Camdesk) -> Path:
    exports = Path(shutil.copytree(made / "exports", tmp_path / "exports"))
    home = tmp_path / "workspace"
    camdesk("init", home=home)
    camdesk("source", "add", "exports", "folder", str(exports), home=home)
    synced = camdesk("--as-of", DAY, "sync", home=home)
    assert synced.code == 0, synced.out
    return home


def test_requirements_say_what_is_needed_there_and_missing(camdesk: Camdesk, home: Path) -> None:
    body = camdesk("--as-of", DAY, "terms", "P1", "--json", home=home).json
    held = {one["name"]: one for one in body["requirements"]}
    revenue, technical = held["contribution"], held["certified_technical"]
    assert (revenue["has"], revenue["needed"], revenue["met"]) == ("270000.00", "250000.00", True)
    assert (technical["has"], technical["needed"], technical["missing"]) == (1, 3, 2)
    assert held["certified_sales"]["met"]
    assert held["renewal_rate"]["met"] is None
    assert body["why"] == (
        "2 of 4 requirements are met, short of certified technical people, nothing is known of renewal rate. "
        "The tier is reviewed on 31 Oct 2026."
    )
    above = {one["name"]: one["missing"] for one in body["next_requirements"]}
    assert (body["next_tier"], above["contribution"], above["certified_sales"]) == (
        "Platinum",
        "730000.00",
        2,
    )


def test_balances_and_everything_in_flight(camdesk: Camdesk, home: Path) -> None:
    body = camdesk("--as-of", DAY, "terms", "P1", "--json", home=home).json
    assert (body["discount"], body["fund_accrual"], body["protection_days"]) == (0.22, 0.01, 90)
    assert body["fund_balance"] == "5000.00"
    assert (body["credit_limit"], body["credit_used"]) == ("90000.00", "30000.00")
    assert [(one["deal_id"], one["state"], one["days_left"]) for one in body["registrations"]] == [
        ("D1", "approved", 10),
        ("D2", "pending", None),
    ]
    assert body["registrations"][1]["days_waiting"] == 3
    assert [one["kind"] for one in body["agreements"]] == ["partner"]
    assert body["agreements"][0]["notice_by"] == "2027-06-30"


def test_people_count_up_to_the_day_before_a_certificate_expires(camdesk: Camdesk, home: Path) -> None:
    skills = camdesk("--as-of", DAY, "terms", "P1", "--json", home=home).json["certifications"]
    assert skills["people"] == {"compliance": 0, "sales": 2, "technical": 1}
    assert skills["mandatory"] == [{"name": "Security", "people": 0}]
    # 90 days ahead is 18 November: Cleo's runs out a day after that.
    assert [(one["person"], one["expires_on"]) for one in skills["expiring"]] == [("Bob", "2026-11-18")]


def test_a_rebate_counts_its_metric_from_its_own_start(camdesk: Camdesk, home: Path) -> None:
    steps = camdesk("--as-of", DAY, "terms", "P1", "--json", home=home).json["rebates"]
    found = {step["rebate_id"]: step for step in steps}
    assert [step["rebate_id"] for step in steps] == ["B4", "B1", "B2"]
    assert (found["B1"]["has"], found["B1"]["missing"], found["B1"]["progress"]) == ("180000.00", "0.00", 1.2)
    assert (found["B2"]["missing"], found["B2"]["days_left"], found["B2"]["progress"]) == (
        "20000.00",
        133,
        0.9,
    )
    assert (found["B4"]["has"], found["B4"]["missing"]) == ("0.00", "5000.00")


def test_progress_is_the_metrics(camdesk: Camdesk, sample_home: Path) -> None:
    steps = camdesk("terms", "R-001", "--json", home=sample_home).json["rebates"]
    value = camdesk("explain", "R-001", "rebate_progress", "--json", home=sample_home).json["value"]
    next_step = next(step for step in steps if Decimal(step["missing"]) > 0)
    assert next_step["progress"] == pytest.approx(value, rel=1e-9)


def test_terms_in_force_and_announced(camdesk: Camdesk, home: Path) -> None:
    body = camdesk("--as-of", DAY, "terms", "P1", "--json", home=home).json
    assert [one["text"] for one in body["terms"]] == ["25 % on licences", "Support hours"]
    # The hours changed within 30 days of being announced; what is announced later nobody knows yet.
    assert [one["text"] for one in body["announced"]] == ["Price list 2027", "Support hours"]


def test_every_day_has_its_own_tier_and_figures(camdesk: Camdesk, home: Path, tmp_path: Path) -> None:
    partners = tmp_path / "exports" / "partners.csv"
    partners.write_text(partners.read_text().replace("reseller,Gold,2026-10-31", "reseller,Silver,"))
    assert camdesk("--as-of", LATER, "sync", home=home).code == 0
    later = camdesk("--as-of", LATER, "terms", "P1", "--json", home=home).json
    before = camdesk("--as-of", DAY, "terms", "P1", "--json", home=home).json
    assert (before["tier"], before["tier_review_on"]) == ("Gold", "2026-10-31")
    assert (later["tier"], later["tier_review_on"], later["discount"]) == ("Silver", None, 0.15)
    technical = [
        next(one["has"] for one in body["requirements"] if one["name"] == "certified_technical")
        for body in (before, later)
    ]
    assert technical == [1, 2]
    assert later["registrations"][0]["days_left"] == 3
    earlier = camdesk("--as-of", "2026-07-01", "terms", "P1", "--json", home=home).json
    assert (before["seen_then"], earlier["seen_then"]) == (True, False)
    assert earlier["requirements"][0]["has"] == "270000.00"
    assert "before the first sync" in camdesk("--as-of", "2026-07-01", "terms", "P1", home=home).out


def test_a_tier_that_a_profile_asks_names_for_says_who_holds_them(camdesk: Camdesk, home: Path) -> None:
    shipped = Path(__file__).parents[2] / "resources" / "profiles" / "reseller.toml"
    text = shipped.read_text(encoding="utf-8").replace(
        'name = "Gold"', 'name = "Gold"\nmandatory = ["Engineering", "Security"]'
    )
    (home / "profiles").mkdir(exist_ok=True)
    (home / "profiles" / "reseller.toml").write_text(text, encoding="utf-8")
    assert camdesk("profile", "check", home=home).code == 0
    body = camdesk("--as-of", DAY, "terms", "P1", "--json", home=home).json
    asked = {one["name"]: (one["has"], one["met"]) for one in body["requirements"]}
    assert asked["mandatory:Engineering"] == (1, True)
    assert asked["mandatory:Security"] == (0, False)


def test_an_unknown_tier_and_none_at_all_are_said(camdesk: Camdesk, home: Path) -> None:
    unknown = camdesk("--as-of", DAY, "terms", "P2", home=home).out
    assert "does not know the tier Bronze" in unknown
    assert "First tier, Silver, asks" in unknown
    note = camdesk("--as-of", DAY, "terms", "P2", "--note", home=home).out
    assert "Bronze" in note
    assert "Silver" not in note
    assert "have no tiers" in camdesk("--as-of", DAY, "terms", "P3", home=home).out
    assert "the first one is Silver" in camdesk("--as-of", DAY, "terms", "P4", home=home).out
    assert "To reach Silver" in camdesk("--as-of", DAY, "terms", "P4", "--note", home=home).out


def test_the_note_says_where_the_partner_stands_and_nothing_of_ours(camdesk: Camdesk, home: Path) -> None:
    note = camdesk("--as-of", DAY, "terms", "P1", "--note", home=home).out
    for words in (
        "Harbour Systems: where you stand on 20 Aug 2026",
        "Gold, reviewed on 31 Oct 2026",
        "Certified technical people: 1, 3 needed, open, 2 to go",
        "Discount: 25 % on licences",
        "Market funds left: €5,000.00, to be used by 31 Dec 2026",
        "Protected one, €40,000.00: protected until 30 Aug 2026, 10 days left",
        "Growth: €3,000.00 at €200,000.00, €180,000.00 so far, €20,000.00 to go in 133 days",
        "Price list: Price list 2027 (from 1 Jan 2027)",
        "Partner agreement: runs to 31 Dec 2027, notice by 30 Jun 2027",
        "Security (mandatory): held by nobody",
    ):
        assert words in note
    lowered = note.casefold()
    for ours in ("rival", "score", "rank", "class", "amber", "p1", "22%", "alert"):
        assert ours not in lowered
    as_json = camdesk("--as-of", DAY, "terms", "P1", "--note", "--json", home=home).json
    assert as_json["note"].strip() == note.strip()


def test_a_partner_of_whom_nothing_is_known_gets_a_note_that_says_so(camdesk: Camdesk, home: Path) -> None:
    assert "nothing to report yet" in camdesk("--as-of", DAY, "terms", "P3", "--note", home=home).out


def test_the_page_and_the_terms_say_the_same(camdesk: Camdesk, sample_home: Path) -> None:
    page = camdesk("partner", "R-002", "--json", home=sample_home).json["terms"]
    terms = camdesk("terms", "calloway", "--json", home=sample_home).json
    assert page == {name: terms[name] for name in page}
    shown = camdesk("terms", "R-002", home=sample_home).out
    for one in (*terms["requirements"], *terms["next_requirements"]):
        assert one["title"] in shown
    for one in terms["terms"]:
        assert one["text"] in shown
