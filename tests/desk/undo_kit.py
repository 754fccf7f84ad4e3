"""A desk with something to do of every kind, every kind of act, and how to tell whether all is as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from camdesk.desk.desk import Desk
from camdesk.desk.writing.meetings import Meeting
from camdesk.desk.writing.targets import Span
from camdesk.store import tables
from camdesk.store.workspace import DATABASE, HEADER
from tests.desk.shelf import DAY, ORDERS, Shelf

AGREEMENTS = """agreement_id,partner_id,kind,signed_on,expires_on
G1,P1,partner,2024-01-01,2027-01-15
"""
MEETINGS = """meeting_id,partner_id,kind,subject,scheduled_at,status
M1,P1,working,Kick-off,2026-05-01T10:00:00Z,held
M2,P2,working,Kick-off,2026-03-01T10:00:00Z,held
"""
COMMITMENTS = """commitment_id,partner_id,side,text,due_on
C1,P1,vendor,Send the price list,2026-12-01
C2,P2,partner,Name a sponsor,2026-12-02
"""
EXPORTS = {"orders": ORDERS, "agreements": AGREEMENTS, "meetings": MEETINGS, "commitments": COMMITMENTS}
DERIVED = {"setting", "fact_touch", "figure", "figure_run", "kept_report", "audit_entry", "alert_event"}
"""Tables a person does not write; events are compared without their numbers."""


def make_kit(folder: Path) -> Shelf:
    """Return a desk with open alerts, rows that were taken over, one that was merged, and a draft."""
    made = Shelf(folder)
    desk = made.desk
    made.write(**EXPORTS)
    made.sync()
    desk.save_settings(replace(desk.settings, fixed_day=DAY))
    desk.draft_review("P1")
    desk.add_row(
        "meetings",
        "P2",
        {"kind": "working", "subject": "Kick-off", "scheduled_at": "2026-03-01T10:00:00Z", "status": "held"},
    )
    desk.add_row("contacts", "P1", {"name": "Ines Kaya"})
    desk.finish_task(desk.add_task("Book the room", partner_id="P2", due_on=DAY))
    desk.call_forecast("P2", 50_000_000)
    desk.set_class("P3", "C", reason="Small")
    desk.pin("P3")
    assert {alert.rule for alert in desk.alerts(mine=False).alerts} >= {"agreement-ending", "meeting-overdue"}
    shown(desk)
    return made


@contextmanager
def next_session(kit: Shelf) -> Iterator[Shelf]:
    """Yield a copy of the kit as its next session finds it: nothing done yet."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        kit.desk.workspace.database.copy_to(home / DATABASE)
        shutil.copy(kit.desk.workspace.home / HEADER, home)
        made = copy(kit)
        made.desk = Desk.open(home, ask=lambda _: "x", as_of=DAY)
        try:
            yield made
        finally:
            made.desk.close()


def stored(desk: Desk) -> Mapping[str, Any]:
    """Return the rows a person writes, by table, in an order of their own."""
    with desk.workspace.database.read() as connection:
        read = {
            name: connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in sorted(tables.METADATA.tables.keys() - DERIVED)
        }
        read["alert_event"] = connection.exec_driver_sql(
            "SELECT alert_id, happened_on, event, subject, reason FROM alert_event"
        ).all()
    return {name: sorted(map(repr, rows)) for name, rows in read.items()}


