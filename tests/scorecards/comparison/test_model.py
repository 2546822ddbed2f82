"""The severity model gives what the same model gives elsewhere, and its integral is as exact as it has to be."""

import warnings
from functools import cache

import numpy as np
import pandas as pd
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM

from scorecards.comparison import Row, table
from scorecards.comparison import model as severity
from scorecards.comparison.equations import Ratios, solution
from scorecards.comparison.model import Fit, fit, severity_probability
from scorecards.comparison.ratings import scorecards
from scorecards.comparison.sums import sums_of

from .dense import Dense, Model
from .rounds import SHROUT_FLEISS, by_interviewer, simulated, two_panels

ROUNDS = {
    "several ratings a scorecard": simulated(8, 6, 3, competencies=4, asked=3, severity=1.0, seed=4),
    "one competency": simulated(9, 6, 4, competencies=1, asked=1, seed=2),
    "one rating a scorecard": simulated(10, 6, 4, competencies=3, asked=1, seed=3),
    "no spread between scorecards": simulated(8, 6, 3, competencies=4, asked=3, severity=1.0, seed=5),
    "two panels": two_panels(3),
    "Shrout and Fleiss": by_interviewer(SHROUT_FLEISS),
}


def fitted(name: str, method: severity.Method = "reml") -> Fit:
    found = fit(ROUNDS[name], method)
    assert found is not None
    return found


@cache
def dense(name: str) -> Dense:
    return Model(ROUNDS[name], scorecard=fitted(name).effects.scorecard).fit()


@pytest.mark.parametrize("name", ROUNDS)
def test_reml_agrees_with_dense_matrices(name) -> None:
    """Standard deviations within 1e-4 and no lower likelihood, also where a spread is 0."""
    found, told = fitted(name), dense(name)
    for key, value in told.sd.items():
        assert getattr(found.deviations, key) == pytest.approx(value, abs=1e-4), key
    assert found.solutions[0].log_likelihood >= told.log_likelihood - 1e-8


@pytest.mark.parametrize("name", ROUNDS)
def test_effects_agree_with_dense_matrices(name) -> None:
    found, told = fitted(name), dense(name)
    assert found.candidate == pytest.approx(told.candidate, abs=1e-4)
    assert found.interviewer == pytest.approx(told.interviewer, abs=1e-4)


@pytest.mark.parametrize("seed", [0, 1, 3, 4], ids=lambda seed: f"round {seed}")
def test_reml_agrees_with_statsmodels(seed) -> None:
    """Rounds in which no spread is 0: there statsmodels stops short of the summit."""
    ratings = simulated(8, 6, 3, competencies=4, asked=3, severity=1.0, seed=seed)
    found = fit(ratings, "reml")
    if min(found.deviations) < 0.05:
        pytest.fail("this round has a spread of 0: choose another seed")
    told = oracle(ratings)
    assert found.deviations.candidate == pytest.approx(told["c"], abs=1e-4)
    assert found.deviations.interviewer == pytest.approx(told["r"], abs=1e-4)
    assert found.deviations.scorecard == pytest.approx(told["s"], abs=1e-4)
    assert found.deviations.residual == pytest.approx(told["residual"], abs=1e-4)
    assert found.candidate == pytest.approx(told["candidate"], abs=1e-4)


