"""Coverage: every point of what the kit promises leads to questions in use, or names who will hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from question_bank import Bank, load_bank
from question_bank.coverage import PARTS, Coverage, Point, coverage_faults, load_coverage
from rubrics import ContentError

BANK = load_bank()
COVERAGE = load_coverage()
PILLARS = {competency.id for competency in BANK.rubrics.competencies if competency.pillar}


def messages(coverage: Coverage, bank: Bank = BANK) -> list[tuple[str, str]]:
    return [(gap.key, gap.message) for gap in coverage_faults(coverage, bank)]


def of(*points: Point) -> Coverage:
    return Coverage(points=points)


def bank_with(question_id: str, status: str) -> Bank:
    """The shipped bank with one question in another state."""
    questions = tuple(
        q.model_copy(update={"status": status}) if q.id == question_id else q for q in BANK.questions
    )
    return Bank(
        rubrics=BANK.rubrics,
        questions=questions,
        profiles=BANK.profiles,
        loops=BANK.loops,
        glossary=BANK.glossary,
    )


@pytest.mark.parametrize("point", COVERAGE.points, ids=lambda point: point.key)
def test_the_point_leads_to_questions_in_use_or_to_a_competency(point: Point) -> None:
    assert messages(of(point)) == []


@pytest.mark.parametrize("point", COVERAGE.points, ids=lambda point: point.key)
def test_what_waits_lies_outside_the_pillars(point: Point) -> None:
    assert point.later not in PILLARS


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_points(part: str) -> None:
    assert [point for point in COVERAGE.points if point.part == part]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_mapped_question_that_is_taken_out_of_use_is_a_fault(status: str) -> None:
    point = Point(key="one", part="tool", point="A point", questions=("SYS-05",))
    assert messages(of(point), bank_with("SYS-05", status)) == [("one", f"SYS-05 is {status}")]


def test_a_question_that_does_not_exist_is_a_fault() -> None:
    point = Point(key="one", part="tool", point="A point", questions=("SYS-999",))
    assert messages(of(point)) == [("one", "there is no SYS-999")]


def test_a_competency_that_does_not_exist_holds_nothing() -> None:
    assert messages(of(Point(key="one", part="tool", point="A point", later="cooking"))) == [
        ("one", "'cooking' is no competency")
    ]


@pytest.mark.parametrize("tail", ["", ", questions: [SYS-05], later: drift"], ids=["neither", "both"])
def test_a_point_names_questions_or_a_competency_and_not_both(tail: str, tmp_path: Path) -> None:
    path = tmp_path / "coverage.yaml"
    path.write_text(f"points: [{{key: one, part: tool, point: A point{tail}}}]\n", "utf-8")
    with pytest.raises(ContentError, match="give questions, or the competency"):
        load_coverage(path)


def test_a_point_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "coverage.yaml"
    line = "{key: one, part: tool, point: A point, later: drift}"
    path.write_text(f"points: [{line}, {line}]\n", "utf-8")
    with pytest.raises(ContentError, match="one stands twice"):
        load_coverage(path)


def test_a_question_knows_its_points() -> None:
    assert "drift-walk-through" in {point.key for point in COVERAGE.of("DRF-05")}
