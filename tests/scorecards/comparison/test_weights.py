"""How little would have to change in the weights for another candidate to lead."""

import numpy as np
import pytest

from scorecards.comparison import Row, analyse, table
from scorecards.comparison.model import fit
from scorecards.comparison.ratings import scorecards
from scorecards.comparison.weights import least_move, overall, sensitivity, share_kept, thresholds, weighted

from .rounds import rows_of, simulated

A = {"C1": 4.0, "C2": 3.0, "C3": 2.0}
B = {"C1": 3.0, "C2": 3.0, "C3": 4.0}
WEIGHTS = {"C1": 0.5, "C2": 0.3, "C3": 0.2}


def test_the_scores_are_the_weighted_means() -> None:
    """.5·4 + .3·3 + .2·2 = 3.3; .5·3 + .3·3 + .2·4 = 3.2."""
    assert overall(A, WEIGHTS) == pytest.approx(3.3)
    assert overall(B, WEIGHTS) == pytest.approx(3.2)


def test_the_least_move_takes_weight_from_where_the_leader_gains_most() -> None:
    """The margin is .1; from C1 (+1) to C3 (−2) each bit of weight takes 3: .1 / 3."""
    found = least_move(A, B, WEIGHTS)
    assert found.moved == pytest.approx(1 / 30)
    assert found.steps == (("C1", "C3", pytest.approx(1 / 30)),)


def test_a_single_weight_that_makes_both_level() -> None:
    """C1: .3·0 + .2·(−2) over .5 is −.8, and −.8 / (−.8 − 1) = 4/9. C3: .5/.8 = .625, and .625/2.625 = 5/21.

    C2, where both are equal, decides nothing until it is all that counts.
    """
    found = {one.competency: one.at for one in thresholds(A, B, WEIGHTS)}
    assert found == pytest.approx({"C1": 4 / 9, "C2": 1.0, "C3": 5 / 21})


def test_at_the_threshold_both_are_level() -> None:
    for one in thresholds(A, B, WEIGHTS):
        rest = 1 - WEIGHTS[one.competency]
        moved = {
            key: one.at if key == one.competency else weight * (1 - one.at) / rest
            for key, weight in WEIGHTS.items()
        }
        assert overall(A, moved) == pytest.approx(overall(B, moved))


def test_weight_that_runs_out_is_taken_from_the_next() -> None:
    """C1 has .1 and takes 3 a bit: .3 of the margin of .8·1 + .1·1 − .1·2 = .7; the .4 left at 3 a bit too."""
    a, b = {"C1": 4.0, "C2": 4.0, "C3": 1.0}, {"C1": 3.0, "C2": 3.0, "C3": 3.0}
    found = least_move(a, b, {"C1": 0.1, "C2": 0.8, "C3": 0.1})
    assert found.moved == pytest.approx(0.7 / 3)
    assert [step[0] for step in found.steps] == ["C1", "C2"]


def test_no_weights_put_somebody_first_who_is_behind_everywhere() -> None:
    assert least_move(A, {key: value - 0.5 for key, value in A.items()}, WEIGHTS) is None


def test_the_rival_is_whom_least_would_put_in_front() -> None:
    """C is further behind than B is, but half as far on C3 alone would do it."""
    found = sensitivity({"A": A, "B": B, "C": {"C1": 2.0, "C2": 2.0, "C3": 2.5}}, WEIGHTS)
    assert (found.leader, found.rival) == ("A", "B")
    assert found.margin == pytest.approx(0.1)


def test_only_what_everybody_was_rated_on_is_weighed() -> None:
    found = sensitivity({"A": {**A, "C4": 4.0}, "B": B}, {**WEIGHTS, "C4": 5.0})
    assert found.margin == pytest.approx(0.1)


@pytest.mark.parametrize(
    "scores", [{}, {"A": A}, {"A": A, "B": dict(A)}, {"A": {"C1": 1.0}, "B": {"C2": 2.0}}],
    ids=["nobody", "one", "two level", "nothing in common"],
)  # fmt: skip
def test_there_is_nothing_to_say_without_a_leader(scores) -> None:
    assert sensitivity(scores, WEIGHTS) is None


def test_a_leader_everywhere_stays_under_all_weights() -> None:
    assert share_kept([A, {key: value - 1 for key, value in A.items()}], WEIGHTS) == 1


def test_a_narrow_lead_is_lost_under_some_weights() -> None:
    assert 0.5 < share_kept([A, B], WEIGHTS) < 0.9


def test_equal_weights_change_next_to_nothing_where_all_scorecards_are_alike() -> None:
    """Everybody rated on the same three competencies: the weighted means are the plain ones."""
    rows = [
        Row(f"c{c}", f"i{r}", f"k{k}", float((c * 5 + r * 3 + k * k + c * r) % 4 + 1))
        for c in range(7)
        for r in range(5)
        for k in range(3)
    ]
    ratings = table(rows)
    plain = fit(ratings)
    found = weighted(plain, ratings, scorecards(ratings), {"k0": 1, "k1": 1, "k2": 1})
    assert found.candidate == pytest.approx(plain.candidate, abs=1e-6)
    assert found.level == pytest.approx(plain.level, abs=1e-6)


def test_a_competency_that_weighs_all_decides_alone() -> None:
    """c000 is far ahead on k0 alone; with all weight on k0 it leads, with none it does not."""
    ratings = table(
        Row(row.candidate, row.interviewer, row.competency, 5.0 if row.competency == "k0" else 1.0)
        if row.candidate == "c000"
        else row
        for row in rows_of(simulated(8, 6, 4, competencies=3, asked=3))
    )
    only = analyse(ratings, weights={"k0": 1.0, "k1": 0.0, "k2": 0.0})
    rest = analyse(ratings, weights={"k0": 0.0, "k1": 1.0, "k2": 1.0})
    assert np.argmax([one.effect for one in only.candidates]) == 0
    assert np.argmin([one.effect for one in rest.candidates]) == 0


def test_somebody_without_a_rating_that_counts_has_no_score() -> None:
    rows = [
        row
        for row in rows_of(simulated(8, 6, 4, competencies=3, asked=3))
        if (row.candidate, row.competency) != ("c000", "k0")
    ]
    found = analyse(table(rows), weights={"k0": 1.0}).candidates[0]
    assert (found.raw, found.effect, found.adjusted, found.group) == (None, None, None, None)
