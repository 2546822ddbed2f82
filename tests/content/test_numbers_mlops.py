"""The sums behind the MLOps questions that are argued and not simulated."""

from __future__ import annotations

import pytest

from question_bank.model import Question

from .material import question


def said(asked: Question) -> str:
    """Everything that a candidate or interviewer can be given of it, on one line."""
    texts = [asked.prompt, asked.card or "", asked.for_you, asked.trap, asked.ground_truth or ""]
    texts += [number.give for number in asked.numbers]
    texts += [twist.say + " " + twist.good for twist in asked.twists]
    texts += [fact.claim for fact in asked.facts]
    texts += [signal.listen_for for signal in asked.signals]
    return " ".join(" ".join(texts).split())


def missing(family: str, *figures: str) -> list[str]:
    words = said(question(family))
    return [figure for figure in figures if figure not in words]


@pytest.mark.parametrize("family", ["seven-oclock"])
def test_stages_fill_answer_and_probes(family: str) -> None:
    """The stages fill the minutes for answer and probes, and every twist falls inside the answer."""
    asked = question(family)
    assert sum(stage.minutes for stage in asked.stages) == asked.minutes.answer + asked.minutes.probes
    assert all(twist.minute < asked.minutes.answer for twist in asked.twists)
    assert len(asked.numbers) >= 8


STEPS = {"collect": 20, "check": 5, "build": 40, "train": 70, "test": 15, "predict": 10, "write": 5}


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def test_the_night_by_the_clock() -> None:
    """Begun at 01:00 it ends at 03:45; training starts at 02:05, so 03:00 is 55 minutes into it."""
    before_training = STEPS["collect"] + STEPS["check"] + STEPS["build"]
    assert (sum(STEPS.values()), clock(60 + sum(STEPS.values()))) == (165, "03:45")
    assert 60 + before_training + 55 == 180
    assert not missing("seven-oclock", "Together 165", "ends at 03:45", "55 minutes in")


def test_the_last_minutes_to_start() -> None:
    """From train on it is 100 minutes, so 05:20; from predict on 15, so 06:45."""
    from_train = sum(STEPS[step] for step in ("train", "test", "predict", "write"))
    from_predict = STEPS["predict"] + STEPS["write"]
    assert (from_train, clock(7 * 60 - from_train)) == (100, "05:20")
    assert (from_predict, clock(7 * 60 - from_predict)) == (15, "06:45")
    assert not missing("seven-oclock", "From train on it is 100, from predict on 15", "05:20", "06:45")


def test_emergency_lists_have_their_price() -> None:
    """Points above 11.0 times 4,000: 400, 1,600, 10,000, 28,000; half the branches cost 56,000."""
    errors = (11.1, 11.4, 13.5, 18.0, 25.0)
    assert [round((error - 11.0) * 4_000) for error in errors] == [400, 1_600, 10_000, 28_000, 56_000]
    assert not missing(
        "seven-oclock", "400", "1,600", "10,000", "28,000", "11.1 %", "11.4 %", "13.5 %", "18.0 %"
    )


def test_branches_and_nights_add_up() -> None:
    """320 x 45 = 14,400; 314 and 6 are 320; 5 + 7 + 1 = 13 nights; 60 of 320 is nearly a fifth."""
    assert (320 * 45, 314 + 6, 5 + 7 + 1, 60 / 320) == (14_400, 320, 13, 0.1875)
    assert not missing(
        "seven-oclock", "14,400", "314 by 03:00", "Six come after", "13 with trouble", "sixty branches"
    )
