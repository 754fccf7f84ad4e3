"""A workspace and a folder of exports beside it, as the tests of syncing need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from camdesk.base.progress import Progress, SilentProgress
from camdesk.base.settings import Settings
from camdesk.store import workspace as workspaces
from camdesk.store.keys import KeyMode
from camdesk.store.workspace import Workspace
from camdesk.sync.engine import sync_source
from camdesk.sync.report import SourceReport
from camdesk.sync.sources import add_source, source_named

TYPES = frozenset({"reseller", "distributor"})
METRICS = frozenset({"revenue", "sell_through", "win_rate"})
DAY = date(2026, 3, 31)
PARTNERS = "partner_id,name,type,currency\nP1,Alder Systems,reseller,EUR\nP2,Birch Supply,distributor,GBP\n"
REPO = Path(__file__).resolve().parents[2]
DATA = REPO.parent / "shared" / "data"


@dataclass
class Book:
    """A workspace with one folder source, `exports`, whose files a test writes."""

    home: Path
    base_currency: str = "EUR"
    mapping: str | None = None
    path: Path | None = None
    workspace: Workspace = field(init=False)
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.home / "exports"
        self.folder.mkdir()
        self.workspace = workspaces.create(
            self.home / "workspace",
            Settings(base_currency=self.base_currency),
            ask=lambda _prompt: "x",
            mode=KeyMode.SAMPLE,
        )

    def write(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def connect(self, name: str = "exports", **options: str) -> None:
        given = {"path": str(self.path or self.folder), **options}
        if self.mapping is not None:
            given.setdefault("mapping", self.mapping)
        with self.workspace.database.write() as connection:
            add_source(connection, name, kind="folder", options=given)

    def sync(
        self,
        name: str = "exports",
        day: date = DAY,
        progress: Progress | None = None,
        metrics: frozenset[str] = METRICS,
        **choices: bool,
    ) -> SourceReport:
        with self.workspace.database.read() as connection:
            known = connection.exec_driver_sql("SELECT 1 FROM source WHERE name = ?", (name,)).first()
        if known is None:
            self.connect(name)
        with self.workspace.database.read() as connection:
            source = source_named(connection, name)
        return sync_source(
            self.workspace,
            source,
            as_of=day,
            started_at=f"{day.isoformat()}T06:00:00Z",
            types=TYPES,
            metrics=metrics,
            progress=progress or SilentProgress(),
            **choices,
        )

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement, values)]

    def column(self, statement: str, *values: Any) -> list[Any]:
        return [row[0] for row in self.rows(statement, *values)]

    def map(self, text: str) -> None:
        """Give the source a mapping file of its own."""
        path = self.home / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        self.mapping = str(path)


def reasons(report: SourceReport) -> dict[int | None, str]:
    return {problem.line: problem.reason for problem in report.rejected}
