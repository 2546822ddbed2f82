"""The nine rubrics: each is a case of its own, for each property it has to have."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from rubrics import LEVELS, Competency, load_rubrics
from rubrics.files import content_files, read_model
from rubrics.load import LIBRARY

PATHS = [path for path in content_files(LIBRARY) if path.name != "scale.yaml"]
# Code, pillar or not, and the sub-skills that questions and plans refer to.
EXPECTED = {
    "systems-thinking": ("SYS", True, ["SYS1", "SYS2", "SYS3", "SYS4", "SYS5"]),
    "mlops": ("MLO", True, ["MLO1", "MLO2", "MLO3", "MLO4", "MLO5"]),
    "security": ("SEC", True, ["SEC1", "SEC2", "SEC3", "SEC4", "SEC5"]),
    "drift": ("DRF", True, ["DRF1", "DRF2", "DRF3", "DRF4", "DRF5"]),
    "operations": ("OPS", False, ["OPS1", "OPS2", "OPS3", "OPS4"]),
    "performance": ("HYB", False, ["HYB1", "HYB2", "HYB3", "HYB4"]),
    "ecosystem": ("PYE", False, ["PYE1", "PYE2", "PYE3", "PYE4"]),
    "shipped": ("SHP", False, ["SHP1", "SHP2", "SHP3", "SHP4"]),
    "specialist": ("TRK", False, ["LLM1", "LLM2", "CV1", "NLP1", "TAB1"]),
}
BANNED = re.compile(
    r"\b(good|great|strong|weak|deep|solid|excellent|poor|clearly|thoroughly|in-depth|robust|best practices?"
    r"|passion\w*|confident\w*|culture fit)\b",
    re.IGNORECASE,
)
FREQUENCY = re.compile(r"\b(often|usually|sometimes|frequently|typically|etc)\b", re.IGNORECASE)
# What a person is seen or heard doing.
ACTS = re.compile(
    r"\b(accepts?|adds?|advises?|answers?|approves?|asks?|builds?|chooses?|compares?|decides?|describes?"
    r"|does the sum|explains?|finds?|gives?|leaves?|lists?|looks?|measures?|names?|picks?|places?|proposes?"
    r"|prices?|puts?|removes?|reports?|restarts?|rolls?|says?|separates?|sets up|shows?|starts?|states?"
    r"|stops?|takes?|tells?|turns?|uses?|alters?|changes?|keeps?|moves?)\b",
    re.IGNORECASE,
)


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def rubric(request: pytest.FixtureRequest) -> Competency:
    path: Path = request.param
    return read_model(path, LIBRARY, Competency)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9'-]+", text.casefold())


def jaccard(one: str, other: str) -> float:
    a, b = set(words(one)), set(words(other))
    return len(a & b) / len(a | b)


def every_text(rubric: Competency) -> str:
    parts = [rubric.name, rubric.definition, rubric.why_it_matters, rubric.junior_with_assistant]
    parts += [rubric.levels[level] for level in LEVELS]
    parts += [f"{subskill.name}. {subskill.definition}" for subskill in rubric.subskills]
    return " ".join(parts)


def test_the_library_holds_the_nine_competencies_pillars_first() -> None:
    assert [competency.id for competency in load_rubrics().competencies] == list(EXPECTED)


def test_code_pillar_and_subskills_are_those_that_questions_refer_to(rubric: Competency) -> None:
    found = (rubric.code, rubric.pillar, [subskill.id for subskill in rubric.subskills])
    assert found == EXPECTED[rubric.id]


def test_every_level_has_25_to_90_words(rubric: Competency) -> None:
    lengths = {level: len(words(rubric.levels[level])) for level in LEVELS}
    assert all(25 <= length <= 90 for length in lengths.values()), lengths


def test_length_does_not_betray_the_level(rubric: Competency) -> None:
    lengths = [len(words(rubric.levels[level])) for level in LEVELS]
    assert max(lengths) / min(lengths) < 2


def test_neighbouring_levels_say_different_things(rubric: Competency) -> None:
    for lower, upper in pairwise(LEVELS):
        shared = jaccard(rubric.levels[lower], rubric.levels[upper])
        assert shared < 0.6, f"levels {lower} and {upper} share {shared:.2f} of their words"


def test_levels_3_and_4_build_on_the_level_below(rubric: Competency) -> None:
    assert rubric.levels[3].startswith("As level 2, and ")
    assert rubric.levels[4].startswith("As level 3, and ")


def test_every_level_names_an_act_that_can_be_seen_or_heard(rubric: Competency) -> None:
    for level in LEVELS:
        assert ACTS.search(rubric.levels[level]), f"level {level} names no act"


def test_no_text_judges_instead_of_describing(rubric: Competency) -> None:
    assert BANNED.findall(every_text(rubric)) == []


def test_no_level_counts_by_a_vague_frequency(rubric: Competency) -> None:
    assert FREQUENCY.findall(" ".join(rubric.levels[level] for level in LEVELS)) == []


def test_level_3_says_what_would_change_the_decision(rubric: Competency) -> None:
    changed = r"would (change|alter|reverse|reorder|make|have led|now decide)"
    assert re.search(changed, rubric.levels[3]), rubric.levels[3]


def test_junior_with_assistant_names_what_is_left_out(rubric: Competency) -> None:
    said, _, left_out = rubric.junior_with_assistant.partition("Left out:")
    assert len(words(said)) >= 15, "first say what such a candidate does show"
    assert len(left_out.split(",")) >= 2, "then name at least two things after 'Left out:'"


def test_junior_with_assistant_is_no_copy_of_level_2(rubric: Competency) -> None:
    assert jaccard(rubric.junior_with_assistant, rubric.levels[2]) < 0.6


def test_why_it_matters_is_short_and_in_short_sentences(rubric: Competency) -> None:
    sentences = re.split(r"(?<=[.?!])\s+", rubric.why_it_matters)
    assert len(words(rubric.why_it_matters)) <= 90
    assert max(len(words(sentence)) for sentence in sentences) <= 35


def test_subskills_have_names_and_definitions_of_their_own(rubric: Competency) -> None:
    assert len({subskill.name for subskill in rubric.subskills}) == len(rubric.subskills)
    assert len({subskill.definition for subskill in rubric.subskills}) == len(rubric.subskills)
    for subskill in rubric.subskills:
        assert 8 <= len(words(subskill.definition)) <= 40, subskill.id


@pytest.mark.parametrize(
    "phrase",
    [
        "a good answer",
        "Strong people",
        "knows best practice",
        "deep knowledge",
        "clearly states",
        "is passionate",
    ],
)
def test_the_banned_words_are_found_where_they_stand(phrase: str) -> None:
    assert BANNED.search(phrase)
