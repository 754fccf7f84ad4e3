"""A partner with several hats is scored by each profile; the blend is made of all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.insight import hats, scoring
from camdesk.insight.catalog import load_catalog
from camdesk.insight.hats import PartnerScore
from camdesk.insight.ranking import Ranking
from camdesk.insight.results import Band

CATALOG, _ = load_catalog()
TYPES = tuple(CATALOG.profiles)
METRICS = sorted({line.metric for profile in CATALOG.profiles.values() for line in profile.lines})
WORN = st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True).map(tuple)
VALUES = st.dictionaries(st.sampled_from(METRICS), st.floats(-1, 5, allow_nan=False), max_size=30)


def scored(worn: tuple[str, ...], values: dict[str, float]) -> PartnerScore:
    everything = {kind: frozenset(METRICS) for kind in TYPES}
    row = {"type": worn[0], "other_types": ";".join(worn[1:]) or None}
    return hats.scores_of({"P": row}, lambda _: values, everything, CATALOG, own_shares={})["P"]


@given(WORN, VALUES)
def test_the_blend_is_the_sum_of_its_hats_shares(worn: tuple[str, ...], values: dict[str, float]) -> None:
    score = scored(worn, values)
    assert tuple(score.hats) == worn
    if score.value is None:
        assert all(hat.value is None for hat in score.hats.values())
        return
    assert sum(score.shares.values()) == pytest.approx(1)
    parts = [share * (score.hats[hat].value or 0) for hat, share in score.shares.items()]
    assert score.value == pytest.approx(sum(parts))
    assert 0 <= score.value <= 100 + 1e-9


@given(WORN, VALUES)
def test_one_hat_scores_as_its_profile_alone(worn: tuple[str, ...], values: dict[str, float]) -> None:
    score = scored(worn[:1], values)
    own = scoring.score(CATALOG.profiles[worn[0]], values, frozenset(METRICS))
    assert (score.value, score.band, score.coverage, score.capped_by) == (
        own.value,
        own.band,
        own.coverage,
        own.capped_by,
    )


@given(WORN, VALUES, VALUES)
def test_what_moved_a_blend_adds_up(
    worn: tuple[str, ...], before: dict[str, float], after: dict[str, float]
) -> None:
    first, second = scored(worn, before), scored(worn, after)
    moved = hats.movements(first, second, CATALOG)
    if first.value is None or second.value is None:
        assert moved == ()
    else:
        assert sum(each.points for each in moved) == pytest.approx(second.value - first.value, abs=1e-9)


def test_the_primary_hat_weighs_six_tenths_and_the_others_share_the_rest() -> None:
    assert hats.default_shares(("reseller",)) == {"reseller": 1}
    assert hats.default_shares(("reseller", "msp", "isv")) == pytest.approx(
        {"reseller": 0.6, "msp": 0.2, "isv": 0.2}
    )


def test_shares_of_the_cams_own_weigh_instead() -> None:
    values = {"revenue_attainment": 1.2, "renewal_rate": 0.7}
    everything = {kind: frozenset(METRICS) for kind in TYPES}
    row = {"P": {"type": "reseller", "other_types": "msp"}}
    blended = hats.scores_of(
        row, lambda _: values, everything, CATALOG, own_shares={"P": {"reseller": 0.25, "msp": 0.75}}
    )["P"]
    reseller, msp = (blended.hats[kind].value for kind in ("reseller", "msp"))
    assert reseller is not None
    assert msp is not None
    assert blended.value == pytest.approx(0.25 * reseller + 0.75 * msp)


def test_a_hurdle_of_any_hat_keeps_the_band_at_amber() -> None:
    best = dict.fromkeys(METRICS, 1000000000.0) | {"mandatory_certifications": 0.5}
    lower = {"stalled_pipeline", "reseller_concentration", "projects_in_trouble", "ticket_rate"}
    score = scored(("reseller", "msp"), best | dict.fromkeys(lower, 0.0))
    assert score.value is not None
    assert score.value >= scoring.GREEN_FROM
    assert (score.band, score.capped_by) == (Band.AMBER, "mandatory_certifications")


@given(st.lists(st.one_of(st.none(), st.integers(0, 100).map(float)), min_size=1, max_size=30))
def test_ranks_count_those_that_do_better(scores: list[float | None]) -> None:
    ranking = Ranking({str(number): ("one", score) for number, score in enumerate(scores)})
    ranked = [score for score in scores if score is not None]
    for number, score in enumerate(scores):
        place = ranking.place(str(number))
        assert place.ranked == len(ranked)
        if score is None or len(ranked) < scoring.COMPARED_FROM:
            assert place.rank is None
            assert place.quartile is None
        else:
            assert place.rank == 1 + sum(other > score for other in ranked)
            assert place.quartile in (1, 2, 3, 4)
