"""The user's own definitions: the sound ones count, the others are listed, and the shipped ones stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from camdesk.base.resources import resource
from camdesk.insight.catalog import Catalog, load_catalog
from camdesk.insight.profile_soundness import profile_faults
from camdesk.insight.query_soundness import metric_faults, rule_faults
from camdesk.insight.sandbox import open_sandbox
from camdesk.insight.soundness import load_definitions

SHIPPED, _ = load_catalog()
RESELLER = resource("profiles", "reseller.toml").read_text(encoding="utf-8")
METRIC = {
    "title": '"Orders booked"',
    "short_title": '"Orders"',
    "unit": '"count"',
    "better": '"higher"',
    "window": '"12m"',
    "aggregation": '"sum"',
    "words": '"How many orders."',
    "source": '"Mine."',
    "records": '"""SELECT m.moment, o.partner_id, \'orders\' AS entity, o.order_id AS record_id, 1 AS n '
    'FROM moments m JOIN orders o ON o.booked_on >= m.m12_from AND o.booked_on < m.until"""',
}
RULE = {
    "title": '"No orders"',
    "severity": '"warning"',
    "message": '"Nothing booked for {days:days}"',
    "why": '"Orders are what counts."',
    "next_action": '"Call."',
    "needs": '["orders"]',
    "thresholds": "{ least = 3 }",
    "records": '"""SELECT partner_id, partner_id AS subject, \'Orders\' AS label, NULL AS severity, '
    "NULL AS value_at_stake, NULL AS due_on, NULL AS entity, NULL AS record_id FROM orders "
    'GROUP BY partner_id HAVING COUNT(*) < :least"""',
}


def table(name: str, keys: Mapping[str, str], **changed: str | None) -> str:
    """Return a TOML table; a key changed to None is left out."""
    lines = [f"{key} = {value}" for key, value in {**keys, **changed}.items() if value is not None]
    return "\n".join([f"[{name}]", *lines, ""])


class Own:
    """A workspace's folder of definitions."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def write(self, path: str, *texts: str) -> None:
        file = self.home / path
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(texts), encoding="utf-8")

    def load(self) -> tuple[Catalog, list[tuple[str, str, str]]]:
        catalog, problems = load_definitions(self.home)
        return catalog, [(one.file, one.column, one.reason) for one in problems]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    return Own(tmp_path)


def test_without_files_of_ones_own_the_shipped_definitions_hold(own: Own) -> None:
    catalog, problems = own.load()
    assert catalog == SHIPPED
    assert problems == []


def test_what_is_shipped_passes_every_check() -> None:
    with open_sandbox(SHIPPED) as sandbox:
        faults = [
            *(
                fault
                for one in SHIPPED.metrics.values()
                for fault in metric_faults(one, sandbox, SHIPPED.metrics)
            ),
            *(
                fault
                for one in SHIPPED.rules.values()
                for fault in rule_faults(one, sandbox, SHIPPED.metrics, SHIPPED.rules)
            ),
            *(fault for one in SHIPPED.profiles.values() for fault in profile_faults(one, sandbox, SHIPPED)),
        ]
    assert faults == []


def test_sound_definitions_of_ones_own_count(own: Own) -> None:
    own.write("metrics/mine.toml", table("order_count", METRIC))
    own.write("rules/mine.toml", table("few-orders", RULE))
    profile = RESELLER.replace('type = "reseller"', 'type = "oem"')
    own.write("profiles/oem.toml", profile.replace("[rules]", "[rules]\nfew-orders = {}", 1))
    catalog, problems = own.load()
    assert problems == []
    assert "order_count" in catalog.metrics
    assert catalog.rules["few-orders"].thresholds == {"least": 3}
    assert "oem" in catalog.types
    assert catalog.digest != SHIPPED.digest


def test_all_problems_of_many_files_are_listed_and_what_is_shipped_stays_in_force(own: Own) -> None:
    own.write("metrics/a.toml", "this is not TOML")
    own.write("metrics/b.toml", table("revenue", METRIC, unit='"bananas"', colour='"red"', title=None))
    own.write("metrics/c.toml", "revenue = 5\n")
    own.write("rules/d.toml", table("behind-plan", RULE, severity='"terrible"'))
    own.write("rules/e.toml", table("going-dark", RULE, records='"SELECT nothing FROM nowhere"'))
    own.write("profiles/f.toml", 'type = "msp"', 'dark_after_days = "soon"')
    own.write(
        "profiles/g.toml",
        RESELLER.replace("weight = 25", "weight = 24", 1).replace("win_rate", "win_rat"),
    )
    catalog, problems = own.load()
    assert {(file, key) for file, key, _ in problems} >= {
        ("a.toml", ""),
        ("b.toml", "revenue.unit"),
        ("b.toml", "revenue.colour"),
        ("b.toml", "revenue.title"),
        ("c.toml", "revenue"),
        ("d.toml", "behind-plan.severity"),
        ("e.toml", "going-dark.records"),
        ("f.toml", "dark_after_days"),
        ("g.toml", "lines"),
        ("g.toml", "lines.win_rat"),
        ("g.toml", "columns"),
    }
    assert replace(catalog, digest="") == replace(SHIPPED, digest="")


@pytest.mark.parametrize(
    ("changed", "key", "reason"),
    [
        (
            {"records": '"SELECT moment, partner_id FROM (SELECT 1 AS moment, 2 AS partner_id)"'},
            "records",
            "no column n",
        ),
        ({"records": '"SELECT * FROM order"'}, "records", "does not run"),
        ({"records": '"SELECT * FROM orderz"'}, "records", "no such table: orderz"),
        ({"records": '"SELECT moment, x FROM moments"'}, "records", "no such column: x"),
        ({"records": '"DELETE FROM orders"'}, "records", "must be one SELECT"),
        ({"records": '"SELECT * FROM notes"'}, "records", "nothing else"),
        ({"records": '"SELECT * FROM main.setting"'}, "records", "nothing else"),
        ({"records": '"SELECT 1) q; DROP TABLE moments; --"'}, "records", "does not run"),
        ({"records": METRIC["records"][:-3] + ' -- mine"""'}, "records", "does not run"),
        (
            {"records": '"WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT * FROM x"'},
            "records",
            "end",
        ),
        ({"aggregation": '"ratio"'}, "records", "no column d"),
        ({"aggregation": '"guess"'}, "aggregation", "Input should be"),
        ({"present": '["ordres"]'}, "present", "no such entity"),
        ({"within": '"nowhere"'}, "within", "no such relation"),
        ({"target_of": '"revenu"'}, "target_of", "no such metric"),
        ({"least": '"many"'}, "least", "valid integer"),
        ({"id": '"other"'}, "id", "the table's name"),
    ],
)  # fmt: skip
def test_a_metric_that_is_not_sound(own: Own, changed: Mapping[str, str], key: str, reason: str) -> None:
    own.write("metrics/mine.toml", table("order_count", METRIC, **changed), table("fine", METRIC))
    catalog, problems = own.load()
    assert problems
    assert all(file == "mine.toml" and column == f"order_count.{key}" for file, column, _ in problems)
    assert any(reason in said for _, _, said in problems)
    assert "order_count" not in catalog.metrics
    assert "fine" in catalog.metrics


