"""The audit of a machine judge: what its solutions earn in the printed layout, and the printed numbers."""

from __future__ import annotations

import ast
import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from question_bank.exercise import Report, check_exercise, lay_out_exercise
from question_bank.exhibits.judge_audit import generate

from .material import machine_points, question, scored

SLUG, SEED = "judge-audit", 26
QUESTION = question(SLUG)
RESULTS = QUESTION.exhibit("results").rows
TRUTH = QUESTION.ground_truth or ""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Naive and reference, in the order of the printed rows."""
    base = tmp_path_factory.mktemp("judge")
    return [scored(SLUG, name, base / name, SEED) for name in ("naive", "reference")]


def half(share: float, rows: int) -> float:
    """Half of a 95 % interval, in points."""
    return 196 * sqrt(share * (1 - share) / rows)


def test_printed_results_are_the_scored_ones(reports: list[Report]) -> None:
    """Share, interval and decision stand in the checker's note; 60 and 100 percent are the scores."""
    for row, report in zip(RESULTS[1:], reports, strict=True):
        said = ast.literal_eval(report.parts[0].note.removeprefix("reported "))
        low, high = said["interval"]
        shown = (f"{said['b_preferred']:.1f} %", f"{low:.1f} to {high:.1f} %", said["decision"])
        assert row[1:] == (*shown, f"{report.score:.0f} %")


def test_first_row_is_the_judges_own_share() -> None:
    """834 of 1,200 verdicts: 69.5 ± 2.6."""
    verdicts = generate.frames(SEED)[0]["judge_b_first"].eq("B")
    share = verdicts.mean()
    ends = [100 * share + sign * half(share, len(verdicts)) for sign in (-1, 1)]
    assert RESULTS[0][1:3] == (f"{100 * share:.1f} %", f"{ends[0]:.1f} to {ends[1]:.1f} %")


def test_frozen_table_is_the_generated_one() -> None:
    """Shares for B in both orders and for the longer answer, week by week."""
    rows = []
    for week, pairs in generate.frames(SEED)[2].groupby("week"):
        for_b = [pairs[name].eq("B") for name in ("judge_b_first", "judge_a_first")]
        longer = np.mean([(verdict == (pairs["words_b"] > pairs["words_a"])).mean() for verdict in for_b])
        rows.append((str(week), *(f"{100 * x:.1f} %" for x in (for_b[0].mean(), for_b[1].mean(), longer))))
    exhibit = QUESTION.exhibit("frozen")
    assert exhibit.rows == tuple(rows)
    assert all(cell.removesuffix(" %") in exhibit.text_alternative for row in rows for cell in row[1:])


def test_key_holds_what_was_planted() -> None:
    """34.8 % prefer B, 30.7 points to the first, 27.2 to the longer, another judge from week 5 on."""
    planted = generate.truth_of(SEED)
    shown = [f"{planted[name]:.1f}" for name in ("b_preferred", "first_bias", "length_bias")]
    assert shown == ["34.8", "30.7", "27.2"]
    assert all(number in TRUTH for number in shown)
    assert planted["judge_changed_in_week"] == 5


def test_counts_of_the_key() -> None:
    """41 of 60 twice, 106 and 120 of 200 by judge and person, the longer answer 83, 161 and 111 times."""
    release, people, _ = generate.frames(SEED)
    both = people.merge(release, on="pair")
    twice = both[both["second_person"] != ""]
    longer = both["words_b"] > both["words_a"]
    person, b_first, a_first = (
        both[name].eq("B") for name in ("person_prefers", "judge_b_first", "judge_a_first")
    )
    agreed = (twice["person_prefers"] == twice["second_person"]).sum()
    assert (agreed, len(twice), (person == b_first).sum(), (person == a_first).sum()) == (41, 60, 106, 120)
    assert [int((who == longer).sum()) for who in (person, b_first, a_first)] == [83, 161, 111]
    assert (person.sum(), b_first.sum(), a_first.sum()) == (69, 141, 77)


def test_width_of_200_judgements() -> None:
    """69 of 200 are 34.5 ± 6.6, 800 give ± 3.3; with the judge's help (40.7 - 27.8) / 2 = 6.4."""
    assert (f"{half(0.345, 200):.1f}", f"{half(0.345, 800):.1f}") == ("6.6", "3.3")
    low, high = (float(end) for end in RESULTS[2][2].removesuffix(" %").split(" to "))
    assert round((high - low) / 2, 2) == 6.45
    assert 200 * 3 / 60 == 10


def test_questions_points_are_the_checkers(reports: list[Report]) -> None:
    """6 + 16 + 14 + 16 + 8 points by machine, 40 by a person."""
    points = [part.points for part in reports[0].parts]
    assert points == [6, 16, 14, 16, 8] == machine_points(SLUG)
    assert sum(task.points for task in QUESTION.tasks) == 100


@pytest.mark.parametrize("seed", range(8))
def test_no_draw_is_unlucky(seed: int) -> None:
    """Whatever the seed, the part that people judged lies within 2.5 points of all pairs."""
    _, people, _ = generate.frames(seed)
    share = 100 * people["person_prefers"].eq("B").mean()
    assert abs(share - generate.truth_of(seed)["b_preferred"]) <= 2.5


def test_hand_written_report_counts_as_much_as_a_program(tmp_path: Path) -> None:
    """The planted numbers with an interval of 12 points earn everything."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, SEED)
    planted = generate.truth_of(SEED)
    interval = [planted["b_preferred"] - 6, planted["b_preferred"] + 6]
    (folder / "report.json").write_text(json.dumps(planted | {"interval": interval, "decision": "hold"}))
    assert check_exercise(SLUG, folder).score == 100


def test_interval_that_holds_everything_earns_nothing_for_the_share(tmp_path: Path) -> None:
    """0 to 100 is wider than 20 points; share and decision are lost."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, SEED)
    report = generate.truth_of(SEED) | {"interval": [0, 100], "decision": "hold"}
    (folder / "report.json").write_text(json.dumps(report))
    assert [part.got for part in check_exercise(SLUG, folder).parts] == [6, 16, 14, 0, 0]
