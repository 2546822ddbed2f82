"""What is said of a round, and what is refused with its reason."""

import json

import numpy as np
import pytest

from scorecards.comparison import Row, analyse, as_json, json_text, report, table

from .rounds import SHROUT_FLEISS, by_interviewer, rows_of, simulated, two_panels

KEYS = {
    "method", "n", "components", "sd", "candidates", "interviewers", "agreement", "pairs",
    "adjusted_leads", "assignment_warning", "refused",
}  # fmt: skip


def refused(found) -> str:
    return " ".join(f"{one.what}: {one.why}." for one in found.refused)


def test_the_json_has_the_keys_that_are_documented() -> None:
    found = as_json(analyse(simulated()))
    assert found.keys() == KEYS
    assert found["n"].keys() == {"candidates", "interviewers", "scorecards", "ratings"}
    assert found["sd"].keys() == {"candidate", "interviewer", "scorecard", "residual"}
    assert found["candidates"][0].keys() == {
        "candidate", "raw", "effect", "adjusted", "interval", "rank_interval", "group",
    }  # fmt: skip
    assert found["interviewers"][0].keys() == {"interviewer", "severity", "interval", "scorecards"}
    assert found["agreement"].keys() == {
        "alpha_nominal", "alpha_ordinal", "alpha_interval", "alpha_ratio", "exact", "adjacent", "icc",
    }  # fmt: skip


def test_the_correlations_have_their_names() -> None:
    found = as_json(analyse(by_interviewer(SHROUT_FLEISS)))["agreement"]["icc"]
    assert {name: round(one, 2) for name, one in found.items()} == {
        "ICC1": 0.17, "ICC2": 0.29, "ICC3": 0.71, "ICC1k": 0.44, "ICC2k": 0.62, "ICC3k": 0.91,
    }  # fmt: skip


def test_adjusted_is_the_effect_on_the_rating_scale() -> None:
    found = analyse(simulated())
    assert {round(one.adjusted - one.effect, 9) for one in found.candidates} == {round(found.level, 9)}
    assert all(one.interval[0] < one.adjusted < one.interval[1] for one in found.candidates)


def test_raw_is_the_mean_over_interviewers_then_competencies() -> None:
    """k: x 2, y 4 and 1 make (2 + 2.5) / 2 = 2.25; l: 4. Together 3.125; a plain mean of all would be 2.75."""
    rows = [("x", "k", 2), ("y", "k", 4), ("y", "k", 1), ("x", "l", 4)]
    found = analyse(table(Row("a", who, what, float(given)) for who, what, given in rows))
    assert found.candidates[0].raw == pytest.approx(3.125)


def test_somebody_strict_has_a_severity_above_zero() -> None:
    rows = [
        Row(row.candidate, row.interviewer, row.competency, row.rating - 2 * (row.interviewer == "i03"))
        for row in rows_of(simulated(20, 8, 4, severity=0.0))
    ]
    severity = {one.interviewer: one.severity for one in analyse(table(rows)).interviewers}
    assert severity["i03"] > 1
    assert max(severity, key=lambda who: severity[who]) == "i03"


def test_candidates_of_two_panels_are_never_set_against_each_other() -> None:
    found = analyse(two_panels())
    assert found.components == 2
    assert not found.adjusted_leads
    for a, others in found.pairs.items():
        assert {b[0] for b in others} == {a[0]}
    assert "different parts against each other: these share no interviewer" in refused(found)


def test_two_panels_have_a_first_group_each_and_ranks_of_their_own() -> None:
    found = analyse(two_panels()).candidates
    assert {one.candidate[0] for one in found if one.group == 1} == {"a", "b"}
    assert max(one.rank_interval[1] for one in found) <= 6


def test_with_one_interviewer_each_there_is_no_order() -> None:
    found = analyse(simulated(12, 4, 1))
    assert found.pairs == {}
    assert {one.group for one in found.candidates} == {None}
    assert "strictness and merit cannot be told apart" in refused(found)


def test_with_one_rating_a_scorecard_the_scorecard_is_left_out_and_that_is_said() -> None:
    found = analyse(simulated(asked=1))
    assert as_json(found)["sd"]["scorecard"] is None
    assert "no scorecard has two ratings" in refused(found)


def test_the_plain_means_lead_where_interviewers_are_alike() -> None:
    found = analyse(simulated(12, 10, 4, severity=0.0, seed=4))
    assert found.severity_probability < 0.8
    assert not found.adjusted_leads
    assert "the plain means lead" in report(found)


def test_the_adjusted_scores_lead_where_they_differ() -> None:
    found = analyse(simulated(12, 10, 4, severity=0.8, seed=4))
    assert found.adjusted_leads
    assert "the adjusted scores lead" in report(found)


