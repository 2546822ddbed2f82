"""Sentences about a round: right in number, and never firmer than what they rest on."""

from __future__ import annotations

import pytest

from interview_kit.screens.parts.picture import picture_data
from question_bank import Target
from scorecards.comparison import compare_round, firmness_words
from scorecards.comparison.weights import Move, Sensitivity, Threshold
from scorecards.comparison.words import again_words, ahead_words
from scorecards.documents import candidate_markdown
from scorecards.documents.comparison_rows import comparison_rows
from scorecards.record.model import RoundRecord

from ..small_bank import RUBRICS
from ..small_round import card, compared, record

NAMES = {"drift": "Drift", "security": "Security"}
ALL = {"DRF-01": 3, "DRF-02": 2, "SEC-01": 4, "SEC-02": 3}
LESS = {"DRF-01": 2, "DRF-02": 2, "SEC-01": 3, "SEC-02": 1}


def four(**changes: object) -> RoundRecord:
    """Four candidates; the first met one interviewer, the others two."""
    met = {"ana": ("ada",), "ben": ("ada", "bo"), "cal": ("bo", "cy"), "dan": ("ada", "cy")}
    cards = [
        card(who, LESS if who == "cy" else ALL, candidate=candidate)
        for candidate, several in met.items()
        for who in several
    ]
    return record(*cards, candidates=tuple(met), **changes)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.01, "hardly ever"),
        (0.1, "about once in 10 times"),
        (0.2, "about 2 times in 10"),
        (0.99, "nearly always"),
    ],
)
def test_how_often_the_same_person_would_come_first(chance: float, words: str) -> None:
    assert again_words(chance).endswith(f" {words}.")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.5, "Either of Ana and Bo may be ahead."),
        (0.56, "Ana is probably ahead of Bo: about 6 chances in 10."),
        (0.949, "Ana is probably ahead of Bo: about 9 chances in 10."),
        (0.951, "Ana is very likely ahead of Bo."),
        (0.049, "Bo is very likely ahead of Ana."),
    ],
)
def test_who_is_ahead(chance: float, words: str) -> None:
    assert ahead_words("Ana", "Bo", chance) == words


@pytest.mark.parametrize(
    ("stays", "words"),
    [(1.0, " all keep"), (0.996, "nearly all keep"), (0.5, "about 5 in 10 keep"), (0.02, "hardly any keep")],
)
def test_how_many_weights_keep_the_first(stays: float, words: str) -> None:
    assert words in firmness_words(Sensitivity("a", "b", 0.1, None, (), stays), {"a": "Ana", "b": "Bo"})[-1]


def test_the_least_weight_is_never_nothing_and_a_threshold_never_what_is_set() -> None:
    found = Sensitivity(
        "a",
        "b",
        0.001,
        Move(0.002, (("drift", "security", 0.002),)),
        (Threshold("drift", 0.5, 0.498), Threshold("security", 0.25, 0.4)),
        0.6,
    )
    told = " ".join(firmness_words(found, {**NAMES, "a": "Ana", "b": "Bo"}))
    assert "Moving less than 1% of the weight from Drift to Security would put Bo level." in told
    assert "unless Drift counts for a little less than the 50% set." in told
    assert "unless Security counts for more than 40% (set: 25%)." in told


def test_somebody_whom_one_interviewer_met_has_no_adjusted_score_anywhere() -> None:
    whole = four()
    found = compared(whole)
    assert found.standing("ana").unplaced
    assert found.standing("ana").result.adjusted is not None
    rows = {row["candidate_code"]: row for row in comparison_rows(found)}
    assert {rows["C-01"][key] for key in ("adjusted", "interval from", "interval to")} == {None}
    assert rows["C-02"]["adjusted"] is not None
    assert "adjusted" not in picture_data(whole, found, RUBRICS, "code")["rows"]["ana"]
    packets = {who: candidate_markdown(whole, who, found, RUBRICS).decode() for who in ("ana", "ben")}
    overall = {who: next(x for x in text.splitlines() if "| Overall |" in x) for who, text in packets.items()}
    assert {who: " to " in line for who, line in overall.items()} == {"ana": False, "ben": True}


def test_candidates_whose_names_begin_alike_are_told_apart() -> None:
    whole = four()
    alike = tuple(one.model_copy(update={"name": "A" * 60 + one.id}) for one in whole.candidates)
    found = compared(whole.model_copy(update={"candidates": alike}))
    assert len({one.label for one in found.standings}) == 4


def test_where_nothing_has_weight_that_is_the_reason() -> None:
    nothing = tuple(Target(competency=key, weight=0) for key in NAMES)
    told = [one.why for one in compared(four(targets=nothing)).refused]
    assert "nothing that was rated has weight" in told
    assert not any("are the same" in why for why in told)


def test_under_weights_tried_nobody_has_a_place_for_what_does_not_count_then() -> None:
    only = {"DRF-01": 3, "DRF-02": 2}
    whole = four()
    cards = tuple(
        card(one.interviewer_id, only, candidate="ben") if one.candidate_id == "ben" else one
        for one in whole.cards
    )
    equal = (Target(competency="drift", weight=9), Target(competency="security", weight=1))
    whole = four(targets=equal).model_copy(update={"cards": cards})
    assert not compare_round(whole, None, NAMES).standing("ben").unplaced
    tried = compare_round(whole, None, NAMES, {"drift": 1, "security": 1}).standing("ben")
    assert tried.unplaced == ("50 % of what counts was rated, and 80 % is needed",)


def test_one_other_candidate_has_a_rating() -> None:
    whole = record(
        card("ada", ALL, candidate="ana"),
        card("ada", {"DRF-01": 3, "DRF-02": 3}, candidate="ben"),
        candidates=("ana", "ben"),
    )
    told = compared(whole).standing("ben").likeness.differences["security"]
    assert [one.words for one in told] == ["No rating here; 1 other candidate has one."]
