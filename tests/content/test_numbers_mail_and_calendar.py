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
    """At least eight values, with their derivation."""
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
        "48 a day",
        "2.4 a day",
    ):
        assert figure in sheet


def test_stages_fill_the_answer() -> None:
    """3 + 6 + 6 + 4 = 19 minutes."""
    assert sum(stage.minutes for stage in QUESTION.stages) == QUESTION.minutes.answer == 19