def test_reml_leads_with_what_the_posterior_says_too() -> None:
    ratings = simulated(12, 10, 4, severity=0.8, seed=4)
    assert analyse(ratings, method="reml").severity_probability == analyse(ratings).severity_probability


def test_somebody_with_few_scorecards_is_not_called_strict() -> None:
    found = analyse(simulated(12, 10, 3, seed=5))
    few = [one for one in found.interviewers if one.scorecards < 5]
    assert few
    assert all("too few shared candidates" in one.refused for one in few)
    strict = report(found).partition("STRICTNESS")[2].partition("NOT SAID")[0]
    assert all(one.interviewer not in strict for one in few)


def test_an_index_on_few_units_is_not_to_be_relied_on() -> None:
    found = analyse(by_interviewer(SHROUT_FLEISS))
    assert "6 units with two ratings from 6 candidates; 10 and 5 are needed" in refused(found)
    assert "alpha" not in report(found).partition("NOT SAID")[0]


def test_a_thread_that_holds_the_round_together_is_named() -> None:
    rows = [Row(f"c{c}", f"i{r}", f"k{k}", float((c * r + k) % 4)) for c in range(8) for r in range(6) for k in range(2)
            if (c < 4) == (r < 3) or (c, r) == (0, 3)]  # fmt: skip
    found = analyse(table(rows))
    assert "without i3's scorecard on c0 the round falls apart there" in refused(found)


def test_a_candidate_without_any_rating_is_named() -> None:
    found = analyse(table(rows_of(simulated()), unrated=["zed"]))
    assert "a score for zed: there is no rating" in refused(found)


@pytest.mark.parametrize("method", ["bayes", "reml"])
@pytest.mark.parametrize(
    "rows",
    [
        [Row("a", "x", "", 3.0)],
        [Row("a", "x", "k", 3.0), Row("a", "x", "l", 2.0), Row("a", "x", "m", 2.0)],
        [Row("a", r, "k", float(n)) for n, r in enumerate("wxyz")],
        [Row(c, "x", "k", float(n)) for n, c in enumerate("abcd")],
        [Row(c, "x", k, float(n)) for n, c in enumerate("abcd") for k in "kl"],
        [Row(c, r, k, 3.0) for c in "abcde" for r in "wxyz" for k in "kl"],
        [Row(c, r, k, float(n)) for n, c in enumerate("abcde") for r in "wxyz" for k in "kl"],
        [Row(c, r, k, float(n)) for c in "abcde" for n, r in enumerate("wxyz") for k in "kl"],
        [Row(c, r, "", float(n)) for n, (c, r) in enumerate(("aw", "bx", "cy", "dz"))],
        [Row(c, r, k, 1e8 * (len(c) + n)) for n, c in enumerate("abcde") for r in "wxyz" for k in "kl"],
    ],
    ids=[
        "one rating", "one scorecard", "one candidate", "one interviewer", "one interviewer, two competencies",
        "all equal", "nothing but candidates", "nothing but strictness", "everybody met somebody else", "huge",
    ],
)  # fmt: skip
def test_a_round_too_small_or_too_plain_gives_numbers_or_reasons(rows, method) -> None:
    """No exception, no NaN, and a reason for every number that is not there."""
    found = analyse(table(rows), (0, 4), method)
    told = json.loads(json_text(found))
    assert report(found)
    if any(one["effect"] is None for one in told["candidates"]):
        assert any("adjusted scores" in one["what"] for one in told["refused"])
    assert told["refused"]


def test_the_report_says_groups_and_chances_and_never_a_place_alone() -> None:
    words = report(analyse(simulated(seed=3)))
    assert "cannot be told apart from the leader on this evidence" in words
    assert "place 1 to " in words
    assert "chances in 10" in words
    assert "%)" not in words.partition("WHERE THE SPREAD")[0]


def test_the_report_warns_and_shows_three_orders_where_the_strict_met_the_strong() -> None:
    from .test_design import confounded

    words = report(analyse(confounded("strict")))
    assert "Tougher interviewers tended to see stronger candidates" in words
    assert [name for name in ("raw:", "adjusted:", "fixed effects:") if name in words] == [
        "raw:", "adjusted:", "fixed effects:",
    ]  # fmt: skip


def test_pairs_are_rounded_and_complementary() -> None:
    pairs = analyse(simulated()).pairs
    for a, others in pairs.items():
        for b, p in others.items():
            assert p + pairs[b][a] == pytest.approx(1, abs=2e-6)


def test_the_same_ratings_give_the_same_text() -> None:
    assert json_text(analyse(simulated())) == json_text(analyse(simulated()))


def test_numbers_are_python_numbers() -> None:
    found = as_json(analyse(simulated()))
    assert not [
        one for one in found["candidates"] if any(isinstance(value, np.generic) for value in one.values())
    ]
