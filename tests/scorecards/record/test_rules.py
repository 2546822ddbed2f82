"""Who may do what with a scorecard: every reason, and none where there is none."""

import pytest

from question_bank import Target
from scorecards.record.model import Scorecard, Verdict
from scorecards.record.proposal import helped_signals, proposed_level
from scorecards.record.rules import (
    MIN_EVIDENCE,
    contradictions,
    what_is_missing_in,
    what_is_missing_in_evidence,
    why_not_amend,
    why_not_recommend,
    why_not_submit,
)

from ..small_bank import TICKS
from ..small_round import WORDS, card, draft, rating, record

ALL_SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}
INTERVIEW = record(draft("ada")).interviews[0]
ENOUGH = "x" * MIN_EVIDENCE


def finished(**values) -> Scorecard:
    """A draft that lacks nothing."""
    return draft("ada", ALL_SENIOR, choice="yes", **values)


def recommending(choice: str | None, levels: dict = ALL_SENIOR, **words: str) -> Scorecard:
    one = draft("ada", levels)
    verdict = Verdict(recommendation=choice, **words)
    return one.model_copy(update={"content": one.content.model_copy(update={"verdict": verdict})})


# Submitting


def test_a_finished_draft_may_be_submitted() -> None:
    one = finished()
    assert why_not_submit(record(one), one) == []


@pytest.mark.parametrize("state", ["submitted", "withdrawn"])
def test_what_is_no_draft_is_not_submitted_again(state) -> None:
    one = card("ada", ALL_SENIOR, state=state)
    assert why_not_submit(record(one), one) == [f"This scorecard is already {state}."]


def test_a_dismissed_interview_owes_no_scorecard() -> None:
    one = finished()
    assert why_not_submit(record(one, dismissed=["zed-first"]), one) == [
        "This interview was dismissed; no scorecard is owed."
    ]


def test_every_question_without_level_and_state_is_named() -> None:
    one = draft("ada", {"DRF-01": 3, "SEC-02": "not_asked"}, choice="yes")
    assert why_not_submit(record(one), one) == [
        "One slice is worse: no level and no state yet",
        "The agent obeys: no level and no state yet",
    ]


def test_a_scorecard_without_recommendation_is_not_submitted() -> None:
    one = recommending(None)
    assert why_not_submit(record(one), one) == ["No recommendation yet."]


@pytest.mark.parametrize("choice", ["strong_no", "no", "yes", "strong_yes"])
def test_a_recommendation_that_fits_the_levels_needs_no_words(choice) -> None:
    # (2 + 3 + 2 + 3) / 4 = 2.5 contradicts nothing, and the must-have drift has (2 + 3) / 2 = its floor
    one = recommending(choice, {"DRF-01": 2, "DRF-02": 3, "SEC-01": 2, "SEC-02": 3})
    assert why_not_submit(record(one), one) == []


@pytest.mark.parametrize(("reason", "left"), [("", 1), ("  \n", 1), ("The line broke.", 0)])
def test_no_decision_needs_a_reason(reason, left) -> None:
    one = recommending("no_decision", reason=reason)
    assert why_not_submit(record(one), one) == ["No decision: say why."][:left]


@pytest.mark.parametrize(("words", "left"), [("", 1), ("  ", 1), ("Could not explain a single number.", 0)])
def test_a_contradiction_asks_for_one_sentence_and_forbids_nothing(words, left) -> None:
    one = recommending("no", contradiction=words)
    reasons = ["Recommendation and levels contradict each other: explain in one sentence."]
    assert why_not_submit(record(one), one) == reasons[:left]


# Recommending


def test_a_recommendation_waits_until_every_question_has_a_level_or_a_state() -> None:
    one = draft("ada", {"DRF-01": 3, "DRF-02": None, "SEC-01": "skipped"})
    assert why_not_recommend(INTERVIEW, one) == [
        "One slice is worse: no level and no state yet",
        "Two tenants, one index: no level and no state yet",
    ]


def test_states_are_enough_for_a_recommendation() -> None:
    one = draft("ada", dict.fromkeys(ALL_SENIOR, "not_asked"))
    assert why_not_recommend(INTERVIEW, one) == []


# Contradictions

AGAINST = "The levels given are Senior or above on average, and the recommendation is against."
FAVOUR = "The levels given are Partial or below on average, and the recommendation is in favour."
FLOOR = (
    "The recommendation is in favour, and the must-have Drift and quality in production is below its floor."
)


def found(choice: str | None, drift: tuple, security: tuple, **values) -> list[str]:
    keys = ("DRF-01", "DRF-02", "SEC-01", "SEC-02")
    one = recommending(choice, dict(zip(keys, drift + security, strict=True)))
    return contradictions(record(one, **values), one)


