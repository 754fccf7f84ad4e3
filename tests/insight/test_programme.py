"""The programme adds up: nothing counts twice, parts make the whole, every figure is its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from camdesk.base.errors import NotFoundError, UsageError
from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.insight.programme import FIELDS, THE_NUMBER
from camdesk.insight.results import Evidence
from camdesk.store.keys import KeyMode
from tests.reference.calculation import figures
from tests.reference.figure import AsOf
from tests.reference.portfolios import write_portfolio
from tests.reference.programme import in_total
from tests.reference.records import Portfolio

DAY = date(2026, 11, 20)
GROUPINGS = ("type", "tier", "region", "industry", "country", "enrolment year")
RATES = ("active_rate", "activation_rate", "partner_retention", "active_retention")
Open = Callable[..., Desk]


def lines(*rows: str) -> str:
    return "\n".join([*rows, ""])


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Return a way to open a desk on a folder of exports, given as texts."""
    desks: list[Desk] = []

    def make(day: date = DAY, **entities: str) -> Desk:
        folder = tmp_path / "in"
        folder.mkdir()
        for entity, text in entities.items():
            (folder / f"{entity}.csv").write_text(text, encoding="utf-8")
        desk = Desk.create(tmp_path / "home", Settings(), ask=lambda _: None, mode=KeyMode.SAMPLE, as_of=day)
        desk.add_source("in", "folder", {"path": str(folder)})
        (report,) = desk.sync(progress=SilentProgress())
        assert not report.rejected
        desks.append(desk)
        return desk

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture(scope="module", params=[7, 8])
def random_desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, Path]]:
    folder = tmp_path_factory.mktemp("in")
    write_portfolio(folder, seed=request.param, partners=35, as_of=DAY)
    home = tmp_path_factory.mktemp("home") / "workspace"
    desk = Desk.create(home, Settings(), ask=lambda _: None, mode=KeyMode.SAMPLE, as_of=DAY)
    desk.add_source("in", "folder", {"path": str(folder)})
    desk.sync(progress=SilentProgress())
    yield desk, folder
    desk.close()


def amount(units: float | int | None) -> Fraction:
    assert units is not None
    return Fraction(units) / 10_000


def brought(desk: Desk) -> dict[str, Fraction]:
    """Return each partner's own contribution in units of currency."""
    found = desk.figures(metrics=["contribution"])
    return {figure.partner_id: amount(figure.value) for figure in found if figure.value is not None}


def in_whole(desk: Desk) -> Fraction:
    return amount(desk.programme(mine=False).whole.figures.contribution)


def test_totals_agree_with_an_independent_calculation(random_desk: tuple[Desk, Path]) -> None:
    desk, folder = random_desk
    portfolio = Portfolio(folder, base_currency="EUR", undated_on=DAY)
    at, partners = AsOf(portfolio, DAY, 1), portfolio.all("partners")
    counts = in_total(at, partners)
    own = figures(folder, as_of=DAY, first_sync_on=DAY)
    kinds = {partner.key: partner.text("type") for partner in partners}
    report = desk.programme(mine=False)
    assert sum(counts.values()) < sum(brought(desk).values())  # something stands under two partners
    for group in (*report.groups, report.whole):
        members = [key for key, kind in kinds.items() if group.key in ("", kind)]
        assert amount(group.figures.contribution) == sum(counts[key] for key in members)
        assert group.figures.enrolled == sum(own[key, "enrolled_partners"][0] or 0 for key in members)
        assert group.figures.dark == sum(own[key, "dark_partners"][0] or 0 for key in members)
        for metric in RATES:
            known = [value for key in members if (value := own[key, metric][0]) is not None]
            expected = float(sum(known) / len(known)) if known else None
            assert getattr(group.figures, FIELDS[metric]) == pytest.approx(expected), (group.title, metric)


@pytest.mark.parametrize("by", GROUPINGS)
def test_parts_add_up_to_the_whole(random_desk: tuple[Desk, Path], by: str) -> None:
    report = random_desk[0].programme(by, mine=False)
    parts = [group.figures for group in report.groups]
    whole = report.whole.figures
    assert sum(group.partners for group in report.groups) == report.whole.partners == 35
    for name in ("enrolled", "active", "dark", "contribution"):
        assert sum(getattr(part, name) or 0 for part in parts) == getattr(whole, name)


