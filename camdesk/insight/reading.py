"""What a query reads, told from its text."""

from __future__ import annotations

import re

from camdesk.insight.definitions import ActivationStep
from camdesk.portfolio.entities import ENTITIES

_READS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)


def named_in(sql: str) -> frozenset[str]:
    """Return the names of the tables and relations that stand after FROM and JOIN."""
    return frozenset(_READS.findall(sql))


def read_by(step: ActivationStep) -> frozenset[str]:
    """Return what a milestone's fact reads: entities, `sales`, `agreed_plans`."""
    return named_in(step.fact) & {*ENTITIES, "sales", "agreed_plans"}