@pytest.mark.parametrize("choice", ["no", "strong_no"])
def test_a_mean_of_three_contradicts_a_no(choice) -> None:
    # ((3 + 3) / 2 + (3 + 3) / 2) / 2 = 3
    assert found(choice, (3, 3), (3, 3)) == [AGAINST]


@pytest.mark.parametrize("choice", ["no", "strong_no"])
def test_a_mean_just_below_three_does_not_contradict_a_no(choice) -> None:
    # ((3 + 3) / 2 + (2 + 3) / 2) / 2 = 2.75
    assert found(choice, (3, 3), (2, 3)) == []


@pytest.mark.parametrize("choice", ["yes", "strong_yes"])
def test_a_mean_of_two_contradicts_a_yes(choice) -> None:
    # ((3 + 2) / 2 + (1 + 2) / 2) / 2 = 2; drift (3 + 2) / 2 meets its floor of 2.5
    assert found(choice, (3, 2), (1, 2)) == [FAVOUR]


@pytest.mark.parametrize("choice", ["yes", "strong_yes"])
def test_a_mean_just_above_two_does_not_contradict_a_yes(choice) -> None:
    # ((3 + 2) / 2 + (2 + 2) / 2) / 2 = 2.25
    assert found(choice, (3, 2), (2, 2)) == []


@pytest.mark.parametrize("choice", ["yes", "strong_yes"])
def test_a_must_have_below_its_floor_contradicts_a_yes(choice) -> None:
    # drift (2 + 2) / 2 < 2.5; mean (2 + 4) / 2 = 3
    assert found(choice, (2, 2), (4, 4)) == [FLOOR]


def test_a_low_mean_and_a_floor_are_two_contradictions() -> None:
    assert found("yes", (2, 2), (2, 2)) == [FAVOUR, FLOOR]


@pytest.mark.parametrize("choice", ["no", "strong_no"])
def test_a_floor_that_is_not_met_does_not_contradict_a_no(choice) -> None:
    assert found(choice, (2, 2), (3, 3)) == []


def test_a_competency_that_is_no_must_have_has_no_floor() -> None:
    assert found("yes", (4, 4), (1, 1)) == []


def test_a_must_have_without_a_level_contradicts_nothing() -> None:
    assert found("yes", ("not_asked", "not_asked"), (3, 3)) == []


@pytest.mark.parametrize("choice", [None, "no_decision"])
def test_nothing_contradicts_no_decision(choice) -> None:
    assert found(choice, (4, 4), (4, 4)) == []


@pytest.mark.parametrize("choice", ["strong_no", "strong_yes"])
def test_nothing_contradicts_a_scorecard_without_levels(choice) -> None:
    assert found(choice, ("not_asked", "skipped"), ("no_evidence", None)) == []


def test_contradictions_weigh_as_the_round_does() -> None:
    uneven = (Target(competency="drift", weight=3), Target(competency="security", weight=1))
    # (3 · 4 + 1 · 1) / 4 = 3.25; with equal weights (4 + 1) / 2 = 2.5 would contradict nothing
    assert found("no", (4, 4), (1, 1), targets=uneven) == [AGAINST]


# Evidence


@pytest.mark.parametrize("level", [1, 4])
@pytest.mark.parametrize(
    "behind",
    [
        {"evidence": ENOUGH},
        {"evidence": f"12:40 > {ENOUGH}"},
        {"red_flags": ("b",), "flag_quotes": {"b": ENOUGH}},
        {"ticks": ("a", "b")},
        {"ticks": ("a",), "red_flags": ("b",)},
    ],
)
def test_levels_1_and_4_stand_on_twenty_characters_or_two_ticks(level, behind) -> None:
    assert what_is_missing_in_evidence(rating("DRF-01", None, level=level, **behind)) is None


@pytest.mark.parametrize("level", [1, 4])
@pytest.mark.parametrize(
    "behind",
    [
        {},
        {"evidence": ENOUGH[1:]},
        {"evidence": ENOUGH[1:] + "  \n"},
        {"evidence": f"12:40 > {ENOUGH[1:]}"},
        {"evidence": "12:40 >\n13:05 >\n14:10 >\n15:00"},
        {"red_flags": ("b",), "flag_quotes": {"b": ENOUGH[1:]}},
        {"ticks": ("a",)},
        {"red_flags": ("a",)},
        {"ticks": ("a",), "evidence": ENOUGH[1:]},
    ],
)
def test_levels_1_and_4_need_more_than_one_tick_or_nineteen_characters(level, behind) -> None:
    missing = what_is_missing_in_evidence(rating("DRF-01", None, level=level, **behind))
    assert missing == f"level {level} needs 20 characters of evidence or two ticks"


