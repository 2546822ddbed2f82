"""What holds for the arithmetic whatever the scorecards say."""

from hypothesis import given
from hypothesis import strategies as st

from question_bank import Target
from scorecards.record.model import Scorecard
from scorecards.record.score import candidate_score, card_mean, one_decimal

from ..small_bank import plan_of
from ..small_round import card, record

QUESTIONS = ("DRF-01", "DRF-02", "SEC-01")
GIVEN = st.sampled_from([1, 2, 3, 4, "not_asked", "no_evidence", "skipped", None])
WEIGHTS = st.decimals(min_value=0, max_value=100, places=2).map(float)


@st.composite
def scorecards(draw: st.DrawFn) -> list[Scorecard]:
    """Up to six scorecards of three interviewers in two interviews of one candidate."""
    places = draw(st.sets(st.tuples(st.sampled_from("abc"), st.sampled_from(["first", "second"]))))
    return [
        card(f"i{who}", {key: draw(GIVEN) for key in QUESTIONS}, slot=slot) for who, slot in sorted(places)
    ]


@st.composite
def targets(draw: st.DrawFn) -> tuple[Target, Target]:
    return (
        Target(competency="drift", weight=draw(WEIGHTS), must_have=draw(st.booleans())),
        Target(competency="security", weight=draw(WEIGHTS)),
    )


@given(scorecards(), targets(), st.randoms())
def test_the_order_of_scorecards_changes_nothing(cards, weights, random) -> None:
    whole = record(*cards, targets=weights)
    mixed = list(whole.cards)
    random.shuffle(mixed)
    assert candidate_score(whole.model_copy(update={"cards": tuple(mixed)}), "zed") == candidate_score(
        whole, "zed"
    )


@given(scorecards(), targets(), st.randoms())
def test_the_order_of_ratings_changes_nothing(cards, weights, random) -> None:
    whole = record(*cards, targets=weights)
    mixed = [_mixed(one, random) for one in whole.cards]
    assert candidate_score(whole.model_copy(update={"cards": tuple(mixed)}), "zed") == candidate_score(
        whole, "zed"
    )


@given(scorecards(), targets(), st.sampled_from(["not_asked", "no_evidence", "skipped", None]))
def test_one_more_question_without_a_level_changes_nothing(cards, weights, state) -> None:
    fewer = record(*cards, targets=weights, plan=plan_of(*QUESTIONS))
    longer = [
        card(
            one.interviewer_id,
            {r.question_id: r.level or r.state for r in one.content.ratings} | {"SEC-02": state},
            slot=one.interview_id.partition("-")[2],
        )
        for one in cards
    ]
    more = record(*longer, targets=weights, plan=plan_of(*QUESTIONS, "SEC-02"))
    assert candidate_score(more, "zed") == candidate_score(fewer, "zed")


@given(scorecards(), targets())
def test_a_score_lies_between_one_and_four(cards, weights) -> None:
    found = candidate_score(record(*cards, targets=weights), "zed")
    every = [score.mean for score in found.competencies.values()]
    every += [] if found.overall is None else [found.overall]
    assert all(1 <= value <= 4 for value in every)


@given(scorecards(), targets())
def test_a_score_lies_between_its_lowest_and_highest_competency(cards, weights) -> None:
    found = candidate_score(record(*cards, targets=weights), "zed")
    if found.overall is not None:
        weighed = {target.competency for target in weights if target.weight}
        means = [score.mean for key, score in found.competencies.items() if key in weighed]
        assert min(means) <= found.overall <= max(means)


@given(scorecards(), targets())
def test_coverage_lies_between_nought_and_one(cards, weights) -> None:
    coverage = candidate_score(record(*cards, targets=weights), "zed").coverage
    assert coverage is None or 0 <= coverage <= 1


@given(scorecards(), targets())
def test_an_interviewer_alone_has_the_mean_of_their_scorecard(cards, weights) -> None:
    for one in cards[:1]:
        whole = record(one, targets=weights)
        assert candidate_score(whole, "zed").overall == card_mean(whole, one)


@given(st.fractions(min_value=1, max_value=4, max_denominator=10_000))
def test_one_decimal_is_never_more_than_half_a_tenth_away(value) -> None:
    shown = one_decimal(value)
    difference = shown.as_integer_ratio()[0] / shown.as_integer_ratio()[1] - float(value)
    assert abs(difference) <= 0.05 + 1e-9


def _mixed(one: Scorecard, random) -> Scorecard:
    ratings = list(one.content.ratings)
    random.shuffle(ratings)
    return one.model_copy(update={"content": one.content.model_copy(update={"ratings": tuple(ratings)})})


@given(scorecards(), targets())
def test_a_scorecard_more_never_widens_the_gaps(cards, weights) -> None:
    """Whatever it says, coverage does not fall and no must-have loses its score."""
    if not cards:
        return
    fewer = candidate_score(record(*cards[:-1], targets=weights), "zed")
    more = candidate_score(record(*cards, targets=weights), "zed")
    assert (more.coverage or 0) >= (fewer.coverage or 0)
    assert set(more.unscored_musts) <= set(fewer.unscored_musts)
