"""The sums of the question on a calm estimate and a phone that rings."""

from __future__ import annotations

from .material import question, wilson

QUESTION = question("calm-estimate")
KEY = QUESTION.model_dump_json()
SHEET = " ".join(number.give for number in QUESTION.numbers)
PASSED, KNOWN, BEFORE, APP, BY_APP = 11_400, 61, 30, 720, 52


def test_the_card_tells_symptoms_and_the_sheet_the_counts() -> None:
    """Channels, counts and prices come on request; no share or expectation stands on the sheet."""
    shown = f"{QUESTION.prompt} {QUESTION.card}"
    assert not any(word in shown for word in ("app", "probabilit", "11,400", "61", "210"))
    for figure in (
        "11,400",
        "about 30 a week",
        "61 of the 84",
        "52 of the 61",
        "720 requests",
        "200 calls",
        "1.20",
    ):
        assert figure in SHEET
    assert not any(figure in SHEET for figure in ("0.27", "7.2", "10,920", "864"))


def test_even_the_true_accuracy_would_look_calm() -> None:
    """31 more of 11,400 are 0.27 points; all 61 are half a point."""
    assert f"{100 * (KNOWN - BEFORE) / PASSED:.2f}" == "0.27"
    assert f"{100 * KNOWN / PASSED:.2f}" == "0.54"
    assert "0.27 points of accuracy" in KEY
    assert "all sixty-one are half a point" in KEY


def test_what_two_hundred_calls_find() -> None:
    """At random one, none in a third of samples; in the app 14; none there would mean below 1.5 %."""
    assert 2 * 10 * 60 // 6 == 200
    assert round(200 * KNOWN / PASSED, 1) == 1.1
    assert round((1 - KNOWN / PASSED) ** 200, 2) == 0.34
    assert f"{100 * BY_APP / APP:.1f}" == "7.2"
    assert round(200 * BY_APP / APP) == 14
    assert round(150 * BY_APP / APP) == 11
    assert 3 / 200 == 0.015
    assert round(200 * APP / 12_000) == 12
    for words in (
        "find about 14",
        "about one would be false",
        "a third of such samples none",
        "below 1.5 percent",
    ):
        assert words in KEY


def test_how_far_fourteen_of_two_hundred_reach() -> None:
    """Wilson: 4.2 to 11.4 %, that is 30 to 82 of 720; 9 of 61 are by other channels, 10,680 requests."""
    low, high = wilson(14, 200)
    assert (f"{100 * low:.1f}", f"{100 * high:.1f}") == ("4.2", "11.4")
    assert (round(APP * low), round(APP * high)) == (30, 82)
    assert (KNOWN - BY_APP, PASSED - APP) == (9, 10_680)
    assert "30 to 82 of 720" in KEY
    assert "9 known among 10,680" in KEY


def test_what_waiting_and_stopping_cost() -> None:
    """52 x 210 = 10,920 a week; 720 letters 864; 668 honest people wait; 720 calls would take 72 hours."""
    assert (BY_APP * 210, round(APP * 1.20), APP - BY_APP, APP * 6 // 60) == (10_920, 864, 668, 72)
    assert all(
        words in KEY for words in ("10,920 US dollars", "864 US dollars", "668 honest people", "are 72 hours")
    )


def test_when_a_standing_check_would_have_found_one() -> None:
    """40 at random find one in five weeks; 40 in the app about three in the first week."""
    assert round(1 / (40 * KNOWN / PASSED)) == 5
    assert f"{40 * BY_APP / APP:.1f}" == "2.9"
    assert "one such case in five weeks" in KEY
    assert "about three in the first week" in KEY
