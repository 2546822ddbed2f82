"""Fixtures of the rules on facts, exhibits and exercises."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from question_bank.lint.facts import Scores, score_faults
from question_bank.lint.generators import generator_faults
from question_bank.lint.judge import rule
from tests.rubrics.test_load import put

from .cases import (
    EXERCISE,
    NIGHT,
    REVIEW,
    REWRITE,
    STORY,
    TODAY,
    Case,
    Change,
    Edit,
    edited,
    more,
    nothing,
    on_file,
    on_question,
    swap,
)

# Put together here, so that no tool takes this file for a leak.
CLOUD_KEY = "AKIA" + "QX7ZR2M4K9TB3VJW"
HOST_TOKEN = "ghp_" + "a1B2c3D4e5F6" * 3
PRIVATE_KEY = "-----BEGIN RSA " + "PRIVATE KEY-----"
PASSWORD = "postgresql://reader:" + "winter77@localhost/loans"


def fact(**changes: Any) -> Edit:
    """A fact more, with these changes."""
    plain = {"claim": "A sum.", "source": "Read at https://example.com/a, version 2", "volatility": "stable"}
    return swap(lambda held: (*held, {**plain, "checked_on": TODAY, **changes}), "facts")


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def code(text: str) -> Edit:
    """The code under review, with this behind it."""
    return swap(lambda held: held + text, "exhibits", 0, "code")


def lines(count: int) -> Edit:
    """Code under review of this length; all its defects stand in line 1."""

    def edit(data) -> None:
        data["exhibits"][0]["code"] = "x = 1\n" * count
        for defect in data["defects"]:
            defect["lines"] = [1]

    return edit


def compared_with(text: str) -> Change:
    return lambda given: given._replace(sources=(("essay.txt", text),))


PROMPT = " ".join(edited(REWRITE)["prompt"].split()[:9])


def generator(name: str, source: str) -> Case:
    """A generator of an exhibit with this source."""

    def broken(folder: Path) -> set[str]:
        script = folder / "generate.py"
        for letter in "abcdefgh":
            (folder / f"{letter}.txt").write_text(letter)
        script.write_text(source, "utf-8")
        return {rule("X30").id for _ in generator_faults(script)}

    return Case("X30", name, broken)


def scores(name: str, reference: float, naive: float, cheating: float) -> Case:
    found = {rule("X31c").id for _ in score_faults(Scores(reference, naive, cheating))}
    return Case("X31c", name, lambda folder: found)


BAD = (
    on_question("X28a", "a standard without a fact", REWRITE, more("RFC 9110 says so.", "ground_truth")),
    on_question("X28b", "a source that nobody can look up", REWRITE, fact(source="common knowledge")),
    on_question("X28c", "an entry without its year", REWRITE, more("See LLM01 for it.", "ground_truth")),
    on_question("X28d", "a fast fact of 181 days", REWRITE, fact(volatility="fast", checked_on=days_ago(181))),
    on_question("X28d", "a yearly fact of 401 days", REWRITE, fact(volatility="yearly", checked_on=days_ago(401))),
    on_question("X28e", "a fact of the day after tomorrow", REWRITE, fact(checked_on=days_ago(-2))),
    on_file("X29a", "a defect in line 999", REVIEW, put([999], "defects", 0, "lines")),
    on_question("X29b", "code that does not parse", REVIEW, code("def broken(:\n")),
    on_question("X29c", "a defect in an empty line", REVIEW, put([2], "defects", 0, "lines")),
    on_question("X29d", "24 lines to review", REVIEW, lines(24)),
    on_question("X29d", "61 lines to review", REVIEW, lines(61)),
    on_question("X29e", "one false trail", REVIEW, swap(lambda held: held[:1], "false_trails")),
    generator("the order of a set", "print(list({'one', 'two', 'three', 'four', 'five'}))"),
    generator("the order of files", "import os\nprint([n for n in os.listdir() if n.endswith('.txt')])"),
    generator("the order that a path gives",
              "from pathlib import Path\nprint([p.name for p in Path('.').glob('*.txt')])"),
    generator("a draw without a seed", "import random\nprint(random.random())"),
    generator("a generator that fails", "raise SystemExit(3)"),
    generator("a generator that prints nothing", "x = 1"),
    on_question("X31a", "an exercise that is not shipped", EXERCISE, put("knitting", "exercise")),
    on_question("X31b", "ninety points", EXERCISE, put(5, "tasks", 1, "points")),
    scores("a reference of 89", 89, 45, 0),
    scores("a naive solution of 61", 100, 61, 0),
    scores("a naive solution of 29", 100, 29, 0),
    scores("a cheat of 11", 100, 45, 11),
    on_question("X32a", "a cloud's key", REVIEW, code(f'KEY = "{CLOUD_KEY}"\n')),
    on_question("X32a", "a code host's token", NIGHT, more(HOST_TOKEN, "ground_truth")),
    on_question("X32a", "a private key", NIGHT, more(PRIVATE_KEY, "ground_truth")),
    on_question("X32a", "a password in an address", NIGHT, more(PASSWORD, "ground_truth")),
    on_question("X32b", "an e-mail address", NIGHT, more("Write to anna.berg@postmail.net.", "card")),
    on_question("X32b", "a telephone number", NIGHT, more("Call +49 151 2345678.", "card")),
    on_question("X32b", "a card number", NIGHT, more("Paid with 4111 1111 1111 1111.", "card")),
    on_question("X32c", "a company that exists", NIGHT, more("It happened at Zalando.", "card")),
    on_question("X33", "nine words of a source", REWRITE, nothing, after=compared_with(f"He said: {PROMPT} too.")),
)  # fmt: skip

GOOD: tuple[Case, ...] = (
    on_question("X28a", "a standard with its fact", REWRITE, more("RFC 9110 says so.", "ground_truth"),
                fact(claim="RFC 9110 tells which methods are safe.")),
    on_question("X28b", "a sum that tests repeat", REWRITE, fact(source="Arithmetic, repeated in the kit's tests")),
    on_question("X28b", "a chapter of a book", REWRITE, fact(source="A. Writer, On Sums, second edition, 2008, chapter 2")),
    on_question("X28b", "the exercise that tests repeat", REWRITE,
                fact(source="The exercise shipped with this question, repeated by the kit's own tests")),
    on_question("X28c", "an entry with its year", REWRITE, more("See LLM01:2026 for it.", "ground_truth"),
                fact(claim="LLM01:2026 is prompt injection.")),
    on_question("X28c", "a name with a digit", REVIEW, code("LLM01 = 3\n")),
    on_question("X28d", "a fast fact of 180 days", REWRITE, fact(volatility="fast", checked_on=days_ago(180))),
    on_question("X28d", "a yearly fact of 400 days", REWRITE, fact(volatility="yearly", checked_on=days_ago(400))),
    on_question("X28d", "a stable fact of ten years", REWRITE, fact(checked_on=days_ago(3650))),
    on_question("X28e", "a fact of today", REWRITE, fact()),
    on_file("X29a", "defects in lines that exist", REVIEW, nothing),
    on_question("X29b", "code that parses", REVIEW, code("\n\ndef kept() -> None:\n    return None\n")),
    on_question("X29c", "a defect in two lines of code", REVIEW, put([22, 23], "defects", 0, "lines")),
    on_question("X29d", "25 lines to review", REVIEW, lines(25)),
    on_question("X29d", "60 lines to review", REVIEW, lines(60)),
    on_question("X29e", "two false trails", REVIEW, swap(lambda held: held[:2], "false_trails")),
    generator("sorted, and drawn by a seed",
              "import os, random\nprint(sorted({'one', 'two', 'three'}), sorted(os.listdir()), random.Random(3).random())"),
    on_question("X31a", "no exercise", EXERCISE, nothing),
    on_question("X31b", "a review with a part for a machine", REVIEW,
                put([{"what": "Runs", "points": 60, "scored_by": "machine"}], "tasks")),
    scores("the bounds themselves", 90, 30, 10),
    scores("another naive solution", 100, 60, 0),
    on_question("X32a", "a key that says it is none", REVIEW, code('KEY = "AKIAIOSFODNN7EXAMPLE"\n')),
    on_question("X32a", "a masked token", NIGHT, more("ghp_… is in the log.", "ground_truth")),
    on_question("X32b", "an address of nobody", NIGHT, more("Write to anna@shop.example.", "card")),
    on_question("X32b", "a decorator", REVIEW, code("\n\n@staticmethod\ndef kept() -> None:\n    return None\n")),
    on_question("X32b", "a version and a date", NIGHT, more("Build 2026-11-24 of 3.14.0.2.", "card")),
    on_question("X32c", "a company without a name", NIGHT, more("It happened at a shoe shop.", "card")),
    on_question("X33", "seven words of a source", REWRITE, nothing,
                after=compared_with(" ".join(PROMPT.split()[:7]) + " and otherwise")),
    on_question("X33", "nothing to compare with", STORY, nothing),
)  # fmt: skip
