"""The numbers in the sample stories of the question on a feature that behaved worse after launch."""

from .material import question

QUESTION = question("after-launch")
ANSWERS = [practice.answer for practice in QUESTION.practice if practice.source == "written"]


def test_no_refund_in_900_replies_is_no_luck() -> None:
    """At 6 in 100, 900 replies without one would be next to impossible; a true rate of 0.3 % still fits."""
    assert "6 in 100 replies to none in the next 900" in ANSWERS[-1]
    assert 0.94**900 < 1e-20
    assert 0.997**900 > 0.05


def test_the_story_of_the_week_fits_its_days() -> None:
    """Told to a colleague a week before the Monday on which the trouble was twelve days old."""
    assert "the ticket dates said twelve days" in ANSWERS[-1]
    assert "a week before" in ANSWERS[-1]


def test_the_branch_without_it_threw_away_less() -> None:
    """9.1 % with the forecast and 8.7 % without it: it cost work and gave nothing."""
    assert "9.1 percent with it and 8.7 in the branches without it" in ANSWERS[3]
    assert 9.1 > 8.7
    assert "before-after" in QUESTION.practice[2].ways
    assert "taken-down" in QUESTION.practice[3].ways
