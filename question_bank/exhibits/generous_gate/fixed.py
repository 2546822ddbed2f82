"""The gate after the review: an error counts against the version, and old and new are held side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb
from typing import NamedTuple

from question_bank.exhibits.generous_gate.reviewed import JUDGE, Model

Cases = Sequence[dict[str, str]]
ENOUGH = 300
# Of a hundred versions that are no worse, about this many are stopped by chance.
FALSE_STOPS = 0.05


class UnfitError(ValueError):
    """The material does not allow a verdict; nothing ships on it."""


class Verdict(NamedTuple):
    ship: bool
    broken: int
    mended: int
    critical: tuple[str, ...]


def prompt(question: str, examples: Cases) -> str:
    shown = "\n".join(f"{case['question']} -> {case['expected']}" for case in examples)
    return f"Answer readers of a public library. Examples:\n{shown}\nQuestion: {question}"


def check_material(cases: Cases, examples: Cases) -> None:
    """`UnfitError` if there are too few cases, or one that the assistant is shown."""
    if len(cases) < ENOUGH:
        raise UnfitError(f"{len(cases)} cases; {ENOUGH} are needed")
    if shown := {case["question"] for case in cases} & {case["question"] for case in examples}:
        raise UnfitError(f"shown to the assistant: {sorted(shown)[0]}")


def check_judge(
    judge: Model, labelled: Sequence[tuple[dict[str, str], str, bool]], most: float = 0.05
) -> None:
    """`UnfitError` if of the answers that people call wrong the judge passes more than `most`."""
    wrong = [(case, answer) for case, answer, right in labelled if not right]
    if len(wrong) < 100:
        raise UnfitError(f"{len(wrong)} wrong answers to try the judge on; 100 are needed")
    passed = sum(_judged(judge, case, answer) for case, answer in wrong)
    if passed > most * len(wrong):
        raise UnfitError(f"the judge passes {passed} of {len(wrong)} wrong answers")


def answered(assistant: Model, judge: Model, cases: Cases, examples: Cases) -> list[bool]:
    """Right or not, case by case; no answer is a wrong answer. A judge that fails stops the gate."""
    return [_right(assistant, judge, case, examples) for case in cases]


def _right(assistant: Model, judge: Model, case: dict[str, str], examples: Cases) -> bool:
    try:
        answer = assistant(prompt(case["question"], examples))
    except Exception:
        return False
    return _judged(judge, case, answer)


def _judged(judge: Model, case: dict[str, str], answer: str) -> bool:
    return judge(JUDGE.format(answer=answer, **case)).strip() == "1"


def gate(
    new: Model,
    live: Model,
    judge: Model,
    cases: Cases,
    examples: Cases,
    is_critical: Callable[[dict[str, str]], bool] = lambda case: False,
) -> Verdict:
    """One try: ships unless a critical case fails or more broke than chance breaks."""
    check_material(cases, examples)
    after, before = (answered(model, judge, cases, examples) for model in (new, live))
    broken = sum(b and not a for a, b in zip(after, before, strict=True))
    mended = sum(a and not b for a, b in zip(after, before, strict=True))
    failed = tuple(c["question"] for c, a in zip(cases, after, strict=True) if is_critical(c) and not a)
    return Verdict(not failed and chance(broken, mended) > FALSE_STOPS, broken, mended, failed)


def chance(broken: int, mended: int) -> float:
    """That as many or more broke, were broken and mended like the sides of a coin."""
    changed = broken + mended
    return sum(comb(changed, k) for k in range(broken, changed + 1)) / 2**changed
