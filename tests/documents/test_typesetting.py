"""The typesetter's process is kept, begun anew when it ended, and mixes no two documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from camdesk.documents.placing import ExportError
from camdesk.documents.typesetter import DOCUMENTS
from camdesk.documents.typesetting import Typesetter


@pytest.fixture
def typesetter() -> Iterator[Typesetter]:
    made = Typesetter()
    yield made
    made.close()


def set_by(typesetter: Typesetter, folder: Path, text: str) -> bytes:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.typ").write_text(text, encoding="utf-8")
    assert typesetter.typeset(folder, standards=("a-2a",), timestamp=0) is None
    return (folder / "document.pdf").read_bytes()


def page(text: str) -> str:
    return f'#set text(font: "Inter")\n#set document(title: "A page")\n= {text}'


def test_more_documents_than_one_process_sets_are_all_set(typesetter: Typesetter, tmp_path: Path) -> None:
    made = [set_by(typesetter, tmp_path / str(n), page(f"Page {n}")) for n in range(DOCUMENTS * 2 + 1)]
    assert len(set(made)) == len(made)
    assert all(one.startswith(b"%PDF") for one in made)


def test_a_document_set_again_after_another_is_the_same(typesetter: Typesetter, tmp_path: Path) -> None:
    first = set_by(typesetter, tmp_path / "a", page("First"))
    other = set_by(typesetter, tmp_path / "b", page("Other"))
    assert set_by(typesetter, tmp_path / "c", page("First")) == first != other


def test_a_process_that_died_is_begun_anew(typesetter: Typesetter, tmp_path: Path) -> None:
    typesetter.begin()
    assert typesetter._child is not None
    typesetter._child.kill()
    assert set_by(typesetter, tmp_path, page("Still here")).startswith(b"%PDF")


def test_a_fault_of_the_document_is_told_and_the_process_stays(
    typesetter: Typesetter, tmp_path: Path
) -> None:
    (tmp_path / "document.typ").write_text("#panic()")
    told = typesetter.typeset(tmp_path, standards=(), timestamp=0)
    assert told is not None
    assert "panicked" in told
    assert set_by(typesetter, tmp_path, page("Next")).startswith(b"%PDF")


def test_one_without_end_is_stopped_and_the_next_is_set(
    typesetter: Typesetter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "document.typ").write_text("#for i in range(100000) { for j in range(100000) {} }")
    with monkeypatch.context() as shorter:
        shorter.setattr("camdesk.documents.typesetting.TIME_LIMIT_SECONDS", 0.5)
        with pytest.raises(ExportError, match="was stopped"):
            typesetter.typeset(tmp_path, standards=(), timestamp=0)
    assert set_by(typesetter, tmp_path, page("Next")).startswith(b"%PDF")


@pytest.mark.parametrize("reach", ["/etc/hostname", "../secret.txt"])
def test_no_file_outside_its_folder_is_read(typesetter: Typesetter, tmp_path: Path, reach: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "document.typ").write_text(f'#read("{reach}")')
    told = typesetter.typeset(folder, standards=(), timestamp=0)
    assert told
    assert not (folder / "document.pdf").exists()
