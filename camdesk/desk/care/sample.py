"""The workspace of fictitious data: what it holds, and making it anew."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from camdesk.base.errors import CamDeskError
from camdesk.base.resources import sample_folder
from camdesk.base.settings import Settings
from camdesk.store import keys, workspace
from camdesk.store.workspace import Workspace

SOURCE = "sample"


class OccupiedFolderError(CamDeskError):
    """The folder for the sample holds something else."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The fictitious portfolio: its files, its settings, and the partners worth a document."""

    folder: Path
    settings: Settings
    review_partner: str
    plan_partner: str


def read_sample() -> Sample:
    """Return the shipped sample."""
    folder = sample_folder()
    body = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    settings = Settings(
        base_currency=body["base_currency"],
        fiscal_year_start_month=body["fiscal_year_start_month"],
        our_name=body["our_name"],
        owner_emails=tuple(body["owner_emails"]),
        fixed_day=date.fromisoformat(body["as_of"]),
    )
    return Sample(folder, settings, body["review_partner"], body["plan_partner"])


def make_workspace(home: Path, settings: Settings) -> Workspace:
    """Make the sample's workspace in `home`; only a sample made before is replaced, nothing else ever."""
    if workspace.exists(home):
        if workspace.key_mode(home) is not keys.KeyMode.SAMPLE:
            raise OccupiedFolderError(
                f"{home} holds a workspace of real data.", "Choose another folder with --dir."
            )
        workspace.discard(home)
    elif home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise OccupiedFolderError(
            f"{home} holds something that is not a sample workspace.", "Choose another folder with --dir."
        )
    return workspace.create(home, settings, ask=lambda _: None, mode=keys.KeyMode.SAMPLE)
