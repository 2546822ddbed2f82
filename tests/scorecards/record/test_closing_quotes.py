"""The closing screen's look at notes tells the interviewer's words from the candidate's."""

from scorecards.record.closing import noted
from scorecards.record.model import CardContent

from ..small_round import draft, rating, record


def found(**values: object) -> list[str]:
    one = draft("ada").model_copy(update={"content": CardContent(ratings=(rating("DRF-01", **values),))})
    return [told.finding.word for told in noted(record(one).interviews[0], one)]


def test_an_opinion_among_the_words_noted_at_a_red_flag_is_the_candidates() -> None:
    assert found(red_flags=("b",), flag_quotes={"b": "The operator was stupid."}) == []


def test_a_protected_topic_among_the_words_noted_at_a_red_flag_is_told() -> None:
    assert found(red_flags=("b",), flag_quotes={"b": "I was pregnant then."}) == ["pregnant"]


def test_an_opinion_in_a_line_that_they_said_is_the_candidates_and_the_next_line_is_not() -> None:
    assert found(evidence="12:40 > It was a weak guess.\nWeak answer.") == ["Weak"]
