"""Somebody not qualified on a competency: evidence is kept, levels stand apart, and are in no number."""

import io
from fractions import Fraction

import openpyxl
import pandas as pd
import pytest
from pydantic import ValidationError

from question_bank import Target
from scorecards.documents import (
    card_markdown,
    ratings_csv,
    read_round_bundle,
    round_bundle,
    round_markdown,
    round_xlsx,
)
from scorecards.record.model import Round, RoundRecord, Verdict
from scorecards.record.rules import contradictions, qualified, why_not_submit
from scorecards.record.score import Apart, CandidateScore, candidate_score, card_mean
from scorecards.record.setup import SetupFault, new_round, setup_faults, too_few_looks

from ..small_bank import BANK, RUBRICS
from ..small_round import EQUAL, WORDS, card, compared, draft, record

# Bo is not qualified on drift.
BO = {"bo": ("drift",)}
SENIOR = {"DRF-01": 3, "DRF-02": 3, "SEC-01": 3, "SEC-02": 3}


def score(*cards, marks=BO, **values) -> CandidateScore:
    return candidate_score(record(*cards, not_qualified=marks, **values), "zed")


# The value


def test_a_round_marks_nobody_unless_it_is_told() -> None:
    assert record().round.not_qualified == {}
    assert qualified(record().round, "bo", "drift")


def test_a_mark_is_for_one_person_and_one_competency() -> None:
    marked = record(not_qualified=BO).round
    assert [qualified(marked, who, what) for who in ("ada", "bo") for what in ("drift", "security")] == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({"max": ("drift",)}, "max is marked not qualified and is not on the panel"),
        ({"lea": ("drift",)}, "not on the panel"),
        ({"bo": ("cooking",)}, "'cooking' is marked and is no competency"),
    ],
)
def test_marks_are_for_the_panel_and_the_profiles_competencies(marks, words) -> None:
    with pytest.raises(ValidationError, match=words):
        record(not_qualified=marks)


def test_marks_are_kept_in_one_order_and_empty_ones_are_dropped() -> None:
    marked = record(not_qualified={"bo": ("security", "drift", "drift"), "ada": ("drift",), "cy": ()}).round
    assert list(marked.not_qualified.items()) == [("ada", ("drift",)), ("bo", ("drift", "security"))]


def test_a_round_stored_before_there_were_marks_can_still_be_read() -> None:
    told = record().round.model_dump(mode="json", exclude={"not_qualified", "closing_words", "events"})
    assert Round.model_validate(told) == record().round


def test_marks_survive_export_and_import() -> None:
    kept = record(card("bo", SENIOR), not_qualified=BO, closing_words="Goodbye.")
    assert read_round_bundle(round_bundle(kept)) == kept


# Scores


def test_a_level_by_somebody_not_qualified_is_in_no_score_and_stands_apart() -> None:
    found = score(card("ada", {"DRF-01": 4}), card("bo", {"DRF-01": 1, "DRF-02": 2}))
    # 4 / 1, not (4 + (1 + 2) / 2) / 2
    assert found.competencies["drift"].mean == 4
    assert found.competencies["drift"].by_interviewer.keys() == {"ada"}
    assert found.apart == (Apart("drift", "bo", Fraction(3, 2)),)


def test_the_same_persons_levels_elsewhere_count() -> None:
    found = score(card("bo", SENIOR))
    assert found.competencies.keys() == {"security"}
    # the weight of security over both: 1 / 2
    assert (found.overall, found.coverage) == (3, Fraction(1, 2))


def test_a_must_have_rated_only_by_somebody_not_qualified_is_incomplete() -> None:
    found = score(card("bo", SENIOR))
    assert found.incomplete
    assert found.unscored_musts == ("drift",)


def test_a_low_level_apart_misses_no_floor_and_a_high_one_meets_none() -> None:
    assert score(card("ada", {"DRF-01": 3}), card("bo", {"DRF-01": 1})).floors_not_met == ()
    assert score(card("ada", {"DRF-01": 2}), card("bo", {"DRF-01": 4})).floors_not_met == ("drift",)


def test_levels_apart_make_no_dispute() -> None:
    assert not score(card("ada", {"DRF-01": 4}), card("bo", {"DRF-01": 1})).competencies["drift"].disputed


def test_without_marks_nothing_stands_apart() -> None:
    assert score(card("ada", SENIOR), card("bo", SENIOR), marks={}).apart == ()


def test_a_states_of_somebody_not_qualified_stands_nowhere() -> None:
    assert score(card("bo", {"DRF-01": "no_evidence"})).apart == ()


def test_a_scorecards_mean_leaves_out_what_stands_apart() -> None:
    one = card("bo", {"DRF-01": 1, "SEC-01": 4})
    # 4 / 1, not (1 + 4) / 2
    assert card_mean(record(one, not_qualified=BO), one) == 4
    assert card_mean(record(one, not_qualified={"bo": ("drift", "security")}), one) is None


# Rules


def recommending(choice: str, levels: dict, marks: dict) -> list[str]:
    one = draft("bo", levels)
    one = one.model_copy(
        update={"content": one.content.model_copy(update={"verdict": Verdict(recommendation=choice)})}
    )
    return contradictions(record(one, not_qualified=marks), one)


