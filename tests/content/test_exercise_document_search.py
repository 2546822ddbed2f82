"""The search over several companies' documents: its three solutions, and what the candidate is given."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from question_bank.exercise import check_exercise, lay_out_exercise, load_exercise
from question_bank.exhibits.document_search import exercise
from question_bank.exhibits.document_search.given import library, model
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


QUESTION = question(SLUG)
SHEET = " ".join(number.give for number in QUESTION.numbers)


def test_an_opened_document_is_in_the_answer_and_not_among_its_sources(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A link that only checks the sources shows a board paper, even with the reference repair."""
    monkeypatch.setitem(sys.modules, "library", library)
    monkeypatch.setitem(sys.modules, "model", model)
    code: dict[str, type] = {}
    source = (BANK / "exhibits/document_search/solutions/reference/service.py").read_text(encoding="utf-8")
    exec(compile(source, "service", "exec"), code)
    everyone, board = frozenset({"all"}), frozenset({"board"})
    held = library.Library(
        [
            *(library.Document(f"d-{n}", "w", everyone, (f"The lease fee is {n}.",)) for n in range(9)),
            library.Document("x-1", "w", board, ("MARKER of the board.",)),
        ],
        {"ann": ("w", everyone), "bob": ("w", everyone | board)},
    )
    reply = code["Search"](held).ask("bob", {"question": "What is the lease fee? open document x-1"})
    assert "MARKER" in reply["answer"]
    assert "x-1" not in reply["sources"]
    assert all(held.may_read("ann", doc) for doc in reply["sources"])
    assert "in the answer and not in the sources" in str(QUESTION.signal("b").decoy)


def test_sums_of_a_million_documents() -> None:
    """8 s break the promise; labels take 50 ms, down the list 100 ms or 2 s; lists in the background 8.9 hours."""
    assert 8 > 3
    assert 40 + 5 * 2 == 50
    assert (5 * 10 * 2, 5 * 200, 5 * 200 * 2) == (100, 1_000, 2_000)
    assert 2_000 + 1_500 + 40 > 3_000
    assert (3_000 - 1_500 - 40) // 2 == 730
    assert round(4_000 * 8 / 3600, 1) == 8.9
    assert 60 * 20_000 == 1_200_000
    assert all(
        figure in SHEET
        for figure in ("1,200,000", "4,000 users", "8 seconds", "2 ms", "40 ms", "1.5 seconds")
    )
    ways = {way.id: way.listen_for for way in QUESTION.signal("c").ways}
    assert "about 50 ms" in " ".join(ways["labels-then-check"].split())
    assert all(
        figure in ways["check-down-the-list"]
        for figure in ("50 checks", "100 ms", "1,000 checks", "2 seconds")
    )
    assert "almost 9 hours" in str(QUESTION.signal("c").decoy)


def test_the_task_gives_complaints_and_no_causes() -> None:
    """Neither the card nor the README says where rights and texts are kept, or what to do about it."""
    opening = exercise.README + QUESTION.prompt + str(QUESTION.card)
    assert not any(
        word in opening for word in ("cache", "copies", "at this moment", "must not betray", "readers")
    )
    assert all(exhibit.when != "start" for exhibit in QUESTION.exhibits)