@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("behind", [{"evidence": "x"}, {"ticks": ("a",)}, {"red_flags": ("a",)}])
def test_levels_2_and_3_stand_on_a_word_or_a_tick(level, behind) -> None:
    assert what_is_missing_in_evidence(rating("DRF-01", None, level=level, **behind)) is None


@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("evidence", ["", "   \n\t"])
def test_levels_2_and_3_need_something(level, evidence) -> None:
    missing = what_is_missing_in_evidence(rating("DRF-01", None, level=level, evidence=evidence))
    assert missing == f"level {level} needs a word of evidence or a tick"


@pytest.mark.parametrize("state", ["not_asked", "no_evidence", "skipped", None])
def test_what_has_no_level_needs_no_evidence(state) -> None:
    assert what_is_missing_in_evidence(rating("DRF-01", state)) is None


# Skipping


def test_a_skipped_question_needs_a_reason() -> None:
    one = rating("DRF-01", None, state="skipped")
    assert what_is_missing_in(INTERVIEW, one) == ["skipped without a reason"]


@pytest.mark.parametrize("reason", ["time", "covered_elsewhere", "candidate_declined", "technical"])
def test_a_named_reason_for_skipping_is_enough(reason) -> None:
    assert what_is_missing_in(INTERVIEW, rating("DRF-01", "skipped", skip_reason=reason)) == []


@pytest.mark.parametrize(("text", "left"), [("", 1), (" ", 1), ("Fire drill.", 0)])
def test_another_reason_for_skipping_is_told_in_words(text, left) -> None:
    one = rating("DRF-01", "skipped", skip_reason="other", skip_text=text)
    assert what_is_missing_in(INTERVIEW, one) == ["skipped for another reason: say which"][:left]


# Overriding


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_proposed_level_needs_no_reason(level) -> None:
    assert proposed_level(INTERVIEW, rating("DRF-01", level)) == level
    assert what_is_missing_in(INTERVIEW, rating("DRF-01", level)) == []


@pytest.mark.parametrize(("why", "left"), [("", 1), ("  ", 1), ("The number was wrong.", 0)])
def test_a_level_other_than_the_one_proposed_needs_a_reason(why, left) -> None:
    one = rating("DRF-01", 4, ticks=TICKS[3], override_reason=why)
    assert what_is_missing_in(INTERVIEW, one) == ["level 4 chosen where the ticks propose 3: say why"][:left]


def test_without_a_tick_nothing_is_proposed_and_words_are_enough() -> None:
    assert what_is_missing_in(INTERVIEW, rating("DRF-01", 3, ticks=(), evidence=WORDS)) == []


def test_a_red_flag_alone_proposes_a_level() -> None:
    one = rating("DRF-01", 3, ticks=(), red_flags=("a",))
    assert what_is_missing_in(INTERVIEW, one) == ["level 3 chosen where the ticks propose 1: say why"]


def test_a_red_flag_caps_what_is_proposed() -> None:
    assert proposed_level(INTERVIEW, rating("DRF-01", 3, red_flags=("a",))) == 2


def test_help_that_nearly_gives_it_away_takes_the_signal_out_of_the_musts() -> None:
    helped = rating("DRF-01", 3, probes=(1,))
    assert helped_signals(INTERVIEW.plan.question("DRF-01"), helped) == {"b"}
    assert proposed_level(INTERVIEW, helped) == 2


@pytest.mark.parametrize("probes", [(), (0,), (99,)])
def test_a_neutral_probe_or_one_that_is_gone_lowers_nothing(probes) -> None:
    assert proposed_level(INTERVIEW, rating("DRF-01", 3, probes=probes)) == 3


def test_evidence_and_override_can_both_be_missing() -> None:
    one = rating("DRF-01", 4, ticks=("a",), evidence="")
    assert what_is_missing_in(INTERVIEW, one) == [
        "level 4 needs 20 characters of evidence or two ticks",
        "level 4 chosen where the ticks propose 2: say why",
    ]


# Amending


def test_the_author_may_amend_a_submitted_scorecard_with_a_reason() -> None:
    assert why_not_amend(card("ada", ALL_SENIOR), "ada", "Misheard.") == []


def test_nobody_else_may_amend() -> None:
    assert why_not_amend(card("ada", ALL_SENIOR), "lea", "Misheard.") == [
        "Only its author may amend a scorecard."
    ]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_only_a_submitted_scorecard_is_amended(state) -> None:
    assert why_not_amend(card("ada", ALL_SENIOR, state=state), "ada", "Misheard.") == [
        f"A {state} scorecard is not amended."
    ]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_amendment_needs_a_reason(reason) -> None:
    assert why_not_amend(card("ada", ALL_SENIOR), "ada", reason) == ["An amendment needs a reason."]
