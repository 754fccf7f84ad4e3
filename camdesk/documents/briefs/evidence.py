"""An alert as a frozen figure: the records it rests on, so that a sentence made of it can be opened."""

from __future__ import annotations

from camdesk.base import money
from camdesk.documents.drafting.draft import Draft
from camdesk.documents.drafting.freezing import ID_LENGTH, RECORDS_SHOWN
from camdesk.documents.drafting.rows import Row, day_of, label_of
from camdesk.documents.model import FrozenFigure, FrozenRecord
from camdesk.documents.phrases import clipped
from camdesk.insight.results import Alert, AlertEvidence, Unit
from camdesk.insight.wording import write
from camdesk.portfolio.entities import ENTITIES


def alert_key(draft: Draft, alert: Alert) -> str:
    """Keep an alert as a figure and return its key: what is at stake, or how many rows it has."""
    rule = draft.insight.catalog.rules[alert.rule]
    at_stake = alert.value_at_stake
    unit = Unit.COUNT if at_stake is None else Unit.MONEY
    value = len(alert.subjects) if at_stake is None else at_stake
    records = _records(draft, alert)
    return draft.frozen.keep(
        FrozenFigure(
            key=f"alert-{alert.rule}",
            title=f"Alert: {rule.title}",
            metric=None,
            value=value,
            written=write(value, unit, currency=draft.frozen.currency, full=True),
            also=(),
            window="",
            as_of=draft.today,
            n=len(records),
            definition=f"{alert.message}. {alert.why}",
            records=records[:RECORDS_SHOWN],
            record_kind="record",
        )
    )


def _records(draft: Draft, alert: Alert) -> tuple[FrozenRecord, ...]:
    """Return the records behind an alert's rows, each once; an amount where a row has one record only."""
    wanted: dict[AlertEvidence, str] = {}
    for subject in alert.subjects:
        known = subject.value_at_stake is not None and len(subject.evidence) == 1
        written = money.exact(subject.value_at_stake or 0, draft.frozen.currency) if known else ""
        for one in subject.evidence:
            wanted.setdefault(one, written)
    found: dict[AlertEvidence, Row] = {}
    for entity in {one.entity for one in wanted if one.entity in ENTITIES}:
        rows = draft.rows.find(entity, [one.record_id for one in wanted if one.entity == entity])
        found |= {AlertEvidence(entity, record_id): row for record_id, row in rows.items()}
    return tuple(
        FrozenRecord(
            clipped(one.record_id, ID_LENGTH),
            label_of(ENTITIES[one.entity], row),
            day_of(ENTITIES[one.entity], row),
            written,
        )
        for one, written in wanted.items()
        if (row := found.get(one)) is not None
    )
