"""The sums of the question on a package that nobody knows."""

from .material import question

QUESTION = question("unknown-package")
SHEET = " ".join(number.give for number in QUESTION.numbers)
KEY = QUESTION.model_dump_json()


def test_the_keys_can_be_replaced_before_the_release() -> None:
    """13:00 and two hours are 15:00, an hour before the release at 16:00."""
    assert "13:00" in str(QUESTION.card)
    assert "Two hours for both" in SHEET
    assert "today at 16:00" in SHEET
    assert 13 + 2 == 15 < 16
    assert "done by 15:00" in KEY


def test_builds_and_versions() -> None:
    """Seven builds with 0.0.3 and four with 0.0.4 are the eleven; the card tells none of it."""
    assert "eleven builds" in SHEET
    assert "first seven builds got 0.0.3, the last four got 0.0.4" in SHEET
    assert 7 + 4 == 11
    assert not any(
        word in f"{QUESTION.prompt} {QUESTION.card}" for word in ("eleven", "0.0", "key", "laptop")
    )


def test_packages_and_the_price_of_the_gate() -> None:
    """One and fourteen are fifteen; 26 new packages at half an hour are 13 hours a quarter."""
    assert "Fourteen more packages, three of them" in SHEET
    assert "26 in the last three months. Two of the names" in SHEET
    assert 1 + 14 == 15
    assert 26 * 0.5 == 13
    assert "26 new packages a quarter at half an hour are 13 hours" in KEY
    assert "One of fifteen was read" in KEY
    assert "40 customers have fetched it" in SHEET
    assert "forty customers have it" in KEY
