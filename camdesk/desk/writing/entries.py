"""What a CAM has written, as the verbs return it: frozen values to show as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

CommitmentState = Literal["open", "overdue", "kept", "late", "dropped"]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row the CAM wrote. `values` as JSON has them: money as decimal strings, flags as true and false."""

    entity: str
    record_id: str
    partner_id: str
    label: str  # what a person knows the row by
    day: str | None  # the row's own date
    author: str
    written_at: str
    document_id: int | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MergeOffer:
    """A row the CAM wrote and a synced one that seems to say the same."""

    own: OwnRow
    source: str
    synced_id: str
    label: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one side promised. `author` is None where it was taken over from an earlier tool."""

    commitment_id: str
    source: str
    partner_id: str
    side: str  # vendor | partner
    text: str
    owner: str | None
    due_on: date | None
    done_on: date | None
    dropped_on: date | None
    dropped_because: str | None
    state: CommitmentState
    author: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a partner. `author` is None where it was taken over from an earlier tool."""

    note_id: str
    source: str
    partner_id: str
    written_at: str  # ISO instant
    text: str
    author: str | None
