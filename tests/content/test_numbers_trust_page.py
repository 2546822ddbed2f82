"""The page of fifteen lines: its key, and the sums in it."""

from .material import question

QUESTION = question("trust-page")
SOUND = {"4", "7", "10", "13"}
EFFORT = {row[0]: float(row[2]) for row in QUESTION.exhibit("effort").rows}
DAYS = 2 * 3
KEY = QUESTION.model_dump_json()


def test_eleven_lines_are_weak_and_four_are_sound() -> None:
    """The key names every line of the page that is not sound, once; each of these has a repair."""
    lines = [row[0] for row in QUESTION.exhibit("arrows").rows]
    weak = [row[0] for row in QUESTION.exhibit("key").rows]
    assert lines == [str(n) for n in range(1, 16)]
    assert sorted([*weak, *SOUND], key=int) == lines
    assert len(weak) == 11
    assert set(weak) == set(EFFORT)


def test_every_sound_line_is_ruled_out_by_a_datum() -> None:
    """Four rivals, one for each sound line."""
    assert {rival.explanation.split()[1] for rival in QUESTION.rivals} == SOUND


def test_the_card_gives_no_count_of_weak_lines_and_no_sum() -> None:
    """What separates stays with the interviewer: effort, days, refunds."""
    shown = f"{QUESTION.prompt} {QUESTION.card} {QUESTION.exhibit('arrows').model_dump_json()}"
    assert not any(word in shown for word in ("leven", "sound", "six second", "engineer", "210"))


def test_the_sums() -> None:
    """Refunds an hour, in euros; a normal, the busiest and a storm day; what a ceiling of 40,000 lets through."""
    assert (3_600 // 6, 600 * 800, 120 * 210, 180 * 210, 900 * 210) == (600, 480_000, 25_200, 37_800, 189_000)
    assert 180 * 210 < 40_000
    assert (40_000 // 800, 50 * 6 / 60, 40_000 // 210) == (50, 5, 190)
    for figure in (
        "480,000",
        "25,200",
        "37,800",
        "189,000",
        "600 refunds an hour",
        "50 refunds, gone in five",
    ):
        assert figure in KEY


def test_hours_of_people() -> None:
    """120, 180 and 900 refunds at three minutes; 300 mails at four; forty people need a little over an hour."""
    assert [n * 3 / 60 for n in (120, 180, 900)] == [6, 9, 45]
    assert 300 * 4 / 60 == 20
    assert 60 < 45 * 60 / 40 < 70


def test_what_fits_into_six_days() -> None:
    """All repairs need 14 days and there are six; lines 1, 2, 3 and 8 alone need seven; the plans told add up."""

    def days(*lines: int) -> float:
        return sum(EFFORT[str(line)] for line in lines)

    assert (sum(EFFORT.values()), DAYS) == (14, 6)
    assert days(1, 2, 3, 8) == 7 > DAYS
    assert days(1, 3, 5, 8, 14, 15) == 6
    assert days(3, 2, 1, 8, 5, 6) == 11
    assert days(1, 2, 8, 5) == 7.5
    assert days(1, 2, 8) == 6.5
    assert days(1, 8, 5, 14, 15) <= DAYS
    assert sum(EFFORT.values()) / 2 == 7
