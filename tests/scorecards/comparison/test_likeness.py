"""Candidates of one round are compared like for like, and where they cannot be that is told."""

from fractions import Fraction

import pytest

from question_bank import InterviewPlan
from scorecards.comparison import likeness
from scorecards.comparison.likeness import LEAST_INTERVIEWERS, Likeness, unplaced
from scorecards.comparison.ratings import ratings_by_question, ratings_of
from scorecards.record.model import Moment, RoundRecord
from scorecards.record.score import candidate_score

from ..small_bank import plan_of
from ..small_round import BEGAN, card, draft, record
from .rounds import rows_of

THREE = ("ana", "ben", "cal")
ALL = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3}


def likenesses(whole: RoundRecord) -> dict[str, Likeness]:
    return likeness.likenesses(whole, {one.id: candidate_score(whole, one.id) for one in whole.candidates})


def round_of(*given: dict[str, int | str], plans: dict[str, InterviewPlan] | None = None) -> RoundRecord:
    """Three candidates, each rated so by ada; `plans` by candidate where not all four questions."""
    whole = record(
        *(card("ada", levels, candidate=who) for who, levels in zip(THREE, given, strict=True)),
        candidates=THREE,
    )
    changed = [
        one.model_copy(update={"plan": (plans or {}).get(one.candidate_id, one.plan)})
        for one in whole.interviews
    ]
    return whole.model_copy(update={"interviews": tuple(changed)})


def kinds(whole: RoundRecord, who: str) -> dict[str, list[str]]:
    found = likenesses(whole)[who].differences
    return {competency: [one.kind for one in several] for competency, several in found.items()}


def test_there_is_nothing_to_tell_where_all_were_asked_the_same() -> None:
    assert not any(kinds(round_of(ALL, ALL, ALL), who) for who in THREE)


def test_a_competency_without_a_level_is_told() -> None:
    """A question without an answer to judge counts as not rated."""
    whole = round_of({"DRF-01": 3, "DRF-02": 3, "SEC-01": "no_evidence"}, ALL, ALL)
    assert kinds(whole, "ana") == {"security": ["not_asked"]}
    assert kinds(whole, "ben") == {}


def test_another_question_than_most_had_is_told() -> None:
    whole = round_of({**ALL, "SEC-01": "not_asked", "SEC-02": 2}, ALL, ALL)
    assert kinds(whole, "ana") == {"security": ["other_question"]}


def test_a_variant_of_the_same_family_is_told_as_one() -> None:
    plan = plan_of()
    items = tuple(
        item.model_copy(update={"question": item.question.model_copy(update={"id": "SEC-09"})})
        if item.question.id == "SEC-01"
        else item
        for item in plan.items
    )
    variant = plan.model_copy(update={"items": items})
    whole = round_of({"DRF-01": 3, "DRF-02": 3, "SEC-09": 3}, ALL, ALL, plans={"ana": variant})
    assert kinds(whole, "ana") == {"security": ["other_variant"]}


def test_another_version_of_the_same_question_is_told() -> None:
    plan = plan_of()
    items = tuple(
        item.model_copy(update={"digest": "reworded"}) if item.question.id == "SEC-01" else item
        for item in plan.items
    )
    whole = round_of(ALL, ALL, ALL, plans={"ana": plan.model_copy(update={"items": items})})
    assert kinds(whole, "ana") == {"security": ["other_version"]}
    assert likenesses(whole)["ana"].common_questions == 2


def test_an_interview_that_was_held_in_another_way_than_most_is_told() -> None:
    plans = {who: plan_of().model_copy(update={"condition": "room"}) for who in ("ben", "cal")}
    plans["ana"] = plan_of().model_copy(update={"condition": "assisted"})
    whole = round_of(ALL, ALL, ALL, plans=plans)
    found = likenesses(whole)["ana"].differences
    assert {competency: [one.kind for one in several] for competency, several in found.items()} == {
        "drift": ["other_condition"],
        "security": ["other_condition"],
    }
    assert found["security"][0].words == (
        "Held: Remote, assistant allowed and screen shared; most were held: In the room."
    )
    assert kinds(whole, "ben") == {}


