"""A desk with a folder of exports beside it, whose files a test writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.store.keys import KeyMode
from camdesk.sync.report import SourceReport

DAY = date(2026, 12, 31)
AUTHOR = "dana@vendor.example"
PARTNERS = """partner_id,name,type,class,status,currency,enrolled_on
P1,Alder Systems,reseller,A,enrolled,EUR,2020-03-01
P2,Birch Alliance,alliance,A,enrolled,USD,2020-03-01
P3,Alder Cloud,reseller,B,enrolled,EUR,2020-03-01
"""
ORDERS = """order_id,partner_id,booked_on,amount,currency
O1,P1,2025-05-10,1000,EUR
O2,P1,2026-05-10,500,EUR
O3,P3,2026-05-10,300,EUR
"""
RATES = """rate_id,currency,rated_on,rate
X1,USD,2020-01-01,0.5
"""


@dataclass
class Shelf:
    """A workspace with one source, `crm`, seen from DAY."""

    home: Path
    name: str = "workspace"
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.home / f"{self.name}-exports"
        self.folder.mkdir(parents=True)
        self.write(partners=PARTNERS, orders=ORDERS, exchange_rates=RATES)
        settings = Settings(owner_emails=(AUTHOR,))
        self.desk = Desk.create(
            self.home / self.name, settings, ask=lambda _: "x", mode=KeyMode.SAMPLE, as_of=DAY
        )
        self.desk.add_source("crm", "folder", {"path": str(self.folder)})

    def write(self, **files: str) -> None:
        for name, content in files.items():
            (self.folder / f"{name}.csv").write_text(content, encoding="utf-8")

    def write_rows(self, entity: str, *rows: Mapping[str, str]) -> None:
        """Write an export of rows that all have the same columns."""
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        self.write(**{entity: "\n".join(lines)})

    def sync(self, *, full: bool = False, accept_shrunken: bool = False) -> SourceReport:
        (report,) = self.desk.sync(progress=SilentProgress(), full=full, accept_shrunken=accept_shrunken)
        assert not report.rejected, report.rejected
        return report

    def seen_from(self, day: date) -> Desk:
        """Return the same workspace as seen from another day."""
        return Desk(self.desk.workspace, as_of=day)

    def value(self, partner_id: str, metric: str) -> float | int | None:
        (figure,) = self.desk.figures(metrics=[metric], partners=[partner_id])
        return figure.value

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.desk.workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement, values)]
