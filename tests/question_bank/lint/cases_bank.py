"""Fixtures of the rules on the bank as a whole."""

from __future__ import annotations

from pathlib import Path

import yaml

from question_bank import BANK, Question
from question_bank.lint.core import Acceptance, Accepted, Blueprint, Fault, Known, Wanted
from question_bank.lint.judge import judge
from question_bank.model import Glossary, Term
from rubrics.files import mapping_in
from tests.rubrics.test_load import put

from .cases import (
    NIGHT,
    REWRITE,
    STORY,
    WEEKS,
    Case,
    Change,
    Edit,
    bank_with,
    edited,
    files,
    known,
    more,
    nothing,
    on_bank,
    on_question,
    refused,
    worked,
)


def wants(questions: int = 0, practical: int = 0, subskill: int = 0, **tracks: int) -> Change:
    """A blueprint for drift."""
    wanted = Wanted(questions=questions, practical=practical, of_each_subskill=subskill)
    blueprint = Blueprint(competencies={"drift": wanted}, tracks=tracks)
    return lambda given: given._replace(blueprint=blueprint)


def another(question_id: str, new_id: str, **changes: object) -> Question:
    """A worked question with another id and these changes."""
    return Question.model_validate(worked().by_id[question_id].model_dump() | changes | {"id": new_id})


def with_question(question_id: str, **changes: object) -> Change:
    """A question more, as SEC-99."""
    other = another(question_id, "SEC-99", **changes)
    return lambda given: given._replace(bank=bank_with(given.bank, questions=(*given.bank.questions, other)))


def copies(count: int, warm_up: int = 0, stretch: int = 0) -> Change:
    """Copies of one question in its family, with so many aims each."""
    aims = ["warm-up"] * warm_up + ["stretch"] * stretch + ["senior"] * count
    questions = [another(REWRITE, f"HYB-{n + 100}", aim=aims[n]) for n in range(count)]
    return lambda given: known(*questions)


def with_terms(*terms: tuple[str, str]) -> Change:
    """A glossary with these terms more: name and explanation."""
    added = tuple(
        Term(
            id=name.casefold().replace(" ", "-"),
            term=name,
            plain=plain,
            why_it_matters="So.",
            good_sign="So.",
        )
        for name, plain in terms
    )

    def change(given: Known) -> Known:
        glossary = Glossary(terms=(*given.bank.glossary.terms, *added))
        return given._replace(bank=bank_with(given.bank, glossary=glossary))

    return change


def kinds(question_kinds: tuple[str, ...]) -> Change:
    """Loops in which systems thinking is only asked in these kinds."""

    def change(given: Known) -> Known:
        loops = tuple(
            loop.model_copy(update={"slots": tuple(_with_kinds(slot, question_kinds) for slot in loop.slots)})
            for loop in given.bank.loops
        )
        return given._replace(bank=bank_with(given.bank, loops=loops))

    return change


def _with_kinds(slot, question_kinds):
    items = tuple(
        item.model_copy(update={"kinds": question_kinds}) if item.competency == "systems-thinking" else item
        for item in slot.items
    )
    return slot.model_copy(update={"items": items})


def borrowed(given: Known) -> Known:
    """A bank without loops of its own."""
    return kinds(("design",))(given)._replace(own_loops=False)


def mapped(*keys: str) -> Change:
    """A coverage map in which these points lead nowhere."""
    return lambda given: given._replace(
        coverage=lambda bank: (Fault(key, "there is no such question", "name another") for key in keys)
    )


def loop(name: str, *edits: Edit) -> Case:
    """A private bank with a loop of its own."""

    def broken(folder: Path) -> set[str]:
        data = mapping_in((BANK / "loops/founder-screen.yaml").read_bytes(), "loops/founder-screen.yaml")
        for edit in edits:
            edit(data)
        file, question = files()[STORY]
        for path, content in ((f"loops/{data['id']}.yaml", data), (file, question)):
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_text(yaml.safe_dump(content), "utf-8")
        profile = mapping_in((BANK / "profiles/generalist.yaml").read_bytes(), "profiles/generalist.yaml") | {
            "loops": [data["id"]]
        }
        (folder / "profiles").mkdir()
        (folder / "profiles/one.yaml").write_text(yaml.safe_dump(profile), "utf-8")
        return refused(folder)

    return Case("B37a", name, broken)


def accepting(name: str, rule: str, *edits: Edit) -> Case:
    """One question, and an accepted warning of this rule."""

    def broken(folder: Path) -> set[str]:
        question = Question.model_validate(edited(REWRITE, *edits))
        entry = Acceptance(rule=rule, question=REWRITE, reason="It has to stand.")
        return {finding.rule for finding in judge(known(question), Accepted(accepted=(entry,))).findings}

    return Case("B42", name, broken)


BAD = (
    on_bank("B34", "three questions wanted, two there", wants(questions=3)),
    on_bank("B34", "two practical questions wanted, one there", wants(practical=2)),
    on_bank("B34", "a sub-skill without a question", wants(subskill=1)),
    on_bank("B34", "a track without questions of its own", wants(vision=1)),
    on_bank("B35", "a point that leads nowhere", mapped("rollback")),
    on_bank("B36a", "the prompt of another family", with_question(WEEKS, prompt=edited(NIGHT)["prompt"])),
    on_bank("B36b", "the signals of another family", with_question(NIGHT, family="other", prompt="Talk.")),
    loop("41 minutes of 44", put(44, "slots", 0, "minutes"), put(41, "slots", 0, "items", 0, "minutes")),
    on_bank("B37b", "systems thinking never in practice", kinds(("design",))),
    on_bank("B38", "two warm-ups in twenty", copies(20, warm_up=2)),
    on_bank("B38", "four stretch questions in twenty", copies(20, stretch=4)),
    on_bank("B40a", "a term of 46 words", with_terms(("Flux", "so " * 46))),
    on_bank("B40b", "two terms that explain each other",
            with_terms(("Flux rate", "How fast an ebb tide goes."), ("Ebb tide", "The other end of a flux rate."))),
    on_question("B40c", "a term that the list lacks", REWRITE, more("A rollback is possible.", "for_you")),
    accepting("a warning that is gone", "A18 frequency"),
    accepting("a rule that does not exist", "Z99 nothing"),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    on_bank("B34", "as many as wanted", wants(questions=2, practical=1, tabular=3)),
    on_bank("B35", "a map without gaps", mapped()),
    on_bank("B36a", "ten prompts", lambda given: given),
    on_bank("B36a", "the prompt of the same family", with_question(NIGHT)),
    on_bank("B36b", "the signals of the same family", with_question(WEEKS)),
    loop("as worked"),
    on_bank("B37b", "systems thinking in a case", kinds(("design", "debugging"))),
    on_bank("B37b", "loops of somebody else", borrowed),
    on_bank("B38", "one warm-up and three stretch questions in twenty", copies(20, warm_up=1, stretch=3)),
    on_bank("B38", "one stretch question in five", copies(5, stretch=1)),
    on_bank("B40a", "a term of 45 words", with_terms(("Flux", "so " * 45))),
    on_bank("B40b", "a term that explains another",
            with_terms(("Flux rate", "How fast an ebb tide goes."), ("Ebb tide", "The sea goes out."))),
    on_question("B40c", "a term that the list has", STORY, more("A rollback is possible.", "for_you")),
    on_question("B40c", "no term", REWRITE, nothing),
    accepting("a warning that is there", "A18 frequency", more("It often helps.", "anchors", "level_1", 0, "says")),
)  # fmt: skip
