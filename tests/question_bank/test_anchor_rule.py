"""From ticks to a proposed level: the promises of the rule, on every question of the bank."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank import BANK, Question, load_bank, propose_level
from rubrics.files import content_files, read_model

QUESTIONS = [read_model(path, BANK, Question) for path in content_files(BANK / "questions")]
CAPS = {"cap_1": 1, "cap_2": 2, "note": 4}


def every_subset(ids):
    return [frozenset(chosen) for size in range(len(ids) + 1) for chosen in combinations(ids, size)]


def signal_ids(question):
    return [signal.id for signal in question.signals]


def level(question, ticks, helped=(), red_flags=()):
    return propose_level(question, ticks, helped, red_flags).level


@pytest.fixture(params=QUESTIONS, ids=lambda question: question.id)
def question(request):
    return request.param


@pytest.fixture
def levels(question):
    """The level of every pattern of ticks, nothing helped and no red flag: 2^9 patterns at most."""
    return {ticks: level(question, ticks) for ticks in every_subset(signal_ids(question))}


def test_one_more_tick_never_lowers_the_level(question, levels) -> None:
    fallen = [
        (sorted(ticks), more)
        for ticks, before in levels.items()
        for more in signal_ids(question)
        if levels[ticks | {more}] < before
    ]
    assert fallen == []


def test_signals_of_level_4_alone_lift_nothing(question, levels) -> None:
    beyond = {signal.id for signal in question.signals if signal.level == 4}
    lifted = [sorted(ticks) for ticks, got in levels.items() if got < 3 and levels[ticks | beyond] != got]
    assert lifted == []


def test_every_level_can_be_reached(levels) -> None:
    assert set(levels.values()) == {1, 2, 3, 4}


def test_nothing_ticked_is_level_1_and_everything_ticked_is_level_4(question, levels) -> None:
    assert levels[frozenset()] == 1
    assert levels[frozenset(signal_ids(question))] == 4


def test_level_3_and_4_need_every_must(question, levels) -> None:
    assert {got for ticks, got in levels.items() if not question.musts <= ticks} <= {1, 2}
    assert {got for ticks, got in levels.items() if question.musts <= ticks} <= {3, 4}


def test_level_4_needs_two_signals_of_level_4_on_top(question, levels) -> None:
    beyond = {signal.id for signal in question.signals if signal.level == 4}
    assert {len(ticks & beyond) >= 2 for ticks, got in levels.items() if got == 4} == {True}
    assert {len(ticks & beyond) < 2 for ticks, got in levels.items() if got == 3} == {True}


def test_a_red_flag_caps_every_pattern(question, levels) -> None:
    for flag in question.red_flags:
        for ticks, got in levels.items():
            assert level(question, ticks, (), [flag.id]) == min(got, CAPS[flag.effect]), (flag.id, ticks)


def test_a_cap_that_lowers_the_level_is_among_the_reasons(question) -> None:
    everything = signal_ids(question)
    for flag in question.red_flags:
        proposal = propose_level(question, everything, (), [flag.id])
        assert any(flag.flag in reason for reason in proposal.because) == (flag.effect != "note")


def test_a_must_that_was_given_away_leaves_level_2_at_most(question) -> None:
    for must in question.musts:
        assert level(question, signal_ids(question), [must]) == 2


def test_what_is_missing_raises_the_level_when_it_is_heard(question, levels) -> None:
    """Ticking all that the proposal names leads to a higher level; at the top nothing is named."""
    by_label = {signal.label: signal.id for signal in question.signals}
    for ticks, got in levels.items():
        missing = propose_level(question, ticks).missing
        assert bool(missing) == (got < 4)
        if missing:
            assert levels[ticks | {by_label[label] for label in missing}] > got


def test_under_a_cap_nothing_is_named_as_missing(question, levels) -> None:
    """Where a red flag holds the level down, no further signal could raise it."""
    for flag in question.red_flags:
        for ticks in levels:
            proposal = propose_level(question, ticks, (), [flag.id])
            if proposal.level == CAPS[flag.effect]:
                assert proposal.missing == (), (flag.id, sorted(ticks))


def test_practice_samples_get_the_level_that_they_name(question) -> None:
    wrong = [
        (n, sample.level)
        for n, sample in enumerate(question.practice)
        if level(question, sample.ticks, sample.helped, sample.red_flags) != sample.level
    ]
    assert wrong == []


def test_ids_that_the_question_does_not_have_change_nothing(question) -> None:
    assert propose_level(question, "zé", "z", "z") == propose_level(question, "")


@st.composite
def heard(draw):
    """A question with ticks, helps and red flags as an interview could leave them."""
    question = draw(st.sampled_from(QUESTIONS))
    signals = st.frozensets(st.sampled_from(signal_ids(question)))
    flags = st.frozensets(st.sampled_from([flag.id for flag in question.red_flags]))
    return question, draw(signals), draw(signals), draw(flags)


@settings(max_examples=400, deadline=None)
@given(heard())
def test_a_tick_never_lowers_and_a_help_or_red_flag_never_raises(case) -> None:
    question, ticks, helped, red_flags = case
    got = level(question, ticks, helped, red_flags)
    for more in signal_ids(question):
        assert level(question, ticks | {more}, helped, red_flags) >= got
        assert level(question, ticks, helped | {more}, red_flags) <= got
    for flag in question.red_flags:
        assert level(question, ticks, helped, red_flags | {flag.id}) <= got


@settings(max_examples=200, deadline=None)
@given(heard())
def test_order_and_doubles_do_not_matter(case) -> None:
    question, ticks, helped, red_flags = case
    straight = propose_level(question, sorted(ticks), sorted(helped), sorted(red_flags))
    turned = propose_level(
        question, sorted(ticks, reverse=True) * 2, sorted(helped, reverse=True), list(red_flags) * 2
    )
    assert straight == turned


def test_all_shipped_questions_are_among_the_cases() -> None:
    assert {question.id for question in QUESTIONS} == set(load_bank().by_id)
