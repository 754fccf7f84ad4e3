"""The whole plan of a partner with a light touch, on one page."""

from __future__ import annotations

from camdesk.documents.drafting.draft import cell, number, say, table, wide
from camdesk.documents.drafting.plans import governance, needed, needs, purpose
from camdesk.documents.drafting.plans.outline import ODDS, Outline
from camdesk.documents.model import Block, Cell, KeyFigures, Missing, Prose, Section, SignOff, Span, Table
from camdesk.documents.odds import DealFlow
from camdesk.insight.wording import write_day


def section(plan: Outline) -> Section:
    """Return target and odds, what the quarters take, what each side does, and the lines to sign on."""
    first = purpose.why_together(plan)
    blocks: list[Block] = [block for block in first.blocks if isinstance(block, KeyFigures)]
    takes = needs.section(plan)
    tables = [block for block in takes.blocks if isinstance(block, Table)]
    blocks += [*tables[:2], *(block for block in takes.blocks if isinstance(block, Missing))]
    if plan.outlook is not None and plan.outlook.base is not None:
        money, base = plan.draft.money, plan.outlook.base
        runs, low, high = f"{base.runs:,}", money(base.p10), money(base.p90)
        ends = (Span(low, ODDS), " and ", Span(high, ODDS), ".")
        blocks.append(
            Prose((say("Of ", Span(runs, ODDS), " simulated years eight in ten end between ", *ends),))
        )
    blocks.append(_sides(plan))
    blocks += [block for block in governance.sign_off(plan).blocks if isinstance(block, SignOff)]
    return Section("one-page", "Plan", first.message, (*first.lead, *say(" "), *takes.lead), tuple(blocks))


def _sides(plan: Outline) -> Block:
    """Return what each side does: ours by our service targets, theirs by what the quarter takes."""
    draft = plan.draft
    last = write_day(plan.period.last)
    rows: list[list[Cell]] = []
    flow = plan.way.flow
    if isinstance(flow, DealFlow) and plan.target is not None:
        quarter = needed.starts_needed(flow, plan.target.value) / 4
        starts = Span(f"{quarter:.1f} {plan.way.starts}s a quarter", "needed")
        rows.append([cell(plan.theirs), Cell((starts,)), cell(f"until {last}")])
    for line in draft.scorecard.our_side:
        if line.value is not None and line.target is not None and len(rows) < 4:
            now = draft.line_figure(line, on=draft.today)
            goal = Span(f"{line.title}: {draft.frozen.write(line.target.value, line.unit)}", now.figure)
            rows.append([cell(plan.ours), Cell((goal, Span(", today "), now)), cell(f"until {last}")])
    if not rows:
        return Missing(("What each side does is still to be agreed.",))
    return table(
        [wide("Who", 1.2), wide("Does what", 2.6), number("When")], rows, title="What each side does"
    )
