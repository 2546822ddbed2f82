"""The round hangs together or it does not; where it hangs by a thread, the thread is named."""

import pytest

from scorecards.comparison import Row, table
from scorecards.comparison.assignment import assignment
from scorecards.comparison.design import components, fragile, unsupported
from scorecards.comparison.model import fit
from scorecards.comparison.ratings import scorecards

from .rounds import simulated, two_panels


def met(*pairs: str):
    """Ratings from words such as `a1`: candidate a met interviewer 1."""
    return table(Row(pair[0], pair[1], "", float(ord(pair[0]) % 3)) for pair in pairs)


def links(ratings) -> list[tuple[str, list[str]]]:
    """Who holds the round together, and the smallest side."""
    found = fragile(ratings, scorecards(ratings))
    return [
        (
            ("" if one.candidate is None else ratings.candidates[one.candidate])
            + ("" if one.interviewer is None else ratings.interviewers[one.interviewer]),
            [ratings.candidates[n] for n in one.sides[0]],
        )
        for one in found
    ]


def test_two_panels_are_two_parts() -> None:
    found = components(two_panels(), scorecards(two_panels()))
    assert found.number == 2
    assert found.candidate.tolist() == [0] * 6 + [1] * 6
    assert found.interviewer.tolist() == [0] * 3 + [1] * 3


def test_people_who_share_somebody_by_way_of_others_are_one_part() -> None:
    ratings = met("a1", "b1", "b2", "c2", "c3", "d3")
    assert components(ratings, scorecards(ratings)).number == 1


def test_a_single_scorecard_between_two_parts_is_named() -> None:
    """c's scorecard by 2 is all that joins a, b, c with d, e."""
    ratings = met("a1", "b1", "a3", "b3", "c1", "c3", "c2", "d2", "e2", "d4", "e4")
    assert ("c2", ["d", "e"]) in links(ratings)


def test_an_interviewer_without_whom_the_round_falls_apart_is_named() -> None:
    ratings = met("a1", "b1", "a2", "b2", "c2", "d2", "c3", "d3")
    assert links(ratings) == [("2", ["a", "b"])]


def test_a_candidate_without_whom_the_round_falls_apart_is_named() -> None:
    ratings = met("a1", "b1", "a2", "b2", "c2", "c1", "c3", "c4", "d3", "d4", "e3", "e4")
    assert links(ratings) == [("c", ["a", "b"])]


def test_two_independent_links_are_not_fragile() -> None:
    ratings = met("a1", "b1", "a2", "b2", "c2", "c3", "d3", "d4", "c4", "a4", "b3")
    assert links(ratings) == []


def test_somebody_whom_one_person_met_does_not_make_a_round_fragile() -> None:
    ratings = met("a1", "a2", "b1", "b2", "c1", "c2", "d1")
    assert links(ratings) == []


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        (two_panels(), "2 parts"),
        (simulated(12, 3, 3), "there are 3 interviewers, and 4 are needed"),
        (simulated(4, 6, 4), "there are 4 candidates, and 5 are needed"),
        (simulated(5, 4, 2), "there are 10 scorecards, and 12 are needed"),
        (simulated(12, 10, 1), "0% of the candidates met two interviewers"),
    ],
    ids=["parts", "interviewers", "candidates", "scorecards", "shared"],
)
def test_an_adjustment_that_is_not_supported_says_what_is_lacking(ratings, words) -> None:
    cards = scorecards(ratings)
    assert any(words in one.why for one in unsupported(ratings, cards, components(ratings, cards)))


def test_a_usual_round_supports_an_adjustment() -> None:
    ratings = simulated(12, 10, 4)
    cards = scorecards(ratings)
    assert unsupported(ratings, cards, components(ratings, cards)) == []


def confounded(strong: str):
    """Six strict and six lenient interviewers, twelve candidates half of them strong; 9 of 10 scorecards as asked.

    With `strict` the strong met the strict; otherwise strong and weak are spread over all.
    """
    rows = []
    for c in range(12):
        for r in range(12):
            same = (c % 2 == r % 2) if strong == "strict" else ((c // 2 + r) % 2 == 0)
            if same or (c + r) % 11 == 0:
                merit, severity = 0.5 if c % 2 else -0.5, 0.6 if r % 2 else -0.6
                noise = 0.2 * ((c * 7 + r * 3) % 5 - 2)
                rows.append(Row(f"c{c:02d}", f"i{r:02d}", "", 3 + merit - severity + noise))
    return table(rows)


def test_a_warning_where_the_strict_met_the_strong() -> None:
    assert assignment(fit(confounded("strict"))).warning


def test_no_warning_where_everybody_met_everybody_alike() -> None:
    assert not assignment(fit(confounded("evenly"))).warning


def test_the_check_needs_six_interviewers() -> None:
    assert assignment(fit(simulated(12, 5, 3))).correlation is None
