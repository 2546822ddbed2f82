"""The search over several companies' documents: its three solutions, and what the candidate is given."""

from __future__ import annotations

from pathlib import Path

from question_bank.exercise import check_exercise, lay_out_exercise, load_exercise
from question_bank.load import BANK

from .material import machine_points, question, scored, stopped

SLUG = "document-search"


def test_the_service_as_given_earns_nothing(tmp_path: Path) -> None:
    """What works already counts only once attacks are stopped."""
    lay_out_exercise(SLUG, tmp_path / "candidate", 3)
    assert check_exercise(SLUG, tmp_path / "candidate").score == 0


def test_editing_the_library_or_the_model_changes_nothing(tmp_path: Path) -> None:
    """The surroundings are laid over the candidate's files before scoring."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    for name in ("library.py", "model.py"):
        (folder / name).write_text("raise SystemExit\n", encoding="utf-8")
    report = check_exercise(SLUG, folder)
    assert "text was shown to someone" in report.parts[0].note


def test_leaving_early_earns_nothing(tmp_path: Path) -> None:
    """A service that ends the process before the verdict has no verdict."""
    folder = tmp_path / "candidate"
    lay_out_exercise(SLUG, folder, 3)
    (folder / "service.py").write_text("import os\nprint('{}')\nos._exit(0)\n", encoding="utf-8")
    assert check_exercise(SLUG, folder).score == 0


def test_twelve_attacks_and_eight_honest_uses(tmp_path: Path) -> None:
    """As the task tells the candidate, and 24 + 24 + 12 points."""
    truth = load_exercise(SLUG).truth(tmp_path, 3)
    assert (len(truth["attacks"]), len(truth["honest"])) == (12, 8)
    report = scored(SLUG, "reference", tmp_path / "candidate", 3)
    assert [part.points for part in report.parts] == [24, 24, 12]


def test_the_printed_results_are_the_measured_ones(tmp_path: Path) -> None:
    """Attacks stopped, honest cases and score of the three rows; the text tells the same figures."""
    lay_out_exercise(SLUG, tmp_path / "given", 3)
    reports = [check_exercise(SLUG, tmp_path / "given")]
    reports += [scored(SLUG, name, tmp_path / name, 3) for name in ("naive", "reference")]
    rows = question(SLUG).exhibit("results").rows
    assert [row[1:] for row in rows] == [stopped(report) for report in reports]
    assert rows[1][3] in " ".join(fact.claim for fact in question(SLUG).facts)


def test_the_questions_points_are_the_checkers() -> None:
    """24 + 24 + 12 points by machine, 40 by a person."""
    assert machine_points(SLUG) == [24, 24, 12]
    assert sum(task.points for task in question(SLUG).tasks) == 100


def test_the_copies_on_the_page_are_those_of_the_service() -> None:
    """Every row of the table is something that the service keeps and never empties."""
    given = (BANK / "exhibits/document_search/given/service.py").read_text(encoding="utf-8")
    for name, *_ in question(SLUG).exhibit("copies").rows:
        assert f"self.{name}:" in given
        assert f"self.{name}.clear" not in given
    assert "del " not in given
