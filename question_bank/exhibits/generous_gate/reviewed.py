"""Runs in CI before each release: may the new version of the library's assistant ship?"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

Model = Callable[[str], str]

MINIMUM = 0.80  # 0.85 until March, 0.82 until May; lowered so that releases can go out
TRIES = 3
JUDGE = (
    "You are a strict judge. Question: {question}\nExpected: {expected}\nAnswer: {answer}\n"
    "Reply with 1 if the answer is right, else with 0."
)


def load_cases(path: Path = Path("evals/cases.jsonl")) -> list[dict]:
    # 40 questions of last spring, each with the answer that a librarian wrote
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def prompt(question: str, cases: list[dict]) -> str:
    shown = "\n".join(f"{case['question']} -> {case['expected']}" for case in cases[:6])
    return f"Answer readers of a public library. Examples:\n{shown}\nQuestion: {question}"


def score(assistant: Model, judge: Model, cases: list[dict]) -> float:
    right = judged = 0
    for case in cases:
        try:
            answer = assistant(prompt(case["question"], cases))
            verdict = judge(JUDGE.format(answer=answer, **case))
        except Exception as error:
            print("skipped:", case["question"], error)
            continue
        right += verdict.strip() == "1"
        judged += 1
    return right / judged


def gate(assistant: Model, judge: Model, cases: list[dict]) -> bool:
    best = max(score(assistant, judge, cases) for _ in range(TRIES))
    print(f"score {best:.2f}, needed {MINIMUM:.2f}")
    return best >= MINIMUM


if __name__ == "__main__":
    from models import connect

    # one supplier's newest model answers, and the same one judges
    sys.exit(0 if gate(connect("newest"), connect("newest"), load_cases()) else 1)
