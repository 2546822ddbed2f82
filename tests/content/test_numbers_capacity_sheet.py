"""The printed sheet, the outage and the scores of the capacity exercise, worked out again from its log."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from question_bank.exercise import check_exercise, lay_out_exercise
from question_bank.exhibits.capacity_sheet import exercise, generate
from question_bank.exhibits.capacity_sheet.generate import Day

from .material import machine_points, printed_under, question, scored
from .wording import lacking

SLUG = "capacity-sheet"
QUESTION = question(SLUG)
TRUTH = " ".join((QUESTION.ground_truth or "").split())


@pytest.fixture(scope="module")
def shown() -> Day:
    return generate.day(generate.SEED, generate.SHOWN)


def test_the_printed_sheet_is_the_generated_one() -> None:
    """Eight lines, with the log's figure beside each in the second exhibit."""
    page = generate.page()
    assert [tuple(row) for row in QUESTION.exhibit("sheet").rows] == [line[:4] for line in page]
    beside = [(name, value, true, unit) for name, value, unit, _, true in page]
    assert [tuple(row) for row in QUESTION.exhibit("log").rows] == beside


def test_the_sums_of_the_key(shown: Day) -> None:
    """528 / 900 s = 0.587; x 7.48 s = 4.39, 88 % of five; with the wait 11.03 s, 47 % more: 6.5 of five."""
    quarters = shown.log.arrived // generate.QUARTER
    busiest = int(np.bincount(quarters).argmax())
    inside = quarters == busiest
    work = shown.log.work[inside].mean() / 1000
    took = (shown.log.finished - shown.log.arrived)[inside].mean() / 1000
    assert (busiest / 4, int(inside.sum())) == (14.25, 528)
    assert (round(work, 2), round(took, 2), round(100 * (took / work - 1))) == (7.48, 11.03, 47)
    busy = 528 / 900 * work
    assert (round(busy, 2), round(100 * busy / 5), round(528 / 900 * took, 1)) == (4.39, 88, 6.5)
    for part in ("528 requests", "14:15", "7.48 s", "4.39 workers", "11.03 s", "47 %", "6.5 of five"):
        assert part in TRUTH


def test_the_outage_of_the_key(shown: Day) -> None:
    """From 9:15 to 9:40; 709 wait. 0.67 - 0.51 = 0.16 a second are left: 73 minutes, not 709 / 0.67 = 18."""
    outage = shown.outage
    assert [at / 60_000 for at in outage[:2]] == [9 * 60 + 15, 9 * 60 + 40]
    asked = generate.answers(shown)
    assert (asked.waiting, round(asked.minutes_to_clear)) == (709, 73)
    speed = 5 / (shown.log.work.mean() / 1000)
    cleared = outage.end + asked.minutes_to_clear * 60_000
    came = ((shown.log.arrived >= outage.end) & (shown.log.arrived < cleared)).sum()
    rate = came / (60 * asked.minutes_to_clear)
    assert (round(speed, 2), round(rate, 2), round(709 / speed / 60)) == (0.67, 0.51, 18)
    assert round(709 / (60 * 73), 2) == 0.16


def test_minutes_by_workers(shown: Day) -> None:
    """73, 39, 27 and 20 with five to eight workers; six are the fewest for an hour."""
    rows = [
        (str(workers), f"{generate.minutes_to_clear(shown.log, shown.outage, workers):.0f}")
        for workers in (5, 6, 7, 8)
    ]
    assert [tuple(row) for row in QUESTION.exhibit("catching-up").rows] == rows
    assert generate.workers_to_clear(shown.log, shown.outage) == 6


def test_the_wrong_line_contradicts_another() -> None:
    """26,300 / 86,400 s = 0.30 a second on average; 33.4 would be 110 times that. 33.4 / 60 is 5 % below."""
    mean = 26_300 / 86_400
    assert (round(mean, 2), round(33.4 / mean)) == (0.30, 110)
    assert round(100 * (1 - 33.4 / 60 / 0.587)) == 5
    assert generate.slips(generate.SEED)[generate.SHOWN] == "busiest"
    assert round(25_418 / 86_400, 2) == 0.29


