"""What the documentation says is what the code does."""

from __future__ import annotations

import json
import re
import runpy
import shutil
import tomllib
from pathlib import Path

import pytest

import camdesk as package
from camdesk.cli.main import run
from camdesk.sync.mapping import Mapping

ROOT = Path(package.__file__).parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
EXAMPLES = [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)]


def test_the_folder_format_is_written_from_the_schema_of_today() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_format.py"))["page"]()
    assert (ROOT / "docs" / "folder-format.md").read_text(encoding="utf-8") == page


def test_the_guides_mapping_can_be_used() -> None:
    (mapping,) = [example for example in EXAMPLES if "table" in example]
    assert Mapping.model_validate(mapping).table[0].entity == "deals"


def test_the_guides_metric_counts(
    sample_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    home = Path(shutil.copytree(sample_home, tmp_path / "sample"))
    (home / "metrics").mkdir()
    (text,) = [text for text in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL) if "large_deals" in text]
    (home / "metrics" / "mine.toml").write_text(text, encoding="utf-8")
    assert run(["--home", str(home), "profile", "check"]) == 0
    capsys.readouterr()
    assert run(["--home", str(home), "figures", "--metric", "large_deals", "--json"]) == 0
    values = [one["value"] for one in json.loads(capsys.readouterr().out)["figures"]]
    assert any(value is not None and float(value) >= 50_000 for value in values)


@pytest.mark.parametrize("name", ["README.md", "docs/guide.md", "docs/folder-format.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_command_the_guide_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"`?camdesk ((?:[a-z]+ ?){1,2})", GUIDE))
    for words in sorted(words.split()[0] for words in named):
        assert run([words, "--help"]) == 0, words
        capsys.readouterr()
