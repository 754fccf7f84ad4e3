"""Agreement, eligibility, tier and training: on what footing the partner is in the programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from camdesk.documents.briefs.known import person
from camdesk.documents.drafting.draft import Draft, cell, day_cell, lacking, number, rest_of, say, table, wide
from camdesk.documents.drafting.rows import Row, day
from camdesk.documents.model import Cell, Section, Tone
from camdesk.documents.partner_file.known import FileFacts
from camdesk.documents.phrases import capital, clipped, count
from camdesk.insight.results import Requirement
from camdesk.insight.wording import DASH, write_day

SHOWN = 60
_NOT_RECORDED = "not recorded"
_CHECKS = ("nda", "data_processing")
_KINDS = {"nda": "NDA"}


def yes_or_no(flag: object) -> str:
    return DASH if flag is None else "yes" if flag else "no"


def agreements(draft: Draft, known: FileFacts) -> Section:
    """Return every agreement on record, the newest first."""
    rows = sorted(draft.rows.of("agreements"), key=lambda row: row["signed_on"] or "", reverse=True)
    if not rows:
        return lacking(
            "agreement", "Agreement", "No agreement is on record", "Agreement: no source brings one."
        )
    key = draft.frozen.listed(
        "agreements",
        "Agreements",
        "Agreements on record, ended ones too.",
        "agreements",
        rows,
        on=draft.today,
    )
    on = draft.today
    in_force = [row for row in rows if (day(row["expires_on"]) or date.max) >= on]
    message = f"{capital(count(len(in_force), 'agreement'))} in force"
    columns = [wide("Agreement"), *map(number, ("Signed", "Ends", "Notice by", "Renews itself", "State"))]
    lines = [
        [
            cell(_kind(row["kind"])),
            *(day_cell(day(row[name])) for name in ("signed_on", "expires_on", "notice_by")),
            cell(yes_or_no(row["renews_itself"])),
            cell("in force" if row in in_force else "ended", tone="good" if row in in_force else "quiet"),
        ]
        for row in rows[:SHOWN]
    ]
    block = table(columns, lines, note=rest_of("agreement", len(rows), SHOWN, key))
    return Section("agreement", "Agreement", message, (), (block,))


def _kind(kind: str) -> str:
    return _KINDS.get(kind, kind.replace("_", " ").capitalize())


def eligibility(draft: Draft, known: FileFacts) -> Section:
    """Return what was checked when the partner was taken on, with the day and who, as far as known."""
    partner = next(iter(draft.rows.of("partners")), None)
    lines: list[list[Cell]] = []
    if partner is not None:
        who = person(partner["vendor_sponsor"] or partner["owner_email"]) or _NOT_RECORDED
        lines.append(
            [
                cell("Taken into the programme"),
                cell(partner["status"]),
                day_cell(day(partner["enrolled_on"])),
                cell(who),
            ]
        )
    lines += [
        _check(f"{_kind(row['kind'])} signed", day(row["signed_on"]))
        for row in draft.rows.of("agreements")
        if row["kind"] in _CHECKS
    ]
    onboarding = [row for row in draft.rows.of("milestones") if row["kind"] == "onboarding"]
    lines += [_check(clipped(row["name"], 60), day(row["completed_on"])) for row in onboarding]
    named = {row["name"] for row in onboarding}
    steps = draft.insight.milestones(draft.partner.partner_id)
    lines += [_check(step.name, step.done_on) for step in steps if step.name not in named]
    if not lines:
        return lacking(
            "eligibility",
            "Eligibility",
            "No eligibility check is on record",
            "Eligibility: no source brings one.",
        )
    columns = [wide("Check", 1.4), wide("Result", 0.6), number("On"), wide("By", 0.8)]
    note = say(
        "The sponsor on our side, or else the owner, stands for who took the partner in; "
        "for the other checks the sources do not say who made them."
    )
    open_ones = sum(1 for line in lines if line[1].line[0].text == "open")
    message = "Every check on record is done" if not open_ones else f"{count(open_ones, 'check')} still open"
    return Section(
        "eligibility",
        "Eligibility",
        capital(message),
        (),
        (table(columns, lines, note=note),),
        new_page=False,
    )


def _check(what: str, on: date | None) -> list[Cell]:
    tone: Tone = "" if on else "warn"
    return [
        cell(what),
        cell("done" if on else "open", tone=tone),
        day_cell(on),
        cell(_NOT_RECORDED, tone="quiet"),
    ]


def tier(draft: Draft, known: FileFacts) -> Section:
    """Return the tier and every requirement of it, met or not."""
    state = known.tier
    if state.tier is None and state.next_tier is None:
        return lacking("tier", "Tier", "No tier", known.tier_words)
    title = f"Tier {state.tier}" if state.tier else "No tier"
    if not state.requirements:
        return lacking("tier", "Tier", title, known.tier_words)
    lines = [_requirement(draft, one) for one in state.requirements]
    columns = [wide("Requirement"), *map(number, ("Needed", "Has", "Met"))]
    block = table(columns, lines)
    return Section("tier", "Tier", title, say(known.tier_words), (block,), new_page=False)


def _requirement(draft: Draft, one: Requirement) -> list[Cell]:
    words = {True: "yes", False: "no", None: "no data"}
    tones: dict[bool | None, Tone] = {True: "good", False: "bad", None: "quiet"}
    figure = draft.figure(one.name) if one.has is not None else None
    return [
        cell(one.title),
        cell(draft.frozen.write(one.needed, one.unit)),
        Cell((figure,)) if figure is not None else cell(draft.frozen.write(one.has, one.unit)),
        cell(words[one.met], tone=tones[one.met]),
    ]


def training(draft: Draft, known: FileFacts) -> Section:
    """Return the certificates of the partner's people, valid ones first."""
    rows = sorted(draft.rows.of("certifications"), key=lambda row: row["awarded_on"], reverse=True)
    if not rows:
        return lacking(
            "training", "Training", "No certificate is on record", "Training: no source brings any."
        )
    valid = [row for row in rows if (day(row["expires_on"]) or date.max) > draft.today]
    ended = [row for row in rows if row not in valid]
    key = draft.frozen.listed(
        "certificates", "Certificates", "Certificates on record, those that ran out too.", "certifications",
        rows, on=draft.today,
    )  # fmt: skip
    people = len({row["person"] for row in valid})
    message = f"{capital(count(len(valid), 'valid certificate'))} held by {count(people, 'person')}"
    columns = [
        wide("Person", 0.9),
        wide("Certificate", 1.4),
        wide("Track", 0.6),
        *map(number, ("Awarded", "Ends")),
    ]
    lines = [_certificate(row, draft.today) for row in _shown([*valid, *ended])]
    block = table(columns, lines, note=rest_of("certificate", len(rows), SHOWN, key))
    return Section("training", "Training", message.replace("persons", "people"), (), (block,))


def _shown(rows: Sequence[Row]) -> Sequence[Row]:
    return rows[:SHOWN]


def _certificate(row: Row, today: date) -> list[Cell]:
    ends = day(row["expires_on"])
    ran_out = ends is not None and ends <= today
    name = f"{row['name']}{', mandatory' if row['mandatory'] else ''}"
    return [
        cell(row["person"]),
        cell(name),
        cell(row["track"] or DASH),
        day_cell(day(row["awarded_on"])),
        cell(f"{write_day(ends)}{', ended' if ran_out else ''}", tone="quiet" if ran_out else ""),
    ]