def test_the_portfolio_says_the_same_as_the_programme(random_desk: tuple[Desk, Path]) -> None:
    desk, _ = random_desk
    portfolio, programme = desk.portfolio(mine=False), desk.programme(mine=False)
    assert portfolio.figures == programme.whole.figures
    assert [section.figures for section in portfolio.sections] == [one.figures for one in programme.groups]


def reckoned(evidence: Evidence) -> float | None:
    """Return what the records of a figure come to."""
    n = [float(record.n) for record in evidence.records if isinstance(record.n, (int, float))]
    d = [record.d for record in evidence.records if record.d is not None]
    if evidence.metric == "time_to_first_revenue":
        middle = sorted(n)
        return (middle[(len(n) - 1) // 2] + middle[len(n) // 2]) / 2 if n else None
    return (sum(n) / sum(d) if sum(d) else None) if d else sum(n)


@pytest.mark.parametrize("metric", [*FIELDS, *THE_NUMBER, "top_ten_share"])
def test_every_figure_is_what_its_records_come_to(random_desk: tuple[Desk, Path], metric: str) -> None:
    desk, _ = random_desk
    report = desk.programme("region", mine=False)
    seen = 0
    for group in (None, *(one.title for one in report.groups)):
        evidence = desk.explain_programme(metric, by="region", group=group, mine=False)
        assert evidence.n == len(evidence.records)
        if evidence.value is not None:
            seen += 1
            rounded = 1 if metric in THE_NUMBER else 0  # to a ten-thousandth
            assert reckoned(evidence) == pytest.approx(evidence.value, rel=1e-9, abs=rounded), (metric, group)
        else:
            assert not [record for record in evidence.records if record.n]
    assert seen


def test_an_order_of_a_deal_counts_before_what_others_influenced(opened: Open) -> None:
    desk = opened(
        partners=lines(
            "partner_id,name,type",
            "R,Reseller,reseller",
            "S,Integrator,systems_integrator",
            "A,Ally,alliance",
        ),
        deals=lines(
            "deal_id,partner_id,opportunity_id,kind,status,amount,submitted_at,closed_on",
            "D1,R,X,registered,won,100,2026-01-01T00:00:00Z,2026-05-01",
            "D2,S,X,influenced,won,110,2026-01-01T00:00:00Z,2026-05-01",  # the order's opportunity
            "D3,S,Y,influenced,won,30,2026-01-01T00:00:00Z,2026-05-01",
            "D4,A,Y,co_sell,won,40,2026-01-01T00:00:00Z,2026-05-01",  # A is the first by id
            "D5,A,,co_sell,won,5,2026-01-01T00:00:00Z,2026-05-01",
        ),
        orders=lines(
            "order_id,partner_id,booked_on,amount,deal_id",
            "O1,R,2026-05-02,60,D1",
            "O2,R,2026-06-02,50,D1",  # two orders of one deal are two orders
            "O3,R,2026-07-02,7,",
        ),
    )
    assert brought(desk) == {"R": 117, "S": 140, "A": 45}
    assert in_whole(desk) == 117 + 45
    parts = {group.key: group.figures.contribution for group in desk.programme(mine=False).groups}
    assert parts == {"reseller": 1_170_000, "systems_integrator": 0, "alliance": 450_000}


def test_lines_that_name_a_partner_count_there_only(opened: Open) -> None:
    desk = opened(
        partners=lines("partner_id,name,type", "D,Distributor,distributor", "R,Reseller,reseller"),
        sell_through=lines(
            "line_id,partner_id,reseller,reseller_partner_id,month,value",
            "L1,D,Reseller,R,2026-05-01,100",
            "L2,D,Somebody,,2026-05-01,30",
            "L3,D,Gone,Z,2026-05-01,5",  # no partner of this portfolio
        ),
    )
    assert brought(desk) == {"D": 135, "R": 100}
    assert in_whole(desk) == 135
    parts = {group.key: group.figures.contribution for group in desk.programme(mine=False).groups}
    assert parts == {"distributor": 350_000, "reseller": 1_000_000}


@pytest.mark.parametrize(
    ("types", "expected", "records"),
    [
        ("reseller,", 90, ["O1", "O2", "O3"]),
        ("reseller,systems_integrator", 90 + 8, ["D3", "O1", "O2", "O3"]),  # D2 is the deal of O1
        ("systems_integrator,reseller", 70 + 8 + 30, ["D2", "D3", "O2", "O3"]),  # O1 is an order of D2
        ("systems_integrator,alliance", 70 + 8, ["D2", "D3"]),  # both are judged by the same figure
        ("distributor,reseller", 4 + 6 + 90, ["L1", "L2", "O1", "O2", "O3"]),  # L2 names the partner itself
        ("reseller,distributor", 4 + 6 + 90, ["L1", "L2", "O1", "O2", "O3"]),
        ("msp,reseller;referral", 20 + 6 + 90 + 9, ["F1", "L2", "O1", "O2", "O3", "U1"]),
    ],
)
def test_other_types_add_what_is_not_counted_yet(
    opened: Open, types: str, expected: int, records: list[str]
) -> None:
    named = "L2" in records
    desk = opened(
        partners=lines("partner_id,name,type,other_types", f"P,Partner,{types}", "D,Other,distributor,"),
        deals=lines(
            "deal_id,partner_id,opportunity_id,kind,status,amount,submitted_at,closed_on",
            "D1,P,X,registered,won,60,2026-01-01T00:00:00Z,2026-05-01",
            "D2,P,X,influenced,won,70,2026-01-01T00:00:00Z,2026-05-01",
            "D3,P,Y,influenced,won,8,2026-01-01T00:00:00Z,2026-05-01",
        ),
        orders=lines(
            "order_id,partner_id,booked_on,amount,deal_id",
            "O1,P,2026-05-02,60,D1",
            "O2,P,2026-06-02,10,D9",
            "O3,P,2026-07-02,20,",
        ),
        usage=lines("usage_id,partner_id,month,seats,recurring_revenue", "U1,P,2026-05-01,3,20"),
        referrals=lines(
            "referral_id,partner_id,customer,submitted_at,status,closed_on,value",
            "F1,P,C,2026-01-01T00:00:00Z,won,2026-05-01,9",
        ),
        sell_through=lines(
            "line_id,partner_id,reseller,reseller_partner_id,month,value",
            "L1,P,Somebody,,2026-05-01,4",
            f"L2,P,Itself,{'P' if named else ''},2026-05-01,6",
        ),
    )
    assert brought(desk)["P"] == expected
    evidence = desk.explain("P", "contribution")
    assert sorted(record.record_id for record in evidence.records) == records
    assert in_whole(desk) == expected


def test_activation_counts_what_somebody_has_records_of_and_rows_of_ones_own(opened: Open) -> None:
    desk = opened(
        partners=lines(
            "partner_id,name,type,enrolled_on",
            "P,In time,reseller,2026-06-01",  # its window ends on 30 August
            "Q,Late,reseller,2026-06-01",
            "N,New,reseller,2026-11-01",
            "Y,Unknown day,reseller,",
        ),
        orders=lines("order_id,partner_id,booked_on,amount", "O1,P,2026-08-30,10", "O2,Q,2026-08-31,10"),
        milestones=lines(
            "milestone_id,partner_id,name,due_on,completed_on",
            "M1,N,First order,2026-12-15,",
            "M2,P,kick-off,,2026-06-10",  # by hand: no source brings meetings, so it counts for P and Q
            "M3,Q,Kick-off,,2026-06-09",
        ),
    )
    found = {figure.partner_id: figure.value for figure in desk.figures(metrics=["activation_rate"])}
    assert found == {"P": 1, "Q": 0, "N": None, "Y": None}
    steps = {step.name: (step.due_on, step.done_on) for step in desk.insight.milestones("N")}
    assert steps == {"First order": (date(2026, 12, 15), None)}
    assert desk.programme(mine=False).whole.figures.activation_rate == 0.5
    cohorts = {cohort.quarter: cohort for cohort in desk.programme(mine=False).cohorts}
    second, fourth = cohorts["FY26 Q2"], cohorts["FY26 Q4"]
    assert (second.enrolled, second.in_time, second.late, second.median_days) == (2, 1, 1, 90.5)
    assert (second.milestones_done, second.milestones) == (4, 4)
    assert (fourth.on_the_way, fourth.missed, fourth.median_days) == (1, 0, None)


def test_before_the_first_sync_nobody_knows_who_was_active(opened: Open) -> None:
    desk = opened(
        partners=lines("partner_id,name,type,enrolled_on", "P,Partner,reseller,2020-01-01"),
        orders=lines("order_id,partner_id,booked_on,amount", "O1,P,2026-08-01,10"),
    )
    early = Desk(desk.workspace, as_of=date(2026, 9, 1))
    figures_then = early.programme(mine=False).whole.figures
    assert (figures_then.enrolled, figures_then.active_rate, figures_then.active_retention) == (
        None,
        None,
        None,
    )
    assert figures_then.contribution == 100_000
    assert figures_then.retention == 1


def test_a_stage_and_a_class_of_ones_own_stand_beside_the_derived_ones(opened: Open) -> None:
    desk = opened(partners=lines("partner_id,name,type,enrolled_on", "P,Partner,reseller,2020-01-01"))
    desk.set_stage("P", "Active", reason="They sell, the orders are late", until=date(2026, 12, 31))
    desk.set_class("P", "a", reason="Their board visits")
    partner = desk.partner("P").partner
    assert (partner.stage, partner.stage_derived, partner.derived_stage) == ("active", False, "develop")
    assert partner.stage_reason == "They sell, the orders are late"
    assert partner.derived_stage_reason == "No business yet"
    assert (partner.attention, partner.attention_derived, partner.dark) == ("A", False, True)
    later, before = (Desk(desk.workspace, as_of=day) for day in (date(2027, 1, 1), date(2026, 11, 19)))
    assert later.partner("P").partner.stage == before.partner("P").partner.stage == "develop"
    assert later.partner("P").partner.attention == "A"
    desk.clear_stage("P")
    desk.clear_class("P")
    partner = desk.partner("P").partner
    assert (partner.stage, partner.stage_derived) == ("develop", True)
    assert partner.attention == partner.derived_attention


def test_odds_come_from_the_silences_of_the_type(opened: Open) -> None:
    """Twenty partners were silent for 100 days and came back, five of them only after 200."""
    orders = [f"O{n}a,P{n},2025-01-01,5" for n in range(20)]
    orders += [f"O{n}b,P{n},{'2025-04-11' if n >= 5 else '2025-07-20'},5" for n in range(20)]
    orders += [f"O{n}c,P{n},2026-11-01,5" for n in range(20)]
    desk = opened(
        date(2026, 11, 20),
        partners=lines(
            "partner_id,name,type,enrolled_on",
            *(f"P{n},Partner {n},reseller,2024-01-01" for n in range(20)),
            "X,Silent,reseller,2024-01-01",
            "I,Alone,isv,2024-01-01",
        ),
        orders=lines(
            "order_id,partner_id,booked_on,amount", *orders, "OX,X,2026-07-23,5", "OI,I,2025-07-23,5"
        ),
    )
    odds = desk.partner("X").odds
    assert odds is not None
    assert (odds.kind, odds.days) == ("dark", 120)
    # Longer than 120 days: 5 that took 200, and 20 that took over 400. Five came back within 90 days.
    assert odds.odds.at_risk == 25
    assert odds.odds.value == pytest.approx(5 / 25)
    alone = desk.partner("I").odds
    assert alone is not None
    assert alone.odds.value is None
    assert alone.odds.because == "only 1 past case known, odds take 20"
    assert desk.partner("P0").odds is None
    rows = {
        row.partner.partner_id: row.odds for one in desk.portfolio(mine=False).sections for row in one.rows
    }
    assert rows["X"] == odds
    assert [one.odds.partner_id for one in desk.programme(mine=False).odds] == ["X", "I"]


def test_what_does_not_exist_is_said_with_what_does(random_desk: tuple[Desk, Path]) -> None:
    desk, _ = random_desk
    with pytest.raises(NotFoundError, match="not divided by moon"):
        desk.programme("moon")
    with pytest.raises(NotFoundError, match="no figure of the programme called revenue"):
        desk.explain_programme("revenue")
    with pytest.raises(NotFoundError, match="has the region Mars"):
        desk.explain_programme("contribution", by="region", group="Mars", mine=False)
    with pytest.raises(UsageError, match="no stage asleep"):
        desk.set_stage("PA-00001", "asleep", reason="It is")


def test_a_project_is_business_in_every_quarter_in_which_it_ran(opened: Open) -> None:
    desk = opened(
        partners=lines(
            "partner_id,name,type,enrolled_on",
            *(f"{name},Partner {name},systems_integrator,2020-01-01" for name in "RCO"),
        ),
        projects=lines(
            "project_id,partner_id,name,status,started_on,completed_on",
            "J1,R,Running,active,2025-06-01,",
            "J2,C,Completed,completed,2025-06-01,2026-09-01",
            "J3,O,Old,completed,2025-06-01,2026-08-20",  # the last day of the quarter before
        ),
    )
    stages = {name: partner.stage for name, partner in desk.insight.partners().items()}
    assert stages == {"R": "active", "C": "active", "O": "develop"}
    assert desk.partner("R").partner.stage_reason.endswith("the latest on 20 Nov 2026")


def test_an_agreed_plan_makes_class_a_and_reaches_the_milestone(opened: Open) -> None:
    desk = opened(
        partners=lines(
            "partner_id,name,type,enrolled_on",
            *(f"P{number},Partner {number},alliance,2026-09-01" for number in range(6)),
        ),
        deals=lines(
            "deal_id,partner_id,kind,status,amount,submitted_at,closed_on",
            "D1,P5,co_sell,won,100,2026-10-01T00:00:00Z,2026-11-01",
        ),
    )
    for day, plan in (("2026-11-10", ["P0"]), ("2026-11-21", [])):
        with desk.workspace.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM document")
            connection.exec_driver_sql(
                "INSERT INTO document (kind, partner_id, period, status, created_at) "
                "VALUES ('plan', 'P0', '2027', 'agreed', ?), ('plan', 'P1', '2027', 'draft', ?)",
                (f"{day}T10:00:00Z", f"{day}T10:00:00Z"),
            )
        desk.facts_changed()
        partners = desk.insight.partners()
        in_a = {name for name, partner in partners.items() if partner.attention == "A"}
        assert in_a - {"P5"} == set(plan)
        reached = {name for name in partners for step in desk.insight.milestones(name)
                   if step.name == "Joint plan agreed" and step.done_on}  # fmt: skip
        assert reached == set(plan)


def test_who_was_enrolled_a_year_ago_is_told_by_the_row_of_then(tmp_path: Path) -> None:
    folder, home = tmp_path / "in", tmp_path / "home"
    folder.mkdir()
    partners = folder / "partners.csv"
    head = "partner_id,name,type,status,enrolled_on"
    partners.write_text(
        lines(head, "A,Ana,reseller,enrolled,2020-01-01", "B,Bo,reseller,enrolled,2020-01-01")
    )
    first = date(2025, 1, 10)
    desk = Desk.create(home, Settings(), ask=lambda _: None, mode=KeyMode.SAMPLE, as_of=first)
    desk.add_source("in", "folder", {"path": str(folder)})
    desk.sync(progress=SilentProgress())
    desk.close()
    partners.write_text(
        lines(head, "A,Ana,reseller,enrolled,2020-01-01", "B,Bo,reseller,suspended,2020-01-01")
    )
    for day, retention in ((date(2026, 6, 30), 0.5), (date(2025, 6, 30), 1.0)):
        later = Desk.open(home, ask=lambda _: None, as_of=day)
        later.sync(progress=SilentProgress())
        assert later.portfolio(mine=False).figures.retention == retention
        later.close()