def oracle(ratings) -> dict:
    data = pd.DataFrame(
        {
            "y": ratings.rating,
            "c": ratings.candidate,
            "r": ratings.interviewer,
            "k": ratings.competency,
            "all": 1,
        }
    ).assign(s=lambda one: one.c * 1_000 + one.r)
    parts = {"c": "0 + C(c)", "r": "0 + C(r)", "s": "0 + C(s)"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = MixedLM.from_formula("y ~ C(k)", groups="all", vc_formula=parts, data=data).fit(
            reml=True, method=["lbfgs"], gtol=1e-8
        )
    effects = found.random_effects[1]
    return {
        **dict(zip(found.model.exog_vc.names, np.sqrt(found.vcomp), strict=True)),
        "residual": float(np.sqrt(found.scale)),
        "candidate": effects[[name for name in effects.index if name.startswith("c[")]].to_numpy(),
    }


@pytest.mark.parametrize("method", ["bayes", "reml"])
@pytest.mark.parametrize("name", ROUNDS)
def test_the_effects_of_all_candidates_have_the_mean_zero(name, method) -> None:
    assert fitted(name, method).candidate.mean() == pytest.approx(0, abs=1e-9)


def test_a_balanced_table_has_the_variances_of_its_mean_squares() -> None:
    """Shrout and Fleiss: mean squares 11.24 between targets, 32.49 between judges, 1.02 left over.

    Candidates (11.2417 − 1.0194) / 4 = 2.5556; interviewers (32.4861 − 1.0194) / 6 = 5.2444; rest 1.0194.
    """
    found = fitted("Shrout and Fleiss").deviations
    assert found.candidate**2 == pytest.approx(2.5556, abs=1e-3)
    assert found.interviewer**2 == pytest.approx(5.2444, abs=1e-3)
    assert found.residual**2 == pytest.approx(1.0194, abs=1e-3)
    assert found.scorecard is None


def test_a_stricter_interviewer_is_found_from_the_same_people() -> None:
    """Sam gives each of six candidates one less than Kim does: severities of ± a half before shrinking."""
    rows = [
        Row(f"c{n}", who, "", 3.0 + n % 2 + 0.1 * (n * place % 3) - place)
        for n in range(6)
        for place, who in enumerate(("kim", "sam"))
    ]
    found = fit(table(rows), "reml")
    kim, sam = found.interviewer
    assert kim == pytest.approx(-sam, abs=1e-9)
    assert -sam == pytest.approx(0.5, abs=0.1)


def test_the_likelihood_of_the_shortcut_is_that_of_the_whole_matrix() -> None:
    """Differences of log likelihoods between ratios agree to rounding."""
    ratings = ROUNDS["several ratings a scorecard"]
    sums, dense = sums_of(ratings, scorecards(ratings)), Model(ratings)
    here, there = (0.3, 1.2, 0.5), (1.1, 0.0, 0.02)
    shortcut = solution(sums, Ratios(*here)).log_likelihood - solution(sums, Ratios(*there)).log_likelihood
    whole = dense.log_likelihood(np.array(here)) - dense.log_likelihood(np.array(there))
    assert shortcut == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize("name", ["several ratings a scorecard", "one rating a scorecard", "two panels"])
def test_the_integral_is_that_of_a_fine_grid(name, monkeypatch) -> None:
    """40 × 40 × 24 points over the whole prior, without any narrowing."""
    found = fitted(name, "bayes")
    monkeypatch.setattr(severity, "POINTS", (40, 40, 24))
    monkeypatch.setattr(severity, "_narrowed", lambda box, grid, mass: box)
    fine = fitted(name, "bayes")
    assert found.candidate == pytest.approx(fine.candidate, abs=1e-3)
    assert found.deviations.candidate == pytest.approx(fine.deviations.candidate, abs=2e-3)
    assert found.deviations.residual == pytest.approx(fine.deviations.residual, abs=2e-3)
    assert severity_probability(found, 0.15) == pytest.approx(severity_probability(fine, 0.15), abs=0.02)


def test_strictness_is_likely_where_it_is_and_not_where_it_is_not() -> None:
    probability = [
        severity_probability(fit(simulated(30, 10, 5, severity=one, seed=2)), 0.15) for one in (0.0, 0.7)
    ]
    assert probability[0] < 0.5
    assert probability[1] > 0.99


def test_one_rating_for_each_scorecard_leaves_the_scorecard_out() -> None:
    assert fitted("one rating a scorecard", "bayes").deviations.scorecard is None


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [Row("a", "x", "k", 3.0)],
        [Row("a", "x", "k", 3.0), Row("b", "y", "l", 4.0)],
        [Row(c, r, "k", 3.0) for c in "abc" for r in "xyz"],
        [Row(c, r, k, float(len(k))) for c in "abc" for r in "xyz" for k in ("k", "kk")],
    ],
    ids=["none", "one", "as many as competencies", "all equal", "equal within a competency"],
)
@pytest.mark.parametrize("method", ["bayes", "reml"])
def test_there_is_no_model_where_nothing_is_left_to_judge_error_by(rows, method) -> None:
    assert fit(table(rows), method) is None
