"""Groups, ranks and chances come from all candidates together, and say no more than the ratings do."""

from statistics import NormalDist

import numpy as np
import pytest

from scorecards.comparison import table
from scorecards.comparison.model import Fit, fit
from scorecards.comparison.order import groups, leader_again, order, placeable, rank_intervals, repeated
from scorecards.comparison.posterior import (
    covariance,
    covariance_of,
    draws,
    half_width,
    pairs_ahead,
    spread_of,
    variances,
)

from .rounds import Row, rows_of, simulated, two_panels


@pytest.fixture(scope="module")
def found() -> Fit:
    return fit(simulated(12, 10, 4, seed=1))


def test_the_chance_to_be_ahead_takes_what_both_have_in_common(found, monkeypatch) -> None:
    """Φ((a − b) / √(var a + var b − 2 cov)), here worked out apart."""
    monkeypatch.setattr("scorecards.comparison.posterior.MIXTURE_UP_TO", 5)
    joint, effect = covariance(found), found.candidate
    spread = (joint[0, 0] + joint[1, 1] - 2 * joint[0, 1]) ** 0.5
    assert joint[0, 1] > 0.001, "without something in common there is nothing to take"
    assert pairs_ahead(found)[0, 1] == pytest.approx(NormalDist().cdf((effect[0] - effect[1]) / spread))


def test_one_is_ahead_of_the_other_or_the_other_way_round(found) -> None:
    ahead = pairs_ahead(found)
    assert ahead + ahead.T == pytest.approx(np.ones((12, 12)))


def test_the_chances_are_the_shares_of_the_draws(found) -> None:
    """2,000 draws: a share is off by less than 4·√(.25/2000) = .045."""
    drawn = draws(found)
    share = (drawn[:, :, None] > drawn[:, None, :]).mean(axis=0) + np.eye(12) / 2
    assert np.abs(share - pairs_ahead(found)).max() < 0.045


def test_the_draws_have_the_mean_and_the_covariance_of_the_mixture(found) -> None:
    drawn, joint = draws(found, 20_000), covariance(found)
    assert drawn.mean(axis=0) == pytest.approx(found.candidate, abs=0.01)
    assert np.abs(np.cov(drawn.T) - joint).max() < 0.004
    assert np.diag(joint) == pytest.approx(variances(found), rel=0.02)


def test_the_spread_of_one_is_the_diagonal_of_all(found) -> None:
    one = found.solutions[0]
    assert spread_of(one) == pytest.approx(np.diag(covariance_of(one)))


def test_the_chance_is_the_same_for_a_large_round(found, monkeypatch) -> None:
    """Beyond 40 candidates one normal stands for the mixture; here it is off by less than .02."""
    mixture = pairs_ahead(found)
    monkeypatch.setattr("scorecards.comparison.posterior.MIXTURE_UP_TO", 5)
    assert np.abs(pairs_ahead(found) - mixture).max() < 0.02


def test_the_same_ratings_give_the_same_draws(found) -> None:
    again = fit(simulated(12, 10, 4, seed=1))
    assert np.array_equal(draws(found), draws(again))


def test_half_a_width_is_that_of_a_normal_where_there_is_much_to_go_by() -> None:
    assert half_width(np.array([4.0]), 10_000)[0] == pytest.approx(2 * 1.96, abs=0.01)


def test_the_top_group_is_the_leader_and_all_who_may_be_ahead() -> None:
    """The leader 0 is ahead of 1 with .85 and of 2 with .95: 0 and 1 together, then 2 alone."""
    ahead = np.array([[0.5, 0.85, 0.95], [0.15, 0.5, 0.8], [0.05, 0.2, 0.5]])
    assert groups(np.array([1.0, 0.6, 0.2]), ahead).tolist() == [1, 1, 2]


def test_a_group_ends_at_ninety_per_cent() -> None:
    ahead = np.array([[0.5, 0.9], [0.1, 0.5]])
    assert groups(np.array([1.0, 0.0]), ahead).tolist() == [1, 2]


def test_a_rank_interval_runs_from_the_fifth_to_the_ninetyfifth_percentile() -> None:
    """Of 100 draws the first candidate leads in 97, the second in 3: the first is first from 5 to 95 %."""
    drawn = np.array([[1.0, 0.0]] * 97 + [[0.0, 1.0]] * 3)
    assert rank_intervals(drawn).tolist() == [[1, 1], [2, 2]]


def test_a_candidate_who_met_one_interviewer_has_no_place() -> None:
    part, met = np.zeros(5, dtype=int), np.array([1, 2, 3, 2, 1])
    assert placeable(part, met, np.zeros(5, dtype=bool)).tolist() == [False, True, True, True, False]


def test_two_candidates_are_not_an_order() -> None:
    assert not placeable(np.zeros(2, dtype=int), np.array([4, 4]), np.zeros(2, dtype=bool)).any()


def test_each_part_has_its_own_ranks_and_groups() -> None:
    ratings = two_panels()
    part = np.array([0] * 6 + [1] * 6)
    found = order(fit(ratings), part, np.ones(12, dtype=bool))
    assert found.rank_interval.max() <= 6
    assert {1} <= set(found.group[:6]) & set(found.group[6:])


def test_a_repeat_is_told_of_five_candidates_or_more(found) -> None:
    assert leader_again(found, draws(found), range(4)) is None
    assert 0 < leader_again(found, draws(found), range(5)) <= 1


def test_the_leader_of_a_clear_round_leads_again_and_of_an_open_one_often_not() -> None:
    """One round in which a candidate is 2 points above all, one in which all are alike."""
    even = simulated(8, 8, 5, severity=0.2, seed=11)
    clear = table(
        Row(row.candidate, row.interviewer, row.competency, row.rating + 4 * (row.candidate == "c000"))
        for row in rows_of(even)
    )
    chances = [leader_again(one, draws(one), range(8)) for one in (fit(clear), fit(even))]
    assert chances[0] > 0.95
    assert chances[1] < 0.9


def test_a_round_repeated_without_any_error_finds_the_truth_in_order(found) -> None:
    """With next to no error left in the ratings the estimates stand in the order of the truth."""
    exact = found._replace(
        deviations=found.deviations._replace(interviewer=1e-6, scorecard=1e-6, residual=1e-4, candidate=1.0)
    )
    truth = draws(found, 5)
    again = repeated(exact, truth)
    assert np.array_equal(again.argsort(axis=1), truth.argsort(axis=1))
