"""The hour of the outage that outlives its cause: its tables and its sums."""

from __future__ import annotations

from question_bank.exhibits.retry_storm import generate

from .material import printed_under, question

QUESTION = question("retry-storm")


def test_tables_are_what_the_generator_gives() -> None:
    assert QUESTION.exhibit("hour").rows == generate.timeline()
    assert QUESTION.exhibit("callers").rows == generate.by_caller()


def test_the_waits_that_are_told() -> None:
    """302,760 at 100 a second are 50.5 minutes; 801,960 with 40 to spare are 5.6 hours."""
    assert round(generate.wait_at(20), 1) == 50.5
    assert round(generate.minute(52).waiting / (100 - 60) / 3600, 1) == 5.6
    shown = " ".join(reveal.show or "" for reveal in QUESTION.reveals)
    assert "801,960" in shown
    assert "5.6 hours" in shown


def test_what_is_answered_at_twenty_past_came_fourteen_minutes_before() -> None:
    """84,000 are answered from 10:07 to 10:20; the first 84,000 attempts had come by the end of 10:06."""
    hour = generate.seconds()
    answered = sum(second.answers for second in hour[420 : 21 * 60])
    came = [sum(second.attempts for second in hour[180 : minute * 60]) for minute in (6, 7)]
    assert answered == 84_000
    assert came[0] < answered <= came[1]


def test_nothing_is_answered_in_time_between_the_stall_and_the_cure() -> None:
    """From 10:03 to the end of 10:52, although 100 a second are answered from 10:07 on."""
    hour = generate.seconds()
    assert {second.in_time for second in hour[182 : generate.CURE]} == {0.0}
    assert {second.answers for second in hour[420 : generate.CURE]} == {100.0}


def test_each_alternative_text_names_every_waiting_figure() -> None:
    heard = QUESTION.exhibit("hour").text_alternative
    assert all(row[5] in heard for row in QUESTION.exhibit("hour").rows if row[5] != "0")


def test_the_generator_prints_the_same_under_three_hash_seeds() -> None:
    assert len({printed_under("retry_storm", seed) for seed in "012"}) == 1


def test_an_emptied_queue_fills_again_while_callers_try_as_before() -> None:
    """A queue emptied in the storm with retries left on: within ten seconds nothing is in time any more."""
    seconds = generate.seconds(retries_until=generate.END)
    emptied = seconds[generate.CURE]
    assert emptied.in_time == 100
    assert {second.in_time for second in seconds[generate.CURE + 10 :]} == {0.0}
