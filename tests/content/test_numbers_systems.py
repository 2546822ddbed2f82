"""The sums behind the systems questions that are argued and not simulated."""

from __future__ import annotations

from .material import question, said, wilson


def test_a_sum_of_scores_divided_by_a_thousand_is_another_sum() -> None:
    """40,000 x 0.06 = 2,400; 40,000 x 75 / 1,000 = 3,000, a quarter more; 0.05 gave 2,000."""
    assert [round(40_000 * mean, 6) for mean in (0.06, 75, 0.05)] == [2400, 3_000_000, 2000]
    assert 3000 / 2400 == 1.25
    words = said(question("renamed-scale"))
    for figure in ("2,400", "2,400,000", "3,000,000", "3,000 and not", "2,000 to 2,400"):
        assert figure in words


def test_the_test_of_the_recommender_needs_five_thousand_in_each_group() -> None:
    """16 x (0.55 / 0.03)² = 5,377.8; both groups fit into 40,000."""
    each = 16 * (0.55 / (0.33 - 0.30)) ** 2
    assert round(each) == 5378
    assert 2 * each < 40_000
    assert "5,378" in said(question("own-clicks"))


def left_over(days: list[int], answered: int = 960) -> list[int]:
    """Requests that wait at the end of each day."""
    waiting, found = 0, []
    for coming in days:
        waiting = max(0, waiting + coming - answered)
        found.append(waiting)
    return found


def test_support_is_nearly_full_and_a_tenth_less_work_leaves_a_seventh_overnight() -> None:
    """900 / 960 = 93.75 %, less 108: 82.5 %; 800 are left over in a week, with 12 % fewer 112."""
    assert (900 / (24 * 40), (900 - 900 * 0.30 * 0.4) / 960) == (0.9375, 0.825)
    days = [1_200, 1_000, 900, 800, 600]
    fewer = [day * 88 // 100 for day in days]
    assert (sum(days) // 5, fewer) == (900, [1_056, 880, 792, 704, 528])
    assert (left_over(days), left_over(fewer)) == ([240, 280, 220, 60, 0], [96, 16, 0, 0, 0])
    assert (sum(left_over(days)), sum(left_over(fewer)), 108 * 9 // 12) == (800, 112, 81)
    assert round((900 - 81) / 960, 3) == 0.853
    words = said(question("waiting-time"))
    for figure in ("94 %", "82.5 %", "108", "240, 280, 220, 60", "112 in all", "85.3 %", "1,200"):
        assert figure in words


def test_the_morning_run_leaves_seventy_minutes_and_its_differences_add_up() -> None:
    """50 minutes from six; 38,600 + 1,100 + 300 = 40,000; 3 % are 1,200; 9,000 are 22.5 %."""
    assert 120 - 50 == 70
    assert (38_600 + 1_100 + 300, 40_000 * 3 // 100, 9_000 / 40_000) == (40_000, 1_200, 0.225)
    words = said(question("notebook-and-cron"))
    for figure in ("70 minutes", "38,600", "1,100", "1,200", "22.5 %"):
        assert figure in words


def test_the_notes_sums_are_wrong_as_its_review_says() -> None:
    """24 million tokens cost 72 and not 7; two parts one after the other are there 99.4 % of the time."""
    tokens = 4_000 * 6_000
    assert (tokens, tokens * 3 // 1_000_000) == (24_000_000, 72)
    together = 0.995 * 0.999
    assert round(100 * together, 1) == 99.4
    assert [round(hours, 1) for hours in ((1 - together) * 720, 0.001 * 720)] == [4.3, 0.7]


def test_fifty_questions_leave_the_share_open() -> None:
    """Wilson interval (95 %) of 47 of 50: 83.8 to 97.9 %."""
    low, high = wilson(47, 50)
    assert (round(100 * low, 1), round(100 * high, 1)) == (83.8, 97.9)


def test_each_defect_of_the_note_names_lines_that_exist() -> None:
    asked = question("tenant-note")
    lines = {int(line.split()[0]) for line in str(asked.exhibit("note").text).splitlines()}
    assert lines == set(range(1, 20))
    assert all(set(defect.lines) <= lines for defect in asked.defects)
