"""An eighth partner type is one file in the workspace, with no change of code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from camdesk.base.progress import SilentProgress
from camdesk.base.resources import resource
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode

DAY = date(2026, 11, 20)


def _write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _exports(folder: Path) -> Path:
    folder.mkdir()
    _write(folder / "partners.csv", "partner_id,name,type,tier", "P-1,Dunlin Devices,oem,Gold")
    orders = [f"O-{month},P-1,2026-{month:02d}-15,1000" for month in range(1, 11)]
    earlier = [f"O-{month + 20},P-1,{year}-{month:02d}-15,900" for year in (2025,) for month in range(1, 13)]
    _write(folder / "orders.csv", "order_id,partner_id,booked_on,amount", *orders, *earlier)
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    home = tmp_path / "home"
    workspaces.create(home, Settings(fixed_day=DAY), ask=lambda _: None, mode=KeyMode.SAMPLE).close()
    profile = resource("profiles", "reseller.toml").read_text(encoding="utf-8")
    (home / "profiles").mkdir(exist_ok=True)
    _write(
        home / "profiles" / "oem.toml",
        profile.replace('type = "reseller"', 'type = "oem"')
        .replace('title = "Reseller"', 'title = "Device maker"', 1)
        .replace('plural = "Resellers"', 'plural = "Device makers"'),
    )
    opened = Desk.open(home, ask=lambda _: None)
    opened.add_source("exports", "folder", {"path": str(_exports(tmp_path / "exports"))})
    opened.sync(progress=SilentProgress())
    yield opened
    opened.close()


def test_it_has_columns_a_scorecard_alerts_and_documents(desk: Desk, tmp_path: Path) -> None:
    assert desk.definition_problems == ()
    section = desk.portfolio(mine=False).sections[0]
    assert (section.plural, len(section.columns), len(section.rows)) == ("Device makers", 7, 1)
    scorecard = desk.scorecard("P-1")
    assert scorecard.score is not None
    assert scorecard.provisional
    assert "tier-at-risk" in [alert.rule for alert in desk.alerts(mine=False).alerts]
    review = desk.export_pdf(desk.draft_review("P-1"), tmp_path / "review.pdf")
    plan = desk.export_pdf(desk.draft_plan("P-1"), tmp_path / "plan.pdf")
    assert review.read_bytes().startswith(b"%PDF")
    assert plan.read_bytes().startswith(b"%PDF")


def test_a_bad_file_is_reported_and_the_shipped_one_stays_in_force(desk: Desk, tmp_path: Path) -> None:
    shipped = desk.catalog.profiles["msp"]
    _write(tmp_path / "home" / "profiles" / "msp.toml", 'type = "msp"', "dark_after_days = 'soon'")
    again = Desk.open(tmp_path / "home", ask=lambda _: None)
    assert again.catalog.profiles["msp"] == shipped
    found = {(problem.file, problem.column) for problem in again.definition_problems}
    assert ("msp.toml", "dark_after_days") in found
    again.close()
