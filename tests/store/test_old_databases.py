"""Every workspace a release ever wrote opens with everything in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from camdesk.desk.desk import Desk
from camdesk.desk.finding.hits import HitKind
from camdesk.store import migrations

OLD = Path(__file__).parents[1] / "old_databases"
RELEASED = sorted(path.name for path in OLD.iterdir() if path.is_dir())


@pytest.mark.parametrize("release", RELEASED)
def test_an_old_workspace_opens_with_all_that_was_in_it(release: str, tmp_path: Path) -> None:
    home = tmp_path / release
    shutil.copytree(OLD / release, home)
    desk = Desk.open(home, ask=lambda _: None)
    assert migrations.version_of(desk.workspace.database) == migrations.SCHEMA_VERSION
    values = {figure.partner_id: figure.value for figure in desk.figures(metrics=["revenue"], partners=[])}
    assert values == {"P-1": 10_005_000, "P-2": 4_500_000, "P-3": None}
    assert [document.kind for document in desk.documents("P-1")] == ["plan"]
    with desk.workspace.database.read() as connection:
        notes = connection.execute(text("SELECT text FROM notes")).scalars().all()
    assert notes == ["Asked for a second technical contact."]
    desk.close()


def test_there_is_one_for_every_released_schema() -> None:
    assert f"v{migrations.SCHEMA_VERSION}" in RELEASED


def test_what_a_cam_wrote_in_the_second_schema_is_all_there(tmp_path: Path) -> None:
    home = tmp_path / "v2"
    shutil.copytree(OLD / "v2", home)
    desk = Desk.open(home, ask=lambda _: None)
    assert {row.entity for row in desk.own_rows("P-1")} == {"meetings", "commitments"}
    assert [task.text for task in desk.tasks()] == ["Send the price list"]
    assert [each.text for each in desk.commitments("P-1")] == ["Name a second technical contact"]
    assert [call.amount for call in desk.forecast_calls("P-1")] == [1_200_000_000]
    assert {each.about: each.value for each in desk.judgements("P-1")} == {"score": 70}
    assert {each.about: each.value for each in desk.judgements("P-2")} == {"stage": "develop"}
    assert len(desk.past_scores("P-1")) == 1
    desk.close()


def test_what_a_cam_kept_at_hand_in_the_third_schema_is_all_there(tmp_path: Path) -> None:
    home = tmp_path / "v3"
    shutil.copytree(OLD / "v3", home)
    desk = Desk.open(home, ask=lambda _: None)
    assert desk.pinned() == ("P-2", "P-1")
    assert [view.name for view in desk.saved_views("portfolio")] == ["Gold partners"]
    with desk.workspace.database.read() as connection:
        assert connection.execute(text("SELECT media_type FROM logo")).scalars().all() == ["image/svg+xml"]
    desk.close()


@pytest.mark.parametrize("release", RELEASED)
def test_what_an_old_workspace_holds_is_found(release: str, tmp_path: Path) -> None:
    home = tmp_path / release
    shutil.copytree(OLD / release, home)
    desk = Desk.open(home, ask=lambda _: None)
    (partner, *_) = desk.search("alder")
    assert (partner.kind, partner.partner_id) == (HitKind.PARTNER, "P-1")
    assert "N-1" in {hit.record_id for hit in desk.search("technical cont") if hit.kind is HitKind.NOTE}
    assert HitKind.DOCUMENT in {hit.kind for hit in desk.search("plan")}
    desk.close()
