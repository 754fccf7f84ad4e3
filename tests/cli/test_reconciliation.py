"""A figure and the records that explain it say the same; contributions and the score say the same."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from camdesk.base.resources import sample_folder
from camdesk.desk.desk import Desk
from tests.cli.conftest import Camdesk

ONE_OF_EACH_TYPE = ("R-001", "D-001", "M-001", "S-001", "I-001", "F-002", "A-001")
Records = list[dict[str, Any]]


@pytest.fixture
def _kept_open(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep one desk open over many commands."""
    desk = Desk.open(sample_home, ask=lambda _: None)
    monkeypatch.setattr(Desk, "open", lambda *_, **__: desk)
    monkeypatch.setattr(desk, "close", lambda: None)
    yield
    desk.workspace.close()


@pytest.mark.usefixtures("_kept_open")
@pytest.mark.parametrize("partner", ONE_OF_EACH_TYPE)
def test_each_figure_of_a_scorecard_is_what_its_records_add_up_to(camdesk: Camdesk, partner: str) -> None:
    card = camdesk("scorecard", partner, "--json").json
    for line in (*card["lines"], *card["our_side"]):
        body = camdesk("explain", partner, line["metric"], "--json").json
        assert (body["value"], body["n"]) == (line["value"], line["n"])
        if not body["records"]:
            assert line["value"] in (None, 0, "0.00"), line["metric"]
            continue
        if line["value"] is None:
            continue  # fewer records than the metric needs
        made = added_up(body["aggregation"], body["records"])
        if line["unit"] == "money" and body["aggregation"] in ("sum", "remainder", "difference"):
            assert made == Decimal(line["value"]), line["metric"]
        else:
            assert float(made) == pytest.approx(float(line["value"]), abs=1e-4), line["metric"]


@pytest.mark.usefixtures("_kept_open")
def test_contributions_add_up_to_the_score(camdesk: Camdesk) -> None:
    scored = 0
    for row in camdesk("portfolio", "--all", "--json").json["partners"]:
        card = camdesk("scorecard", row["partner_id"], "--json").json
        assert card["score"] == row["score"]
        if card["score"] is None:
            continue
        scored += 1
        given = [line["contribution"] for line in card["lines"] if line["contribution"] is not None]
        assert sum(given) == pytest.approx(card["score"], abs=1e-9)
    assert scored > 40


def added_up(aggregation: str, records: Records) -> Decimal | float:
    """Return what the records come to, worked out from the JSON alone."""
    n = [number(record["n"]) for record in records if is_number(record["n"])]
    d = [number(record["d"]) for record in records if is_number(record["d"])]
    match aggregation:
        case "sum":
            return sum(n, Decimal())
        case "remainder":
            return max(sum(n, Decimal()), Decimal())
        case "difference":
            return abs(sum(n, Decimal()))
        case "mean":
            return sum(n, Decimal()) / len(n)
        case "median":
            return median(n)
        case "ratio" | "share":
            return sum(n, Decimal()) / sum(d, Decimal())
        case "growth":
            return sum(n, Decimal()) / sum(d, Decimal()) - 1
        case "distinct":
            return len(keys(records, "n"))
        case "distinct_share":
            return len(keys(records, "n")) / len(keys(records, "d"))
        case "distinct_growth":
            return len(keys(records, "n")) / len(keys(records, "d")) - 1
        case "top_share":
            return top_share(records)
        case "lowest":
            return lowest(records)
    raise AssertionError(f"no way is known to add up {aggregation}")


def is_number(value: Any) -> bool:
    try:
        return value is not None and Decimal(str(value)).is_finite()
    except ArithmeticError:
        return False


def number(value: Any) -> Decimal:
    return Decimal(str(value))


def keys(records: Records, name: str) -> set[Any]:
    return {record[name] for record in records if record[name] is not None}


def top_share(records: Records) -> Decimal:
    amounts = {
        key: sum((number(one["d"]) for one in records if one["n"] == key), Decimal())
        for key in keys(records, "n")
    }
    return sum(sorted(amounts.values(), reverse=True)[:5], Decimal()) / sum(amounts.values(), Decimal())


def lowest(records: Records) -> float:
    """Return the lowest share of certified over required people; a certificate's track is in its file."""
    with (sample_folder() / "certifications.csv").open(encoding="utf-8") as file:
        tracks = {row["certification_id"]: row["track"] for row in csv.DictReader(file)}
    counted = {
        "certified_sales": {"sales"},
        "certified_technical": {"technical", "architect", "delivery"},
        "certified_architects": {"architect"},
    }
    shares = []
    for required in (record for record in records if record["d"] is not None):
        wanted = counted[required["record_id"].split()[-1]]
        people = {record["n"] for record in records if tracks.get(record["record_id"]) in wanted}
        shares.append(len(people) / required["d"])
    return min(shares)
