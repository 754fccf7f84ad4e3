from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Return a synced desk with two resellers and an alliance."""
    made = Shelf(tmp_path)
    made.sync()
    yield made
    made.desk.close()
