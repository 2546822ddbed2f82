"""Agreement comes out as published, and says what chance alone would give."""

import numpy as np
import pytest

from scorecards.comparison import Row, table
from scorecards.comparison.agreement import agreement, alpha, coincidences, squared_distance, units_of
from scorecards.comparison.icc import complete_table, icc, reliability, shares
from scorecards.comparison.model import Deviations
from scorecards.comparison.ratings import scorecards

from .rounds import KRIPPENDORFF, SHROUT_FLEISS, by_interviewer, simulated

PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
# The same to more digits, as three programmes have it.
EXACT = {"nominal": 0.743421, "ordinal": 0.815388, "interval": 0.849107, "ratio": 0.797403}
SIX_FORMS = (0.1657418, 0.2897638, 0.7148407, 0.4427971, 0.6200505, 0.9093155)


@pytest.mark.parametrize("metric", PUBLISHED)
def test_alpha_is_as_krippendorff_printed_it(metric) -> None:
    found = agreement(by_interviewer(KRIPPENDORFF)).alpha[metric]
    assert round(found, 3) == PUBLISHED[metric]
    assert found == pytest.approx(EXACT[metric], abs=1e-5)


def test_a_unit_with_one_rating_is_left_out() -> None:
    """The twelfth unit has one rating: 11 units, 40 of the 41 ratings."""
    units = units_of(by_interviewer(KRIPPENDORFF))
    assert (len(units.size), units.value.size) == (11, 40)


def test_the_six_correlations_are_as_shrout_and_fleiss_printed_them() -> None:
    ratings = by_interviewer(SHROUT_FLEISS)
    found = icc(complete_table(ratings, scorecards(ratings)))
    values = tuple(one.value for one in found)
    assert tuple(round(one, 2) for one in values) == (0.17, 0.29, 0.71, 0.44, 0.62, 0.91)
    assert values == pytest.approx(SIX_FORMS, abs=1e-6)


def test_their_intervals_are_those_of_other_programmes() -> None:
    ratings = by_interviewer(SHROUT_FLEISS)
    found = icc(complete_table(ratings, scorecards(ratings)))
    assert (found.icc2.low, found.icc2.high) == pytest.approx((0.0187865, 0.761084), abs=1e-5)
    assert (found.icc3.low, found.icc3.high) == pytest.approx((0.3424648, 0.945858), abs=1e-5)


@pytest.mark.parametrize("gap", ["a rating", "a scorecard"])
def test_there_are_no_correlations_of_a_table_with_gaps(gap) -> None:
    rows = [Row(c, r, k, float(len(c + r + k) % 3)) for c in "abcd" for r in "xyz" for k in "kl"]
    kept = rows[1:] if gap == "a rating" else rows[2:]
    ratings = table(kept)
    assert complete_table(ratings, scorecards(ratings)) is None


def test_equal_and_neighbouring_ratings_are_counted_over_pairs() -> None:
    """One unit with 1, 1, 2 has three pairs: one equal, all within a point. One with 1, 4 has one: neither.

    Equal 1 of 4, within a point 3 of 4.
    """
    rows = [
        Row("a", "x", "", 1),
        Row("a", "y", "", 1),
        Row("a", "z", "", 2),
        Row("b", "x", "", 1),
        Row("b", "y", "", 4),
    ]
    found = agreement(table(rows))
    assert (found.exact, found.adjacent) == (1 / 4, 3 / 4)


@pytest.mark.parametrize(
    ("shares", "exact", "adjacent"),
    [((1, 1, 1, 1), 0.25, 0.625), ((1, 4, 4, 1), 0.34, 0.82)],
    ids=["flat", "most in the middle"],
)
def test_chance_is_what_two_reach_who_rate_blindly(shares, exact, adjacent) -> None:
    """Flat: 4/16 equal, 10/16 within a point. 10/40/40/10: .01 + .16 + .16 + .01 and .34 + 2 (.04 + .16 + .04)."""
    rows = []
    for level, times in enumerate(shares, start=1):
        rows += [Row(f"c{level}{n}", who, "", float(level)) for n in range(times) for who in "xy"]
    found = agreement(table(rows))
    assert found.exact_by_chance == pytest.approx(exact)
    assert found.adjacent_by_chance == pytest.approx(adjacent)


