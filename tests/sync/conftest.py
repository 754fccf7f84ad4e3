from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book(tmp_path)
    yield made
    made.workspace.close()