def test_levels_that_stand_apart_contradict_no_recommendation() -> None:
    low = {"DRF-01": 1, "DRF-02": 1, "SEC-01": 3, "SEC-02": 3}
    # with drift: (1 + 3) / 2 = 2 contradicts a yes, and so does drift below its floor of 2.5; without: 3
    assert len(recommending("yes", low, {})) == 2
    assert recommending("yes", low, BO) == []


def test_levels_that_count_still_contradict() -> None:
    assert len(recommending("no", {"DRF-01": 1, "SEC-01": 4}, BO)) == 1


def test_somebody_not_qualified_still_gives_a_level_or_a_state_with_evidence() -> None:
    one = draft("bo", {key: 3 for key in SENIOR if key != "DRF-01"}, choice="yes")
    assert why_not_submit(record(one, not_qualified=BO), one) == [
        "Labels come late: no level and no state yet"
    ]


# Setting up


def small(marks: dict, panel=("ada", "bo"), **values) -> Round:
    round_ = new_round("r1", "Senior engineer", "lea", BANK, "small", ["small-loop"], panel, **values)
    return Round.model_validate(round_.model_dump() | {"not_qualified": marks})


def test_somebody_not_qualified_is_no_look_at_a_must_have() -> None:
    assert too_few_looks(small({})) == ()
    assert too_few_looks(small(BO)) == ("drift",)


def test_a_round_in_which_somebody_qualified_looks_has_no_fault() -> None:
    assert setup_faults(small(BO), {}) == []


def test_a_must_have_asked_only_by_people_not_qualified_is_a_fault_with_their_names() -> None:
    found = setup_faults(small({"bo": ("drift",), "ada": ("drift",)}), {"ada": "Ada", "bo": "Bo"})
    assert found == [SetupFault("drift", "it is asked only by people marked not qualified on it: Ada, Bo")]


def test_a_must_have_without_an_interviewer_or_an_interview_is_a_fault_too() -> None:
    assert setup_faults(small({}, panel=()), {}) == [
        SetupFault("drift", "the interviews that ask about it have no interviewer yet")
    ]
    targets = (Target(competency="operations", must_have=True),)
    assert setup_faults(small({}, targets=targets), {}) == [
        SetupFault("operations", "no interview of the round asks about it")
    ]


def test_what_is_no_must_have_is_no_fault() -> None:
    targets = (Target(competency="drift"), Target(competency="security"))
    assert setup_faults(small({"bo": ("drift",), "ada": ("drift",)}, targets=targets), {}) == []


# Exports


@pytest.fixture
def two() -> RoundRecord:
    """Ada gives drift 4 and security 3; Bo drift 1, which stands apart, and nothing on security."""
    return record(
        card("ada", {"DRF-01": 4, "SEC-01": 3}),
        card("bo", {"DRF-01": 1, "SEC-01": "not_asked"}),
        not_qualified=BO,
        targets=EQUAL,
    )


def test_the_csv_says_of_every_level_whether_it_counts(two) -> None:
    frame = pd.read_csv(io.BytesIO(ratings_csv(two)))
    told = {(row.interviewer, row.question_id): row.counts for row in frame.itertuples()}
    assert told[("Ada", "DRF-01")] == "yes"
    assert told[("Bo", "DRF-01")] == "no: not qualified"
    assert told[("Bo", "SEC-01")] == told[("Ada", "DRF-02")] == "no: no level"
    assert frame.level.notna().sum() == 3


def test_the_workbook_shows_what_stands_apart_and_who_is_marked(two) -> None:
    book = openpyxl.load_workbook(io.BytesIO(round_xlsx(two, RUBRICS, compared(two))))
    heads = [cell.value for cell in book["Summary"][1]]
    row = dict(zip(heads, [cell.value for cell in book["Summary"][2]], strict=True))
    drift = RUBRICS.by_id["drift"].name
    assert row["apart, not qualified"] == f"{drift}: Bo 1.0"
    assert (row[drift], row[f"{drift} (interviewers)"]) == (4, 1)
    method = {what.value: value.value for what, value in book["Method"].iter_rows(max_col=2)}
    assert method["Not qualified: Bo"] == f"{drift}: levels stand apart."
    evidence = {cells[4].value + cells[3].value: cells[6].value for cells in book["Evidence"].iter_rows()}
    assert evidence["BoLabels come late"] == "no: not qualified"


def test_the_markdown_of_a_round_marks_the_cell_and_tells_below(two) -> None:
    text = round_markdown(two, compared(two), RUBRICS).decode()
    assert "| 4.0 × 1 † |" in text
    assert f"† C\\-01, not qualified, in no score: {RUBRICS.by_id['drift'].name}: Bo 1.0." in text


def test_the_markdown_of_a_scorecard_keeps_the_words_and_says_apart(two) -> None:
    text = card_markdown(two, two.cards[1], RUBRICS).decode()
    assert "**1 Not shown**; Apart: not qualified, in no score" in text
    assert "| 1 | 1 (apart) | Apart: not qualified |" in text
    assert "- Mean of levels: –" in text
    assert WORDS in text


def test_without_marks_no_export_speaks_of_them() -> None:
    plain = record(card("ada", SENIOR))
    assert "qualified" not in round_markdown(plain, compared(plain), RUBRICS).decode()