@pytest.mark.parametrize(
    ("changed", "key", "reason"),
    [
        ({"message": '"Nothing from {who}"'}, "message", "no such column"),
        ({"message": '"Nothing for {days:years}"'}, "message", "no such format"),
        ({"message": '"Nothing for {days"'}, "message", "braces"),
        ({"message_many": '"{count} of {wich}"'}, "message_many", "no such column"),
        ({"thresholds": "{ most = 3 }"}, "records", "does not run"),
        ({"thresholds": '{ least = "few" }'}, "thresholds.least", "valid number"),
        ({"needs": '["ordres"]'}, "needs", "no such entity"),
        ({"needs": "[]", "absence": "true"}, "needs", "which entity"),
        ({"silences": '["no-such-rule"]'}, "silences", "no such rule"),
        ({"records": '"SELECT partner_id FROM orders"'}, "records", "no column subject"),
        ({"records": '"SELECT text FROM notes"'}, "records", "nothing else"),
        ({"records": "\"SELECT * FROM figures_at WHERE metric = 'revenu'\""}, "records", "no such metric"),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_sound(own: Own, changed: Mapping[str, str], key: str, reason: str) -> None:
    own.write("rules/mine.toml", table("few-orders", RULE, **changed))
    catalog, problems = own.load()
    assert any(column == f"few-orders.{key}" and reason in said for _, column, said in problems), problems
    assert "few-orders" not in catalog.rules


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("[rules]", "[rules]\nno-such-rule = {}", "rules", "no such rule"),
        ("[rules]", "[rules]\nlow-activation = { shares = 1 }", "rules.low-activation", "no such threshold"),
        ('contribution = "', 'contribution = "x', "contribution", "no such metric"),
        ("[cadence.A]", "[cadence.D]\nworking = 1\nreview = 2\n[cadence.A]", "cadence.D", "A, B and C"),
        ("dark_after_days = 90", 'dark_after_days = "soon"', "dark_after_days", "valid integer"),
        ("dark_after_days = 90", "dark_after_days = 90\nfavourite = 1", "favourite", "no such key"),
    ],
)  # fmt: skip
def test_a_profile_that_is_not_sound(own: Own, old: str, new: str, key: str, reason: str) -> None:
    assert old in RESELLER
    own.write("profiles/mine.toml", RESELLER.replace(old, new, 1))
    catalog, problems = own.load()
    assert any(column == key and reason in said for _, column, said in problems), problems
    assert catalog.profiles["reseller"] == SHIPPED.profiles["reseller"]


