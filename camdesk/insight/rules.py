"""The shape of a rule file: what needs attention, in which words, and what to do about it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from camdesk.insight.definitions import Query

Severity = Literal["critical", "warning", "notice", "good news"]


class RuleExample(BaseModel):
    """A small portfolio by entity, and the day it is looked at; the tests run each.

    Beside entities it may give `figures` (partner_id, metric, value, before), `standing` (stage,
    attention, dark), `scores` (before, now), `steps` of activation and tier `requirements`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: str
    rows: dict[str, list[dict[str, Any]]]


class Rule(BaseModel):
    """A query for the records that need attention.

    `records` returns partner_id, subject, label, severity (NULL: the rule's), value_at_stake, due_on,
    entity, record_id: one row per record that is evidence, several rows of one subject where several
    are; `ours` where only some subjects are our own fault; and columns for the message. The value of a
    record counts once. `:day` is the as-of day, thresholds are bound by name (`:warning_days`); a
    profile may set its own.

    `message` is said of one subject, `message_many` of several (not given: the same). Both know
    {count}, {label}, {value}, {due}, {days} to or since it, and every column of the gravest subject,
    written as {name:money}, {name:percent}, {name:day}, {name:month}, {name:days},
    {name:ratio} or {name:whole}. A part in square brackets is left out where one of its fields is unknown.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = ""
    title: str
    severity: Severity
    message: str
    message_many: str = ""
    why: str
    next_action: str
    records: Query
    thresholds: dict[str, float] = {}
    needs: tuple[str, ...] = ()
    """The entities it reads: without a row of any of them the rule has nothing to say."""
    absence: bool = False
    """"Nothing happened": held back while a source that would bring the news is stale, or there is none."""
    applies_to: Literal["enrolled", "prospect", "all"] = "enrolled"
    portfolio: bool = False
    """One notice for the whole portfolio, its subjects the partners; read for every class."""
    ours: bool = False
    """Our own fault: weighs more."""
    money_or_dates: bool = False
    """Also raised for partners of attention class C, as our own faults are."""
    silences: tuple[str, ...] = ()
    silences_subjects_of: tuple[str, ...] = ()
    clear_margin: bool = False
    """A metric rule: closes by itself only with a tenth of the threshold to spare (`:margin`)."""
    fires: RuleExample | None = None
    quiet: RuleExample | None = None
