"""What the sections of a plan share: the draft, the year, its target, how it is earned, and the odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camdesk.base.periods import Period
from camdesk.documents.drafting.commitments import OURS, THEIRS, owner
from camdesk.documents.drafting.draft import Draft, lowered
from camdesk.documents.drafting.plans.ways import Way
from camdesk.documents.drafting.plans.year_target import YearTarget
from camdesk.documents.drafting.rows import Row
from camdesk.documents.model import Block, FrozenFigure, FrozenRecord, Line, Section, Span
from camdesk.documents.odds import Outlook
from camdesk.insight.results import ScoreLine
from camdesk.insight.scoring import ON_TARGET

ODDS = "odds"
INPUTS = "odds-inputs"


@dataclass(frozen=True)
class Outline:
    draft: Draft
    period: Period
    target: YearTarget | None
    way: Way
    outlook: Outlook | None

    @property
    def year(self) -> str:
        """Return `FY27`."""
        return f"FY{self.draft.calendar.year_number(self.period.start) % 100:02d}"

    @property
    def kind(self) -> str:
        """Return `a reseller`, `an independent software vendor`."""
        title = lowered(self.draft.profile.title)
        return f"{'an' if title[:1] in 'aeiou' else 'a'} {title}"

    @property
    def ours(self) -> str:
        """Who answers for the plan on our side."""
        row = next(iter(self.draft.rows.of("partners")), None)
        email = row["owner_email"] if row else None
        return owner(self.draft, {"side": OURS, "owner": email})

    @property
    def theirs(self) -> str:
        primary = self.primary
        return owner(self.draft, {"side": THEIRS, "owner": primary["name"] if primary else None})

    @property
    def primary(self) -> Row | None:
        """The partner's main contact who is still there."""
        here = [row for row in self.draft.rows.of("contacts") if not row["left_on"]]
        return next((row for row in here if row["is_primary"]), None)

    def target_span(self, value: float) -> Span:
        return Span(self.draft.money(value), self.target.figure if self.target else None)

    def keep(
        self,
        key: str,
        title: str,
        *,
        value: float,
        written: str,
        words: str,
        parts: Sequence[tuple[str, str]],
        kind: str = "figure",
    ) -> str:
        """Keep a figure worked out from others, with what it was worked out from; return its key."""
        records = tuple(FrozenRecord("", name, "", given) for name, given in parts)
        return self.draft.frozen.keep(
            FrozenFigure(
                key, title, None, value, written, (), "", self.draft.today, len(records), words, records, kind
            )
        )


def following(name: str, heading: str, message: str, blocks: Sequence[Block], *, lead: Line = ()) -> Section:
    """Return a section that stays on the page of the one before where there is room."""
    return Section(name, heading, message, lead, tuple(blocks), new_page=False)


def goal_of(plan: Outline, line: ScoreLine) -> Span:
    """Return what a measure is to reach; where it is there already, that it stays."""
    if line.target is None:
        return Span("to be agreed")
    key = plan.draft.line_figure(line, on=plan.draft.today).figure
    if line.points is not None and line.points >= ON_TARGET:
        return Span("stays there", key)
    return Span(plan.draft.frozen.write(line.target.value, line.unit), key)