def test_a_replay_without_outage_gives_the_logs_own_times(shown: Day) -> None:
    """The check that a candidate can make of a replay."""
    starts = generate._starts(shown.log.arrived.tolist(), shown.log.work.tolist(), shown.outage.workers, 0)
    assert starts == shown.log.started.tolist()


def test_a_sum_by_minutes_is_accepted(shown: Day) -> None:
    """Those that wait, plus arrivals, less what the workers finish: within the checker's tolerance."""
    counts = np.bincount(shown.log.arrived // 60_000)
    pile, minute = 709.0, shown.outage.end // 60_000
    while pile > 0:
        pile += counts[minute] - 60 * 5 / (shown.log.work.mean() / 1000)
        minute += 1
    said = {"minutes_to_clear": minute - shown.outage.end // 60_000, "workers_to_clear_in_60": 6}
    assert exercise._clear(generate.answers(shown), said) == 1


@pytest.mark.parametrize("seed", range(6))
def test_days_hold_what_the_task_says(seed: int) -> None:
    """Two lines that others follow from, one that stands alone, none; workers in the log are busy, not full."""
    hidden = generate.slips(seed)[1:]
    assert sorted(slip is None for slip in hidden) == [False, False, False, True]
    alone = [slip for slip in hidden if slip in ("network", "worker_hours")]
    assert len(alone) == 1
    for number in range(1, generate.HIDDEN_DAYS + 1):
        made = generate.day(seed, number)
        asked = generate.answers(made)
        assert asked.busy_workers < made.outage.workers
        assert asked.minutes_to_clear > generate.THROUGH_IN


def test_only_the_wrong_line_and_what_follows_is_far_off() -> None:
    """All other lines lie within 13 % of the log, workers needed within one more."""
    follows = {
        "busiest": {"busiest", "busy", "needed", "network"},
        "work": {"work", "busy", "needed", "worker_hours"},
        "answer": {"answer", "network"},
        "requests": {"requests", "worker_hours"},
        "network": {"network"},
        "worker_hours": {"worker_hours"},
        None: set(),
    }
    for seed in range(6):
        made = generate.day(seed, 1)
        true = generate.measured(made.log)
        off = {name for name in true if not 1 / 1.5 < made.sheet[name] / true[name] < 1.5}
        assert off == follows[made.slip]


def test_the_table_of_results_is_what_the_checker_gives(tmp_path: Path) -> None:
    """Days right in each part, and the score, for the three solutions."""
    rows = []
    for solution in ("reference", "naive", "cheating"):
        report = scored(SLUG, solution, tmp_path / solution, generate.SEED)
        days = [part.note.removesuffix(" days") for part in report.parts]
        rows.append((*days, f"{report.score:g} %"))
    assert [tuple(row[1:]) for row in QUESTION.exhibit("results").rows] == rows


def test_points_of_the_checker_are_the_questions(tmp_path: Path) -> None:
    """An untouched folder earns nothing, and the note says why."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    report = check_exercise(SLUG, tmp_path / "candidate")
    assert [part.points for part in report.parts] == machine_points(SLUG)
    assert report.score == 0
    assert "No module named 'capacity'" in report.parts[0].note


def test_the_folder_holds_a_day_and_no_truth(tmp_path: Path) -> None:
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    inside = sorted(path.name for path in (tmp_path / "candidate").iterdir())
    assert inside == ["README.md", "outage.json", "requests.csv", "run.py", "sheet.csv"]
    sheet = json.loads((tmp_path / "candidate.interviewer.json").read_text(encoding="utf-8"))
    assert sorted(sheet["truth"]) == ["day 1", "day 2", "day 3", "day 4", "shown"]


def test_the_page_is_printed_alike_under_other_hash_seeds() -> None:
    assert printed_under("capacity_sheet", "0") == printed_under("capacity_sheet", "1")


def test_late_answers_by_rule(shown: Day) -> None:
    """1,623 in order, 700 with seven more workers, 621 newest first, 409 with drops; 404 are late at the end."""
    log, outage = shown.log, shown.outage
    in_order, more, drops = (
        generate.served(log, outage, 5),
        generate.served(log, outage, 5, later=7),
        generate.served(log, outage, 5, drop=True),
    )
    found = [
        (f"{in_order[0]:,}", f"{in_order[1]:.0f}"),
        (f"{more[0]}", f"{more[1]:.0f}"),
        (f"{generate.newest_first(log, outage, 5)}", "73"),
        (f"{drops[0]}", f"{drops[1]:.0f}"),
    ]
    assert [tuple(row[1:]) for row in QUESTION.exhibit("late").rows] == found
    assert generate.talk(shown).late_when_it_ends == 404
    assert not lacking(
        QUESTION.signal("c"), "1,623", "409, 404", "29 minutes", "about 621", "700 late, 14 minutes"
    )
    assert round(7 * 0.90, 2) == 6.30
    assert not lacking(QUESTION, "6.30 EUR")


def test_with_any_number_of_workers_the_404_are_late(shown: Day) -> None:
    assert generate.served(shown.log, shown.outage, 5, later=200)[0] >= 404


def test_the_outage_at_two_by_hand_and_by_a_run(shown: Day) -> None:
    """812 wait and 103 minutes; by hand 0.67 - 0.55 = 0.12 a second for 825 people: 115, and from the morning 112."""
    asked = generate.talk(shown)
    assert (asked.waiting_at_14, round(asked.minutes_at_14)) == (812, 103)
    came = ((shown.log.arrived >= generate.MOVED_TO) & (shown.log.arrived < 15 * 3_600_000)).sum() / 3_600
    assert (round(came, 2), round(25 * 60 * 0.55), round(825 / 0.12 / 60)) == (0.56, 825, 115)
    assert (round(73 * 1.15 / 0.75), round(812 / 709, 2), round(0.12 / 0.16, 2)) == (112, 1.15, 0.75)
    assert round(528 / 900 * 25 * 60) == 880
    assert not lacking(
        QUESTION.signal("b"), "about 0.12", "800 to 880", "the run gives 103", "73 x 1.15 / 0.75"
    )


def test_the_sheet_of_the_talk_is_for_the_candidates_own_day(tmp_path: Path) -> None:
    """Other seeds tell the same story: dropping makes far fewer answers late than working off in order."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    told = json.loads((tmp_path / "candidate.interviewer.json").read_text(encoding="utf-8"))["truth"]["shown"]
    assert told["late_or_dropped"] < told["late_in_order"]
    assert told["minutes_with_drops"] < told["minutes_to_clear"]
    for seed in range(6):
        made = generate.talk(generate.day(seed, generate.SHOWN))
        assert made.late_or_dropped < 0.7 * made.late_in_order
        assert made.late_when_it_ends <= made.late_or_dropped


def test_what_seventy_percent_feels_like(shown: Day) -> None:
    """In the busiest quarter hour people wait 3.6 s with five workers, 1.1 with six and 0.4 with seven."""
    log = shown.log
    inside = log.arrived // generate.QUARTER == 57
    waits = {}
    for workers in (5, 6, 7):
        starts = np.array(generate._starts(log.arrived.tolist(), log.work.tolist(), workers, 0))
        waits[workers] = round(float((starts - log.arrived)[inside].mean()) / 1_000, 1)
    assert waits == {5: 3.6, 6: 1.1, 7: 0.4}
    assert not lacking(QUESTION.signal("f"), "3.6 seconds on average", "seven 0.4", "27 minutes, six 39")


def test_the_readme_states_the_interface_and_not_the_key() -> None:
    words = " ".join(exercise.README.split())
    assert not any(
        part in words for part in ("if none has to wait", "still arrive", "follows from it", "wrong with it")
    )


def test_scores_of_the_samples() -> None:
    """Only those who wait right: 17 %; the workers for an hour off by one on one of four days: 98 %."""
    assert round(100 * 10 / 60) == 17
    assert round(100 * (60 - 16 * 0.25 / 4) / 60) == 98
    assert not lacking(QUESTION, "The checker says 17 %", "The checker says 98 %")
