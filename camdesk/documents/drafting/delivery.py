"""Sections of types that deliver: projects, satisfaction, consultants, influence, and who meets whom."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting import facts
from camdesk.documents.drafting.booked import INFLUENCED
from camdesk.documents.drafting.draft import Draft, cell, day_cell, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import Row, day, deal_name
from camdesk.documents.model import Bars, Cell, Column, Line, Missing, Section, Span, Step, Tone
from camdesk.documents.phrases import capital, clipped, count, in_words, joined, number_in_words
from camdesk.insight.wording import DASH, write_day

SHOWN = 8
NAME = 44
_GRAVEST = {"red": 0, "amber": 1, "green": 2}
_HEALTH: dict[str, Tone] = {"red": "bad", "amber": "warn", "green": "good"}
_LEVELS = (
    ("working", "Working call"),
    ("review", "Business review"),
    ("steering", "Steering group"),
    ("executive", "Executive meeting"),
)


def projects(draft: Draft) -> Section:
    """Return the projects that run or are planned, those in trouble first."""
    name, heading = "project-status", "Projects"
    found = [
        row
        for row in draft.rows.of("projects")
        if row["status"] in ("active", "planned")
        and (row["status"] == "planned" or (day(row["started_on"]) or date.min) <= draft.today)
    ]
    if not found:
        lack = "Projects: none runs or is planned."
        words = (
            lack if draft.rows.of("projects") else "Projects: no source has delivered any of this partner."
        )
        return Section(name, heading, "No project runs", (), (Missing((words,)),))
    ranked = sorted(
        found,
        key=lambda row: (row["status"] != "active", _GRAVEST.get(row["health"], 3), row["due_on"] or "9999"),
    )
    key = draft.listed(
        "projects",
        "Projects that run or are planned",
        "Projects active or planned on this day, those in trouble first.",
        "projects",
        ranked,
        column="value",
    )
    rows = [
        [
            cell(row["name"]),
            cell(row["customer"]),
            cell(capital(row["health"] or row["status"]), tone=_HEALTH.get(row["health"], "")),
            cell("Active" if row["status"] == "active" else "Planned"),
            _due(draft, row),
            draft.amount_cell(row, "value"),
        ]
        for row in ranked[:SHOWN]
    ]
    columns = [wide("Project", 1.8), wide("Customer", 1.2), Column("Health"), Column("State")]
    block = table(
        [*columns, number("Due"), number("Value")], rows, note=rest_of("project", len(found), SHOWN, key)
    )
    return Section(name, heading, _project_message(ranked), _project_lead(draft, ranked, key), (block,))


def _due(draft: Draft, row: Row) -> Cell:
    due = day(row["due_on"])
    late = due is not None and due < draft.today
    return day_cell(due, tone="bad" if late else "")


def _project_message(found: list[Row]) -> str:
    red = [row for row in found if row["health"] == "red" and row["status"] == "active"]
    active = [row for row in found if row["status"] == "active"]
    if red:
        return f"{capital(in_words(len(red), 'project'))} in trouble, {number_in_words(len(active))} running"
    if not active:
        return f"{capital(in_words(len(found), 'project'))} planned, none running"
    return f"{capital(in_words(len(active), 'project'))} running, none in trouble"


def _project_lead(draft: Draft, found: list[Row], key: str) -> Line:
    """Return which projects are in trouble and what hangs on them; delivery in time and its late ones."""
    parts: list[str | Span] = []
    red = [row for row in found if row["health"] == "red" and row["status"] == "active"]
    if red:
        names = [clipped(str(row["customer"] or row["name"]), NAME) for row in red[:2]]
        verb = "is" if len(red) == 1 else "are"
        if len(red) > 2:
            parts += [f"{', '.join(names)} and ", Span(in_words(len(red) - 2, "other"), key)]
        else:
            parts.append(joined(names))
        parts += [f" {verb} red, worth ", draft.total(red, "value", key), "."]
    late = [
        row
        for row in found
        if row["status"] == "active" and (row["due_on"] or "9999") < draft.today.isoformat()
    ]
    if late:
        verb = "is" if len(late) == 1 else "are"
        parts += [" " if parts else "", Span(capital(in_words(len(late), "project")), key)]
        parts.append(f" {verb} past the due day.")
    on_time = draft.figure("projects_on_time")
    if on_time is not None:
        parts += [" " if parts else "", on_time, " of the projects completed in twelve months were on time."]
    return say(*parts)


def satisfaction(draft: Draft) -> Section:
    """Return what customers said of projects in twelve months, the newest first."""
    name, heading = "customer-satisfaction", "Customer satisfaction"
    year = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    said = [
        row
        for row in draft.rows.of("projects")
        if row["csat"] is not None and (on := day(row["csat_on"])) is not None and on in year
    ]
    if not said:
        lack = "Customer satisfaction: no customer rated a project in the twelve months under review."
        return Section(name, heading, "No customer has been asked", (), (Missing((lack,)),), False)
    said.sort(key=lambda row: (row["csat_on"], row["project_id"]), reverse=True)
    key = draft.listed(
        "csat",
        "Ratings of twelve months",
        "Projects rated in the twelve months to this day, the newest first.",
        "projects",
        said,
        on=draft.day,
    )
    rows = [
        [
            cell(row["name"]),
            cell(row["customer"]),
            day_cell(day(row["csat_on"])),
            Cell((Span(f"{row['csat']:.1f}", key),), "bad" if row["csat"] < 4 else "", strong=True),
        ]
        for row in said[:5]
    ]
    columns = [wide("Project", 1.8), wide("Customer", 1.2), number("Rated"), number("CSAT")]
    block = table(columns, rows, note=rest_of("project", len(said), 5, key))
    return Section(name, heading, _csat_message(said), _csat_lead(draft, said, key), (block,), False)


def _csat_message(said: list[Row]) -> str:
    if len(said) >= 3 and said[0]["csat"] < said[1]["csat"] < said[2]["csat"]:
        return "The last two ratings are each lower than the one before"
    low = sum(1 for row in said if row["csat"] < 4)
    if low:
        return f"{capital(in_words(low, 'rating'))} below four in twelve months"
    return "Customers rate every project four or better"


def _csat_lead(draft: Draft, said: list[Row], key: str) -> Line:
    mean = draft.figure("implementation_csat")
    parts: list[str | Span] = []
    if mean is not None:
        parts += ["The mean of twelve months is ", mean, "."]
    lowest = min(said, key=lambda row: (row["csat"], row["project_id"]))
    if lowest["csat"] < 4:
        who = clipped(str(lowest["customer"] or lowest["name"]), NAME)
        parts += [" " if parts else "", f"The lowest is {who} with ", Span(f"{lowest['csat']:.1f}", key), "."]
    return say(*parts)


def consultants(draft: Draft) -> Section:
    """Return people with a valid certificate by role."""
    name, heading = "consultants-by-role", "Consultants"
    valid = [
        row
        for row in draft.rows.of("certifications")
        if (day(row["awarded_on"]) or date.max) <= draft.day < (day(row["expires_on"]) or date.max)
    ]
    if not valid:
        lack = "Consultants: nobody holds a valid certificate on this day."
        return Section(name, heading, "Nobody is certified", (), (Missing((lack,)),), False)
    key = draft.listed(
        "consultants",
        "Valid certificates",
        "Certificates valid on this day; people are counted once for each track.",
        "certifications",
        sorted(valid, key=lambda row: (str(row["track"]), row["person"])),
        on=draft.day,
    )
    people: dict[str, set[str]] = defaultdict(set)
    for row in valid:
        people[row["track"] or "other"].add(row["person"])
    ranked = sorted(people, key=lambda track: (-len(people[track]), track))
    steps = tuple(
        Step(capital(track), len(people[track]), f"{len(people[track]):,}", key) for track in ranked
    )
    notes = tuple(
        _leaving(draft, [row for row in valid if (row["track"] or "other") == track]) for track in ranked
    )
    told = "; ".join(f"{step.label} {step.written}" for step in steps)
    bars = Bars("Certified people by role", steps, notes, f"Certified people by role: {told}.")
    coverage = draft.figure("architect_coverage")
    lead = say(coverage, " of the architects the tier asks for.") if coverage is not None else ()
    whole = len({row["person"] for row in valid})
    message = f"{capital(in_words(whole, 'consultant'))} certified, most for {lowered_track(ranked[0])}"
    return Section(name, heading, message, lead, (bars,), False)


def lowered_track(track: str) -> str:
    return {"architect": "architecture", "technical": "technical work"}.get(track, track)


def _leaving(draft: Draft, rows: list[Row]) -> Line:
    """Return the certificate of a role that expires next, where that is within half a year."""
    ending = [on for row in rows if (on := day(row["expires_on"])) is not None]
    if not ending or (min(ending) - draft.today).days > 180:
        return ()
    return say(f"the next expires on {write_day(min(ending))}")


def influence(draft: Draft) -> Section:
    """Return the deals the partner influenced: what moved in the quarter and what is open, largest first."""
    name, heading = "influence-log", "Influence"
    deals = [row for row in draft.rows.of("deals") if row["kind"] in INFLUENCED]
    closed = [
        row
        for row in deals
        if row["status"] != "open" and (on := day(row["closed_on"])) is not None and on in draft.elapsed
    ]
    still = [row for row in facts.open_deals(draft.rows, draft.today) if row["kind"] in INFLUENCED]
    if not closed and not still:
        lack = "Influence: no deal was influenced or sold jointly in the quarter, and none is open."
        return Section(name, heading, "No influenced deal", (), (Missing((lack,)),), False)
    shown = [*facts.largest_first(closed), *still]
    key = draft.listed(
        "influence",
        "Influenced deals",
        "Influenced and jointly sold deals closed in the quarter under review, and those open on this day.",
        "deals",
        shown,
        column="amount",
    )
    won = [row for row in closed if row["status"] == "won"]
    lost = [row for row in closed if row["status"] == "lost"]
    rows = [_influence_row(draft, row) for row in shown[:SHOWN]]
    columns = [
        wide("Deal", 1.6),
        wide("Customer", 1.2),
        Column("How"),
        Column("State"),
        number("Day"),
        number("Amount"),
    ]
    block = table(columns, rows, note=rest_of("deal", len(shown), SHOWN, key))
    parts: list[str | Span] = []
    for word, members in (("won", won), ("lost", lost)):
        if members:
            parts += [" and " if parts else "", draft.total(members, "amount", key), f" {word}"]
    if parts:
        parts.append(f" in {draft.quarter(draft.day)}")
    if still:
        parts += [", " if parts else "", draft.total(still, "amount", key), " open"]
    return Section(name, heading, _influence_message(won, lost, still), say(*parts, "."), (block,), False)


def _influence_message(won: list[Row], lost: list[Row], still: list[Row]) -> str:
    if won:
        first = facts.largest_first(won)[0]
        names = clipped(str(first["customer"] or first["name"] or first["deal_id"]), NAME)
        more = f" and {in_words(len(won) - 1, 'other')}" if len(won) > 1 else ""
        return f"Influence helped to win {names}{more}"
    if lost:
        return f"{capital(in_words(len(lost), 'influenced deal'))} lost in the quarter, none won"
    return f"{capital(in_words(len(still), 'influenced deal'))} open, none closed in the quarter"


def _influence_row(draft: Draft, row: Row) -> list[Cell]:
    tone: dict[str, Tone] = {"won": "good", "lost": "bad"}
    is_open = row["status"] == "open"
    when = day(row["expected_close_on"]) if is_open else day(row["closed_on"])
    state = capital((row["stage"] or "open").replace("_", " ")) if is_open else capital(row["status"])
    return [
        cell(deal_name(row)),
        cell(row["customer"]),
        cell("Joint sale" if row["kind"] == "co_sell" else "Influenced"),
        cell(state, tone=tone.get(row["status"], "")),
        day_cell(when, tone="bad" if is_open and when is not None and when < draft.today else ""),
        draft.amount_cell(row),
    ]


def governance(draft: Draft) -> Section:
    """Return each level at which both sides meet: how often, held or missed, who for whom."""
    name, heading = "governance-map", "Governance"
    year = Period(add_months(draft.day, -12) + ONE_DAY, draft.day + ONE_DAY)
    meetings = draft.rows.of("meetings")
    cadence = draft.profile.cadence.get(draft.partner.attention)
    rows: list[list[Cell]] = []
    missed_all: list[Row] = []
    for kind, title in _LEVELS:
        mine = [row for row in meetings if row["kind"] == kind]
        days = getattr(cadence, kind, None) if cadence else None
        if not mine and days is None:
            continue
        inside = [row for row in mine if (day(row["scheduled_at"]) or date.min) in year]
        held = [row for row in inside if row["status"] == "held"]
        missed = [row for row in inside if row["status"] == "missed"]
        missed_all += missed
        rows.append(_level(draft, title, days, kind, held, missed, mine))
    if not any(row["status"] in ("held", "missed") for row in meetings):
        lack = "Governance: no meeting of this partner is on record."
        return Section(name, heading, "No meeting is on record", (), (Missing((lack,)),), False)
    columns = [
        wide("Level", 1.2),
        Column("Cadence"),
        number("Held"),
        number("Missed"),
        number("Last held"),
        number("Next"),
    ]
    share = draft.figure("governance_held")
    lead: list[str | Span] = []
    if share is not None:
        lead += [share, " of the reviews, executive meetings and steering groups of twelve months were held."]
    theirs = sum(1 for row in missed_all if row["missed_by"] == "partner")
    ours = sum(1 for row in missed_all if row["missed_by"] == "vendor")
    if theirs or ours:
        words = "Meetings missed in twelve months, by either side."
        key = draft.listed("meetings-missed", "Meetings missed", words, "meetings", missed_all, on=draft.day)
        lead.append(" Missed: " if lead else "Missed: ")
        if theirs:
            lead += [Span(in_words(theirs, "meeting"), key), " by them"]
        if ours:
            lead += [" and " if theirs else "", Span(in_words(ours, "meeting"), key), " by us"]
        lead.append(".")
    people = _people(draft)
    if people:
        lead.append(f"{' ' if lead else ''}{people}")
    return Section(
        name, heading, _governance_message(len(missed_all)), say(*lead), (table(columns, rows),), False
    )


def _level(
    draft: Draft, title: str, days: int | None, kind: str, held: list[Row], missed: list[Row], mine: list[Row]
) -> list[Cell]:
    key = draft.listed(
        f"meetings-{kind}",
        f"{title}, twelve months",
        "Meetings of this level held or missed in the twelve months to the day.",
        "meetings",
        sorted([*held, *missed], key=lambda row: row["scheduled_at"], reverse=True),
        on=draft.day,
    )
    last = max(
        (
            on
            for row in mine
            if row["status"] == "held" and (on := day(row["scheduled_at"])) and on <= draft.today
        ),
        default=None,
    )
    ahead = min(
        (
            on
            for row in mine
            if row["status"] == "planned" and (on := day(row["scheduled_at"])) and on >= draft.today
        ),
        default=None,
    )
    return [
        cell(title, strong=True),
        cell(DASH if days is None else f"every {count(days, 'day')}"),
        Cell((Span(f"{len(held):,}", key),)),
        Cell((Span(f"{len(missed):,}" if missed else DASH, key),), "bad" if missed else ""),
        day_cell(last),
        day_cell(ahead) if ahead else cell("to be set", tone="warn"),
    ]


def _governance_message(missed: int) -> str:
    if not missed:
        return "Every meeting of the year was held"
    return f"{capital(in_words(missed, 'meeting'))} missed in twelve months"


def _people(draft: Draft) -> str:
    """Return who stands for the partner at the top: its executive, else its primary contact."""
    here = [row for row in draft.rows.of("contacts") if not row["left_on"]]
    top = next((row for row in here if row["is_executive"]), None)
    if top is None:
        return "No executive of the partner is on record."
    role = f", {clipped(str(top['role']), NAME)}" if top["role"] else ""
    return f"Their executive is {clipped(str(top['name']), NAME)}{role}."
