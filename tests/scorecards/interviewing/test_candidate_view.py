"""A candidate's window shows the card and what was shown; every other word of a question stays away."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from interview_kit.web.watchers import view_data
from question_bank import InterviewPlan, PlanItem, Question, load_bank
from scorecards.interviewing.candidate_view import card_view
from scorecards.record.model import Interview, Rating, now

BANK = load_bank()


def interview(question: Question) -> Interview:
    plan = InterviewPlan(
        name="One question",
        minutes=60,
        around=5,
        items=(PlanItem(question=question, digest=question.digest, minutes=question.minutes.total),),
        uncovered=(),
        bank_digest="0",
        rubrics_digest="0",
    )
    return Interview(id="i", round_id="r", candidate_id="c", slot_id="s", plan=plan, created_at=now())


def hidden_words(question: Question) -> Iterator[str]:
    """Every text of a question that is not meant for the candidate."""
    for signal in question.signals:
        yield from filter(
            None, (signal.label, signal.listen_for, signal.plain_meaning, signal.decoy, signal.check_question)
        )
    yield from (probe.ask for probe in question.probes)
    yield from (flag.flag for flag in question.red_flags)
    yield from (question.anchors[level] for level in (1, 2, 3, 4))
    yield from (
        question.for_you,
        question.separates,
        question.trap,
        question.does_not_measure,
        question.title,
    )
    yield from (number.give for number in question.numbers)
    for turn in question.turns:
        yield from filter(None, (turn.after, turn.good, turn.fluent))
    if question.limit:
        yield from (question.limit.good, question.limit.fluent)
    if question.trace:
        yield question.trace.check
    yield from filter(None, (question.ground_truth,))
    yield from (defect.what for defect in question.defects)
    yield from (sample.answer for sample in question.practice)


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_only_the_card_and_the_exhibits_shown_are_sent(question: Question) -> None:
    """Whatever is given, no signal, probe, anchor, level, number or key is in the message."""
    given = [f"exhibit-{exhibit.id}" for exhibit in question.exhibits]
    given += [f"reveal-{n}" for n in range(len(question.reveals))] + ["number-0", "turn-0", "limit"]
    sent = json.dumps(
        view_data(card_view(interview(question), Rating(question_id=question.id, given=tuple(given)))),
        ensure_ascii=False,
    )
    assert [
        words for words in hidden_words(question) if json.dumps(words, ensure_ascii=False)[1:-1] in sent
    ] == []


@pytest.mark.parametrize(
    "question", [q for q in BANK.questions if any(e.when != "start" for e in q.exhibits)], ids=lambda q: q.id
)
def test_an_exhibit_is_sent_once_it_is_shown_and_not_before(question: Question) -> None:
    """Exhibits on request and after the answer wait until the interviewer shows them."""
    late = next(exhibit for exhibit in question.exhibits if exhibit.when != "start")

    def sent(*given: str) -> list[str]:
        view = card_view(interview(question), Rating(question_id=question.id, given=given))
        return [exhibit.id for exhibit in view.exhibits]

    assert late.id not in sent()
    assert late.id in sent(f"exhibit-{late.id}")
