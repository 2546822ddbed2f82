"""The hour of the outage that outlives its cause: its tables and its sums."""

from __future__ import annotations

from question_bank.exhibits.retry_storm import generate

from .material import printed_under, question
from .wording import sample, wording

QUESTION = question("retry-storm")


def test_tables_are_what_the_generator_gives() -> None:
    assert QUESTION.exhibit("pages").rows == generate.symptoms()
    assert QUESTION.exhibit("hour").rows == generate.timeline()
    assert QUESTION.exhibit("callers").rows == generate.by_caller()


def test_the_waits_that_are_told() -> None:
    """146,760 at 100 a second are 24.5 minutes, and with 40 to spare 61 minutes."""
    waiting = generate.minute(10).waiting
    assert (round(waiting), round(waiting / 100 / 60, 1), round(waiting / 40 / 60)) == (146_760, 24.5, 61)
    told = wording(QUESTION)
    assert "146,760 / 100 / 60 = 24.5 minutes; 146,760 / (100 - 60) / 60 = 61 minutes" in told
    assert "146,760 ahead of it, about 24 minutes" in wording(QUESTION.signal("a"))
    assert "at 40 a second that is an hour" in wording(QUESTION.signal("b"))


def test_the_page_alone_shows_that_more_must_arrive() -> None:
    """4 x 60 x 60 = 14,400 would be gone in 14,400 / 40 = 360 seconds, by 10:13; nobody was served until 10:53."""
    assert (4 * 60 * 60, 14_400 / (100 - 60) / 60) == (14_400, 6)
    page = QUESTION.exhibit("pages").rows
    assert page[-4] == ("10:52", "100", "100 %", "0 %")
    said = wording(QUESTION.signal("a"))
    assert "14,400, which would be gone six minutes later with 40 a second to spare" in said
    assert "so at least 100 a second kept arriving" in said
    assert not QUESTION.signal("a").must


def test_each_step_of_the_key_heals_or_does_not_as_it_says() -> None:
    healed = {step: generate.healed_after(step) for step in generate.STEPS}
    assert healed == {
        "nothing": None,
        "retries off": None,
        "queue away": None,
        "retries off and queue away": 0,
        "gateway's retries off and queue away": 2,
        "newest first": 11,
        "older than a second away": 11,
        "a hundred may wait, queue away": 10,
        "door shut for twenty seconds, queue away": None,
        "one caller at a time, queue away": 44,
    }
    claim = " ".join(QUESTION.facts[1].claim.split())
    for said in (
        "in 2 seconds; newest first in 11",
        "away in 11; a hundred waiting at most in 10; one caller at a time in 44",
        "do not heal within the hour",
    ):
        assert said in claim
    truth = " ".join(str(QUESTION.ground_truth).split())
    assert "in 2 seconds; newest first" in truth
    assert "in 11 seconds with all retries on" in truth


def test_half_a_step_fails_as_the_turns_say() -> None:
    """Retries off alone: over 130,000 wait; an empty queue alone: none in time after ten seconds."""
    off = generate.acted("retries off")
    assert 130_000 < off[generate.ACT].waiting < 140_000
    assert {second.in_time for second in off[generate.ACT :]} == {0.0}
    emptied = generate.acted("queue away")
    assert emptied[generate.ACT].in_time == 100
    assert {second.in_time for second in emptied[generate.ACT + 10 :]} == {0.0}
    shut = generate.acted("door shut for twenty seconds, queue away")
    assert {round(second.attempts) for second in shut[generate.ACT : generate.ACT + 20]} == {360}


def test_keeping_the_gateway_out_needs_the_queue_away_too() -> None:
    """With the gateway's retries off and the queue left, 150 arrive; with the queue away it falls to 60."""
    cured = generate.acted("gateway's retries off and queue away")
    assert round(cured[generate.ACT].attempts) == 30 * 4 + 30
    assert round(cured[generate.ACT + 2].attempts) == 60
    best = next(one.answer for one in QUESTION.practice if one.level == 4)
    assert "150 still arrive" in " ".join(best.split())


def test_who_goes_without_is_known_from_what_the_callers_do() -> None:
    """The gateway's two make 240 of 360 and can be repeated; each sample from level 3 on names them and who hears it."""
    assert (30 * 8, 30 * 4 + 30 * 8) == (240, 360)
    named = QUESTION.signal("h")
    assert "make 240 of the 360 and can be repeated at night" in " ".join(named.listen_for.split())
    shown = wording(QUESTION.exhibit("pages")) + QUESTION.prompt + str(QUESTION.card)
    assert not [kept for kept in ("archive", "report", "chat", "night") if kept in shown]
    for one in QUESTION.practice:
        if one.level >= 3:
            assert "h" in one.ticks
            assert (
                "archive and report" in wording(one).replace("The archive and the", "archive and").casefold()
            )


def test_one_retry_each_is_more_than_it_can_do() -> None:
    assert (60 * 2, 30 * 2 + 30 * 4) == (120, 180)
    assert "60 x 2 is 120, above 100, and 180" in QUESTION.signal("g").listen_for


def test_the_start_shows_symptoms_only() -> None:
    shown = wording(QUESTION.exhibit("pages")) + QUESTION.prompt + str(QUESTION.card)
    assert not [kept for kept in ("360", "146,760", "attempt", "queue", "two seconds") if kept in shown]


def test_samples_at_the_line_tell_the_figures() -> None:
    both = sample(QUESTION, "by-attempts", "both")
    for figure in (
        "360 arrive",
        "120 direct, 240 through",
        "146,760 wait",
        "forty a second to spare, that's an hour",
    ):
        assert figure in both
    living = sample(QUESTION, "by-age", "only-the-living")
    for figure in ("146,760", "24 minutes", "two seconds", "sixty users"):
        assert figure in living


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