def test_several_ratings_of_one_interviewer_in_a_unit_count_as_their_mean() -> None:
    """x gave 2 and 4, which is 3; y gave 3: equal."""
    rows = [
        Row("a", "x", "", 2),
        Row("a", "x", "", 4),
        Row("a", "y", "", 3),
        Row("b", "x", "", 1),
        Row("b", "y", "", 2),
    ]
    assert agreement(table(rows)).exact == 1 / 2


def test_full_agreement_is_one() -> None:
    rows = [Row(f"c{n}", who, "", float(n % 4)) for n in range(8) for who in "xyz"]
    assert set(agreement(table(rows)).alpha.values()) == {1.0}


def test_there_is_no_alpha_where_all_ratings_are_equal() -> None:
    rows = [Row(f"c{n}", who, "", 3.0) for n in range(8) for who in "xyz"]
    assert set(agreement(table(rows)).alpha.values()) == {None}


def test_there_is_no_index_where_nobody_was_rated_twice() -> None:
    found = agreement(table([Row("a", "x", "", 1), Row("b", "y", "", 2)]))
    assert (found.units, found.exact, found.adjacent) == (0, None, None)


def test_an_index_stands_with_ten_units_of_five_candidates() -> None:
    rows = [
        Row(f"c{n}", who, f"k{k}", float((n + k) % 4)) for n in range(5) for k in range(2) for who in "xy"
    ]
    assert agreement(table(rows)).enough
    assert not agreement(table(rows[:-1])).enough


def test_the_interval_of_alpha_holds_it() -> None:
    found = agreement(simulated(20, 8, 4, seed=3))
    low, high = found.ordinal_interval
    assert low < found.alpha["ordinal"] < high


def test_alpha_of_two_is_the_formula_written_out() -> None:
    """Nominal: 1 − (n − 1)·(pairs that differ) / (products of counts that differ).

    Units 1 1, 1 2, 2 2: n = 6; coincidences that differ 2; counts 3 and 3 give 2·9. 1 − 5·2/18.
    """
    rows = [
        Row(unit, who, "", float(value))
        for unit, pair in (("a", (1, 1)), ("b", (1, 2)), ("c", (2, 2)))
        for who, value in zip("xy", pair, strict=True)
    ]
    units = units_of(table(rows))
    assert alpha(coincidences(units), units.values, "nominal") == pytest.approx(1 - 10 / 18)


def test_the_ordinal_distance_counts_the_ratings_between() -> None:
    """Counts 2, 4, 6 of values 1, 2, 3: from 1 to 3 are 2 + 4 + 6 − (2 + 6)/2 = 8 ratings."""
    found = squared_distance(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), "ordinal")
    assert found[0, 2] == 64


def test_the_shares_of_spread_are_those_of_variances() -> None:
    """.5² + .5² + .1² + .7² = 1: 25 %, 25 %, 1 %, 49 %."""
    assert shares(Deviations(0.5, 0.5, 0.1, 0.7)) == pytest.approx((0.25, 0.25, 0.01, 0.49))


def test_the_reliability_of_a_mean_grows_with_its_interviewers() -> None:
    """Four interviewers with four ratings each: .25 / (.25 + (.25 + .09 + .36/4) / 4) = .25 / .3575."""
    rows = [Row(c, r, k, 1.0) for c in "ab" for r in "wxyz" for k in "klmn"]
    found = reliability(Deviations(0.5, 0.5, 0.3, 0.6), scorecards(table(rows)))
    assert found.raw == pytest.approx(0.25 / 0.3575)
    assert found.one == pytest.approx(0.25 / (0.25 + 0.25 + 0.09 + 0.09))
    # Without strictness: .25 / (.25 + .18 / 4).
    assert found.adjusted == pytest.approx(0.25 / 0.295)
