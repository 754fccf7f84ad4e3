"""What holds for the whole of the code, whoever writes it."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import camdesk

PACKAGE = Path(camdesk.__file__).parent
ROOT = PACKAGE.parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 400
MAY_CATCH_EVERYTHING = {"cli/main.py": 1, "gui/jobs.py": 1}
TYPES = {
    tomllib.loads(path.read_text(encoding="utf-8"))["type"]
    for path in (ROOT / "resources" / "profiles").glob("*.toml")
}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_the_seven_types_are_known_here() -> None:
    assert len(TYPES) == 7


@each_file
def test_no_partner_type_is_named_in_code(path: Path) -> None:
    named = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in TYPES
    ]
    assert named == []


@each_file
def test_no_second_sqlite_and_no_event_loop_by_hand(path: Path) -> None:
    tree = parsed(path)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in imported if name.split(".")[0] == "sqlite3" or name.endswith("QtSql")}
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert "processEvents" not in called


@each_file
def test_everything_is_caught_at_the_edges_only(path: Path) -> None:
    broad = [
        handler
        for handler in ast.walk(parsed(path))
        if isinstance(handler, ast.ExceptHandler) and catches_everything(handler)
    ]
    assert len(broad) <= MAY_CATCH_EVERYTHING.get(name_of(path), 0)


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Tell whether the handler keeps every exception to itself; one that raises again does not."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    is_broad = any(
        one is None or (isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"})
        for one in caught
    )
    passes_on = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    return is_broad and not passes_on


@each_file
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each_file
def test_modules_and_public_classes_say_what_they_are(path: Path) -> None:
    tree = parsed(path)
    assert ast.get_docstring(tree), "the module"
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        # A frozen record or an enumeration may say all it has to say by its names.
        and not any("dataclass" in ast.dump(decorator) for decorator in node.decorator_list)
        and not any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases)
    ]
    assert silent == []


@each_file
def test_no_name_that_says_nothing(path: Path) -> None:
    assert not {"util", "utils", "helper", "helpers", "manager", "common", "misc"} & set(
        path.with_suffix("").relative_to(PACKAGE).parts
    )


def core_modules() -> Iterator[str]:
    for path in FILES:
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        is_script = parts in {("__main__",), ("documents", "typesetter")}
        if parts[0] != "gui" and not is_script:
            yield ".".join(("camdesk", *(part for part in parts if part != "__init__")))


def test_the_core_works_without_qt(sample_home: Path, tmp_path: Path) -> None:
    """Import every module but the window's with PySide6 blocked, then score, alert, draft and export."""
    home = shutil.copytree(sample_home, tmp_path / "sample")
    script = f"""
import importlib, sys
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None
for name in {list(core_modules())!r}:
    importlib.import_module(name)
from pathlib import Path
from camdesk.desk.desk import Desk
desk = Desk.open(Path({str(home)!r}), ask=lambda _: None)
assert desk.portfolio().sections and desk.alerts().alerts and desk.scorecard("R-001").score
target = desk.export_pdf(desk.draft_review("R-002"), Path({str(tmp_path / "review.pdf")!r}))
assert target.read_bytes().startswith(b"%PDF")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
