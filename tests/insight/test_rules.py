"""Every shipped rule fires on its own example and keeps quiet on the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from camdesk.insight.alerts.listing import alerts_of
from camdesk.insight.catalog import load_catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.results import Alert
from camdesk.insight.rules import Rule, RuleExample
from camdesk.portfolio.entities import ENTITIES
from tests.insight.alert_book import AlertBook

CATALOG = load_catalog()[0]
RULES = CATALOG.rules


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlertBook]:
    made = AlertBook(tmp_path_factory.mktemp("rules"))
    yield made
    made.database.close()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_fires_on_its_example(book: AlertBook, rule: Rule) -> None:
    assert rule.fires is not None, "every rule ships an example that fires"
    (alert,) = _alerts(book, rule, rule.fires)
    assert alert.rule == rule.id
    assert alert.subjects
    assert not alert.message[0].islower()
    assert "{" not in alert.message
    assert "no data" not in alert.message
    for subject in alert.subjects:
        assert subject.evidence, "every row shows what it rests on"
        for record in subject.evidence:
            assert record.record_id in book.ids(record.entity), "evidence names records that exist"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_keeps_quiet_on_its_other_example(book: AlertBook, rule: Rule) -> None:
    assert rule.quiet is not None, "every rule ships an example that does not fire"
    assert _alerts(book, rule, rule.quiet) == ()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_bears_that_any_optional_column_is_blank(book: AlertBook, rule: Rule) -> None:
    assert rule.fires is not None
    for entity, column in _optional_columns(rule.fires):
        rows = rule.fires.rows | {
            entity: [
                {name: value for name, value in row.items() if name != column}
                for row in rule.fires.rows[entity]
            ]
        }
        for alert in _alerts(book, rule, RuleExample(as_of=rule.fires.as_of, rows=rows)):
            assert "no data" not in alert.message, f"without {column}: {alert.message}"
            assert "None" not in alert.message, f"without {column}: {alert.message}"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_speaks_as_a_person_would(rule: Rule) -> None:
    for text in (rule.title, rule.message, rule.message_many, rule.why, rule.next_action):
        assert rule.id not in text
        assert "_" not in text.replace("}", "{").split("{")[::2].__str__()
    assert "{count}" in rule.message_many or not rule.message_many


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_names_only_what_exists(rule: Rule) -> None:
    assert set(rule.needs) <= set(ENTITIES)
    assert set(rule.silences) | set(rule.silences_subjects_of) <= set(RULES)
    assert not rule.absence or rule.needs, "a rule about an absence says which news it waits for"


@pytest.mark.parametrize("profile", CATALOG.profiles.values(), ids=CATALOG.profiles)
def test_a_profile_sets_only_thresholds_its_rules_have(profile: Profile) -> None:
    assert profile.rules
    for name, thresholds in profile.rules.items():
        assert set(thresholds) <= set(RULES[name].thresholds), name


def _alerts(book: AlertBook, rule: Rule, example: RuleExample) -> tuple[Alert, ...]:
    as_of = date.fromisoformat(example.as_of)
    book.fill(example.rows, synced_on=as_of)
    evaluation = book.evaluate(book.catalog_with(**{rule.id: {}}), example.rows, as_of=as_of)
    assert not evaluation.held_back
    with book.database.read() as connection:
        return alerts_of(connection, evaluation)


def _optional_columns(example: RuleExample) -> list[tuple[str, str]]:
    """Return what an example gives beyond what a row cannot be without."""
    return sorted(
        {
            (entity, name)
            for entity, given in example.rows.items()
            if entity in ENTITIES
            for row in given
            for name in row
            if name in ENTITIES[entity].by_name and not ENTITIES[entity].by_name[name].required
        }
    )
