"""The page of fifteen lines: its key, and the sums in it."""

from .material import question

QUESTION = question("trust-page")
SOUND = {"4", "7", "10", "13"}


def test_eleven_lines_are_weak_and_four_are_sound() -> None:
    """The key names every line of the page that is not sound, once."""
    lines = [row[0] for row in QUESTION.exhibit("arrows").rows]
    weak = [row[0] for row in QUESTION.exhibit("key").rows]
    assert lines == [str(n) for n in range(1, 16)]
    assert sorted([*weak, *SOUND], key=int) == lines
    assert len(weak) == 11


def test_every_sound_line_is_ruled_out_by_a_datum() -> None:
    """Four rivals, one for each sound line."""
    assert {rival.explanation.split()[1] for rival in QUESTION.rivals} == SOUND


def test_the_sums() -> None:
    """One refund every six seconds: 600 an hour, 480,000 at 800 each; a normal day has 120 x 210 = 25,200."""
    assert (3_600 // 6, 600 * 800, 120 * 210) == (600, 480_000, 25_200)
    text = QUESTION.model_dump_json()
    assert all(figure in text for figure in ("480,000", "25,200", "600 an hour"))
