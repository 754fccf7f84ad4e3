"""Whether a metric's or a rule's query gives what figures and alerts are made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping

from camdesk.insight.alerts.messages import FORMS, OWN_NAMES, fields_of
from camdesk.insight.definitions import Metric
from camdesk.insight.relations import RELATIONS
from camdesk.insight.rules import Rule
from camdesk.insight.sandbox import DAY, QueryError, Sandbox
from camdesk.portfolio.entities import ENTITIES

Fault = tuple[str, str, str]
"""Key, what it says, and why that cannot be."""

_METRIC_COLUMNS = ("moment", "partner_id", "entity", "record_id", "n")
_WITH_D = frozenset({"ratio", "share", "growth", "distinct_share", "distinct_growth", "top_share", "lowest"})
_RULE_COLUMNS = (
    "partner_id", "subject", "label", "severity", "value_at_stake", "due_on", "entity", "record_id",
)  # fmt: skip
_NAMES_METRIC = re.compile(r"\bmetric\s*=\s*'(\w+)'", re.IGNORECASE)


def metric_faults(metric: Metric, sandbox: Sandbox, metrics: Collection[str]) -> Iterator[Fault]:
    """Yield what is wrong with a metric; `metrics` are the names that there are."""
    needed = list(_METRIC_COLUMNS)
    needed += ["d"] if metric.aggregation in _WITH_D else []
    needed += ["part"] if metric.aggregation == "lowest" else []
    columns = yield from _tried(metric.records, {}, needed, sandbox)
    if columns is not None:
        yield from _unknown_metrics(metric.records, metrics)
        if set(needed) <= set(columns):
            yield from _working_faults(metric, sandbox)
    readable = {*ENTITIES, *RELATIONS}
    for key, names in (("present", metric.present), ("portfolio_present", metric.portfolio_present)):
        for name in names:
            if name not in readable:
                yield key, name, "there is no such entity"
    if metric.within is not None and metric.within not in RELATIONS:
        yield "within", metric.within, "there is no such relation"
    if metric.target_of is not None and metric.target_of not in metrics:
        yield "target_of", metric.target_of, "there is no such metric"


def rule_faults(
    rule: Rule, sandbox: Sandbox, metrics: Collection[str], rules: Collection[str]
) -> Iterator[Fault]:
    """Yield what is wrong with a rule; `metrics` and `rules` are the names that there are."""
    parameters = {"day": DAY.isoformat(), "margin": 0.0, **rule.thresholds}
    columns = yield from _tried(rule.records, parameters, _RULE_COLUMNS, sandbox)
    if columns is not None:
        yield from _unknown_metrics(rule.records, metrics)
        for key, message in (("message", rule.message), ("message_many", rule.message_many)):
            yield from _message_faults(key, message, {*columns, *OWN_NAMES})
    for name in rule.needs:
        if name not in ENTITIES:
            yield "needs", name, "there is no such entity"
    for key, names in (("silences", rule.silences), ("silences_subjects_of", rule.silences_subjects_of)):
        for name in names:
            if name not in rules:
                yield key, name, "there is no such rule"
    if rule.absence and not rule.needs:
        yield "needs", "", "a rule about what did not happen has to say which entity would bring the news"


def _tried(
    sql: str, parameters: Mapping[str, object], needed: Iterable[str], sandbox: Sandbox
) -> Generator[Fault, None, tuple[str, ...] | None]:
    """Yield what is wrong with a query, and return its columns where it runs."""
    try:
        columns = sandbox.columns(sql, parameters)
    except QueryError as error:
        yield "records", "", str(error)
        return None
    for name in needed:
        if name not in columns:
            yield "records", "", f"the query gives no column {name}"
    return columns


def _working_faults(metric: Metric, sandbox: Sandbox) -> Iterator[Fault]:
    try:
        sandbox.work_out(metric)
    except QueryError as error:
        yield "records", "", str(error)


def _unknown_metrics(sql: str, metrics: Collection[str]) -> Iterator[Fault]:
    for name in dict.fromkeys(_NAMES_METRIC.findall(sql)):
        if name not in metrics:
            yield "records", name, "there is no such metric"


def _message_faults(key: str, message: str, known: Collection[str]) -> Iterator[Fault]:
    try:
        fields = fields_of(message)
    except ValueError as error:
        yield key, "", f"the braces do not match: {error}"
        return
    for name, form in fields:
        if name not in known:
            yield key, f"{{{name}}}", "the query gives no such column"
        if form not in FORMS:
            yield key, f"{{{name}:{form}}}", "there is no such format"
