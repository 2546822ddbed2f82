"""The sums of the question on an assistant that reads mail and writes invitations."""

from .material import question

QUESTION = question("mail-and-calendar")


def test_the_number_sheet() -> None:
    """Every printed figure follows from 400 employees, 60 mails, 40 % outside, one meeting in twelve, 12 s."""
    mails = 400 * 60
    outside, changes = mails * 40 // 100, mails // 12
    guests = changes * 30 // 100
    assert (mails, outside, changes, guests) == (24_000, 9_600, 2_000, 600)
    assert (changes / 400, guests / 400) == (5, 1.5)
    assert (round(changes * 12 / 3600, 1), guests * 12 / 3600) == (6.7, 2)
    hostile = outside * 5 // 1000
    assert (hostile, hostile * 5 / 100, round(mails * 0.002)) == (48, 2.4, 48)


def test_the_figures_stand_on_the_sheet() -> None:
    """At least eight values, with how they are worked out."""
    sheet = " ".join(number.give for number in QUESTION.numbers)
    assert len(QUESTION.numbers) >= 8
    for figure in (
        "24,000",
        "9,600",
        "2,000",
        "600 a day",
        "1.5",
        "6.7 hours",
        "2 hours",
        "$48 a day",
        "so 48 a day",
        "18 of 20",
        "9 of 20",
        "2.4 a day",
    ):
        assert figure in sheet


def test_stages_fill_the_answer() -> None:
    """3 + 6 + 6 + 4 = 19 minutes."""
    assert sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer == 19


def test_what_gets_through_in_a_week() -> None:
    """2.4 a day are 12 in five days; people miss 2 or 11 of 20; without the filter 240 and 24."""
    assert round(5 * 2.4, 1) == 12
    assert (round(12 * 2 / 20, 1), round(12 * 11 / 20, 1)) == (1.2, 6.6)
    assert (5 * 48, 5 * 48 * 2 // 20) == (240, 24)
    assert all(
        figure in QUESTION.signal("e").listen_for
        for figure in ("2.4", "12 a week", "1.2 a week", "240 and 24")
    )
    assert "6.6 a week" in QUESTION.routes[0].route
    assert "twelve in a week" in QUESTION.practice[2].answer
    assert "twelve a week" in QUESTION.practice[3].answer
    assert "1.2 outside" in QUESTION.practice[4].answer


def test_asking_more_often_lets_more_out() -> None:
    """At five a day people miss 11 of 20, at two a day 2 of 20: more than five times as many."""
    assert (20 - 9) / (20 - 18) > 5
    ways = {way.id: way.listen_for for way in QUESTION.signal("d").ways}
    assert "18 of 20" in ways["confirm-outside-only"]
    assert all("9 of 20" in text for text in ways.values())


def test_ten_an_hour_would_stop_an_honest_employee() -> None:
    """The busiest made 14 in an hour, so a ceiling of ten is a decoy."""
    assert "14 entries in one hour" in " ".join(number.give for number in QUESTION.numbers)
    assert "(14)" in QUESTION.signal("f").listen_for
    assert "Ten an hour" in (QUESTION.signal("f").decoy or "")


def test_the_card_holds_none_of_the_deciding_numbers() -> None:
    """Neither what people catch nor how many get through."""
    opening = QUESTION.prompt + str(QUESTION.card)
    assert not any(figure in opening for figure in ("18", "20", "48", "2.4", "600"))


def test_the_line_is_drawn_by_what_the_trial_measured() -> None:
    """18 of 20 at up to two a day, 9 of 20 at five: a guess, or the wish to try it, is not enough."""
    line = QUESTION.signal("d")
    assert "18 of 20 caught at up to two confirmations a day, 9 of 20 at five" in " ".join(
        line.listen_for.split()
    )
    assert "because of the 18 and the 9 of 20" in " ".join(str(line.before_asked).split())
