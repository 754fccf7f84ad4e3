"""What somebody who helps is given, and what never gets into it."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

from camdesk.desk.care.diagnostics import LOG_NAME
from camdesk.desk.desk import Desk
from tests.cli.conftest import Camdesk


def test_it_says_how_much_there_is_and_in_which_versions(
    camdesk: Camdesk, own_sample: Path, tmp_path: Path
) -> None:
    target = tmp_path / "help.zip"
    (own_sample / LOG_NAME).write_text("2026-11-23 WARNING camdesk.gui: slow\n", "utf-8")
    assert camdesk("diagnostics", str(target), home=own_sample).code == 0
    with ZipFile(target) as packed:
        about = json.loads(packed.read("diagnostics.json"))
        assert b"slow" in packed.read(LOG_NAME)
    assert about["rows"]["partners"]["now"] == 60
    assert about["sources"][0]["kind"] == "folder"
    assert about["audit"]["first_broken"] is None
    assert about["versions"]["SQLAlchemy"]


def test_nobody_is_named(camdesk: Camdesk, own_sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "help.zip"
    assert camdesk("diagnostics", str(target), home=own_sample).code == 0
    desk = Desk.open(own_sample, ask=lambda _: None)
    names = [partner.name for partner in desk.insight.partners().values()]
    desk.close()
    with ZipFile(target) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert not [name for name in names if name in everything]
    assert str(own_sample) not in everything


def test_a_place_that_cannot_be_written_is_one_sentence(
    camdesk: Camdesk, own_sample: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    answer = camdesk("diagnostics", str(tmp_path / "file" / "help.zip"), home=own_sample)
    assert answer.code == 3
    assert "could not be written" in answer.err
