"""What a sync did, as screens, the command line and the database keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from camdesk.base.errors import Problem


@dataclass(frozen=True, slots=True)
class EntityCounts:
    """The rows of one entity by what became of them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source's sync. `read` counts rows of entities, rejected ones included."""

    name: str
    read: int
    added: int
    changed: int
    unchanged: int
    removed: int
    rejected: tuple[Problem, ...]
    notices: tuple[str, ...] = ()
    seconds: float = 0.0
    entities: Mapping[str, EntityCounts] = field(default_factory=dict)

    @property
    def changed_anything(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def as_json(self) -> dict[str, Any]:
        """Return the form `sync --json` gives and the database keeps."""
        return {
            "name": self.name,
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "rejected": [asdict(problem) for problem in self.rejected],
            "notices": list(self.notices),
            "seconds": round(self.seconds, 3),
            "entities": {name: asdict(counts) for name, counts in self.entities.items()},
        }


def repeated(earlier: Mapping[str, Any], *, seconds: float) -> SourceReport:
    """Return the report of a sync that found its input just as `earlier` left it."""
    entities = {
        name: EntityCounts(unchanged=counts["added"] + counts["changed"] + counts["unchanged"])
        for name, counts in earlier["entities"].items()
    }
    return SourceReport(
        name=earlier["name"],
        read=earlier["read"],
        added=0,
        changed=0,
        unchanged=sum(counts.unchanged for counts in entities.values()),
        removed=0,
        rejected=tuple(Problem(**problem) for problem in earlier["rejected"]),
        notices=tuple(earlier["notices"]),
        seconds=seconds,
        entities=entities,
    )
