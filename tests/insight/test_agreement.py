"""Every figure agrees with an independent calculation, on awkward portfolios and awkward days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from camdesk.base.progress import SilentProgress
from camdesk.base.settings import Settings
from camdesk.desk.desk import Desk
from camdesk.insight.engine import MetricRun, open_run
from camdesk.insight.results import Unit
from camdesk.store.keys import KeyMode
from tests.reference.calculation import figures
from tests.reference.portfolios import write_portfolio

CASES = [
    (1, date(2026, 11, 20), Settings()),
    (2, date(2024, 2, 29), Settings(base_currency="USD", fiscal_year_start_month=2)),
    (3, date(2025, 12, 31), Settings()),
    (4, date(2026, 4, 1), Settings(base_currency="GBP", fiscal_year_start_month=4)),
]


def _desk(home: Path, folder: Path, day: date, settings: Settings) -> Desk:
    desk = Desk.create(home, settings, ask=lambda _: None, mode=KeyMode.SAMPLE, as_of=day)
    desk.add_source("export", "folder", {"path": str(folder)})
    desk.sync(progress=SilentProgress())
    return desk


@pytest.fixture(scope="module", params=CASES, ids=[f"{seed}-{day}" for seed, day, _ in CASES])
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, Path]]:
    seed, day, settings = request.param
    folder = tmp_path_factory.mktemp("export")
    write_portfolio(folder, seed=seed, as_of=day)
    desk = _desk(tmp_path_factory.mktemp("home") / "workspace", folder, day, settings)
    yield desk, folder
    desk.close()


def _computed(run: MetricRun, desk: Desk) -> dict[tuple[str, str], tuple[float, int]]:
    return {
        (partner, computed.metric): (value.value, value.n)
        for computed in run.compute(desk.catalog.metrics)
        for partner, value in computed.values.items()
        if value.value is not None and computed.day == desk.as_of
    }


def _agrees(unit: Unit, got: float, expected: Fraction) -> bool:
    if unit is Unit.MONEY:
        return abs(Fraction(got) / 10_000 - expected) <= Fraction(1, 10_000)
    return abs(got - float(expected)) <= 1e-9 * max(1.0, abs(float(expected)))


def test_every_figure_agrees_with_the_reference(case: tuple[Desk, Path]) -> None:
    desk, folder = case
    expected = figures(
        folder,
        as_of=desk.as_of,
        first_sync_on=desk.as_of,
        base_currency=desk.settings.base_currency,
        fiscal_year_start_month=desk.settings.fiscal_year_start_month,
    )
    with open_run(desk.workspace.database, desk.catalog, desk.settings, [desk.as_of]) as run:
        got = _computed(run, desk)
    wrong = []
    for (partner, metric), (value, _) in expected.items():
        definition = desk.catalog.metrics.get(metric)
        if definition is None:
            continue
        found = got.get((partner, metric))
        if (value is None) != (found is None) or (
            value is not None and found is not None and not _agrees(definition.unit, found[0], value)
        ):
            wrong.append((partner, metric, value, found))
    assert not wrong
    assert len(expected) > 1_000


def test_evidence_reconciles_with_every_figure(case: tuple[Desk, Path]) -> None:
    desk, _ = case
    with open_run(desk.workspace.database, desk.catalog, desk.settings, [desk.as_of]) as run:
        for (partner, metric), (value, n) in _computed(run, desk).items():
            definition = desk.catalog.metrics[metric]
            records = run.evidence(metric, partner, desk.as_of)
            assert len(records) == n, (partner, metric)
            numbers = [record.n for record in records if isinstance(record.n, (int, float))]
            if definition.aggregation == "sum":
                assert sum(numbers) == pytest.approx(value), (partner, metric)
            if definition.aggregation == "ratio":
                denominators = [record.d for record in records if record.d is not None]
                assert sum(numbers) / sum(denominators) == pytest.approx(value), (partner, metric)


def test_several_days_in_one_run_equal_one_run_each(case: tuple[Desk, Path]) -> None:
    desk, _ = case
    days = [desk.as_of, *desk.settings.calendar.quarter_ends(desk.as_of, 3)]
    together = {}
    with open_run(desk.workspace.database, desk.catalog, desk.settings, days) as run:
        for computed in run.compute(desk.catalog.metrics):
            together[computed.metric, computed.day] = computed.values
    for day in set(days):
        with open_run(desk.workspace.database, desk.catalog, desk.settings, [day]) as run:
            for computed in run.compute(desk.catalog.metrics):
                assert computed.values == together[computed.metric, day], (computed.metric, day)