def test_much_less_time_than_the_others_had_is_told() -> None:
    """Planned minutes cut to a third of the others'."""
    plan = plan_of()
    items = tuple(
        item.model_copy(update={"minutes": item.minutes // 3}) if item.question.id == "SEC-01" else item
        for item in plan.items
    )
    whole = round_of(ALL, ALL, ALL, plans={"ana": plan.model_copy(update={"items": items})})
    assert kinds(whole, "ana") == {"security": ["less_time"]}


@pytest.mark.parametrize(("minutes", "told"), [(4, ["less_time"]), (8, [])])
def test_minutes_are_those_of_the_clock_where_it_ran(minutes, told) -> None:
    """The others had ten minutes each: four are less than 60 % of them, eight are not."""
    whole = round_of({"SEC-01": 3}, {"SEC-01": 3}, {"SEC-01": 3})
    ran = {"ana": minutes, "ben": 10, "cal": 10}
    cards = tuple(one.model_copy(update={"moments": clock(ran[one.candidate_id])}) for one in whole.cards)
    assert kinds(whole.model_copy(update={"cards": cards}), "ana") == ({"security": told} if told else {})


def clock(minutes: int) -> tuple[Moment, ...]:
    """SEC-01 was in hand for so long."""
    return (
        Moment(id="w-0", at=BEGAN, kind="begun"),
        Moment(id="w-1", at=BEGAN, kind="opened", question_id="SEC-01"),
        Moment(id="w-2", at=BEGAN.replace(minute=BEGAN.minute + minutes), kind="ended"),
    )


def test_the_common_score_rests_on_what_everybody_was_rated_on() -> None:
    """DRF-01 and SEC-01 are common. Ana has 4 and 2, so 3; with DRF-02 at 1 she has (2.5 + 2) / 2."""
    whole = round_of(
        {"DRF-01": 4, "DRF-02": 1, "SEC-01": 2}, {"DRF-01": 3, "SEC-01": 3}, {"DRF-01": 2, "SEC-01": 1}
    )
    found = likenesses(whole)
    assert found["ana"].common == 3
    assert candidate_score(whole, "ana").overall == Fraction(9, 4)
    assert (found["ana"].common_questions, found["cal"].common) == (2, Fraction(3, 2))


def test_somebody_not_yet_rated_does_not_empty_what_is_common() -> None:
    whole = record(
        card("ada", ALL, candidate="ana"), card("ada", ALL, candidate="ben"), draft("ada", ALL, candidate="cal"),
        candidates=THREE,
    )  # fmt: skip
    found = likenesses(whole)
    assert found["ana"].common_questions == 3
    assert (found["cal"].differences, found["cal"].common) == ({}, None)


def test_a_place_needs_two_interviewers() -> None:
    score = candidate_score(round_of(ALL, ALL, ALL), "ana")
    assert unplaced(score, LEAST_INTERVIEWERS) == []
    assert unplaced(score, 1) == ["1 interviewer, and 2 are needed"]


def test_a_place_needs_coverage_and_every_must() -> None:
    """Security alone is half of what counts, and drift is a must."""
    score = candidate_score(round_of({"SEC-01": 3}, ALL, ALL), "ana")
    assert unplaced(score, 2) == [
        "50 % of what counts was rated, and 80 % is needed",
        "no rating on drift, which every candidate must show",
    ]


def test_nobody_has_a_place_without_any_rating() -> None:
    score = candidate_score(round_of({"SEC-01": "not_asked"}, ALL, ALL), "ana")
    assert unplaced(score, 2)[0] == "nothing that has weight was rated"


def test_a_rounds_ratings_are_the_means_of_submitted_levels() -> None:
    """Ada gave 4 and 1 on drift: 2.5. Bo's scorecard is a draft, and states are no numbers."""
    whole = record(
        card("ada", {"DRF-01": 4, "DRF-02": 1, "SEC-01": "not_asked"}), draft("bo", {"DRF-01": 1}),
        card("cy", {"SEC-01": 2}, state="withdrawn"),
    )  # fmt: skip
    assert [tuple(row) for row in rows_of(ratings_of(whole))] == [("zed", "ada", "drift", 2.5)]
    assert [row.competency for row in rows_of(ratings_by_question(whole))] == ["DRF-01", "DRF-02"]


def test_two_interviews_by_one_interviewer_are_one_scorecard() -> None:
    whole = record(card("ada", {"DRF-01": 4}), card("ada", {"DRF-02": 1}, slot="second"))
    assert [tuple(row) for row in rows_of(ratings_of(whole))] == [("zed", "ada", "drift", 2.5)]


def test_a_candidate_without_a_submitted_scorecard_is_unrated() -> None:
    whole = record(card("ada", ALL, candidate="ana"), candidates=THREE)
    assert ratings_of(whole).unrated == ("ben", "cal")
