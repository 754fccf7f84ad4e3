"""What the sheet for logging a call asks, and what was typed into it as one thing to write. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from camdesk.desk.writing.contacting import KINDS, Contacting, KnownContact, Promised, ToDo
from camdesk.gui.widgets.form_fields import Choice, FieldKind, FieldSpec

SIDES = (Choice("ours", "Ours"), Choice("theirs", "Theirs"))
FIELDS = (
    FieldSpec(
        "kind",
        "What",
        FieldKind.CHOICE,
        choices=tuple(Choice(key, title) for key, title in KINDS.items()),
        value="call",
    ),
    FieldSpec("on", "When", FieldKind.DAY, required=True, value="today", ahead=False),
    FieldSpec("subject", "About", placeholder="In a few words; may stand in the follow-up mail"),
    FieldSpec("who", "Who was there", placeholder="Names, parted by commas"),
    FieldSpec("note", "What was said", FieldKind.LONG),
    FieldSpec("side", "Side of the commitment", FieldKind.CHOICE, choices=SIDES, value="ours"),
    FieldSpec("promise", "New commitment", placeholder="Who does what"),
    FieldSpec("owner", "Owner of the commitment", placeholder="Owner"),
    FieldSpec("promise_due", "Due day of the commitment", FieldKind.DAY, placeholder="Due: fri, 12.11."),
    FieldSpec("task", "Follow-up task", placeholder="For myself, private"),
    FieldSpec("task_due", "Due day of the task", FieldKind.DAY, placeholder="Due: fri, 12.11."),
)
DEFAULTS = {spec.name: spec.value for spec in FIELDS if spec.value}


@dataclass(frozen=True, slots=True)
class People:
    """Who was named: contacts by id, names nobody has yet, and names that several have."""

    known: tuple[KnownContact, ...]
    newcomers: tuple[str, ...]
    unclear: tuple[str, ...]

    @property
    def words(self) -> str:
        """What to say about the names below their field."""
        said = [one.name for one in self.known]
        if self.newcomers:
            said.append(f"{', '.join(self.newcomers)} (new: becomes a contact)")
        return ", ".join(said)

    @property
    def problem(self) -> str:
        if not self.unclear:
            return ""
        return f"“{self.unclear[0]}” could be several people. Write more of the name."


def people_in(text: str, contacts: Sequence[KnownContact]) -> People:
    """Return who is meant by names parted by commas: by the whole name, or by how it or a part begins."""
    known: dict[str, KnownContact] = {}
    newcomers, unclear = [], []
    for name in dict.fromkeys(" ".join(part.split()) for part in text.split(",")):
        if not name:
            continue
        found = _matching(name.casefold(), contacts)
        if len(found) == 1:
            known[found[0].contact_id] = found[0]
        elif found:
            unclear.append(name)
        else:
            newcomers.append(name)
    return People(tuple(known.values()), tuple(newcomers), tuple(unclear))


def _matching(name: str, contacts: Sequence[KnownContact]) -> list[KnownContact]:
    exact = [one for one in contacts if one.name.casefold() == name]
    if exact:
        return exact
    return [
        one
        for one in contacts
        if one.name.casefold().startswith(name)
        or any(part.startswith(name) for part in one.name.casefold().split())
    ]


def contacting_of(values: Mapping[str, str], people: People, kept: Sequence[str]) -> Contacting:
    """Return what is to be logged."""
    promised = to_do = None
    if values["promise"]:
        promised = Promised(
            values["side"] or "ours", values["promise"], values["owner"], _day(values["promise_due"])
        )
    if values["task"]:
        to_do = ToDo(values["task"], _day(values["task_due"]))
    return Contacting(
        values["kind"],
        date.fromisoformat(values["on"]),
        values["subject"],
        values["note"],
        tuple(one.contact_id for one in people.known),
        people.newcomers,
        tuple(kept),
        promised,
        to_do,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
