"""The closing screen's lists: what is open, thin, never given, and which words to look at."""

import pytest

from question_bank import InterviewPlan, Question
from scorecards.record.closing import closing_words, noted, thin, undecided, withheld
from scorecards.record.model import CLOSING_WORDS, CardContent, Interview, Rating, Scorecard, Verdict

from ..small_bank import BANK, TICKS, plan_of
from ..small_round import PLAN, draft, rating, record


def told(
    *ratings: Rating, verdict: Verdict | None = None, plan: InterviewPlan = PLAN
) -> tuple[Interview, Scorecard]:
    one = draft("ada").model_copy(
        update={"content": CardContent(ratings=ratings, verdict=verdict or Verdict())}
    )
    return record(one, plan=plan).interviews[0], one


def rich() -> InterviewPlan:
    """One question with two numbers, a reveal, a reveal of an exhibit, and material of every kind."""
    exhibit = {"columns": ["a"], "rows": [["1"]], "text_alternative": "One cell."}
    question = Question.model_validate(
        BANK.by_id["DRF-01"].model_dump()
        | {
            "numbers": [{"about": "Requests", "give": "9 a second"}, {"about": "Budget", "give": "none"}],
            "reveals": [
                {"if_asked": "what the log says", "show": "Nothing."},
                {"if_asked": "last month", "exhibit": "last-month"},
            ],
            "exhibits": [
                exhibit | {"id": "first-page", "title": "First page", "when": "start"},
                exhibit | {"id": "last-month", "title": "Last month", "when": "on_request"},
                exhibit | {"id": "raw-rows", "title": "Raw rows", "when": "on_request"},
                exhibit | {"id": "after-all", "title": "Afterwards", "when": "after_answer"},
            ],
        }
    )
    item = plan_of("DRF-01").items[0].model_copy(update={"question": question})
    return plan_of("DRF-01").model_copy(update={"items": (item,)})


def things(**values) -> list[tuple[str, ...]]:
    return [one.things for one in withheld(*told(rating("DRF-01", **values), plan=rich()))]


# Open


def test_a_question_without_a_level_and_a_state_is_open() -> None:
    found = undecided(*told(rating("DRF-01"), rating("DRF-02", "not_asked"), rating("SEC-01")))
    assert [(one.question_id, one.title, one.reasons) for one in found] == [
        ("SEC-02", "Two tenants, one index", ("no level and no state yet",))
    ]


def test_a_skip_without_its_reason_is_open() -> None:
    one = rating("DRF-01", None, state="skipped")
    assert undecided(*told(one))[0].reasons == ("skipped without a reason",)


# Thin


def test_a_level_that_lacks_something_is_thin_and_1_and_4_come_first() -> None:
    found = thin(
        *told(
            rating("DRF-01", 3, ticks=(), evidence=""),
            rating("SEC-01", 4, ticks=("a",), evidence="", override_reason="Heard it."),
            rating("SEC-02", 1, evidence=""),
        )
    )
    assert [(one.question_id, len(one.reasons)) for one in found] == [
        ("SEC-01", 1),
        ("SEC-02", 1),
        ("DRF-01", 1),
    ]


def test_what_is_complete_is_neither_open_nor_thin() -> None:
    whole = told(*(rating(key) for key in ("DRF-01", "DRF-02", "SEC-01", "SEC-02")))
    assert (undecided(*whole), thin(*whole)) == ([], [])


# Never given


def test_everything_on_request_that_was_not_given_is_told() -> None:
    assert things() == [
        (
            "Number: Requests",
            "Number: Budget",
            "If asked: what the log says",
            "If asked: last month",
            "Material: Raw rows",
        )
    ]


def test_what_was_given_is_not_told() -> None:
    assert things(given=("number-0", "reveal-0", "exhibit-raw-rows")) == [
        ("Number: Budget", "If asked: last month")
    ]


@pytest.mark.parametrize("how", ["reveal-1", "exhibit-last-month"])
def test_material_that_a_reveal_shows_is_given_either_way(how) -> None:
    assert "If asked: last month" not in things(given=(how,))[0]


def test_where_everything_was_given_the_question_is_not_told() -> None:
    given = ("number-0", "number-1", "reveal-0", "reveal-1", "exhibit-raw-rows")
    assert things(given=given) == []


@pytest.mark.parametrize("state", ["not_asked", "skipped", None])
def test_a_question_that_was_not_asked_withheld_nothing(state) -> None:
    one = rating("DRF-01", state)
    assert withheld(*told(one, plan=rich())) == []


# Words


def test_words_are_found_in_every_note_with_the_question_they_stand_at() -> None:
    found = noted(
        *told(
            rating("DRF-01", 4, ticks=TICKS[3], evidence="Very smart.", override_reason="Gut feeling."),
            rating("SEC-01", "skipped", skip_reason="other", skip_text="Nervous."),
            rating("SEC-02", red_flags=("b",), flag_quotes={"b": "pregnant, she said"}),
            verdict=Verdict(recommendation="no", reason="Not a fit.", contradiction="Too young."),
        )
    )
    assert [(one.question_id, one.finding.word) for one in found] == [
        ("DRF-01", "smart"),
        ("DRF-01", "Gut feeling"),
        ("SEC-01", "Nervous"),
        ("SEC-02", "pregnant"),
        (None, "Not a fit"),
        (None, "Too young"),
    ]


def test_the_place_of_a_word_is_in_the_text_it_comes_with() -> None:
    (one,) = noted(*told(rating("DRF-01", evidence="They say: smart.")))
    assert one.text[one.finding.place :] == "smart."


def test_names_are_looked_for_when_they_are_given() -> None:
    whole = told(rating("DRF-01", evidence="Zed named it."))
    assert noted(*whole) == []
    assert [one.finding.word for one in noted(*whole, ["Zed Example"])] == ["Zed"]


# Closing words


def test_a_round_without_words_of_its_own_closes_with_the_kits() -> None:
    assert closing_words(record().round) == CLOSING_WORDS
    assert closing_words(record(closing_words="  Thank you. ").round) == "Thank you."


def test_the_kits_closing_words_promise_no_answer_and_no_day() -> None:
    for promise in ("will hear", "will call", "get back", "within", "days", "week", "soon", "offer"):
        assert promise not in CLOSING_WORDS
