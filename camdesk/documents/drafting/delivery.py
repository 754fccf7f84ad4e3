"""Sections of types that deliver: projects, satisfaction and consultants."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from camdesk.base.periods import ONE_DAY, Period, add_months
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Bars, Cell, Column, Line, Section, Span, Step, Tone
from camdesk.documents.phrases import capital, clipped, in_words, joined, number_in_words
from camdesk.insight.wording import write_day

SHOWN = 8
NAME = 44
_GRAVEST = {"red": 0, "amber": 1, "green": 2}
_HEALTH: dict[str, Tone] = {"red": "bad", "amber": "warn", "green": "good"}


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
        return lacking(name, heading, "No project runs", words, new_page=True)
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
        return lacking(name, heading, "No customer has been asked", lack)
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
        return lacking(name, heading, "Nobody is certified", lack)
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
