"""The words of the rubrics and the glossary as they were when a plan was made: editing content renames nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import Field

from rubrics import Competency, Rubrics
from rubrics.model import LevelMeaning, Subskill, Value

from .model import Bank, Glossary, Question, Term

GONE = "It is no longer in the rubrics."


class FrozenWords(Value):
    """What things were called. Kept with what is frozen, and stronger than what the files say today."""

    competencies: dict[str, str] = Field(default_factory=dict)
    subskills: dict[str, str] = Field(default_factory=dict)
    # Of the levels 1 to 4; empty in what was frozen before these were kept.
    levels: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()

    def __hash__(self) -> int:
        return hash(self.model_dump_json())


def freeze(bank: Bank, questions: Iterable[Question], competencies: Iterable[str] = ()) -> FrozenWords:
    """The words that these questions and competencies need, as they are now."""
    listed = list(questions)
    rubrics = bank.rubrics
    wanted = sorted({*competencies, *(one.competency for one in listed)})
    parts = sorted({one.subskill for one in listed})
    terms = sorted({key for one in listed for key in one.glossary})
    return FrozenWords(
        competencies={key: rubrics.by_id[key].name for key in wanted if key in rubrics.by_id},
        subskills={key: rubrics.subskills[key].name for key in parts if key in rubrics.subskills},
        levels=tuple(step.name for step in rubrics.scale.levels),
        terms=tuple(bank.terms[key] for key in terms if key in bank.terms),
    )


def readable(key: str) -> str:
    """'Data drift' for 'data-drift': where nobody kept the name of what is gone."""
    words = key.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or key


def worded(rubrics: Rubrics, frozen: FrozenWords | None, keys: Mapping[str, Iterable[str]]) -> Rubrics:
    """The rubrics as they were called then.

    `keys` are the competencies that must be there, each with its sub-skills. What is gone from the files is there
    by its frozen name, else by its id in readable form.
    """
    words = frozen or FrozenWords()
    known = {one.id: _renamed(one, words, keys.get(one.id, ())) for one in rubrics.competencies}
    gone = {key: _gone(key, words, parts) for key, parts in keys.items() if key not in known}
    steps = rubrics.scale.levels
    if len(words.levels) == len(steps):
        named = tuple(
            step.model_copy(update={"name": name}) for step, name in zip(steps, words.levels, strict=True)
        )
        scale = rubrics.scale.model_copy(update={"levels": named})
    else:
        scale = rubrics.scale
    return Rubrics.model_construct(scale=scale, competencies=(*known.values(), *gone.values()))


def banked(bank: Bank, frozen: FrozenWords | None, questions: Iterable[Question]) -> Bank:
    """The bank with the words that these frozen questions were asked with; to read from, not to plan with."""
    keys: dict[str, set[str]] = {}
    for question in questions:
        keys.setdefault(question.competency, set()).add(question.subskill)
    terms = bank.terms | {term.id: term for term in (frozen.terms if frozen else ())}
    return Bank.model_construct(
        rubrics=worded(bank.rubrics, frozen, keys),
        questions=bank.questions,
        profiles=bank.profiles,
        loops=bank.loops,
        glossary=Glossary.model_construct(terms=tuple(terms.values())),
    )


def together(every: Iterable[FrozenWords | None]) -> FrozenWords | None:
    """The words of several; the first that names a thing counts. None where nobody kept any."""
    found = [one for one in every if one is not None]
    if not found:
        return None
    backwards = found[::-1]
    return FrozenWords.model_construct(
        competencies={key: name for one in backwards for key, name in one.competencies.items()},
        subskills={key: name for one in backwards for key, name in one.subskills.items()},
        levels=next((one.levels for one in found if one.levels), ()),
        terms=tuple({term.id: term for one in backwards for term in one.terms}.values()),
    )


def _renamed(one: Competency, words: FrozenWords, parts: Iterable[str]) -> Competency:
    own = {part.id for part in one.subskills}
    kept = [
        part.model_copy(update={"name": words.subskills.get(part.id, part.name)}) for part in one.subskills
    ]
    lost = [_subskill(key, words) for key in sorted(set(parts) - own)]
    return one.model_copy(
        update={"name": words.competencies.get(one.id, one.name), "subskills": (*kept, *lost)}
    )


def _gone(key: str, words: FrozenWords, parts: Iterable[str]) -> Competency:
    return Competency.model_construct(
        id=key,
        code="",
        name=words.competencies.get(key) or readable(key),
        pillar=False,
        definition=GONE,
        why_it_matters=GONE,
        subskills=tuple(_subskill(part, words) for part in sorted(set(parts))),
        levels=LevelMeaning(level_1=GONE, level_2=GONE, level_3=GONE, level_4=GONE),
        junior_with_assistant=GONE,
    )


def _subskill(key: str, words: FrozenWords) -> Subskill:
    return Subskill.model_construct(id=key, name=words.subskills.get(key, key), definition=GONE)
