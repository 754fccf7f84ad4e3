"""Scorecard arithmetic: marks, groups, bands, contributions and what moved a score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camdesk.insight import scoring
from camdesk.insight.catalog import load_catalog
from camdesk.insight.definitions import Profile
from camdesk.insight.results import Band, Movement
from camdesk.insight.scoring import Score

CATALOG, _ = load_catalog()
PROFILES = sorted(CATALOG.profiles)


def a_profile(kind: str = "reseller") -> Profile:
    return CATALOG.profiles[kind]


def moved_between(before: Score, after: Score) -> tuple[Movement, ...]:
    titles = {name: metric.title for name, metric in CATALOG.metrics.items()}
    return scoring.movements((before.value, before.lines), (after.value, after.lines), titles.__getitem__)


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (0.30, 0),
        (0.40, 0),
        (0.55, 25),
        (0.70, 50),
        (0.85, 65),
        (1.00, 80),
        (1.10, 90),
        (1.20, 100),
        (3.0, 100),
    ],
)
def test_points_are_linear_between_the_marks_and_clamped_outside(value: float, points: float) -> None:
    assert scoring.points(value, (0.40, 0.70, 1.00, 1.20)) == pytest.approx(points)


@pytest.mark.parametrize(("value", "points"), [(45, 0), (16, 50), (8, 80), (5, 90), (1, 100)])
def test_marks_that_fall_score_lower_values_higher(value: float, points: float) -> None:
    assert scoring.points(value, (40, 16, 8, 2)) == pytest.approx(points)


def test_where_marks_are_equal_the_higher_points_hold() -> None:
    assert scoring.points(1.0, (0.8, 0.95, 1.0, 1.0)) == 100
    assert scoring.points(0.9999, (0.8, 0.95, 1.0, 1.0)) == pytest.approx(79.94)


@pytest.mark.parametrize(
    ("value", "points"),
    [(0, 0), (2, 50), (3, 80), (21**0.5, 100), (7, 80), (9, 50), (14, 0), (20, 0), (1, 25)],
)
def test_a_range_is_best_at_the_geometric_middle_of_its_target(value: float, points: float) -> None:
    assert scoring.points(value, (0, 2, 3, 7, 9, 14)) == pytest.approx(points)


@given(st.sampled_from(PROFILES), st.data())
def test_contributions_add_up_to_the_score(kind: str, data: st.DataObject) -> None:
    profile = a_profile(kind)
    values = _some_values(profile, data)
    score = scoring.score(profile, values, frozenset(line.metric for line in profile.lines))
    if score.value is None:
        assert not score.lines
        return
    assert sum(line.contribution for line in score.lines.values()) == pytest.approx(score.value)
    assert 0 <= score.value <= 100 + 1e-9
    assert 0 <= score.coverage <= 1 + 1e-9


@given(st.sampled_from(PROFILES), st.data())
def test_movements_are_exactly_the_difference_of_two_scores(kind: str, data: st.DataObject) -> None:
    profile = a_profile(kind)
    everything = frozenset(line.metric for line in profile.lines)
    before = scoring.score(profile, _some_values(profile, data), everything)
    after = scoring.score(profile, _some_values(profile, data), everything)
    moved = moved_between(before, after)
    if before.value is None or after.value is None:
        assert moved == ()
    else:
        assert sum(movement.points for movement in moved) == pytest.approx(after.value - before.value)


def test_weights_moved_is_said_only_when_a_line_gains_or_loses_its_value() -> None:
    profile = a_profile()
    everything = frozenset(line.metric for line in profile.lines)
    one = scoring.score(profile, {"win_rate": 0.35, "revenue_attainment": 1.0}, everything)
    other = scoring.score(profile, {"win_rate": 0.20, "revenue_attainment": 1.0}, everything)
    more = scoring.score(
        profile, {"win_rate": 0.20, "revenue_attainment": 1.0, "revenue_growth": 0}, everything
    )
    assert [movement.metric for movement in moved_between(one, other)] == ["win_rate"]
    assert None in [movement.metric for movement in moved_between(other, more)]


def test_a_group_with_no_value_leaves_the_other_alone() -> None:
    profile = a_profile()
    score = scoring.score(profile, {"revenue_attainment": 1.0}, frozenset({"revenue_attainment"}))
    assert score.value == pytest.approx(80)
    assert (score.outcome, score.leading) == (pytest.approx(80), None)


def test_below_sixty_percent_coverage_there_is_no_band() -> None:
    profile = a_profile()
    everything = frozenset(line.metric for line in profile.lines)
    score = scoring.score(profile, {"revenue_attainment": 1.2}, everything)
    assert score.band is None
    assert not score.enough_data


def test_little_connected_weight_is_provisional() -> None:
    profile = a_profile()
    connected = frozenset({"revenue_attainment", "revenue_growth"})
    score = scoring.score(profile, {"revenue_attainment": 1.2, "revenue_growth": 0.2}, connected)
    assert score.connected_weight == 35
    assert score.provisional
    assert score.band is Band.GREEN


def test_a_missed_hurdle_keeps_the_band_at_amber_and_says_so() -> None:
    profile = a_profile()
    first = replace_line(profile, "win_rate", hurdle=0.30)
    everything = frozenset({"revenue_attainment", "win_rate"})
    values = {"revenue_attainment": 1.2, "win_rate": 0.29}
    assert scoring.score(profile, values, everything).band is Band.GREEN
    held = scoring.score(first, values, everything)
    assert (held.band, held.capped_by) == (Band.AMBER, "win_rate")


def test_our_side_is_the_mean_of_its_lines_with_a_value() -> None:
    lines = a_profile().our_side
    values = {"request_response_time": 8, "case_response_sla": 0.85}
    assert scoring.our_side_points(lines, values) == pytest.approx(65)
    assert scoring.our_side_points(lines, {}) is None


def replace_line(profile: Profile, metric: str, *, hurdle: float) -> Profile:
    lines = tuple(
        line.model_copy(update={"hurdle": hurdle}) if line.metric == metric else line
        for line in profile.lines
    )
    return profile.model_copy(update={"lines": lines})


def _some_values(profile: Profile, data: st.DataObject) -> dict[str, float]:
    numbers = st.one_of(st.none(), st.floats(-5, 120, allow_nan=False))
    drawn = {line.metric: data.draw(numbers) for line in profile.lines if line.weight}
    return {metric: value for metric, value in drawn.items() if value is not None}
