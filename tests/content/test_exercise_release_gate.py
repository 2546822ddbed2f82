"""The release gate: what the three solutions earn, and what the folder gives away."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank.exercise import Report, check_exercise, lay_out_exercise
from question_bank.exhibits.release_gate import exercise, generate

from .material import question, scored

SLUG = "release-gate"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    return {
        name: scored(SLUG, name, tmp_path_factory.mktemp(name) / "candidate", 3)
        for name in ("reference", "naive", "cheating")
    }


def test_printed_results_are_the_measured_ones(reports: dict[str, Report]) -> None:
    """Blocked, shipped, named, refused and score of the three rows."""
    for row, report in zip(question(SLUG).exhibit("results").rows, reports.values(), strict=True):
        blocked, shipped = (part.partition(" ")[0] for part in report.parts[0].note.split(", "))
        counts = [f"{blocked} of 20", f"{shipped} of 20", report.parts[1].note, report.parts[2].note]
        assert row[1:] == (*counts, f"{report.score:g} %")


def test_another_seed_tells_the_same_story(tmp_path: Path) -> None:
    """With other pairs the reference stays above 90 and the naive gate between 30 and 60."""
    assert scored(SLUG, "reference", tmp_path / "one", 11).score >= 90
    assert 30 <= scored(SLUG, "naive", tmp_path / "two", 11).score <= 60


def test_a_folder_without_a_gate_earns_nothing_and_says_why(tmp_path: Path) -> None:
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    report = check_exercise(SLUG, tmp_path / "candidate")
    assert report.score == 0
    assert "gate.py gave nothing" in report.parts[0].note


def test_the_folder_holds_six_pairs_with_answers_and_no_seed(tmp_path: Path) -> None:
    """Three of the six ship; hidden pairs are others."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    answers = (tmp_path / "candidate/answers.csv").read_text(encoding="utf-8").splitlines()
    assert (len(answers) - 1, sum(",ship," in line for line in answers)) == (6, 3)
    assert len(list((tmp_path / "candidate/pairs").iterdir())) == 6
    assert "seed" not in (exercise.README + exercise.RUN_GATE).casefold()


def test_in_most_bad_pairs_with_one_losing_channel_the_mean_rises() -> None:
    """The channels that win make up for the one that loses, so that a look at the mean misses it."""
    kinds = ("slice", "medium slice")
    cases = [it for seed in (3, 11) for it in generate.hidden(seed).values() if it.kind in kinds]
    rising = sum(
        (it.rows["new"] == it.rows["label"]).mean() > (it.rows["old"] == it.rows["label"]).mean()
        for it in cases
    )
    assert rising > 0.85 * len(cases)
