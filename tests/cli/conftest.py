from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from camdesk.cli.main import run


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out, parse_constant=_refuse)


Camdesk = Callable[..., Answer]


def _refuse(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


@pytest.fixture
def camdesk(capsys: pytest.CaptureFixture[str]) -> Camdesk:
    """Run a command as a shell would, on the workspace in `home`."""

    def call(*arguments: str, home: Path | None = None) -> Answer:
        in_front = () if home is None else ("--home", str(home))
        capsys.readouterr()
        code = run([*in_front, *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Answer(code, out, err)

    return call


@pytest.fixture
def own_sample(sample_home: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample workspace that a test may change."""
    return Path(shutil.copytree(sample_home, tmp_path / "sample"))


@pytest.fixture
def first_day(tmp_path: Path, camdesk: Camdesk) -> Path:
    """Return a workspace into which a folder with partners and orders alone was synced."""
    exports = tmp_path / "exports"
    exports.mkdir()
    partners = ["partner_id,name,type,tier,enrolled_on"]
    orders = ["order_id,partner_id,booked_on,amount,currency"]
    for number in range(1, 9):
        partners.append(f"P{number},Partner {number},reseller,,2021-05-01")
        for month in range(36):
            day = f"{2023 + (month + 8) // 12}-{(month + 8) % 12 + 1:02}-14"
            orders.append(f"O{number}-{month},P{number},{day},{1000 * number + 10 * month}.50,EUR")
    (exports / "partners.csv").write_text("\n".join(partners), encoding="utf-8")
    (exports / "orders.csv").write_text("\n".join(orders), encoding="utf-8")
    home = tmp_path / "workspace"
    assert camdesk("init", home=home).code == 0
    assert camdesk("source", "add", "exports", "folder", str(exports), home=home).code == 0
    answer = camdesk("--as-of", "2026-08-20", "sync", home=home)
    assert answer.code == 0, answer.out
    return home