def shown(desk: Desk) -> Mapping[str, Any]:
    """Return what the screens say, by screen."""
    return {
        "figures": desk.figures(),
        "alerts": desk.alerts(mine=False),
        "forecast": desk.forecast(mine=False),
        "portfolio": desk.portfolio(mine=False),
        "changes": desk.changes(since=date(2020, 1, 1)),
        "tasks": desk.tasks(everything=True),
        "documents": desk.documents(),
        "pinned": desk.pinned(),
        "logo": desk.logo("P1"),
        "views": desk.saved_views("portfolio"),
        "search": [
            sorted(map(repr, desk.search(words, limit=200))) for words in ("alder", "kick", "r", "i", "s")
        ],
    }


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return in a few lines what differs, where anything does: never all there is."""
    for name, was in before.items():
        now = after[name]
        if was != now:
            gone, come = (_only(*pair) for pair in ((was, now), (now, was)))
            return f"{name}: - {gone} + {come}"
    return ""


def _only(these: Any, those: Any) -> str:
    """Return the first item of these that is not among those, cut short."""
    if not isinstance(these, list | tuple):
        these, those = repr(these).split(", "), repr(those).split(", ")
    return next((str(one)[:300] for one in these if one not in those), "")


def alert_of(desk: Desk, rule: str, partner_id: str = "P1") -> int:
    """Return the number of an open alert; one that no alert has where it is not open."""
    found = desk.alerts(mine=False).alerts
    return next((one.id for one in found if (one.rule, one.partner_id) == (rule, partner_id)), 0)


def section_of(desk: Desk) -> str:
    return desk.document(1).sections[0].name


def picture_in(folder: Path) -> Path:
    file = folder / "logo.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    return file


ENDING = "agreement-ending"
ACTS: dict[str, Callable[[Desk], object]] = {
    "Acknowledged: Alder Systems, agreement ends": lambda desk: desk.acknowledge_alert(
        alert_of(desk, ENDING)
    ),
    "Snoozed: Alder Systems, agreement ends": lambda desk: desk.snooze_alert(alert_of(desk, ENDING)),
    "Resolved: Alder Systems, agreement ends": lambda desk: desk.resolve_alert(
        alert_of(desk, ENDING), reason="Signed"
    ),
    "Muted: Alder Systems, agreement ends": lambda desk: desk.mute_alert(alert_of(desk, ENDING)),
    "Noted as not useful: Alder Systems, agreement ends": lambda desk: desk.alert_not_useful(
        alert_of(desk, ENDING)
    ),
    "Logged a call with Alder Systems": lambda desk: desk.log_meeting(
        "P1", Meeting("call", subject="Renewal", note="All well")
    ),
    "Planned a meeting with Birch Alliance": lambda desk: desk.log_meeting(
        "P2", Meeting("steering", on="2027-01-10", planned=True)
    ),
    "Added an agreement for Alder Systems": lambda desk: desk.add_row(
        "agreements", "P1", {"kind": "partner", "signed_on": "2026-12-30", "expires_on": "2029-12-31"}
    ),
    "Changed the contact “Ines Kaya” of Alder Systems": lambda desk: desk.change_row(
        "contacts", "me-1", {"role": "COO"}
    ),
    "Removed the contact “Ines Kaya” of Alder Systems": lambda desk: desk.remove_row("contacts", "me-1"),
    "Merged the meeting “Kick-off” of Birch Alliance": lambda desk: desk.merge_row("meetings", "me-1"),
    "Kept the meeting “Kick-off” of Birch Alliance beside the synced one": lambda desk: desk.keep_row(
        "meetings", "me-1"
    ),
    "Set the target of revenue, 12 months for Alder Systems to 2000": lambda desk: desk.set_target(
        "P1", "revenue", "2000", span=Span(year=2026)
    ),
    "Wrote a note on Birch Alliance": lambda desk: desk.add_note("P2", "Likes it short"),
    "Added a commitment for Alder Systems": lambda desk: desk.add_commitment("P1", "Ring back", side="ours"),
    "Marked as kept: the commitment “Send the price list” of Alder Systems": lambda desk: (
        desk.finish_commitment("C1")
    ),
    "Dropped the commitment “Name a sponsor” of Birch Alliance": lambda desk: desk.drop_commitment(
        "C2", reason="Left"
    ),
    "Added a task: Ring Ines": lambda desk: desk.add_task("Ring  Ines", partner_id="P1"),
    "Changed the task: Book the room": lambda desk: desk.change_task(1, text="Book two rooms", due_on=""),
    "Removed the task: Book the room": lambda desk: desk.remove_task(1),
    "Set the score to 65 for Alder Systems": lambda desk: desk.judge_score("P1", 65, reason="Strong"),
    "Set the stage to advocate for Alder Systems": lambda desk: desk.set_stage(
        "P1", "Advocate", reason="Board"
    ),
    "Set the class to A for Alder Cloud": lambda desk: desk.set_class("P3", "a", reason="Grows"),
    "Took back your own class for Alder Cloud": lambda desk: desk.clear_class("P3"),
    "Set the forecast call of Alder Systems to €240,000": lambda desk: desk.call_forecast(
        "alder sys", 2_400_000_000
    ),
    "Removed the forecast call of Birch Alliance": lambda desk: desk.clear_call("P2"),
    "Drafted a plan with Alder Cloud": lambda desk: desk.draft_plan("P3"),
    "Wrote summary in the 2026-Q3 review of Alder Systems": lambda desk: desk.write_section(
        1, section_of(desk), "A good quarter."
    ),
    "Added a promise to the 2026-Q3 review of Alder Systems": lambda desk: desk.promise(
        1, "Train two people", side="theirs"
    ),
    "Agreed the 2026-Q3 review of Alder Systems": lambda desk: desk.agree(1, ours=["Dana"]),
    "Named a version of the 2026-Q3 review of Alder Systems": lambda desk: desk.name_version(1, "First"),
    "Set the logo of Alder Systems": lambda desk: desk.set_logo("P1", picture_in(desk.workspace.home)),
    "Pinned Birch Alliance": lambda desk: desk.pin("P2"),
    "Unpinned Alder Cloud": lambda desk: desk.unpin("Alder Cloud"),
    "Saved the view “Mine”": lambda desk: desk.save_view("portfolio", " Mine", {"columns": ["score"]}),
}