def test_weights_marks_and_milestones_of_a_profile(own: Own) -> None:
    profile = SHIPPED.profiles["reseller"]
    line = next(one for one in profile.lines if one.weight)
    with open_sandbox(SHIPPED) as sandbox:

        def faults(**changed: object) -> list[tuple[str, str]]:
            found = profile_faults(profile.model_copy(update=changed), sandbox, SHIPPED)
            return [(key, reason) for key, _, reason in found]

        assert faults() == []
        lighter = line.model_copy(update={"weight": line.weight - 1})
        others = tuple(one for one in profile.lines if one != line)
        assert faults(lines=(*others, lighter)) == [("lines", "the weights have to add up to 100")]
        zigzag = line.model_copy(update={"marks": (0.1, 0.5, 0.3, 1.0)})
        assert [key for key, _ in faults(lines=(*others, zigzag))] == [f"lines.{line.metric}.marks"]
        again = line.model_copy(update={"weight": 0, "marks": None})
        assert faults(lines=(*profile.lines, again)) == [
            (f"lines.{line.metric}", "the line stands here twice")
        ]
        step = profile.milestones[0].model_copy(
            update={"name": "Lunch", "fact": "SELECT partner_id FROM lunches"}
        )
        assert [key for key, _ in faults(milestones=(step,))] == ["milestones.Lunch.fact"]
        dayless = step.model_copy(update={"fact": "SELECT partner_id, 1 AS x FROM orders"})
        assert faults(milestones=(dayless,)) == [("milestones.Lunch.fact", "the query gives no column day")]


def test_of_two_files_for_one_type_the_first_counts_and_the_second_is_listed(own: Own) -> None:
    own.write("profiles/a.toml", RESELLER.replace("dark_after_days = 90", "dark_after_days = 91"))
    own.write("profiles/b.toml", RESELLER.replace("dark_after_days = 90", "dark_after_days = 92"))
    own.write("metrics/a.toml", table("order_count", METRIC))
    own.write("metrics/b.toml", table("order_count", METRIC))
    catalog, problems = own.load()
    assert problems == [
        ("b.toml", "order_count", "is defined in a.toml already"),
        ("b.toml", "type", "is defined in a.toml already"),
    ]
    assert catalog.profiles["reseller"].dark_after_days == 91


@pytest.mark.parametrize(
    ("example", "fault"),
    [
        ("value = 2\nn = 2", None),
        ("value = 3\nn = 2", "the example makes 2, not 3"),
        ("n = 2", "the example makes 2, not no data"),
        ("value = 2\nn = 1", "the example counts 2 records, not 1"),
        ("value = 2\nn = 2\nrows.orderz = [{}]", "there is no entity orderz"),
        ("value = 2\nn = 2\nrows.deals = [{ amountt = 2 }]", "deals has no column amountt"),
    ],
)
def test_a_metric_makes_the_figure_of_its_example(own: Own, example: str, fault: str | None) -> None:
    rows = (
        "rows.orders = [{ booked_on = '2026-03-01', amount = 5 }, { booked_on = '2026-04-01', amount = 6 }]"
    )
    head = '[order_count.example]\nas_of = "2026-06-30"'
    own.write("metrics/mine.toml", table("order_count", METRIC), head, rows, example)
    catalog, problems = own.load()
    assert ("order_count" in catalog.metrics) is (fault is None)
    assert len(problems) == (fault is not None)
    assert fault is None or fault in problems[0][2]


def test_an_example_in_another_currency_counts_at_its_rate(own: Own) -> None:
    records = (
        '"""SELECT m.moment, o.partner_id, \'orders\' AS entity, o.order_id AS record_id, o.amount_base AS n '
        'FROM moments m JOIN orders o ON o.booked_on < m.until"""'
    )
    own.write(
        "metrics/mine.toml",
        table("booked", METRIC, records=records, unit='"money"'),
        '[booked.example]\nas_of = "2026-06-30"\nvalue = 150\nn = 2',
        'rows.exchange_rates = [{ currency = "USD", rated_on = "2026-01-01", rate = "0.5" }]',
        'rows.orders = [{ booked_on = "2026-03-01", amount = 100, currency = "USD" },'
        ' { booked_on = "2026-03-01", amount = 100 }]',
    )
    assert own.load()[1] == []
