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
from question_bank.exhibits.judge_audit.exercise import README

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
    assert planted["comparable_since_week"] == 5


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


@pytest.mark.parametrize("seed", range(4))
def test_an_unlucky_draw_costs_no_points(seed: int, tmp_path: Path) -> None:
    """What the tables themselves show earns everything, however far from all 1,200 pairs it is."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, seed)
    shown = generate.shown_by(seed)
    low, high = shown["b_preferred"] - 6.6, shown["b_preferred"] + 6.6
    report = generate.truth_of(seed) | shown | {"interval": [low, high]}
    report["decision"] = "ship" if low > 50 else "hold"
    (folder / "report.json").write_text(json.dumps(report))
    assert check_exercise(SLUG, folder).score == 100


def test_long_answers_on_the_spot() -> None:
    """35 of 92 judged pairs with over 120 words in B: 38.0, from 28.1 to 48.0; by the judge it would be 81 %."""
    release, people, _ = generate.frames(SEED)
    long = generate.long_answers(SEED)
    cells = [f"{long[name]:.1f}" for name in ("long_b_preferred", "long_low", "long_high")]
    assert (cells, long["long_pairs"]) == (["38.0", "28.1", "48.0"], 92)
    assert "35 of 92 judged pairs prefer B, 38.0 %, from 28.1 to 48.0" in " ".join(TRUTH.split())
    judged = people.merge(release, on="pair")
    assert judged.loc[judged["words_b"] > generate.LONG, "person_prefers"].eq("B").sum() == 35
    by_judge = release.loc[release["words_b"] > generate.LONG, "judge_b_first"].eq("B")
    share = by_judge.mean()
    assert (f"{100 * share:.0f}", f"{half(share, len(by_judge)):.0f}") == ("81", "3")
    assert "about 81 percent for B" in " ".join(QUESTION.practice[1].answer.split())
    assert round(1.96**2 * 0.38 * 0.62 / 0.05**2, -1) == 360
    assert 360 * 3 / 60 == 18


@pytest.mark.parametrize("seed", range(12))
def test_long_answers_are_as_many_as_the_key_says(seed: int) -> None:
    """75 to 100 judged pairs, about ±10 points."""
    long = generate.long_answers(seed)
    assert 75 <= long["long_pairs"] <= 100
    assert 8.5 <= (long["long_high"] - long["long_low"]) / 2 <= 11.5


def test_disagreements_show_the_lean_to_length() -> None:
    """Judge and people disagree on 94 pairs; in 86 of them the judge has the longer answer."""
    release, people, _ = generate.frames(SEED)
    both = people.merge(release, on="pair")
    longer = both["words_b"] > both["words_a"]
    apart = both["person_prefers"] != both["judge_b_first"]
    assert (apart.sum(), (both["judge_b_first"].eq("B") == longer)[apart].sum()) == (94, 86)
    answer = " ".join(QUESTION.practice[3].answer.split())
    assert "On the 94 pairs" in answer
    assert "in 86 of them" in answer


def test_what_the_judge_is_worth() -> None:
    """With its help 200 judgments are worth about 10 more: half an hour."""
    release, people, _ = generate.frames(SEED)
    both = people.merge(release, on="pair")
    person, judge = (both[name].eq("B").to_numpy(float) for name in ("person_prefers", "judge_b_first"))
    related = np.corrcoef(person, judge)[0, 1]
    assert round(200 / (1 - related**2)) - 200 == 10
    assert 10 * 3 == 30


def test_quiet_weeks_and_false_stops() -> None:
    """The longer share moves by 2.0 points, over 6 in about 1 %; any of three by over 5 in about 15 %."""
    moves = []
    for seed in range(200):
        bias = generate.planted(seed)
        frozen = generate.frames(seed)[2]
        quiet = frozen[frozen["week"] < bias.changed_from]
        longer = quiet["words_b"] > quiet["words_a"]
        for_b = [quiet[name].eq("B") for name in ("judge_b_first", "judge_a_first")]
        shares = quiet.assign(
            b=for_b[0], a=for_b[1], longer=((for_b[0] == longer) * 1 + (for_b[1] == longer)) / 2
        )
        moves.append(
            100 * shares.groupby("week")[["b", "a", "longer"]].mean().diff().dropna().to_numpy(float)
        )
    moved = np.abs(np.concatenate(moves))
    assert round(float(np.sqrt((moved[:, 2] ** 2).mean())), 1) == 2.0
    assert (moved[:, 2] > 6).mean() < 0.015
    assert 0.12 < (moved > 5).any(axis=1).mean() < 0.18
    shown = [float(row[3].removesuffix(" %")) for row in QUESTION.exhibit("frozen").rows]
    assert max(abs(np.diff(shown[:4]))) <= 4.05
    assert abs(shown[4] - shown[3]) > 6


def test_readme_gives_no_key() -> None:
    """It names no change of the judge and not what length is to be compared with."""
    assert not any(word in README.lower() for word in ("changed", "swap", "people's share", "bias against"))


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
